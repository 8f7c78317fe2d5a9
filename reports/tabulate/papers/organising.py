"""Tables of the papers that organise a diagnosis: who takes part, when, who came."""

from __future__ import annotations

from collections.abc import Iterable

from reports.contents.papers.certificates import Certificates
from reports.contents.papers.common import Participant
from reports.contents.papers.instruction import Instruction
from reports.contents.papers.order import OrderDraft
from reports.contents.papers.routes import RouteRegister
from reports.contents.papers.schedule import Schedule
from reports.contents.papers.turnout import SchoolTurnout, Turnout
from reports.tables import Column, Kind, Table
from reports.wording.instruction import instruction_parts
from reports.wording.numbers import capitalised
from reports.wording.papers import ACTS
from reports.wording.terms import ROUTE_STATES, STAGES
from reports.wording.words import Words


def order_tables(order: OrderDraft, words: Words) -> tuple[Table, ...]:
    return participants_table(order.participants, words), stages_table(order, words)


def participants_table(people: Iterable[Participant], words: Words) -> Table:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=3),
        Column(words.say("Должность"), share=1.6),
        Column(words.say("Предмет"), share=1.6),
        Column(words.say("Образовательная организация"), share=2.4),
        Column(words.say("Муниципалитет"), share=1.8),
    )
    rows = tuple(
        (place, one.full_name, one.position, one.subject, one.school, one.municipality)
        for place, one in enumerate(people, 1)
    )
    return Table(words.say("Список участников диагностики"), columns, rows)


def stages_table(order: OrderDraft, words: Words) -> Table:
    columns = (
        Column(words.say("Этап"), share=3),
        Column(words.say("Начало"), Kind.DATE),
        Column(words.say("Окончание"), Kind.DATE),
    )
    rows = tuple((capitalised(words.say(STAGES[one.stage])), one.starts, one.ends) for one in order.stages)
    return Table(words.say("Сроки диагностики"), columns, rows)


def schedule_tables(schedule: Schedule, words: Words) -> tuple[Table, ...]:
    schools = (_schools_table(schedule, words),) if schedule.schools else ()
    return _plan_table(schedule, words), *schools


def _plan_table(schedule: Schedule, words: Words) -> Table:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("Этап"), share=1.8),
        Column(words.say("Что делается"), share=4),
        Column(words.say("Начало"), Kind.DATE, share=1.2, empty=""),
        Column(words.say("Окончание"), Kind.DATE, share=1.2, empty=""),
        Column(words.say("Ответственный"), share=2.2),
    )
    rows = tuple(
        (
            place,
            capitalised(words.say(STAGES[one.stage])),
            words.say(ACTS[one.act]),
            one.starts,
            one.ends,
            one.responsible,
        )
        for place, one in enumerate(schedule.lines, 1)
    )
    return Table(words.say("График проведения диагностики"), columns, rows)


def _schools_table(schedule: Schedule, words: Words) -> Table:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("Муниципалитет"), share=1.8),
        Column(words.say("Образовательная организация"), share=2.6),
        Column(words.say("Участников"), Kind.COUNT, share=1),
        Column(words.say("Дата и время в школе"), share=1.8),
        Column(words.say("Ответственный в школе"), share=2),
    )
    rows = tuple(
        (place, one.municipality, one.school or words.say("Без школы"), one.people, "", "")
        for place, one in enumerate(schedule.schools, 1)
    )
    note = words.say("Дату, время и ответственного вписывает школа в пределах срока этапа.")
    return Table(words.say("График по образовательным организациям"), columns, rows, note=note)


def instruction_tables(instruction: Instruction, words: Words) -> tuple[Table, ...]:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("Раздел"), share=2),
        Column(words.say("Что нужно знать и делать"), share=6),
    )
    lines = [(title, line) for title, said in instruction_parts(instruction, words) for line in said]
    rows = tuple((place, title, line) for place, (title, line) in enumerate(lines, 1))
    return (Table(words.say("Инструкция участника диагностики"), columns, rows),)


def turnout_tables(turnout: Turnout, words: Words) -> tuple[Table, ...]:
    columns = (
        Column("№", share=0.5),
        Column(words.say("Муниципалитет"), share=2),
        Column(words.say("Образовательная организация"), share=3),
        Column(words.say("Приглашены"), Kind.COUNT, share=1.2),
        Column(words.say("Начали, не отправили"), Kind.COUNT, share=1.3),
        Column(words.say("Прошли"), Kind.COUNT),
        Column(words.say("Доля прошедших, %"), Kind.NUMBER, share=1.3),
    )
    rows = tuple(
        _turnout_row(str(place), one.school or words.say("Без школы"), one)
        for place, one in enumerate(turnout.schools, 1)
    )
    total = _turnout_row("", words.say("Всего"), turnout.total)
    title = words.say("Явка по образовательным организациям")
    return (Table(title, columns, (*rows, total), strong=frozenset({len(rows)})),)


def _turnout_row(place: str, school: str, one: SchoolTurnout) -> tuple[str | int | float | None, ...]:
    return place, one.municipality, school, one.invited, one.started, one.submitted, one.percent


def certificates_tables(issued: Certificates, words: Words) -> tuple[Table, ...]:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=3),
        Column(words.say("Образовательная организация"), share=3),
        Column(words.say("Дата прохождения"), Kind.DATE, share=1.4, empty=""),
        Column(words.say("Номер справки"), share=1.4),
        Column(words.say("Подпись о получении"), share=1.8),
    )
    rows = tuple(
        (place, one.person.full_name, one.person.school, one.taken_on, "", "")
        for place, one in enumerate(issued.people, 1)
    )
    return (Table(words.say("Журнал выдачи справок"), columns, rows),)


def routes_tables(register: RouteRegister, words: Words) -> tuple[Table, ...]:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=2.8),
        Column(words.say("Образовательная организация"), share=2.4),
        Column(words.say("Тьютор"), share=2.4),
        Column(words.say("Состояние"), share=1.4),
        Column(words.say("Шагов"), Kind.COUNT, share=0.8),
        Column(words.say("Подтверждено"), Kind.COUNT, share=1),
        Column(words.say("Часы"), Kind.COMPACT, share=0.8),
        Column(words.say("Срок"), Kind.DATE, share=1.2),
    )
    rows = tuple(
        (
            place,
            one.full_name,
            one.school,
            one.tutor,
            words.say(ROUTE_STATES[one.state]),
            one.steps,
            one.confirmed,
            one.hours,
            one.ends,
        )
        for place, one in enumerate(register.routes, 1)
    )
    return (Table(words.say("Реестр индивидуальных образовательных маршрутов"), columns, rows),)
