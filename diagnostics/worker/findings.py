"""Scoring and calibration: computed while only reading, written in short transactions."""

from __future__ import annotations

from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.database import read_only, session
from diagnostics.findings import actions, queries
from diagnostics.findings.actions.score import CALIBRATED, CORRECTED, SUBMITTED
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.queries import JobView
from diagnostics.pathways import actions as pathways
from diagnostics.releases.models import Audience
from diagnostics.worker.improvement import freeze
from diagnostics.worker.kind import NOTHING, Outcome, Tell
from diagnostics.worker.words import N_

#: Findings made anew in one transaction: about a third of a second of the write lock.
CHUNK = 250


def score_sitting(job: JobView, _tell: Tell) -> Outcome:
    reason = str(job.parameters.get("reason", SUBMITTED))
    found = actions.score(job.subject_id, reason=reason, actor_id=job.asker_id)
    seat = seats.seat(found.seat_id)
    if seat.wave_kind is WaveKind.EXIT and seat.respondent_id is not None:
        pathways.note_exit(seat.campaign_id, seat.respondent_id)
    session.commit()
    return NOTHING


def calibrate_wave(job: JobView, tell: Tell) -> Outcome:
    # What was sent a moment before the end may still wait for its own job.
    for sitting_id in queries.unscored(job.subject_id):
        actions.score(sitting_id)
        session.commit()
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
