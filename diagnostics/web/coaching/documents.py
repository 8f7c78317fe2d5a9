"""The printed route: made by a job, kept, downloaded by who may read the route; its approved revisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.pathways.queries import past, views
from diagnostics.web import guard
from diagnostics.web.attachments import attachment
from diagnostics.web.coaching.asking import asked_route, me, to_route
from diagnostics.web.coaching.blueprint import coaching, language
from diagnostics.web.guard import require, screen

KIND = "reporting.route"
FORMATS = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class Document:
    """`file_id` None while it is being made."""

    file_id: str | None
    name: str
    at: datetime


@coaching.post("/routes/<route_id>/print")
@screen(Permission.ROUTE_READ)
def print_route(route_id: str) -> Redirect:
    """The job runs as the person; a link session comes back to the route, where the document appears."""
    found = asked_route(Permission.ROUTE_READ, route_id)
    wanted = request.form.get("format", "pdf")
    if wanted not in FORMATS:
        raise Missing
    job = jobs.enqueue(
        KIND,
        route_id,
        asker_id=me(),
        title=_("Маршрут: %(name)s, %(format)s", name=found.person.full, format=FORMATS[wanted]),
        stages=(_("Собираем маршрут"), _("Готовим документ")),
        parameters={"format": wanted, "language": language()},
        unique_key=f"{KIND}:{route_id}:{wanted}:{me()}",
    )
    if guard.actor().person_id is None:
        flash(_("Документ готовится. Обновите страницу через несколько секунд: он появится рядом."), "info")
        return to_route(route_id, "documents")
    return redirect(url_for("home.job", job_id=job.id))


def documents_of(route_id: str) -> list[Document]:
    """What the asker has ordered for this route, newest first."""
    query = (
        sa.select(Job)
        .where(Job.kind == KIND, Job.subject_id == route_id, Job.asker_id == me())
        .order_by(Job.created_at.desc())
        .limit(5)
    )
    return [
        Document(job.result_file_id, job.title, job.created_at)
        for job in session.scalars(query)
        if job.state is not JobState.CANCELLED and job.state is not JobState.FAILED
    ]


@coaching.get("/routes/<route_id>/documents/<file_id>")
@screen(Permission.ROUTE_READ)
def route_document(route_id: str, file_id: str) -> Response:
    require(Permission.ROUTE_READ, things.route(route_id))
    if file_id not in {one.file_id for one in documents_of(route_id)}:
        raise Missing
    return attachment(file_id)


@coaching.get("/routes/evidence/<file_id>")
@screen(Permission.ROUTE_READ)
def evidence_file(file_id: str) -> Response:
    """A file beside a step: for the teacher and the tutor of that very route."""
    route_id = views.evidence_step(file_id)
    if route_id is None:
        raise Missing
    require(Permission.ROUTE_READ, things.route(route_id))
    return attachment(file_id)


@coaching.get("/routes/<route_id>/revisions/<int:number>")
@screen(Permission.ROUTE_READ)
def revision(route_id: str, number: int) -> str:
    """What was approved, word for word."""
    require(Permission.ROUTE_READ, things.route(route_id))
    return render_template(
        "coaching/revision.html", revision=past.revision(route_id, number), day_of=date.fromisoformat
    )
