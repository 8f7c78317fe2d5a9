"""What the result page shows, made of a finding: words and figures; numbers stand in the report's contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.findings.queries import FindingView
from diagnostics.reporting.after_exit import is_borrowed
from diagnostics.reporting.person import person_report
from diagnostics.web.sentences.common import N_
from reports.charts.chart import Chart
from reports.charts.dot_and_band import dot_and_band
from reports.charts.dot_and_band_phone import dot_and_band_phone
from reports.contents.common import UNSAID, Conclusion
from reports.contents.person import BlockResult, Evidence, Need, PersonReport
from reports.render.html import data_table
from reports.wording import person as wording
from reports.wording.clarifying import clarified
from reports.wording.limits import limits
from reports.wording.numbers import compact, inside, percent
from reports.wording.rubric import rubric_words
from reports.wording.terms import source_foot, source_lines
from reports.wording.words import Words

REASONS = {
    "submitted": N_("по отправленным ответам"),
    "late": N_("приняты ответы, которые пришли позже"),
    "calibrated": N_("параметры заданий уточнены по ответам всей группы"),
    "corrected": N_("исправлен ключ задания"),
    "imported": N_("загружено из файла"),
    "marked": N_("эксперты оценили развёрнутые ответы"),
}
_SAID = {
    Conclusion.CONFIRMED: N_("Есть что развивать: решено %(got)s из %(n)s."),
    Conclusion.PROBABLE: N_(
        "Похоже, есть что развивать: решено %(got)s из %(n)s, полоса точности заходит за %(cut)s. "
        "Уточнить помогут шесть заданий, посещённый урок или разговор с тьютором."
    ),
    Conclusion.NOT_SHOWN: N_(
        "Дефицит не выявлен: решено %(got)s из %(n)s. Полоса точности ещё широкая, поэтому опорой блок не называем."
    ),
    Conclusion.SURELY_NONE: N_("Опора: решено %(got)s из %(n)s. Поделитесь приёмом с коллегами?"),
    Conclusion.NO_CONCLUSION: N_(
        "Заданий мало, вывода не делаем. Решите вместе с тьютором, стоит ли уточнить."
    ),
    Conclusion.AWAITING: N_("Вывода пока нет: не все ответы оценены экспертом."),
}


@dataclass(frozen=True, slots=True)
class Task:
    """`said`: criteria in the words of the rubric, where experts marked the answer."""

    title: str
    outcome: str
    said: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """«Почему такой вывод?» of one block."""

    code: str
    title: str
    said: str
    chance: str
    lost: str
    count: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    wide: Chart
    narrow: Chart
    drawing: Markup
    drawing_narrow: Markup
    table: Markup
    source: str


@dataclass(frozen=True, slots=True)
class Made:
    """One line of the history of a result."""

    finding_id: str
    at: datetime
    reason: str
    current: bool


@dataclass(frozen=True, slots=True)
class Page:
    report: PersonReport
    heading: str
    meta: str
    strengths: tuple[str, ...]
    develop: tuple[tuple[str, str], ...]  # sentence, code of the block
    next_step: str
    how: tuple[str, ...]
    awaiting: str  # answers that an expert has not marked yet
    figure: Figure
    why: tuple[Why, ...]
    official: tuple[str, ...]
    scale_note: str
    sources: tuple[str, ...]


def page_of(view: FindingView, words: Words, language: str) -> Page:
    report = person_report(view, words, language)
    return Page(
        report=report,
        heading=wording.headline(report, words),
        meta=wording.meta(report, words),
        strengths=tuple(f"{wording.strength(one, words)}." for one in report.strengths),
        develop=tuple(
            (f"{said}.", need.block)
            for said, need in zip(wording.needs(report.develop, words), report.develop, strict=False)
        ),
        next_step=wording.next_step(report.next_step, words) if report.next_step else "",
        how=_how(report, words, borrowed=is_borrowed(view)),
        awaiting=wording.awaiting(report, words),
        figure=_figure(report, words),
        why=tuple(_why(block, report, words) for block in report.blocks),
        official=tuple(wording.both_layers(block, words) for block in report.blocks),
        scale_note=wording.scale_note(report.scale, words),
        sources=source_lines(report.sources, words),
    )


def history(findings: Sequence[FindingView]) -> tuple[Made, ...]:
    """Every finding of a seat, the newest first; words of what made it."""
    return tuple(
        Made(one.id, one.made_at, _(REASONS.get(one.reason, one.reason)), one.is_current) for one in findings
    )


def _how(report: PersonReport, words: Words, *, borrowed: bool) -> tuple[str, ...]:
    said = [wording.how_to_read(report.blocks, words)]
    if any(block.provisional and block.conclusion not in UNSAID for block in report.blocks):
        said.append(
            _(
                "Выводы предварительные: параметры этих заданий ещё уточняются по ответам всей группы. "
                "Позже полоса может стать уже."
            )
        )
    if borrowed:
        said.append(
            _(
                "На этой диагностике было мало людей, поэтому точность посчитана по ответам группы на входной: "
                "обе диагностики сопоставимы."
            )
        )
    return (*said, *clarified(report, words), *limits(report, words), *wording.gaps(report, words))


def _figure(report: PersonReport, words: Words) -> Figure:
    wide = dot_and_band(report, words, ident="profile")
    narrow = dot_and_band_phone(report, words, ident="profile-phone")
    counted = ngettext("%(num)s задание", "%(num)s заданий", report.n_items)
    if report.n_items != report.n_planned:
        counted = _("%(shown)s из %(planned)s", shown=counted, planned=report.n_planned)
    return Figure(
        wide=wide,
        narrow=narrow,
        drawing=Markup(wide.svg),  # noqa: S704 - our own figure, its texts are escaped
        drawing_narrow=Markup(narrow.svg),  # noqa: S704 - as above
        table=data_table(wide.table, words, path_of("templates")),
        source=f"{counted} · {source_foot(report.sources, words)}",
    )


def _why(block: BlockResult, report: PersonReport, words: Words) -> Why:
    tasks = [task for task in report.evidence if task.block == block.code]
    cut = percent(report.scale.deficit_below, words)
    solved = sum(
        task.points == task.maximum and not (task.unreached or task.awaiting or task.further)
        for task in tasks
    )
    need = next((one for one in report.develop if one.block == block.code), None)
    return Why(
        code=block.code,
        title=block.title,
        said=_(_SAID[block.conclusion]) % {"got": solved, "n": block.n_items, "cut": cut},
        chance=_chance(block, cut),
        lost=_lost(need) if need and need.topic else "",
        count=ngettext("%(num)s задание", "%(num)s заданий", len(tasks)),
        tasks=tuple(Task(task.title, _told(task, words), _said(task, words), task.remarks) for task in tasks),
    )


def _lost(need: Need) -> str:
    return _(
        "Чаще всего баллы терялись здесь: %(topic)s, %(lost)s из %(n)s.",
        topic=inside(need.topic),
        lost=need.lost,
        n=need.n_items,
    )


def _chance(block: BlockResult, cut: str) -> str:
    """A probability as people count: of a hundred who answered alike."""
    if block.probability is None:
        return ""
    people = min(99, max(1, round(100 * block.probability)))
    return _(
        "Если бы 100 человек ответили так же, у %(people)s из них настоящая доля была бы ниже %(cut)s.",
        people=people,
        cut=cut,
    )


def _told(task: Evidence, words: Words) -> str:
    outcome = _outcome(task, words)
    return _("%(outcome)s, уточняющее", outcome=outcome) if task.further else outcome


def _said(task: Evidence, words: Words) -> tuple[str, ...]:
    return tuple(
        _(
            "%(criterion)s: %(words)s (%(points)s из %(maximum)s)",
            criterion=line.title,
            words=rubric_words(line, words),
            points=compact(line.points, words),
            maximum=compact(line.maximum, words),
        )
        for line in task.rubric
    )


def _outcome(task: Evidence, words: Words) -> str:
    if task.unreached:
        return _("не успели открыть")
    if task.awaiting:
        return _("ждёт проверки эксперта")
    if task.omitted:
        return _("без ответа")
    if task.points >= task.maximum:
        return _("решено")
    if task.points > 0:
        return _(
            "частично, %(points)s из %(maximum)s",
            points=compact(task.points, words),
            maximum=compact(task.maximum, words),
        )
    return _("баллы потеряны")
