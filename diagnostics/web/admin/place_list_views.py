"""Organisations as a list: downloaded, loaded from a file, good rows taken only on request."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.audit import actions as audit
from diagnostics.campaigns.roster.mistakes import FileRefused
from diagnostics.campaigns.roster.sheets import read_sheets
from diagnostics.database import read_only, session
from diagnostics.errors import DomainError, FieldRefused, Missing
from diagnostics.files import actions as storing
from diagnostics.files import queries as files
from diagnostics.people.actions import place_lists
from diagnostics.people.actions.place_lists import Taken
from diagnostics.people.place_sheets import Change, Plan, plan
from diagnostics.people.queries.places import codes_elsewhere
from diagnostics.web import guard, table_files
from diagnostics.web.admin import scope
from diagnostics.web.admin.tables import place_mistakes_table, places_table, sample_places_table
from diagnostics.web.admin.words import KINDS, PLACE_COLUMNS
from diagnostics.web.guard import require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.spreadsheets import spreadsheet

Page = str | Response | tuple[str, int]
PURPOSE = "places"
KEPT_DAYS = 7
MOST_SHOWN = 200


class PlacesForm(FlaskForm):
    file = FileField(_l("Файл Excel или CSV"))


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/places", "places", places)
    admin.add_url_rule("/admin/places.xlsx", "places_xlsx", places_xlsx)
    admin.add_url_rule("/admin/places/sample.xlsx", "places_sample", places_sample)
    admin.add_url_rule("/admin/places/upload", "places_upload", places_upload, methods=["GET", "POST"])
    admin.add_url_rule("/admin/places/upload/<file_id>", "places_check", places_check)
    admin.add_url_rule("/admin/places/upload/<file_id>/mistakes.xlsx", "places_mistakes", places_mistakes)
    admin.add_url_rule("/admin/places/upload/<file_id>/apply", "places_apply", places_apply, methods=["POST"])


@screen(Permission.ADMIN_LIST, of_object=False)
def places() -> str:
    return render_template("admin/places.html", places=scope.reachable(), depth=scope.depth, kinds=KINDS)


@screen(Permission.ADMIN_LIST, of_object=False)
def places_xlsx() -> Response:
    return spreadsheet(places_table(scope.reachable()), _("Организации"))


@screen(Permission.ADMIN_LIST, of_object=False)
def places_sample() -> Response:
    about = _(
        "Обязательно «Полное название»; пустая ячейка ничего не меняет; порядок строк и столбцов любой."
    )
    return spreadsheet(sample_places_table(), _("Образец списка организаций"), about)


@screen(Permission.ADMIN_LIST, of_object=False)
def places_upload() -> Page:
    """A file that cannot be read is said at its field; one that can is kept a week and shown row by row."""
    form = PlacesForm()
    if not form.validate_on_submit():
        return render_template("admin/places_upload.html", form=form)
    content = form.file.data.read() if form.file.data else b""
    try:
        with read_only():
            session.rollback()
            _plan(content)
            session.rollback()
    except (FileRefused, FieldRefused) as refused:
        code = refused.code if form.file.data else "file_missing"
        form.file.errors = [sentence(code, refused.parameters)]
        return render_template("admin/places_upload.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    stored = storing.store(
        guard.settings().files_dir,
        name=form.file.data.filename or "",
        media_type="application/octet-stream",
        content=content,
        purpose=PURPOSE,
        owner_id=guard.actor().person_id,
        days=KEPT_DAYS,
    )
    return redirect(url_for("admin.places_check", file_id=stored.id))


@screen(Permission.FILE_READ)
def places_check(file_id: str) -> str:
    found = _plan(_content(file_id))
    return render_template(
        "admin/places_check.html",
        file=files.one(file_id),
        plan=found,
        most=None if table_files.is_asked() else MOST_SHOWN,
        changes=Change,
        columns=PLACE_COLUMNS,
        kinds=KINDS,
        mistakes=[(one, sentence(one.code, one.parameters)) for one in found.mistakes],
    )


@screen(Permission.FILE_READ)
def places_mistakes(file_id: str) -> Response:
    return spreadsheet(place_mistakes_table(_plan(_content(file_id)).mistakes), _("Ошибки в списке"))


@screen(Permission.FILE_READ)
def places_apply(file_id: str) -> Response:
    """Once more compared with what stands now: a file taken twice, or in two windows, does its work once."""
    found = _plan(_content(file_id))
    if not found.work:
        raise DomainError("places_nothing_to_do")
    me = guard.actor().person_id
    taken = place_lists.take(found, actor_id=me)
    note = f"{taken.new} new, {taken.changed} changed"
    audit.record("places.load", actor_id=me, kind="file", object_id=file_id, note=note)
    flash(" ".join(_said(taken)), "ok")
    return redirect(url_for("admin.places"))


def _said(taken: Taken) -> Iterator[str]:
    if taken.new:
        yield ngettext("Добавлена %(num)s организация.", "Добавлено %(num)s организаций.", taken.new)
    if taken.changed:
        yield ngettext("Изменена %(num)s организация.", "Изменено %(num)s организаций.", taken.changed)


def _plan(content: bytes) -> Plan:
    sheets = read_sheets(content)
    last: FieldRefused | None = None
    for sheet in sheets:  # our own files begin with a sheet that says what they are
        try:
            return plan(sheet.rows, scope.reachable(), codes_elsewhere(scope.paths()))
        except FieldRefused as refused:
            last = refused
    raise last or FieldRefused("places_no_head", field="file")


def _content(file_id: str) -> bytes:
    require(Permission.FILE_READ, things.file(file_id))
    require(Permission.ADMIN_LIST)
    if files.one(file_id).purpose != PURPOSE:
        raise Missing
    return files.bytes_path(guard.settings().files_dir, file_id).read_bytes()
