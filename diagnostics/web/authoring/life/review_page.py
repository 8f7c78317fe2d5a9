"""What the page of a review shows, by who reads it and in which state the draft is."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from diagnostics.catalogue import comparing
from diagnostics.catalogue.draft_models import Draft, DraftKind, DraftState
from diagnostics.catalogue.models import Comparability, LifeState
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.database import session
from diagnostics.people.models import Role
from diagnostics.web.authoring.life.forms import ApproveForm, CommentForm, ReturnForm, SubmitForm
from diagnostics.web.authoring.life.items import item_titles, items_of, place_words
from diagnostics.web.authoring.life.mending_views import preview_of
from diagnostics.web.authoring.life.opened import Opened, language, names_of
from diagnostics.web.authoring.life.reviewers import reviewers_at
from diagnostics.web.authoring.life.words import CHECKLIST, CLASSES, DRAFT_STATES, KINDS, MODEL_CLASSES
from diagnostics.web.authoring.problem_words import said
from diagnostics.web.form_fields import choices
from diagnostics.web.terms import WAVE_NAMES
from instruments.linting import Hint

WRITING = (DraftState.DRAFT, DraftState.RETURNED)
REVIEWERS = (Role.METHODOLOGIST, Role.EXPERT)


def review_page(opened: Opened, form: FlaskForm | None = None, told: str = "") -> str:
    """`form`: one that was refused, with what was typed into it."""
    line = opened.view.line
    titles = item_titles(opened.checked.instrument, language())
    return render_template(
        "authoring/life/review.html",
        opened=opened,
        line=line,
        state=DRAFT_STATES[line.state],
        kind=_(KINDS[line.kind]),
        names=opened.names,
        authors=sorted(opened.names[one] for one in line.authors),
        problems=opened.checked.problems,
        hints=_hints(opened),
        places=opened.changes,
        items=items_of(opened.checked, opened.threads, language()),
        whole=[one for one in opened.threads if _is_elsewhere(one.place, titles)],
        place_words=lambda where: place_words(where, opened.around),
        said_of=lambda problem: said(problem, opened.around),
        found=_class_words(opened, _found(opened)),
        newer=comparing.overtaken_by(session.get_one(Draft, opened.id))
        if opened.state is not DraftState.APPROVED
        else None,
        claimed=_class_words(opened, opened.view.wanted.get("claim")),
        anchors=[titles.get(code, code) for code in opened.view.wanted.get("anchors", ())],
        submitting=_submitting(opened, form),
        approving=_approving(opened, form),
        returning=form if isinstance(form, ReturnForm) else ReturnForm(formdata=None),
        commenting=form if isinstance(form, CommentForm) else CommentForm(formdata=None),
        checklist={code: _(hint) for code, (_title, hint) in CHECKLIST.items()},
        approvals=reading.approvals(opened.id),
        approvers=names_of(one.person_id for one in reading.approvals(opened.id)),
        reviewers=[] if opened.state not in (*WRITING, DraftState.REVIEW) else reviewers_at(opened),
        preview=preview_of(opened) if opened.state is not DraftState.APPROVED else None,
        wave_names=WAVE_NAMES,
        form=form,
        told=told,
        translate=_,
    )


def submit_form(opened: Opened, *, filled: bool = True) -> SubmitForm:
    """`filled`: with what the system proposes; otherwise with what was posted."""
    form = SubmitForm(formdata=None) if filled else SubmitForm()
    form.to.choices = choices(
        [
            (LifeState.PILOT.value, _("Апробация: попробуем на нескольких десятках человек")),
            (LifeState.PUBLISHED.value, _("Публикация: можно назначать в диагностики")),
        ]
    )
    words = MODEL_CLASSES if opened.kind is DraftKind.FRAMEWORK else CLASSES
    form.claim.choices = choices(
        [(one.value, _(words[one])) for one in Comparability if one is not Comparability.NONE]
    )
    common = _common(opened)
    titles = item_titles(opened.checked.instrument, language())
    form.anchors.choices = choices([(code, titles.get(code, code)) for code in common])
    if opened.kind is not DraftKind.INSTRUMENT:
        del form.to
        del form.anchors
    if opened.before is None or opened.kind is DraftKind.SCORING:
        del form.claim
    if filled:
        _fill(form, opened, common)
    return form


def approve_form(opened: Opened) -> ApproveForm:
    form = ApproveForm()
    form.checklist.choices = choices([(code, _(title)) for code, (title, _hint) in CHECKLIST.items()])
    if form.revision.data is None:
        form.revision.data = opened.view.line.revision
    return form


def _fill(form: SubmitForm, opened: Opened, common: tuple[str, ...]) -> None:
    form.revision.data = opened.view.line.revision
    changed = {one.code for one in opened.changes}
    if "to" in form:
        form.to.data = LifeState.PILOT.value
    if "claim" in form:
        found = _found(opened) or Comparability.NONE
        form.claim.data = (Comparability.COSMETIC if found is Comparability.NONE else found).value
    if "anchors" in form:
        form.anchors.data = [code for code in common if code not in changed]


def _hints(opened: Opened) -> list[Hint]:
    """Of a work only: behind a mended key the questions are frozen."""
    return opened.checked.hints() if opened.kind is DraftKind.INSTRUMENT else []


def _submitting(opened: Opened, form: FlaskForm | None) -> SubmitForm | None:
    if not opened.may_write or opened.state not in WRITING:
        return None
    return form if isinstance(form, SubmitForm) else submit_form(opened)


def _approving(opened: Opened, form: FlaskForm | None) -> ApproveForm | None:
    if opened.is_mine or opened.state is not DraftState.REVIEW:
        return None
    return form if isinstance(form, ApproveForm) else approve_form(opened)


def _found(opened: Opened) -> Comparability | None:
    return comparing.found_against(session.get_one(Draft, opened.id), opened.checked)


def _common(opened: Opened) -> tuple[str, ...]:
    return comparing.common_items(session.get_one(Draft, opened.id), opened.checked)


def _class_words(opened: Opened, found: Comparability | str | None) -> str:
    words = MODEL_CLASSES if opened.kind is DraftKind.FRAMEWORK else CLASSES
    return _(words[Comparability(found)]) if found and opened.before is not None else ""


def _is_elsewhere(place: str, titles: Mapping[str, str]) -> bool:
    """Whether a comment stands at no question that the page shows."""
    names = place.split(".")
    return len(names) < 2 or names[0] != "items" or names[1] not in titles  # noqa: PLR2004
