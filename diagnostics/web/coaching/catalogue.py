"""«Что поможет»: the catalogue of resources by block, form and level; a card; the same in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.catalogue import queries as documents
from diagnostics.catalogue.models import VersionKind
from diagnostics.pathways.moves import EDITABLE
from diagnostics.pathways.queries import views
from diagnostics.reporting.route_words import FORMATS, MODES
from diagnostics.resources import queries
from diagnostics.resources.queries import Area, ResourceView
from diagnostics.web.coaching.asking import own_route_id
from diagnostics.web.coaching.blueprint import coaching, language, words
from diagnostics.web.guard import screen
from instruments.texts import say
from reports.render.xlsx import xlsx
from reports.tables import Column, Kind, Table
from reports.wording.numbers import capitalised

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of the address; empty = all."""

    block: str
    form: str

    def href(self, endpoint: str = "coaching.resources", **other: str) -> str:
        values = {"block": self.block, "form": self.form} | other
        block, form = (values[name] or None for name in ("block", "form"))
        return url_for(endpoint, block=block, form=form)


@coaching.get("/resources")
@screen(Permission.RESOURCE_READ, of_object=False)
def resources() -> str:
    areas = queries.areas()
    chosen = _chosen(areas)
    everything = queries.resources(today=_today())
    found = _filtered(everything, areas, chosen)
    return render_template(
        "coaching/resources.html",
        chosen=chosen,
        groups=_groups(found, areas),
        number=len(found),
        total=len(everything),
        blocks=_block_chips(areas, everything, chosen),
        forms=_form_chips(everything, areas, chosen),
    )


@coaching.get("/resources.xlsx")
@screen(Permission.RESOURCE_READ, of_object=False)
def resources_file() -> Response:
    areas = queries.areas()
    found = _filtered(queries.resources(today=_today()), areas, _chosen(areas))
    content = xlsx((_table(found, areas),), words(), title=_("Что поможет"), about=(), stamp=clock.now())
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = "attachment; filename=resources.xlsx"
    return response


@coaching.get("/resources/<resource_id>")
@screen(Permission.RESOURCE_READ, of_object=False)
def resource(resource_id: str) -> str:
    found = queries.resource(resource_id, today=_today())
    areas = queries.areas()
    before = {one.code: one for one in queries.resources(today=_today()) if one.code in found.prerequisites}
    return render_template(
        "coaching/resource.html",
        one=found,
        area=area_of(areas, found),
        covers=_covered(found),
        suits=_suits(found),
        before=[before[code] for code in found.prerequisites if code in before],
        route=_editable_route(),
    )


def area_of(areas: Sequence[Area], one: ResourceView) -> str:
    return next((say(area.title, language()) for area in areas if one.main_competence in area.nodes), "")


def _today() -> date:
    return clock.now().date()


def _chosen(areas: Sequence[Area]) -> Chosen:
    """What the address names; unknown values are as good as none."""
    block, form = request.args.get("block", ""), request.args.get("form", "")
    return Chosen(block if block in {area.code for area in areas} else "", form if form in FORMATS else "")


def _filtered(
    everything: Sequence[ResourceView], areas: Sequence[Area], chosen: Chosen
) -> list[ResourceView]:
    nodes = next((area.nodes for area in areas if area.code == chosen.block), None)
    return [
        one
        for one in everything
        if (nodes is None or one.main_competence in nodes) and chosen.form in {"", one.format}
    ]


def _groups(found: Sequence[ResourceView], areas: Sequence[Area]) -> list[tuple[str, list[ResourceView]]]:
    """Title of a block → what helps there, in the order of the framework: a hundred cards in a row are a wall."""
    groups = [
        (say(area.title, language()), [one for one in found if one.main_competence in area.nodes])
        for area in areas
    ]
    return [(title, held) for title, held in groups if held]


def _block_chips(areas: Sequence[Area], everything: Sequence[ResourceView], chosen: Chosen) -> list[Chip]:
    counted = [(area, len(_filtered(everything, areas, Chosen(area.code, chosen.form)))) for area in areas]
    every = Chip(_("Все блоки"), chosen.href(block=""), not chosen.block)
    return [every] + [
        Chip(say(area.title, language()), chosen.href(block=area.code), area.code == chosen.block, number)
        for area, number in counted
        if any(one.main_competence in area.nodes for one in everything)
    ]


def _form_chips(everything: Sequence[ResourceView], areas: Sequence[Area], chosen: Chosen) -> list[Chip]:
    used = {one.format for one in everything}
    return [Chip(_("Любая форма"), chosen.href(form=""), not chosen.form)] + [
        Chip(
            capitalised(_(title)),
            chosen.href(form=code),
            code == chosen.form,
            len(_filtered(everything, areas, Chosen(chosen.block, code))),
        )
        for code, title in FORMATS.items()
        if code in used
    ]


def _covered(one: ResourceView) -> list[tuple[str, float]]:
    """Titles of what it covers with the share, the largest first."""
    titles: dict[str, str] = {}
    for version in documents.published(VersionKind.FRAMEWORK):
        for node in documents.framework(version.id).nodes:
            titles.setdefault(node.code, say(node.title, language()))
    covers = sorted(one.covers.items(), key=lambda pair: -pair[1])
    return [(titles.get(code, code), share) for code, share in covers]


def _suits(one: ResourceView) -> str:
    """Official levels in the words of the first scale that knows them; a whole scale is said in one word."""
    for version in documents.published(VersionKind.FRAMEWORK):
        for preset in documents.framework(version.id).scales.values():
            titles = {level.code: say(level.title, language()) for level in preset.levels}
            if one.levels and titles.keys() == set(one.levels):
                return _("всем: с любым уровнем")
            if one.levels and titles.keys() >= set(one.levels):
                return "; ".join(titles[code] for code in one.levels)
    return ""


def _editable_route() -> str | None:
    """The asker's own route while it may be changed."""
    found = own_route_id()
    return found if found is not None and views.route(found).state in EDITABLE else None


def _table(found: Sequence[ResourceView], areas: Sequence[Area]) -> Table:
    spoken = words()
    return Table(
        _("Что поможет"),
        (
            Column(_("Название")), Column(_("Блок")), Column(_("Форма")), Column(_("Участие")),
            Column(_("Часы"), Kind.COMPACT), Column(_("Где")), Column(_("Ближайшее начало"), Kind.DATE),
            Column(_("Свободно мест"), Kind.COMPACT), Column(_("Чем подтвердить")), Column(_("О чём")),
        ),
        tuple(
            (
                say(one.title, language()), area_of(areas, one), spoken.say(FORMATS[one.format]),
                spoken.say(MODES[one.mode]), one.hours, one.provider,
                one.next_run.starts_on if one.next_run else None,
                one.next_run.free if one.next_run else one.free,
                say(one.evidence, language()), say(one.summary, language()),
            )
            for one in found
        ),
    )  # fmt: skip
