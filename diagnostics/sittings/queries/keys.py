"""The first of the three statements of a save: everything that decides whether a key may write now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from diagnostics import database
from diagnostics.campaigns.models import Privacy, WaveState
from diagnostics.database.prepared import Prepared
from diagnostics.identifiers import digest
from diagnostics.sittings import timing
from diagnostics.sittings.core import CAMPAIGN, EVENT, KEY, SEAT, SITTING, WAVE
from diagnostics.sittings.models import SittingState


class Writing(NamedTuple):
    """A living key and its sitting; a tuple, for one is made at each request of a sitting."""

    client: str
    sitting_id: str
    seat_id: str
    state: SittingState
    last_position: int
    instrument_id: str
    form: str
    language: str
    wave_state: WaveState
    closes_at: datetime
    zone: str
    privacy: Privacy
    paused_at: datetime | None
    pause_reason: str
    last_seq: int  # the highest number that this client used
    seed: int  # of the sitting's own order
    started_at: datetime
    submitted_at: datetime | None
    extra_time: float  # factor
    wave_id: str
    watch: bool  # leaving the page and pasting are counted

    @property
    def ends_at(self) -> datetime:
        """The last moment of answering; what was on its way then is given a little grace."""
        return timing.ends_at(self)

    @property
    def is_timed(self) -> bool:
        """Whether minutes of its own are counted here, not only the days of the stage."""
        return timing.minutes_of(self.instrument_id, self.privacy) is not None

    @property
    def closed_by_time(self) -> bool:
        """Whether it was sent because its minutes were over, not by the person."""
        return self.is_timed and self.submitted_at is not None and self.submitted_at >= self.ends_at

    def refusal(self, now: datetime, grace: timedelta) -> str | None:
        """Why no event may be added now: `attempt_closed`, `time_over`, `paused` or None."""
        if self.state is not SittingState.OPEN:
            return "time_over" if self.closed_by_time else "attempt_closed"
        is_over = self.wave_state is WaveState.CLOSED or now > self.ends_at + grace
        if is_over:
            return "time_over"
        return "paused" if self.paused_at is not None else None


_LAST_SEQ = (
    sa.select(sa.func.coalesce(sa.func.max(EVENT.c.seq), 0))
    .where(EVENT.c.sitting_id == KEY.c.sitting_id, EVENT.c.client == KEY.c.id)
    .scalar_subquery()
)
_FACTS = (
    sa.select(
        KEY.c.id,
        SITTING.c.id,
        SITTING.c.seat_id,
        SITTING.c.state,
        SITTING.c.last_position,
        SITTING.c.instrument_id,
        SITTING.c.form,
        SITTING.c.language,
        WAVE.c.state,
        WAVE.c.closes_at,
        WAVE.c.zone,
        CAMPAIGN.c.privacy,
        WAVE.c.paused_at,
        WAVE.c.pause_reason,
        _LAST_SEQ,
        SITTING.c.seed,
        SITTING.c.started_at,
        SITTING.c.submitted_at,
        # Both drivers give a float as it is; SQLAlchemy's own reading of one wants the cursor's description.
        sa.type_coerce(SEAT.c.extra_time, sa.types.NullType()),
        WAVE.c.id,
        CAMPAIGN.c.watch,
    )
    .join_from(KEY, SITTING, SITTING.c.id == KEY.c.sitting_id)
    .join(SEAT, SEAT.c.id == SITTING.c.seat_id)
    .join(WAVE, WAVE.c.id == SEAT.c.wave_id)
    .join(CAMPAIGN, CAMPAIGN.c.id == WAVE.c.campaign_id)
)
_WRITING = Prepared(
    _FACTS.where(
        KEY.c.secret_hash == sa.bindparam("secret_hash"),
        KEY.c.sitting_id == sa.bindparam("sitting_id"),
        KEY.c.revoked_at.is_(None),
    )
)
_OF_CLIENT = Prepared(
    _FACTS.where(KEY.c.id == sa.bindparam("client"), KEY.c.sitting_id == sa.bindparam("sitting_id"))
)


def writing(sitting_id: str, secret: str) -> Writing | None:
    """The key behind a secret, of this very sitting; None when unknown or revoked. One statement."""
    given = {"secret_hash": digest(secret), "sitting_id": sitting_id}
    row = _WRITING.first(database.connection(), given)
    return None if row is None else Writing(*row)


def writing_of(sitting_id: str, client: str) -> Writing | None:
    """The key by its id, a stopped one too: for answers that come otherwise than by their own browser."""
    row = _OF_CLIENT.first(database.connection(), {"client": client, "sitting_id": sitting_id})
    return None if row is None else Writing(*row)


def last_seq(sitting_id: str, client: str) -> int:
    """The highest number that a key of the sitting used, living or not; 0 of one that sent nothing."""
    highest = sa.select(sa.func.coalesce(sa.func.max(EVENT.c.seq), 0)).where(
        EVENT.c.sitting_id == sitting_id, EVENT.c.client == client
    )
    return int(database.connection().scalar(highest) or 0)
