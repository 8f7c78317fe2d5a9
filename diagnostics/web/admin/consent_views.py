"""Consents: the operator's published texts, and papers marked for many people at once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired, Optional

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import campaign as read_campaign
from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.errors import DomainError, FieldRefused
from diagnostics.files import actions as files
from diagnostics.people.actions import consents
from diagnostics.people.models import NodeKind
from diagnostics.people.queries import consents as reads
from diagnostics.people.queries.consents import ConsentGiven, ConsentText
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.form_fields import DayField, day, put_error
from diagnostics.web.guard import require, screen

Page = str | Response | tuple[str, int]
SCANS = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG": ("png", "image/png"),
}


class PaperForm(FlaskForm):
    paper_date = DayField(_l("Дата на бумаге"), [InputRequired(_l("Укажите день"))])
    levels_to_school = BooleanField(_l("В бумаге отмечено: уровни можно показать руководителю школы"))
    scan = FileField(_l("Скан"), [Optional()])


@dataclass(frozen=True, slots=True)
class Line:
    person_id: str
    name: str
    given: ConsentGiven | None


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/consents", "consents", texts)
    admin.add_url_rule("/admin/consents/<node_id>/publish", "consent_publish", publish, methods=["POST"])
    admin.add_url_rule("/admin/consents/text/<document_id>", "consent_text", text)
    admin.add_url_rule("/diagnoses/<campaign_id>/consents", "papers", papers, methods=["GET", "POST"])


@screen(Permission.ADMIN_LIST, of_object=False)
def texts() -> str:
    operators = scope.reachable(NodeKind.INSTITUTE, NodeKind.REGION, NodeKind.MUNICIPALITY)
    rows = [(one, reads.texts_of(one.id)) for one in operators if one.requisites or reads.texts_of(one.id)]
    waiting = [
        (person_id, name_of(person_id), last) for person_id, last in reads.waiting_for_erasure(scope.paths())
    ]
    return render_template("admin/consents.html", rows=rows, waiting=waiting)


@screen(Permission.CONSENT_PUBLISH)
def publish(node_id: str) -> Page:
    require(Permission.CONSENT_PUBLISH, things.node(node_id))
    consents.publish(node_id, actor_id=guard.actor().person_id)
    flash(_("Текст опубликован. Тем, кто согласился раньше, заново подписывать не нужно."), "ok")
    return redirect(url_for("admin.consents"))


@screen(Permission.CONSENT_PUBLISH)
def text(document_id: str) -> str:
    found = reads.text(document_id)
    require(Permission.CONSENT_PUBLISH, things.node(found.operator_id))
    return render_template("admin/consent_text.html", consent=found)


@screen(Permission.CONSENT_RECORD)
def papers(campaign_id: str) -> Page:
    """Everyone of a diagnosis with what stands; ticked people get the paper's date and, if given, its scan."""
    thing = things.campaign(campaign_id)
    require(Permission.CONSENT_RECORD, thing)
    consent = reads.text_at(thing.path)
    form = PaperForm()
    lines = _lines(campaign_id, consent)
    chosen = [one.person_id for one in lines if one.person_id in request.form.getlist("person")]
    if consent is None or not form.validate_on_submit():
        return _page(campaign_id, consent, form, lines), _status(form)
    if not chosen:
        form.paper_date.errors = [_("Отметьте хотя бы одного человека в таблице")]
        return _page(campaign_id, consent, form, lines), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        recorded = consents.record_paper(
            chosen,
            document_id=consent.document_id,
            paper_date=day(form.paper_date.data),
            scan_id=_scan(form.scan.data),
            options={"levels_to_school": form.levels_to_school.data},
            recorded_by=guard.actor().person_id,
        )
    except FieldRefused as refused:
        put_error(form, refused, {})
        return _page(campaign_id, consent, form, lines), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(ngettext("Отмечено: %(num)s согласие", "Отмечено: %(num)s согласий", recorded.marked), "ok")
    return redirect(url_for("admin.papers", campaign_id=campaign_id))


def _lines(campaign_id: str, consent: ConsentText | None) -> list[Line]:
    people = {
        seat.respondent_id
        for wave in read_campaign(campaign_id).waves
        for seat in seats_of_wave(wave.id)
        if seat.respondent_id
    }
    lines = [
        Line(one, name_of(one), reads.state(one).with_operator(consent.operator_id) if consent else None)
        for one in people
    ]
    return sorted(lines, key=lambda line: line.name)


def _scan(upload: FileStorage | None) -> str | None:
    """The stored scan's id; only what really is a PDF, JPEG or PNG, by its first bytes."""
    if not upload or not upload.filename:
        return None
    content = upload.read()
    kind = next((kind for start, kind in SCANS.items() if content.startswith(start)), None)
    if kind is None:
        raise DomainError("scan_not_readable")
    ending, media_type = kind
    stored = files.store(
        guard.settings().files_dir,
        name=f"consent-{clock.now():%Y-%m-%d}.{ending}",
        media_type=media_type,
        content=content,
        purpose="consent_scan",
        owner_id=guard.actor().person_id,
        days=None,
    )
    return stored.id


def _page(campaign_id: str, consent: ConsentText | None, form: PaperForm, lines: list[Line]) -> str:
    return render_template(
        "admin/papers.html", campaign=read_campaign(campaign_id), consent=consent, form=form, lines=lines
    )


def _status(form: PaperForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
