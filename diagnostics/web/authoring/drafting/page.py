"""The page of the editor: what stands in each of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _

from diagnostics.catalogue.queries import drafts
from diagnostics.web.authoring.drafting.exposed import exposure_words
from diagnostics.web.authoring.drafting.opened import Opened, me
from diagnostics.web.authoring.drafting.outline import Outline, outline
from diagnostics.web.authoring.drafting.phone import phone_of
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.item import show_item
from diagnostics.web.authoring.editing.structure import Spot, can_move, kinds, spot_of
from diagnostics.web.authoring.editing.types import FORMS
from diagnostics.web.authoring.problem_words import field_name, item_code, place, said
from diagnostics.web.words import clock_time
from instruments.linting import Hint
from instruments.problems import Problem, Severity

MOST_PROBLEMS = 40
KIND_OF = {"forms": "form", "matrices": "matrix", "stimuli": "case"}
_SETTING = {"passport": "authors"}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    mark: str
    where: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Problems:
    lines: tuple[ProblemLine, ...]
    errors: int
    warnings: int
    hints: tuple[ProblemLine, ...] = ()

    @property
    def more(self) -> int:
        return self.errors + self.warnings - len(self.lines)


@dataclass(frozen=True, slots=True)
class Looked:
    """Which item of which form is open, and where it stands."""

    code: str
    spot: Spot | None
    outline: Outline


def looked(opened: Opened, code: str, form: str) -> Looked:
    """The item asked for, else the first one of the form."""
    documents = opened.documents
    if code and documents.has(code):
        spot = spot_of(documents, code, form)
        if spot and not form:
            form = spot.form
    else:
        code = ""
    found = outline(opened.around, form, code, opened.problems)
    if not code and found.codes:
        code = found.codes[0]
        found = outline(opened.around, form, code, opened.problems)
    return Looked(code, spot_of(documents, code, found.form) if code else None, found)


def edit_page(
    opened: Opened,
    place: Looked,
    *,
    typed: Entry | None = None,
    base: int | None = None,
    wrong: Mapping[str, str] | None = None,
    removed: Iterable[str] = (),
    others: Iterable[Mapping[str, str]] = (),
) -> str:
    """`typed`: what was posted and refused, instead of what stands in the draft."""
    code, wrong = place.code, wrong or {}
    entry = typed or (opened.documents.entry(code) if code else None)
    turns = drafts.turns(opened.id, me())
    spot = place.spot
    return render_template(
        "authoring/editing/edit.html",
        draft=opened,
        outline=place.outline,
        line=next((one for part in place.outline.parts for one in part.lines if one.is_current), None)
        or next((one for one in place.outline.stray if one.is_current), None),
        current=code,
        groups=show_item(entry, opened.around) if entry else None,
        kind=entry.type if entry else "",
        type_title=FORMS[entry.type].title if entry else "",
        exposed=exposure_words(opened.view.line.code, code) if code else [],
        matrix=entry.item.get("matrix") if entry else None,
        types=[(kind, FORMS[kind].title) for kind in kinds(opened.documents)],
        can_up=bool(spot and can_move(opened.documents, code, spot, -1)),
        can_down=bool(spot and can_move(opened.documents, code, spot, 1)),
        base=opened.revision if base is None else base,
        phone_page=phone_page(opened, place.outline.form, code),
        problems=problem_lines(opened),
        turns=[
            ("authoring.draft_undo", _("Отменить"), turns.undo),
            ("authoring.draft_redo", _("Вернуть"), turns.redo),
        ],
        saved_words=_("Сохранено в %(time)s", time=clock_time(opened.view.line.updated_at)),
        mistakes=wrong,
        errors=[{"text": words, "href": f"#{path}"} for path, words in wrong.items()],
        removed=list(removed),
        others=list(others),
    )


def phone_page(opened: Opened, form: str, code: str) -> str:
    """The frame's page: drawn from documents whose shape is sound; otherwise it waits and says so."""
    instrument = opened.checked.instrument
    phone = phone_of(instrument, form, code, "ru") if instrument and code else None
    return render_template("authoring/editing/_phone.html", phone=phone, shown_language="ru")


def problem_lines(opened: Opened) -> Problems:
    """Mistakes first, then what to look at, then hints, each with a link to its item; of long lists the beginning."""
    found = sorted(opened.problems, key=lambda one: one.severity is not Severity.ERROR)
    errors = sum(one.severity is Severity.ERROR for one in found)
    lines = tuple(_line(opened, one) for one in found[:MOST_PROBLEMS])
    hints = tuple(_line(opened, one) for one in opened.hints[:MOST_PROBLEMS])
    return Problems(lines, errors, len(found) - errors, hints)


def problems_at(opened: Opened, where: str) -> tuple[ProblemLine, ...]:
    """Those of one part of the work, for its own page."""
    return tuple(
        _line(opened, one)
        for one in opened.problems
        if one.where == where or one.where.startswith(f"{where}.")
    )


def _mark(problem: Problem) -> str:
    if isinstance(problem, Hint):
        return "info"
    return "error" if problem.severity is Severity.ERROR else "warning"


def _line(opened: Opened, problem: Problem) -> ProblemLine:
    around = opened.around
    where = f"items.{problem.item}" if isinstance(problem, Hint) and problem.item else problem.where
    return ProblemLine(_mark(problem), place(where, around), said(problem, around), _address(opened, where))


def _address(opened: Opened, where: str) -> str:
    """The field that a problem is about: of an item, of a part with a page of its own, else of the settings."""
    around = opened.around
    code = item_code(where, around)
    if code:
        field = field_name(around.documents.entry(code).item, where, code)
        anchor = f"at-{field}" if field else "item"
        return url_for("authoring.draft_edit", draft_id=opened.id, item=code, _anchor=anchor)
    head, first, then, last = [*where.split("."), "", "", ""][:4]
    if head == "forms" and then == "sections":
        return url_for("authoring.draft_part", draft_id=opened.id, kind="section", code=last, form=first)
    if head in KIND_OF and first:
        return url_for("authoring.draft_part", draft_id=opened.id, kind=KIND_OF[head], code=first)
    return url_for("authoring.draft_settings", draft_id=opened.id, _anchor=f"at-{_SETTING.get(head, head)}")
