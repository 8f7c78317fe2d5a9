"""The page of the editor: what stands in each of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _

from diagnostics.catalogue.queries import drafts
from diagnostics.web.authoring.drafting.opened import Opened, me
from diagnostics.web.authoring.drafting.outline import Outline, item_of, outline
from diagnostics.web.authoring.drafting.phone import phone_of
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.item import show_item
from diagnostics.web.authoring.editing.structure import Spot, can_move, kinds, spot_of
from diagnostics.web.authoring.editing.types import FORMS
from diagnostics.web.words import clock_time
from instruments.linting import Hint
from instruments.problems import Problem, Severity

MOST_PROBLEMS = 40


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
        type_title=FORMS[entry.type].title if entry else "",
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


def _mark(problem: Problem) -> str:
    if isinstance(problem, Hint):
        return "info"
    return "error" if problem.severity is Severity.ERROR else "warning"


def _line(opened: Opened, problem: Problem) -> ProblemLine:
    code = problem.item if isinstance(problem, Hint) else item_of(problem)
    mark = _mark(problem)
    words = problem.sentence(_)
    if code and opened.documents.has(code):
        item = opened.documents.entry(code).item
        where = ": ".join(filter(None, (opened.around.label(item), _field(item["type"], problem.where))))
        href = url_for("authoring.draft_edit", draft_id=opened.id, item=code)
        return ProblemLine(mark, where, words, href)
    return ProblemLine(mark, _("Вся работа"), words, url_for("authoring.draft_settings", draft_id=opened.id))


def _field(kind: str, where: str) -> str:
    """The field of an item's form that a problem is about, as the form calls it."""
    name = (*where.split("."), "", "", "")[2]
    labels = {control.name: control.label for control in FORMS[kind].controls} if kind in FORMS else {}
    return _(labels[name]).lower() if name in labels else ""
