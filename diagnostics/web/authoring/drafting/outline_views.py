"""«План»: the whole work as a nested list that is read aloud and arranged by buttons; nothing is dragged."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.arrange_views import STEPS, plan_address
from diagnostics.web.authoring.drafting.opened import Opened, save
from diagnostics.web.authoring.drafting.outline import Line, outline
from diagnostics.web.authoring.editing import structure
from diagnostics.web.authoring.editing.around import Around, Pairs, shortened
from diagnostics.web.authoring.editing.entry import Json
from diagnostics.web.authoring.editing.matrices import rows_of
from diagnostics.web.authoring.editing.settings import ORDERS, SHUFFLES
from diagnostics.web.authoring.editing.structure import Spot
from diagnostics.web.authoring.editing.types import FORMS
from instruments.path import condition
from instruments.rules import said
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class PlannedItem:
    line: Line
    kind: str
    condition: str
    up: bool
    down: bool


@dataclass(frozen=True, slots=True)
class PlannedSection:
    code: str
    title: str
    notes: tuple[str, ...]
    items: tuple[PlannedItem, ...]
    up: bool
    down: bool


@dataclass(frozen=True, slots=True)
class PlannedForm:
    code: str
    title: str
    count: int
    sections: tuple[PlannedSection, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A matrix or a case, and how many items stand on it."""

    code: str
    title: str
    items: int
    has_picture: bool = False


@authoring.get("/instruments/drafts/<draft_id>/outline")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_outline(draft_id: str) -> str:
    """`at`, `do`: what was moved and how; the focus goes back to that button."""
    opened = Opened.of(draft_id)
    around = opened.around
    return render_template(
        "authoring/editing/outline.html",
        draft=opened,
        forms=[_form(opened, form) for form in around.documents.forms],
        stray=outline(around, "", "", opened.problems).stray,
        matrices=[
            Shared(one["code"], title, len(rows_of(around.documents, one["code"])))
            for one, title in _titled(around, "matrices", around.matrices())
        ],
        cases=[
            Shared(one["code"], title, _about(around, one["code"]), "image" in one)
            for one, title in _titled(around, "stimuli", around.stimuli())
        ],
        moved=(request.args.get("at", ""), request.args.get("do", "")),
    )


@authoring.post("/instruments/drafts/<draft_id>/outline")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_section_move(draft_id: str) -> Response:
    opened = Opened.of(draft_id)
    form, section, do = (request.form.get(name, "") for name in ("form", "section", "do"))
    try:
        made = structure.move_section(opened.documents, Spot(form, section), STEPS[do])
        save(draft_id, opened.revision, made)
    except KeyError:
        raise Missing from None
    except ChangedMeanwhile:
        flash(_("Пока вы нажимали, работу изменил коллега. Нажмите ещё раз."), "caution")
    return redirect(plan_address(draft_id, form, section, do), HTTPStatus.SEE_OTHER)


def _form(opened: Opened, form: Json) -> PlannedForm:
    around = opened.around
    found = outline(around, form["code"], "", opened.problems)
    sections = form.get("sections", [])
    return PlannedForm(
        form["code"],
        say(form.get("title"), around.language) or form["code"],
        found.count,
        tuple(
            PlannedSection(
                section["code"],
                part.title,
                tuple(_notes(section, opened)),
                tuple(_item(opened, line, Spot(form["code"], section["code"])) for line in part.lines),
                up=place > 0,
                down=place < len(sections) - 1,
            )
            for place, (section, part) in enumerate(zip(sections, found.parts, strict=True))
        ),
    )


def _item(opened: Opened, line: Line, spot: Spot) -> PlannedItem:
    entry = opened.documents.entry(line.code)
    return PlannedItem(
        line,
        _(FORMS[entry.type].title),
        _condition(entry.item, opened),
        structure.can_move(opened.documents, line.code, spot, -1),
        structure.can_move(opened.documents, line.code, spot, 1),
    )


def _condition(part: Json, opened: Opened) -> str:
    """«Показать, если …» of an item or a section; as it is written where it cannot be read."""
    source = str(part.get("show_if") or "")
    rule, instrument = condition(source), opened.checked.instrument
    return said(rule, instrument, opened.around.language, _) if rule and instrument else source


def _notes(section: Json, opened: Opened) -> list[str]:
    """What a section says of its own, besides its title."""
    notes = []
    if section.get("show_if"):
        notes.append(_condition(section, opened))
    order, shuffle = (
        dict(ORDERS).get(section.get("order", "")),
        dict(SHUFFLES).get(section.get("shuffle", "")),
    )
    if order:
        notes.append(_("порядок: %(words)s", words=_(order)))
    if shuffle:
        notes.append(_("перемешивать: %(words)s", words=_(shuffle)))
    if section.get("text"):
        notes.append(_("текст: %(words)s", words=shortened(say(section["text"], opened.around.language))))
    return notes


def _titled(around: Around, head: str, pairs: Pairs) -> list[tuple[Json, str]]:
    titles = dict(pairs)
    return [(one, titles[one["code"]]) for one in around.documents.instrument.get(head, [])]


def _about(around: Around, case: str) -> int:
    return sum(item.get("stimulus") == case for item in around.documents.items)
