"""Results from elsewhere: upload → plan with its mistakes and doubts → apply → the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.database import read_only, session
from diagnostics.errors import Missing
from diagnostics.findings import actions
from diagnostics.findings.importing.planning import ITEMS, ImportPlan, read_file
from diagnostics.findings.importing.problems import AlreadyImported, ImportRefused, Problem
from diagnostics.findings.models import ImportState
from diagnostics.findings.queries import imports
from diagnostics.findings.queries.imports import ImportView
from diagnostics.web import guard, table_files
from diagnostics.web.guard import screen, settings
from diagnostics.web.messages import sentence
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.import_forms import ImportForm, MatchForm
from diagnostics.web.sentences.findings import COLUMNS
from diagnostics.web.terms import WAVE_NAMES

DIAGNOSIS = "running.diagnosis"  # of another room
MOST_SHOWN = 200


@reading.get("/results/import")
@screen(Permission.RESULT_IMPORT, of_object=False)
def import_results() -> str:
    return _upload_page(ImportForm.filled())


@reading.post("/results/import")
@screen(Permission.RESULT_IMPORT, of_object=False)
def import_check() -> Redirect | tuple[str, int]:
    with read_only():  # a large file is parsed without the write lock
        form = ImportForm.filled()
        upload, key = _uploaded(form.file.data), _uploaded(form.key.data)
        problems = _wrong_with(form, upload, key)
        session.rollback()
    if problems is not None or upload is None:
        return _upload_page(form, problems or ()), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        import_id = actions.keep_import(
            upload,
            key if form.kind.data == ITEMS else None,
            form.settings(),
            node_id=_node_id(),
            folder=settings().files_dir,
            actor_id=guard.actor().person_id,
        )
    except AlreadyImported as standing:
        form.file.errors = [_("Этот файл уже загружен.")]
        return _upload_page(form, standing=standing.campaign_id), HTTPStatus.CONFLICT
    return redirect(url_for("reading.import_plan", import_id=import_id))


@reading.get("/results/import/<import_id>")
@screen(Permission.RESULT_IMPORT, of_object=False)
def import_plan(import_id: str) -> str | Redirect:
    found = _own(import_id)
    if found.state is ImportState.APPLIED:
        return redirect(_diagnosis(found.campaign_id))
    return _plan_page(found, imports.planned(found, settings().files_dir))


@reading.post("/results/import/<import_id>/apply")
@screen(Permission.RESULT_IMPORT, of_object=False)
def import_apply(import_id: str) -> Redirect | tuple[str, int]:
    with read_only():
        found = _own(import_id)
        plan = imports.planned(found, settings().files_dir)
        matches = {
            doubt.row: MatchForm.of(doubt, request.form).who.data or "" for doubt in plan.people.doubts
        }
        session.rollback()
    actions.choose(import_id, {row: ref for row, ref in matches.items() if ref})
    plan = imports.planned(_own(import_id), settings().files_dir)
    if not plan.ready:
        code = "matches_missing" if plan.people.undecided else "import_has_problems"
        return _plan_page(found, plan, sentence(code)), HTTPStatus.UNPROCESSABLE_ENTITY
    me = guard.actor().person_id or ""
    try:
        made = actions.apply_import(import_id, plan, owner_id=me, actor_id=me)
    except AlreadyImported as standing:
        flash(_("Этот файл уже загружен: вот его диагностика."), "info")
        return redirect(_diagnosis(standing.campaign_id))
    flash(
        ngettext("Загружен %(num)s результат.", "Загружено %(num)s результатов.", made.findings)
        + " "
        + ngettext("Людей: %(num)s.", "Людей: %(num)s.", made.persons),
        "ok",
    )
    return redirect(_diagnosis(made.campaign_id))


def _wrong_with(
    form: ImportForm, upload: actions.Upload | None, key: actions.Upload | None
) -> Sequence[Problem] | None:
    """None when the form and the file can be taken further; else what to show beside the fields' own errors."""
    sound = form.validate()
    if upload is None:
        form.file.errors = [_("Выберите файл")]
    if not sound or upload is None:
        return ()
    try:
        read_file(upload.content, key.content if key else None, form.settings())
    except ImportRefused as refused:
        return refused.problems
    return None


def _uploaded(given: FileStorage | None) -> actions.Upload | None:
    return actions.Upload(given.filename, given.read()) if given and given.filename else None


def _node_id() -> str:
    found = imports.place_of(guard.actor().roles)
    if found is None:
        raise Missing
    return found


def _own(import_id: str) -> ImportView:
    """An upload belongs to who made it: others must not learn whose names it holds."""
    found = imports.uploaded(import_id)
    if found.made_by != guard.actor().person_id:
        raise Missing
    return found


def _diagnosis(campaign_id: str | None) -> str:
    if campaign_id is None or DIAGNOSIS not in current_app.view_functions:
        return url_for("reading.import_results")
    return url_for(DIAGNOSIS, campaign_id=campaign_id)


def _upload_page(form: ImportForm, problems: Sequence[Problem] = (), standing: str | None = None) -> str:
    return render_template(
        "reading/import.html",
        form=form,
        problems=_told(problems),
        standing=_diagnosis(standing) if standing else None,
    )


def _plan_page(found: ImportView, plan: ImportPlan, wrong: str = "") -> str:
    most = None if table_files.is_asked() else MOST_SHOWN
    return render_template(
        "reading/import_plan.html",
        upload=found,
        plan=plan,
        problems=_told(plan.problems[:most]),
        more=len(plan.problems[most:]) if most else 0,
        matches=[MatchForm.of(doubt, request.form or None) for doubt in plan.people.doubts],
        waves=[(_(WAVE_NAMES[wave]), plan.people_in(wave)) for wave in plan.waves],
        wrong=wrong,
    )


def _told(problems: Sequence[Problem]) -> list[Mapping[str, object]]:
    return [
        {
            "row": one.row or "",
            "column": _(COLUMNS[one.column]) if one.column in COLUMNS else one.column,
            "words": sentence(one.code, {name: _plain(value) for name, value in one.parameters.items()}),
            "value": one.value,
        }
        for one in problems
    ]


def _plain(value: object) -> object:
    """Points as they are typed: 10 and 2,5, never 10.0."""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else value
