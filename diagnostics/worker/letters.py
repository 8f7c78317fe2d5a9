"""Many letters of one wave, written a hundred at a time."""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale

from diagnostics.campaigns import actions
from diagnostics.campaigns.actions.letters import MOST_REMINDERS, Compose, Sent
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.campaigns.wording import LetterKind, compose
from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.errors import Missing
from diagnostics.jobs.queries import JobView
from diagnostics.worker.kind import Outcome, Tell

CHUNK = 100


def write_letters(job: JobView, tell: Tell) -> Outcome:
    """`subject_id`: a diagnosis; parameters: `wave_id`, `turn` (0: invitations), `language`, `url` to open after it.

    Each chunk is claimed and written in one transaction: a worker that takes the job up again writes to
    nobody twice.
    """
    wave_id, turn = str(job.parameters["wave_id"]), int(job.parameters["turn"])
    with read_only():
        written = _compose(job, wave_id, turn)
        session.rollback()
    done = 0
    while True:
        with force_locale(str(job.parameters.get("language", "ru"))):
            sent = _step(wave_id, written, turn, job.asker_id)
        session.commit()
        done += sent.letters
        tell(0, done, done + sent.left)
        if not sent.left or not sent.letters:
            return Outcome(url=str(job.parameters.get("url", "")) or None)


def _step(wave_id: str, written: Compose, turn: int, asker_id: str | None) -> Sent:
    if turn:
        return actions.remind(wave_id, written, turn, asker_id, most=CHUNK)
    return actions.invite(wave_id, written, asker_id, most=CHUNK)


def _compose(job: JobView, wave_id: str, turn: int) -> Compose:
    config: Config = current_app.extensions["orientir"]
    campaign, wave = wave_of(wave_id)
    if campaign.id != job.subject_id:
        raise Missing
    kinds = {0: LetterKind.INVITATION, MOST_REMINDERS: LetterKind.LAST_REMINDER}
    kind = kinds.get(turn, LetterKind.REMINDER)
    return compose(current_app.jinja_env, kind, campaign, wave, config.public_url)
