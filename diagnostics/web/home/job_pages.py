"""A job as its card and its JSON show it: stages done, running, waiting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from diagnostics.jobs.models import JobState
from diagnostics.jobs.queries import JobView
from diagnostics.web.sentences.common import N_
from reports.tables import Column, Kind, Table

STATE_WORDS = {
    "done": N_("готово"),
    "failed": N_("не вышло"),
    "cancelled": N_("остановлено"),
    "running": N_("идёт"),
}
OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


def card_of(job: JobView) -> dict[str, Any]:
    """Keywords of the macro `job_card`."""
    return {
        "title": _(job.title) if job.title else _("Работа в фоне"),
        "percent": job.percent,
        "stages": _stages(job),
        "state": state_word(job),
        "result_url": result_url(job),
        "poll": url_for("home.job_progress", job_id=job.id),
        "stop": "" if job.state in OVER else url_for("home.stop_job", job_id=job.id),
    }


def progress_of(job: JobView) -> dict[str, Any]:
    """What `jobs.js` polls."""
    keys = ("percent", "stages", "state", "result_url")
    card = card_of(job)
    return {key: card[key] for key in keys} | {"stage": job.stage}


def state_word(job: JobView) -> str:
    """The card knows running and the three ends; a queued job is shown as running at 0 %."""
    return job.state.value if job.state in OVER else "running"


def result_url(job: JobView) -> str:
    if job.state is not JobState.DONE:
        return ""
    if job.result_file_id:
        return url_for("home.file", file_id=job.result_file_id)
    return job.result_url or ""


def _stages(job: JobView) -> list[dict[str, str]]:
    return [
        {"title": _(name), "state": _stage_state(job, index), "note": ""}
        for index, name in enumerate(job.stages)
    ]


def _stage_state(job: JobView, index: int) -> str:
    if job.state is JobState.DONE or index < job.stage:
        return "done"
    if job.state is JobState.QUEUED or index > job.stage:
        return "waiting"
    return "failed" if job.state in OVER else "current"


def jobs_table(found: Iterable[JobView]) -> Table:
    columns = (
        Column(_("Что"), share=4),
        Column(_("Начато"), Kind.DATE),
        Column(_("Закончено"), Kind.DATE),
        Column(_("Состояние"), share=1.5),
    )
    rows = tuple(
        (
            _(job.title) if job.title else _("Работа в фоне"),
            job.created_at.date(),
            job.finished_at.date() if job.finished_at else None,
            _(STATE_WORDS[state_word(job)]),
        )
        for job in found
    )
    return Table(_("Отчёты и загрузки"), columns, rows)
