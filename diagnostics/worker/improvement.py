"""Zones of a closed self-assessment: counted while only reading, frozen in a short transaction."""

from __future__ import annotations

from diagnostics.database import read_only, session
from diagnostics.findings import actions as findings
from diagnostics.findings import queries
from diagnostics.improvement import actions
from diagnostics.jobs.queries import JobView
from diagnostics.worker.kind import Outcome, Tell


def count_zones(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a self-assessment; parameters: `wave`, `url` of the page to open after it."""
    for sitting_id in queries.unscored(str(job.parameters["wave"])):
        findings.score(sitting_id)
        session.commit()
    freeze(job.subject_id, job.asker_id)
    return Outcome(url=str(job.parameters.get("url", "")) or None)


def freeze(campaign_id: str, actor_id: str | None) -> None:
    with read_only():
        counted = actions.count_zones(campaign_id)
        session.rollback()
    actions.release_zones(campaign_id, counted, actor_id=actor_id)
    session.commit()
