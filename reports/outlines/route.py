"""The individual development route (ИОМ) as the regions print it: A4 across, three signatures."""

from __future__ import annotations

from reports.contents.route import RoutePlan
from reports.outline import (
    Blank,
    Block,
    Facts,
    Outline,
    Paragraph,
    Section,
    SignatureLine,
    Signatures,
)
from reports.outlines.foot import foot
from reports.tabulate.route import diagnosis_table, plan_table, waivers_table
from reports.wording.numbers import long_date
from reports.wording.papers import within
from reports.wording.person import scale_note
from reports.wording.terms import ROUTE_STATES
from reports.wording.words import Words


def route_outline(plan: RoutePlan, words: Words) -> Outline:
    waivers: tuple[Block, ...] = (waivers_table(plan, words),) if plan.waivers else ()
    return Outline(
        heading=plan.heading,
        title=words.say("Индивидуальный образовательный маршрут"),
        subtitle=(),
        blocks=(
            _header(plan, words),
            Section(words.say("1 Результаты диагностики")),
            diagnosis_table(plan, words),
            Paragraph(f"{scale_note(plan.scale, words)}.", small=True),
            Section(words.say("2 Цель и задачи")),
            Paragraph(plan.goal, lead=words.say("Цель.")),
            Paragraph(f"{'; '.join(plan.tasks)}.", lead=words.say("Задачи.")),
            Section(words.say("3 План")),
            plan_table(plan, words),
            *waivers,
            *_by_hand(words.say("4 Распространение опыта"), plan.sharing),
            *_by_hand(words.say("5 Итоговая диагностика и сравнение"), plan.exit_comparison),
            *_by_hand(words.say("6 Что изменилось в моих уроках"), plan.reflection),
            *_by_hand(words.say("7 Заключение и рекомендации тьютора"), plan.tutor_conclusion),
            Signatures(tuple(SignatureLine(s.role, s.name, s.signed_on) for s in plan.signatures)),
        ),
        foot=foot(plan.heading, plan.sources, words),
        landscape=True,
        numbered=False,
    )


def _header(plan: RoutePlan, words: Words) -> Facts:
    teacher = plan.teacher
    period = words.say(
        "%(starts)s — %(ends)s",
        starts=long_date(plan.starts, words),
        ends=long_date(plan.ends, words),
    )
    state = words.say(
        "%(state)s, редакция %(revision)d",
        state=words.say(ROUTE_STATES[plan.state]),
        revision=plan.revision,
    )
    diagnosis = words.say(
        "%(day)s, «%(title)s», версия %(version)s",
        day=long_date(plan.diagnosed_on, words),
        title=within(plan.sources.instrument.title),
        version=plan.sources.instrument.version,
    )
    return Facts((
        (words.say("ФИО"), teacher.full_name),
        (words.say("Период маршрута"), period),
        (words.say("Должность, предмет"), _joined(teacher.position, teacher.subject)),
        (words.say("Тьютор"), plan.tutor),
        (words.say("Организация"), _joined(teacher.school, teacher.municipality)),
        (words.say("Состояние"), state),
        (words.say("Стаж, категория"), _joined(teacher.experience, teacher.category)),
        (words.say("Диагностика"), diagnosis),
        (words.say("Образование"), teacher.education),
        (words.say("Телефон, почта"), teacher.contact),
    ))  # fmt: skip


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _by_hand(title: str, text: str) -> tuple[Block, ...]:
    """A part that is often finished with a pen."""
    return (Paragraph(text, lead=f"{title}.") if text else Blank(title),)
