"""Documents that were made already: the same figures are not printed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, url_for

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.files import queries as files
from diagnostics.jobs import queries as jobs
from diagnostics.jobs.models import JobState
from diagnostics.jobs.queries import JobView
from diagnostics.people.models import Role
from diagnostics.releases.models import Audience
from diagnostics.web import guard
from diagnostics.web.guard import screen
from diagnostics.web.reading.blueprint import reading

KIND = "reporting.entry_exit"
KEPT = timedelta(days=30)
ORDER = ("xlsx", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Document:
    """A format of the report; `href` of the ready file, "" while it must be made first."""

    kind: str
    title: str
    href: str


_TITLES = {"xlsx": "Excel", "docx": "DOCX", "pdf": "PDF"}


def ready_documents(campaign_id: str, audience: Audience, since: datetime | None) -> tuple[Document, ...]:
    """The three formats; one that was made for this reader since then opens at once.

    `since`: the last change of the results for the exact report (a file must have been ordered after it), the
    moment of the release for the other one (its first file is ordered before it and finished after it).
    """
    wanted = {"audience": audience.value}
    found = {
        str(job.parameters.get("format")): job
        for job in reversed(jobs.of_asker(guard.actor().person_id or ""))
        if job.subject_id == campaign_id
        and job.parameters.items() >= wanted.items()
        and _is_fresh(job, audience, since)
    }
    return tuple(Document(kind, _TITLES[kind], _href(found.get(kind))) for kind in ORDER)


def _is_fresh(job: JobView, audience: Audience, since: datetime | None) -> bool:
    if job.kind != KIND or job.state is not JobState.DONE or job.finished_at is None:
        return False
    moment = job.created_at if audience is Audience.OWN else job.finished_at
    return job.finished_at > clock.now() - KEPT and (since is None or moment >= since)


def _href(job: JobView | None) -> str:
    return url_for("home.file", file_id=job.result_file_id) if job and job.result_file_id else ""


@reading.get("/reports")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def reports() -> str:
    """«Отчёты»: the reader's own documents and those being made."""
    me = guard.actor().person_id or ""
    running = [
        job for job in jobs.of_asker(me) if job.kind.startswith("reporting.") and job.finished_at is None
    ]
    return render_template(
        "reading/reports.html",
        documents=files.of_owner(me, purpose="report"),
        running=running,
        of_place=guard.actor().has(Role.REGIONAL_COORDINATOR),
    )
