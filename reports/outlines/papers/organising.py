"""Order, schedule, instruction, явка, certificates, register of routes: the papers without results."""

from __future__ import annotations

from reports.contents.papers.certificates import Certificate, Certificates
from reports.contents.papers.instruction import Instruction
from reports.contents.papers.order import OrderDraft
from reports.contents.papers.routes import RouteRegister
from reports.contents.papers.schedule import Schedule
from reports.contents.papers.turnout import Turnout
from reports.outline import Paragraph, Section
from reports.outlines.papers.parts import (
    approval,
    data_line,
    draft_mark,
    letterhead,
    signed_by_head,
    signed_by_owner,
    subtitle,
    unnamed,
)
from reports.paper import Aside, Centred, DateAndNumber, PageBreak, Paper, PaperBlock, Signed, Title
from reports.tabulate.papers.organising import (
    participants_table,
    routes_tables,
    schedule_tables,
    turnout_tables,
)
from reports.wording.instruction import instruction_parts
from reports.wording.numbers import long_date
from reports.wording.papers import (
    HAND,
    STAGES_IN,
    WHO_SEES,
    minutes_words,
    people_words,
    period,
    quoted,
    scale_words,
    sentence,
    works_words,
)
from reports.wording.terms import STAGES
from reports.wording.words import Words


def order_paper(order: OrderDraft, words: Words) -> Paper:
    head = order.head
    return Paper(
        title=words.say("Проект приказа о проведении диагностики %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            Aside((words.say("ПРОЕКТ"),), strong=True),
            letterhead(head, words),
            Title(words.say("ПРИКАЗ")),
            DateAndNumber(head.formed_at.year),
            Centred(words.say("О проведении диагностики"), strong=True),
            Centred(words.say("профессиональных дефицитов педагогических работников"), strong=True),
            Centred(quoted(head.diagnosis), strong=True),
            *_order_text(order, words),
            signed_by_head(head),
            Signed(((words.say("С приказом ознакомлены:"), ""), ("", ""))),
            PageBreak(),
            _annex(order, words),
            Title(words.say("Список участников диагностики"), (quoted(head.diagnosis),), repeated=True),
            participants_table(order.participants, words),
            Paragraph(words.say("Всего: %(people)s.", people=people_words(len(order.participants), words)), small=True),
        ),
    )  # fmt: skip


def _annex(order: OrderDraft, words: Words) -> Aside:
    year = words.say("%(year)s г.", year=order.head.formed_at.year)
    return Aside((
        words.say("Приложение"),
        words.say("к приказу %(organisation)s", organisation=order.head.operator.name),
        words.say("от «____» ____________ %(year)s № ________", year=year),
    ))  # fmt: skip


def _order_text(order: OrderDraft, words: Words) -> tuple[PaperBlock, ...]:
    works = works_words(order.works)
    clauses = (
        words.say("Провести диагностику профессиональных дефицитов педагогических работников в следующие сроки:"),
        words.say("Утвердить список участников диагностики (приложение)."),
        words.say("Провести диагностику с помощью диагностических работ: %(works)s.", works=works) if works else "",
        words.say("Назначить ответственным за проведение диагностики: %(name)s.", name=order.owner or HAND),
        words.say("Назначить тьютором участников: %(name)s.", name=order.tutor or HAND),
        words.say(
            "Рекомендовать руководителям образовательных организаций обеспечить участие педагогических "
            "работников, рабочие места с выходом в интернет и время на выполнение работы."
        ),
        words.say("Определять уровни профессиональных дефицитов по шкале. %(scale)s", scale=scale_words(order.scale, words)),
        words.say(
            "Использовать результаты только для профессионального развития участников. %(sees)s "
            "Обработку персональных данных вести на основании согласий участников.",
            sees=words.say(WHO_SEES[order.visibility]),
        ),
        words.say("Контроль за исполнением приказа оставляю за собой."),
    )  # fmt: skip
    said = [text for text in clauses if text]
    numbered = [Paragraph(f"{place}. {text}") for place, text in enumerate(said, 1)]
    return (
        Paragraph(
            words.say(
                "В целях выявления профессиональных дефицитов и построения индивидуальных образовательных "
                "маршрутов педагогических работников, на основании %(basis)s",
                basis=HAND,
            )
        ),
        Centred(words.say("ПРИКАЗЫВАЮ:"), strong=True),
        numbered[0],
        *(Paragraph(text) for text in _dates(order, words)),
        *numbered[1:],
    )


def _dates(order: OrderDraft, words: Words) -> tuple[str, ...]:
    """«— входная диагностика: с 16 ноября 2026 г. по 27 ноября 2026 г.»"""
    return tuple(
        words.say(
            "— %(stage)s: с %(starts)s по %(ends)s",
            stage=words.say(STAGES[one.stage]),
            starts=long_date(one.starts, words),
            ends=long_date(one.ends, words),
        )
        for one in order.stages
    )


def schedule_paper(schedule: Schedule, words: Words) -> Paper:
    head = schedule.head
    return Paper(
        title=words.say("График проведения диагностики %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            approval(head, words),
            letterhead(head, words),
            Title(words.say("ГРАФИК"), (words.say("проведения диагностики"), quoted(head.diagnosis))),
            *schedule_tables(schedule, words),
        ),
        landscape=True,
    )


def instruction_paper(instruction: Instruction, words: Words) -> Paper:
    head = instruction.head
    return Paper(
        title=words.say("Инструкция участника диагностики %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            approval(head, words),
            letterhead(head, words),
            Title(words.say("ИНСТРУКЦИЯ"), (words.say("для участника диагностики"), quoted(head.diagnosis))),
            *_under_headings(instruction_parts(instruction, words)),
        ),
    )


def _under_headings(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[PaperBlock, ...]:
    blocks: list[PaperBlock] = []
    for title, lines in parts:
        blocks += [Section(title), *(Paragraph(line) for line in lines)]
    return tuple(blocks)


def turnout_paper(turnout: Turnout, words: Words) -> Paper:
    head, total = turnout.head, turnout.total
    silent = ", ".join(one.school or words.say("без школы") for one in turnout.silent)
    said = words.say(
        "Приглашено: %(invited)s, прошли диагностику: %(done)d.",
        invited=people_words(total.invited, words),
        done=total.submitted,
    )
    none = words.say("Организации, из которых ответов нет: %(schools)s.", schools=silent)
    return Paper(
        title=words.say("Явка: диагностика %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            *draft_mark(head, words),
            letterhead(head, words),
            Title(words.say("СПРАВКА"), (words.say("о явке участников"), *subtitle(head, words))),
            data_line(head, words),
            Paragraph(said),
            *turnout_tables(turnout, words),
            Paragraph(none if silent else words.say("Ответы есть из всех организаций.")),
            signed_by_owner(head, words),
        ),
    )


def certificates_paper(issued: Certificates, words: Words) -> Paper:
    """One sheet a person in one file: an institute prints and signs them in a row."""
    head = issued.head
    blocks: list[PaperBlock] = []
    for one in issued.people:
        blocks += (
            (PageBreak(), *_certificate(issued, one, words)) if blocks else _certificate(issued, one, words)
        )
    return Paper(
        title=words.say("Справки об участии в диагностике %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=tuple(blocks),
        paged=False,
    )  # fmt: skip


def _certificate(issued: Certificates, one: Certificate, words: Words) -> tuple[PaperBlock, ...]:
    head, person = issued.head, one.person
    when = (
        words.say("Дата прохождения: %(day)s", day=long_date(one.taken_on, words))
        if one.taken_on
        else words.say("Срок проведения: %(period)s", period=period(head, words))
    )
    works = works_words(issued.works)
    what = words.say("Диагностическая работа: %(works)s.", works=works) if works else ""
    time = words.say("Время на работу: %(minutes)s.", minutes=minutes_words(issued.minutes, words)) if issued.minutes else ""  # fmt: skip
    where = ", ".join(
        text for text in (person.position, person.subject, person.school, person.municipality) if text
    )
    return (
        letterhead(head, words),
        DateAndNumber(head.formed_at.year),
        Title(words.say("СПРАВКА"), (words.say("об участии в диагностике"),), repeated=True),
        Paragraph(words.say("Настоящая справка подтверждает, что педагогический работник")),
        Centred(person.full_name, strong=True),
        *((Centred(where),) if where else ()),
        Paragraph(
            words.say(
                "участвовал %(stage)s профессиональных дефицитов %(title)s.",
                stage=words.say(STAGES_IN[head.stage]),
                title=quoted(head.diagnosis),
            )
        ),
        Paragraph(" ".join(text for text in (what, sentence(when), time) if text)),
        Paragraph(words.say("Справка не содержит сведений о результатах диагностики."), small=True),
        signed_by_head(head),
    )


def routes_paper(register: RouteRegister, words: Words) -> Paper:
    head = register.head
    without = words.say(
        "Результат есть, маршрута ещё нет: %(people)s.", people=people_words(register.without, words)
    )
    return Paper(
        title=words.say("Реестр ИОМ: диагностика %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            *draft_mark(head, words),
            letterhead(head, words),
            Title(
                words.say("РЕЕСТР"),
                (words.say("индивидуальных образовательных маршрутов"), *subtitle(head, words)),
            ),
            data_line(head, words),
            *routes_tables(register, words),
            *((Paragraph(without),) if register.without else ()),
            *unnamed(register.unnamed, words),
            signed_by_owner(head, words),
        ),
        landscape=True,
    )
