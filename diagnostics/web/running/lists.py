"""«Загрузить из Excel»: a file, a table of row-numbered mistakes, and good rows only on request."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.campaigns.errors import AlreadyImported
from diagnostics.campaigns.queries.lists import ListView, uploaded
from diagnostics.campaigns.roster.entries import Roster, read_roster
from diagnostics.campaigns.roster.matching import Plan, plan
from diagnostics.campaigns.roster.mistakes import FileRefused
from diagnostics.database import read_only, session
from diagnostics.files import queries as files
from diagnostics.web.guard import screen, settings
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.forms import UploadForm
from diagnostics.web.running.tables import mistakes_table, offers, sample_table
from diagnostics.web.running.targets import SEGMENTS, Target, target_of
from diagnostics.web.sentences.campaigns import COLUMNS


@running.get("/lists/sample.xlsx")
@screen(Permission.CAMPAIGN_CREATE, of_object=False)
def sample() -> Response:
    return spreadsheet(
        sample_table(), _("Образец списка"), _("Обязательны ФИО и школа, порядок столбцов любой.")
    )


@running.get("/<any(diagnoses, groups, places):kind>/<target_id>/people/upload")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT, Permission.ADMIN_PEOPLE)
def upload(kind: str, target_id: str) -> str:
    return _upload_page(target_of(kind, target_id), UploadForm())


@running.post("/<any(diagnoses, groups, places):kind>/<target_id>/people/upload")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT, Permission.ADMIN_PEOPLE)
def upload_check(kind: str, target_id: str) -> Redirect | tuple[str, int]:
    target = _before_writing(kind, target_id)
    form = UploadForm()
    given = form.file.data
    content = given.read() if given else b""
    try:
        read_roster(content)
    except FileRefused as refused:
        form.file.errors = [sentence(refused.code if given else "file_missing", refused.parameters)]
        return _upload_page(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        import_id = actions.keep_roster(
            target.stored,
            target.id,
            content=content,
            name=given.filename or "",
            folder=settings().files_dir,
            actor_id=asking.person_id(),
        )
    except AlreadyImported as standing:
        form.file.errors = [sentence(standing.code)]
        return _upload_page(target, form, standing.import_id), HTTPStatus.CONFLICT
    return redirect(url_for("running.list_report", import_id=import_id))


@running.get("/lists/<import_id>")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT, Permission.ADMIN_PEOPLE)
def list_report(import_id: str) -> str:
    found = uploaded(import_id)
    target = target_of(SEGMENTS[found.target], found.target_id)
    if found.applied_at is not None:
        return render_template("running/list_applied.html", list=found, target=target)
    made = plan(_roster(found), target.scope)
    return render_template(
        "running/list.html",
        list=found,
        target=target,
        plan=made,
        mistakes=[
            (one, sentence(one.code, one.parameters), _(COLUMNS[one.column]), offers(one))
            for one in made.mistakes
        ],
        remarks=[sentence(one.code, one.parameters) for one in made.remarks],
    )


@running.get("/lists/<import_id>/mistakes.xlsx")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT, Permission.ADMIN_PEOPLE)
def list_mistakes(import_id: str) -> Response:
    return spreadsheet(mistakes_table(_plan(import_id).mistakes), _("Ошибки в списке"))


@running.post("/lists/<import_id>/apply")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT, Permission.ADMIN_PEOPLE)
def list_apply(import_id: str) -> Redirect:
    with read_only():
        found = uploaded(import_id)
        target = target_of(SEGMENTS[found.target], found.target_id)
        roster = _roster(found)
        session.rollback()
    done = actions.apply_roster(import_id, roster, asking.person_id())
    said = ngettext("Добавлен %(num)s человек из файла.", "Добавлено %(num)s человек из файла.", done.added)
    if done.people > done.added:
        said += " " + _("Уже были в списке: %(n)s.", n=done.people - done.added)
    flash(said, "ok")
    return redirect(target.href)


def _before_writing(kind: str, target_id: str) -> Target:
    """Who asks is checked without the write lock: reading a file takes time."""
    with read_only():
        target = target_of(kind, target_id)
        session.rollback()
    return target


def _roster(found: ListView) -> Roster:
    return read_roster(files.bytes_path(settings().files_dir, found.file_id).read_bytes())


def _plan(import_id: str) -> Plan:
    found = uploaded(import_id)
    target = target_of(SEGMENTS[found.target], found.target_id)
    return plan(_roster(found), target.scope)


def _upload_page(target: Target, form: UploadForm, standing: str = "") -> str:
    return render_template(
        "running/upload.html", target=target, form=form, standing=standing, method=request.method
    )
