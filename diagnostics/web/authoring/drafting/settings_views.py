"""«Настройки»: what is said of the whole work, its forms with their sections, the model and the levels."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.catalogue.models import VersionKind
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, framework_of, language, save
from diagnostics.web.authoring.drafting.page import problem_lines
from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.editing.settings import Group, entry_of, groups, read_settings
from diagnostics.web.authoring.editing.shape import shape_problems
from instruments.texts import say


@authoring.get("/instruments/drafts/<draft_id>/settings")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_settings(draft_id: str) -> str:
    opened = Opened.of(draft_id)
    return _page(opened, opened.documents, opened.revision)


@authoring.post("/instruments/drafts/<draft_id>/settings")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_settings_save(draft_id: str) -> Response | tuple[str, int]:
    opened = Opened.of(draft_id)
    base = max(1, min(request.form.get("base", opened.revision, type=int), opened.revision))
    before = opened.before(base)
    documents = read_settings(request.form, before, _around(before), _groups(before))
    wrong = _wrong(documents)
    if wrong:
        return _page(opened, documents, base, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        saved = save(draft_id, base, documents)
    except ChangedMeanwhile as clash:
        address = url_for("authoring.draft_clash", draft_id=draft_id, kept=clash.kept)
        return redirect(address, HTTPStatus.SEE_OTHER)
    flash(_("Настройки сохранены."), "ok")
    if saved.removed:
        flash(
            _("Из текста убрана разметка: %(what)s", what=", ".join(one.what for one in saved.removed)),
            "caution",
        )
    return redirect(url_for("authoring.draft_settings", draft_id=draft_id), HTTPStatus.SEE_OTHER)


def _page(opened: Opened, documents: Documents, base: int, wrong: dict[str, str] | None = None) -> str:
    around = _around(documents)
    entry = entry_of(documents)
    shown = [
        (group.title, [control.show(entry, around) for control in group.controls])
        for group in _groups(documents)
    ]
    return render_template(
        "authoring/editing/settings.html",
        draft=opened,
        base=base,
        groups=shown,
        mistakes=wrong or {},
        errors=[{"text": words, "href": f"#{path}"} for path, words in (wrong or {}).items()] or None,
        problems=problem_lines(opened),
    )


def _around(documents: Documents) -> Around:
    return Around(documents, framework_of(documents), language())


def _groups(documents: Documents) -> tuple[Group, ...]:
    frameworks = tuple(
        (one.code, say(catalogue.framework(one.id).title, language()))
        for one in catalogue.published(VersionKind.FRAMEWORK)
    )
    chosen = framework_of(documents)
    scales = chosen.scales if chosen else {}
    presets = tuple((code, say(scale.title, language())) for code, scale in scales.items())
    return groups(tuple(dict(reversed(frameworks)).items()), presets)


def _wrong(documents: Documents) -> dict[str, str]:
    """Mistakes of the shape that the settings can mend; those inside items are the editor's."""
    found: dict[str, str] = {}
    for problem in shape_problems(documents):
        if not problem.where.startswith("items."):
            found.setdefault(problem.where.removeprefix("passport."), problem.sentence(_))
    return found
