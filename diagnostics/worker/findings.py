"""Scoring and calibration: computed while only reading, written in short transactions."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence

from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.database import read_only, session
from diagnostics.errors import DomainError
from diagnostics.findings import actions, queries
from diagnostics.findings.actions.score import CALIBRATED, CORRECTED, SUBMITTED
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.queries import JobView
from diagnostics.pathways import actions as pathways
from diagnostics.releases.models import Audience
from diagnostics.sittings import queries as sittings
from diagnostics.worker.improvement import freeze
from diagnostics.worker.kind import NOTHING, Outcome, Tell
from diagnostics.worker.words import N_

#: Findings made anew in one transaction: about a third of a second of the write lock.
CHUNK = 250
#: Sittings scored for the first time in one transaction: a tenth of a second of the write lock.
TOGETHER = 100

log = logging.getLogger("orientir.worker")


def score_sitting(job: JobView, _tell: Tell) -> Outcome:
    reason = str(job.parameters.get("reason", SUBMITTED))
    found = actions.score(job.subject_id, reason=reason, actor_id=job.asker_id)
    seat = seats.seat(found.seat_id)
    if seat.wave_kind is WaveKind.EXIT and seat.respondent_id is not None:
        pathways.note_exit(seat.campaign_id, seat.respondent_id)
    session.commit()
    return NOTHING


def score_sittings(jobs: Sequence[JobView]) -> None:
    """Many at once, as `score_sitting` would score each; the caller commits."""
    sent: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for job in jobs:
        sent[str(job.parameters.get("reason", SUBMITTED)), job.asker_id].append(job.subject_id)
    for (reason, asker_id), sitting_ids in sent.items():
        actions.score_many(sitting_ids, reason=reason, actor_id=asker_id)
    for campaign_id, people in sittings.exits_among([job.subject_id for job in jobs]).items():
        pathways.note_exits(campaign_id, people)


def calibrate_wave(job: JobView, tell: Tell) -> Outcome:
    # What was sent a moment before the end may still wait for its own job.
    _score_left(queries.unscored(job.subject_id))
    campaign, wave = wave_of(job.subject_id)
    if wave.kind is WaveKind.SURVEY:  # opinions have no right answer to be calibrated by
        freeze(campaign.id, job.asker_id)
        return NOTHING
    with read_only():
        measured = actions.measure(job.subject_id)
        session.rollback()
    actions.calibrate(job.subject_id, actor_id=job.asker_id, measured=measured)
    session.commit()
    _follow(job.subject_id, CALIBRATED, job, tell)
    _release_upward(job.subject_id)
    return NOTHING


def _score_left(sitting_ids: Sequence[str]) -> None:
    """A sitting that cannot be scored says so in its own job and does not keep the others from their calibration."""
    for start in range(0, len(sitting_ids), TOGETHER):
        chosen = sitting_ids[start : start + TOGETHER]
        try:
            actions.score_many(chosen)
            session.commit()
        except DomainError:
            session.rollback()
            _score_each(chosen)


def _score_each(sitting_ids: Sequence[str]) -> None:
    for sitting_id in sitting_ids:
        try:
            actions.score(sitting_id)
            session.commit()
        except DomainError as refused:
            session.rollback()
            log.warning("not scored", extra={"facts": {"sitting": sitting_id, "code": refused.code}})


def _release_upward(wave_id: str) -> None:
    """With the exit closed, the region's view is made at once; small groups stay hidden by the release's own rules."""
    campaign, wave = wave_of(wave_id)
    if wave.kind is not WaveKind.EXIT:
        return
    jobs.enqueue(
        "reporting.release",
        campaign.id,
        asker_id=campaign.owner_id,
        title=N_("Обобщённые данные «Вход и выход»"),
        stages=[N_("Считаем показатели группы"), N_("Фиксируем выпуск")],
        parameters={"audience": Audience.UPWARD.value},
        unique_key=f"reporting.release:{campaign.id}",
        metered=False,
    )
    session.commit()


def rescore(job: JobView, tell: Tell) -> Outcome:
    """`subject_id`: the corrected scoring version."""
    reason = str(job.parameters.get("reason", ""))
    waves = actions.rescore(job.subject_id, reason=reason, actor_id=job.asker_id)
    session.commit()
    for wave_id in waves:
        _follow(wave_id, CORRECTED, job, tell)
    return NOTHING


def _follow(wave_id: str, reason: str, job: JobView, tell: Tell) -> None:
    """Make the findings of a wave anew, chunk by chunk: what a killed worker left is taken up again."""
    done = 0
    while True:
        step = actions.again(wave_id, reason=reason, actor_id=job.asker_id, limit=CHUNK)
        session.commit()
        done += step.done
        tell(0, done, done + step.left)
        if not step.left:
            return
