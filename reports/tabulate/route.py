"""Tables of the individual development route."""

from __future__ import annotations

from reports.contents.route import PlanStep, RoutePlan, StepState
from reports.tables import Column, Kind, Table
from reports.wording.numbers import NBSP, hours, short_date
from reports.wording.terms import STEP_STATES, conclusion
from reports.wording.words import Words


def diagnosis_table(plan: RoutePlan, words: Words) -> Table:
    return Table(
        words.say("Результаты диагностики"),
        (
            Column(words.say("Блок"), share=3),
            Column(words.say("Баллы"), Kind.COMPACT, share=0.8),
            Column(words.say("Из"), Kind.COMPACT, share=0.6),
            Column("%", Kind.NUMBER, share=0.6),
            Column(words.say("Уровень"), share=3.6, empty=words.say("не устанавливается")),
            Column(words.say("Вывод"), share=3.4),
        ),
        tuple(
            (
                line.title, line.points, line.maximum, line.percent, line.level,
                conclusion(line.conclusion, words, provisional=line.provisional),
            )
            for line in plan.diagnosis
        ),
    )  # fmt: skip


def plan_table(plan: RoutePlan, words: Words) -> Table:
    """The plan in the columns of the form; the last row sums the hours."""
    total = (
        "", words.say("Всего"), "", "", "", "", plan.hours, "",
        words.say("подтверждено %(hours)s", hours=hours(plan.hours_confirmed, words)),
    )  # fmt: skip
    return Table(
        words.say("План"),
        (
            Column("№", share=0.45),
            Column(words.say("Профессиональный дефицит"), share=1.7),
            Column(words.say("Образовательная задача, содержание"), share=5.4),
            Column(words.say("Форма"), share=1.4),
            Column(words.say("Организация, ресурс, ссылка"), share=1.8),
            Column(words.say("Сроки"), share=1.15),
            Column(words.say("Часы"), Kind.COMPACT, share=0.5),
            Column(words.say("Форма результата"), share=1.5),
            Column(words.say("Отметка о выполнении"), share=1.3),
        ),
        (*(_step(number, step, words) for number, step in enumerate(plan.steps, 1)), total),
        strong=frozenset({len(plan.steps)}),
    )


def _step(number: int, step: PlanStep, words: Words) -> tuple[str | float, ...]:
    task = words.say("%(task)s. Зачем: %(reason)s", task=step.task, reason=step.reason)
    return (
        str(number), step.deficit, task if step.reason else step.task, step.form,
        ", ".join(part for part in (step.place, step.link) if part),
        _period(step, words), step.hours, step.evidence, _mark(step, words),
    )  # fmt: skip


def _period(step: PlanStep, words: Words) -> str:
    if step.due is None:
        return ""
    until = words.say("до %(day)s", day=short_date(step.due)).replace(" ", NBSP)
    if step.starts is None:
        return until
    return words.say("с %(day)s", day=short_date(step.starts)).replace(" ", NBSP) + f" {until}"


def _mark(step: PlanStep, words: Words) -> str:
    """Words, never a tick: the document's face has none, and a word survives copying."""
    state = words.say(STEP_STATES[step.state])
    if step.state is StepState.CONFIRMED and step.confirmed_on:
        return f"{state} {short_date(step.confirmed_on)}"
    return "" if step.state is StepState.PLANNED else state


def waivers_table(plan: RoutePlan, words: Words) -> Table:
    return Table(
        words.say("Дефициты, по которым решено не планировать работу"),
        (
            Column(words.say("Блок"), share=2.4),
            Column(words.say("Уровень"), share=3),
            Column(words.say("Основание"), share=4),
            Column(words.say("Решение принял"), share=1.8),
            Column(words.say("Дата"), Kind.DATE, share=1.2),
        ),
        tuple((w.deficit, w.level, w.reason, w.signed_by, w.signed_on) for w in plan.waivers),
    )


def tables(plan: RoutePlan, words: Words) -> tuple[Table, ...]:
    waivers = (waivers_table(plan, words),) if plan.waivers else ()
    return diagnosis_table(plan, words), plan_table(plan, words), *waivers
