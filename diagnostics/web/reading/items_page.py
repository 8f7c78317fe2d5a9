"""What «Как сработали задания» shows of a work as a whole, made of its analysis: no figure is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.cohorts.items import ItemAnalysis
from diagnostics.web.reading.items_log import Said
from diagnostics.web.reading.items_table import decisions_table, items_table
from reports.charts.information_curve import NARROW, information_curve
from reports.contents.common import Interval
from reports.contents.quality import FormQuality, Information, Places
from reports.render.html import data_table
from reports.tables import Table
from reports.tabulate import quality as tabulated
from reports.wording import quality as said
from reports.wording.numbers import interval, number
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Curve:
    title: str
    subtitle: str
    source: str
    wide: Markup
    narrow: Markup
    table: Markup


@dataclass(frozen=True, slots=True)
class FormPart:
    """One form: alpha, omega and error as (value, note) of a fact; `decisions` None for opinions."""

    form: FormQuality
    alpha: tuple[str, str]
    omega: tuple[str, str]
    sem: str
    lead: str
    decisions: Markup | None
    curve: Curve | None
    no_curve: str


@dataclass(frozen=True, slots=True)
class Between:
    """A comparison of places; `table` None where no task stands out."""

    title: str
    lead: str
    table: Markup | None


def form_part(form: FormQuality, ident: str, words: Words) -> FormPart:
    return FormPart(
        form=form,
        alpha=_fact(form.alpha, form.alpha_interval, said.reliability_word(form, words), words),
        omega=_fact(form.omega, form.omega_interval, said.omega_word(form, words), words),
        sem="" if form.sem is None else f"±{number(form.sem, words, 1)}",
        lead=said.decisions_lead(form, words) if form.blocks else "",
        decisions=_html(tabulated.decisions_table(form, words), words) if form.blocks else None,
        curve=_curve(form.information, ident, words) if form.information else None,
        no_curve=said.no_curve(form.information_reason, words),
    )


def between_parts(places: Places, words: Words) -> list[Between]:
    return [
        Between(
            said.comparison_title(one, words),
            said.comparison_lead(one, places, words),
            _html(tabulated.between_table(one, words), words) if one.apart else None,
        )
        for one in places.comparisons
    ]


def tables_of(
    analysis: ItemAnalysis, logs: Mapping[str, tuple[Said, ...]], words: Words
) -> tuple[Table, ...]:
    """The spreadsheet: the tasks first, then everything that the page says of the work."""
    forms, places = analysis.forms, analysis.places
    return (
        items_table(analysis, logs),
        *((decisions_table(analysis, logs),) if logs else ()),
        *((tabulated.reliability_table(forms, words),) if forms else ()),
        *(tabulated.decisions_table(one, words, full=True) for one in forms if one.blocks),
        *(tabulated.information_table(one.information, words) for one in forms if one.information),
        *((tabulated.all_between_table(places, words),) if places and places.comparisons else ()),
    )


def _fact(value: float | None, around: Interval | None, note: str, words: Words) -> tuple[str, str]:
    if value is None:
        return "–", note
    bounds = interval(around, words, 2) if around else ""
    return number(value, words, 2), ", ".join(filter(None, (bounds, note)))


def _curve(found: Information, ident: str, words: Words) -> Curve | None:
    if len(found.points) < 2:  # noqa: PLR2004 - a line needs two
        return None
    wide = information_curve(found, words, ident=f"curve-{ident}")
    narrow = information_curve(found, words, ident=f"curve-{ident}-phone", width=NARROW)
    return Curve(
        wide.title,
        wide.subtitle,
        said.curve_source(found, words),
        Markup(wide.svg),  # noqa: S704 - our own figure, its texts are escaped
        Markup(narrow.svg),  # noqa: S704 - as above
        _html(wide.table, words),
    )


def _html(table: Table, words: Words) -> Markup:
    return data_table(table, words, path_of("templates"))
