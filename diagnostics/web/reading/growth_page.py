"""What the page «Вход и выход» shows, made of the contents of the report: no figure is computed here."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.cohorts.figures import Snapshot
from diagnostics.web.sentences.common import N_
from reports.charts.change_plot import change_plot, change_plot_phone
from reports.charts.chart import Chart
from reports.charts.slopes import slopes
from reports.contents.entry_exit import BlockChange, EntryExitReport
from reports.render.html import data_table
from reports.tables import Table
from reports.tabulate import entry_exit as tabulated
from reports.tabulate import entry_exit_people as people
from reports.wording import entry_exit as said
from reports.wording.comparability import comparability, comparability_verdict
from reports.wording.numbers import interval, number, percent, signed
from reports.wording.person import scale_note
from reports.wording.terms import source_foot, source_lines
from reports.wording.words import Words

PHONE = 328
REASONS = {
    "different_framework": N_("Модели компетенций на входе и на выходе разные."),
    "different_scale": N_("Шкалы уровней на входе и на выходе разные."),
    "different_instrument": N_("На входе и на выходе были разные диагностические работы."),
    "different_version": N_("Версии работы на входе и на выходе разные, равноценными они не признаны."),
    "not_linked": N_(
        "Варианты не удалось привести к одной шкале: ответов слишком мало или нет общих заданий."
    ),
    "too_few_anchors": N_("Общих заданий меньше, чем нужно для сравнения."),
    "too_few_stable_anchors": N_(
        "У слишком многих общих заданий изменилась трудность: оставшихся не хватает для связи вариантов."
    ),
    "too_few_anchors_for_group": N_("Для вывода о группе общих заданий слишком мало."),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    table: Markup


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the flow, as the macro `stage_bar` takes it."""

    count: int
    name: str
    share: float
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    report: EntryExitReport
    heading: str
    meta: str
    lead: str
    verdict: str
    comparability: str
    reason: str
    why: tuple[str, ...]
    flow: tuple[Step, ...]
    whole: tuple[str, str, str, str, str] | None  # before, after, change, its interval, verdict
    slopes: Drawn | None
    interval_note: str
    change: Drawn | None
    levels: tuple[Markup, ...]
    levels_title: str
    levels_note: str
    effects: Markup | None
    ranks: Markup | None
    people: tuple[Markup, ...]
    trust: tuple[Markup, ...]
    left: str
    cautions: tuple[str, ...]
    foot: str
    pairs: str
    sources: tuple[str, ...]
    hidden_blocks: tuple[str, ...]


def page_of(snapshot: Snapshot, report: EntryExitReport, words: Words) -> Page:
    compared = bool(report.blocks)
    return Page(
        report=report,
        heading=said.headline(report, words)
        if compared or snapshot.reason
        else _("Общих результатов пока нет"),
        meta=said.meta(report, words),
        lead=" ".join(
            (
                said.attendance(report, words),
                said.finding(report, words) if compared or snapshot.reason else "",
            )
        ).strip(),
        verdict=comparability_verdict(report.comparability, words),
        comparability=comparability(report.comparability, words),
        reason=_(REASONS[snapshot.reason]) if snapshot.reason in REASONS else "",
        why=_why(snapshot, words),
        flow=_flow(report),
        whole=_whole(report.whole, words, 0 if report.hidden_below else 1) if report.whole else None,
        slopes=_drawn(*_slopes(report, words), words) if compared else None,
        interval_note=said.interval_note(report, words),
        change=_drawn(*_change(report, words), words) if compared else None,
        levels=_levels(report, words) if compared else (),
        levels_title=_levels_title(report),
        levels_note=f"{scale_note(report.scale, words)}.",
        effects=_table(tabulated.effect_table(report, words), words) if compared else None,
        ranks=_table(tabulated.ranks_table(report, words), words) if report.ranks else None,
        people=_people(report, words),
        trust=_trust(report, words),
        left=said.attrition(report, words),
        cautions=tuple(
            filter(
                None, (said.returned(report, words), *(said.caution(note, words) for note in report.cautions))
            )
        ),
        foot=source_foot(report.sources, words),
        pairs=ngettext("%(num)s пара", "%(num)s пар", report.flow.both),
        sources=source_lines(report.sources, words),
        hidden_blocks=snapshot.hidden_blocks,
    )


def _flow(report: EntryExitReport) -> tuple[Step, ...]:
    people, whole = report.flow, max(report.flow.invited, 1)
    absent = people.invited - people.entry
    never = ngettext("%(num)s не начал", "%(num)s не начали", absent) if absent else _("начали все")
    schools = ngettext("%(num)s школа", "%(num)s школ", people.schools) if people.schools else ""
    extra = (
        ngettext("%(num)s пришёл только на итоговую", "%(num)s пришли только на итоговую", people.exit_only)
        if people.exit_only
        else ""
    )
    return (
        Step(people.invited, _("приглашены"), people.invited / whole, schools),
        Step(people.entry, _("вход"), people.entry / whole, never),
        Step(people.exit, _("выход"), people.exit / whole, extra),
        Step(people.both, _("оба этапа"), people.both / whole, _("по ним считается изменение")),
    )


def _whole(block: BlockChange, words: Words, digits: int) -> tuple[str, str, str, str, str]:
    around = interval(block.interval, words, digits) if block.interval else ""
    return (
        percent(block.entry, words, digits),
        percent(block.exit, words, digits),
        signed(block.change, words, digits),
        around,
        said.change_word(block.verdict, words),
    )


def _slopes(report: EntryExitReport, words: Words) -> tuple[Chart, Chart]:
    return (
        slopes(report, words, ident="slopes"),
        slopes(report, words, ident="slopes-phone", width=PHONE),
    )


def _change(report: EntryExitReport, words: Words) -> tuple[Chart, Chart]:
    return change_plot(report, words, ident="change"), change_plot_phone(report, words, ident="change-phone")


def _drawn(wide: Chart, narrow: Chart, words: Words) -> Drawn:
    return Drawn(
        wide.title,
        wide.subtitle,
        Markup(wide.svg),  # noqa: S704 - our own figure, its texts are escaped
        Markup(narrow.svg),  # noqa: S704 - as above
        _table(wide.table, words),
    )


def _table(table: Table, words: Words) -> Markup:
    return data_table(table, words, path_of("templates"))


def _levels(report: EntryExitReport, words: Words) -> tuple[Markup, ...]:
    moves = report.transitions
    first = (_table(tabulated.transitions_table(moves, report, words), words),) if moves else ()
    return (*first, _table(tabulated.deficits_table(report, words), words))


def _levels_title(report: EntryExitReport) -> str:
    """Deficits of all blocks together: closed against new; silent about hidden counts."""
    moves = [block.deficits for block in report.blocks]
    closed, new = [one.closed for one in moves], [one.new for one in moves]
    if report.hidden_below is not None or None in closed or None in new:
        return _("Кто сменил уровень дефицитов")
    return _(
        "Дефицитов снято: %(closed)s, появилось новых: %(new)s",
        closed=sum(one or 0 for one in closed),
        new=sum(one or 0 for one in new),
    )


def _trust(report: EntryExitReport, words: Words) -> tuple[Markup, ...]:
    items = (_table(tabulated.common_items_table(report, words), words),) if report.common_items else ()
    lines = (_table(tabulated.reliability_table(report, words), words),) if report.reliability else ()
    spent = (_table(tabulated.effort_table(report, words), words),) if report.effort else ()
    return (*items, *lines, *spent)


def _people(report: EntryExitReport, words: Words) -> tuple[Markup, ...]:
    if not report.people:
        return ()
    return (
        _table(people.people_table(report, words), words),
        _table(people.conclusions_table(report, words), words),
    )


def _why(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """What stands behind the verdict, for those who ask."""
    found = []
    if snapshot.dropped:
        titles = {one.code: one.title for one in snapshot.common_items}
        names = ", ".join(f"«{titles.get(code, code)}»" for code in snapshot.dropped)
        found.append(_("Исключены из связи, потому что их трудность изменилась: %(names)s.", names=names))
    if snapshot.logits:
        found.append(
            _(
                "Вся работа на общей шкале трудности: вход %(entry)s, выход %(exit)s логита, "
                "погрешность связи %(error)s.",
                entry=signed(snapshot.logits.entry, words, 2),
                exit=signed(snapshot.logits.exit, words, 2),
                error=number(snapshot.logits.link_error, words, 2),
            )
        )
    if snapshot.comparability.linking_error is not None:
        found.append(
            _(
                "Разницу трудности вариантов оценивает вся работа по всем общим заданиям сразу. В одном блоке их "
                "два-три: поправка по ним стёрла бы настоящий рост блока. Поэтому к каждому блоку прибавлено "
                "одно и то же число, и изменение всей работы равно среднему изменений блоков с учётом их баллов. "
                "Погрешность поправки вошла в каждый интервал."
            )
        )
    return tuple(found)
