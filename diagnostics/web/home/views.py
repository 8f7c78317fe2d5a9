"""The first page of everyone, running jobs and stored files."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.database import session
from diagnostics.jobs import actions as job_actions
from diagnostics.jobs import queries as jobs
from diagnostics.jobs.queries import JobView
from diagnostics.web import guard
from diagnostics.web.attachments import attachment
from diagnostics.web.guard import require, screen
from diagnostics.web.home.job_pages import card_of, jobs_table, progress_of
from diagnostics.web.home.tasks import tasks_of
from diagnostics.web.spreadsheets import spreadsheet

home = Blueprint("home", __name__)


@home.get("/")
@screen(Permission.HOME, of_object=False)
def index() -> str | Redirect:
    actor = guard.actor()
    if actor.person_id is None:
        return redirect(
            url_for("home.who")
            if actor.demo and "home.who" in current_app.view_functions
            else url_for("account.sign_in")
        )
    return render_template("home/index.html", tasks=tasks_of(actor))


@home.get("/healthz")
@screen(Permission.PUBLIC, of_object=False)
def healthz() -> Response:
    """For balancers and monitors: the base answers and how long the queue is. No secrets, no names."""
    session.execute(sa.text("SELECT 1"))
    return jsonify(status="ok", jobs=jobs.counts())


@home.get("/jobs")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def my_jobs() -> str:
    found = jobs.of_asker(guard.actor().person_id or "")
    return render_template("home/jobs.html", jobs=[(job, card_of(job)) for job in found])


@home.get("/jobs.xlsx")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def my_jobs_xlsx() -> Response:
    found = jobs.of_asker(guard.actor().person_id or "")
    return spreadsheet(jobs_table(found), _("Отчёты и загрузки"))


@home.get("/jobs/<job_id>")
@screen(Permission.JOB_READ)
def job(job_id: str) -> str | Redirect:
    found = _job(job_id)
    return render_template("home/job.html", job=found, card=card_of(found))


@home.get("/jobs/<job_id>.json")
@screen(Permission.JOB_READ)
def job_progress(job_id: str) -> Response:
    return jsonify(progress_of(_job(job_id)))


@home.post("/jobs/<job_id>/stop")
@screen(Permission.JOB_READ)
def stop_job(job_id: str) -> Redirect:
    require(Permission.JOB_READ, things.job(job_id))
    job_actions.cancel(job_id)
    return redirect(url_for("home.job", job_id=job_id))


@home.get("/files/<file_id>")
@screen(Permission.FILE_READ)
def file(file_id: str) -> Response:
    require(Permission.FILE_READ, things.file(file_id))
    return attachment(file_id)


def _job(job_id: str) -> JobView:
    require(Permission.JOB_READ, things.job(job_id))
    found = jobs.one(job_id)
    assert found is not None, _("Такой страницы нет")  # noqa: S101 - things.job has just found it
    return found
