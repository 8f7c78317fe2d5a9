"""A sent sitting becomes a finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.findings import reading, scales
from diagnostics.findings.actions.experts import ask_experts
from diagnostics.findings.actions.keeping import keep
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT, Result
from diagnostics.marking import actions as marking

SUBMITTED, LATE, CALIBRATED, CORRECTED, IMPORTED = (
    "submitted",
    "late",
    "calibrated",
    "corrected",
    "imported",
)


def score(sitting_id: str, reason: str = SUBMITTED, actor_id: str | None = None) -> Finding:
    """The finding of a sitting under the versions that its seat pins; again with nothing new: the same one.

    Late answers that an organiser accepted change the answers, so they make a new finding (`reason` "late").

    Raises
    ------
    Missing, NotReady
        No such sitting; `sitting_not_submitted`.
    FindingError
        `no_scoring`: the seat has no scoring document.
    """
    marking.hold([sitting_id])
    result = reading.from_answers(sitting_id)
    ask_experts([result])
    standing = _current(result.pins.seat_id)
    if standing is not None and _same(standing, result):
        return standing
    new = keep([result], reason=reason, actor_id=actor_id, first=standing is None)[0]
    found = session.get(Finding, new)
    if found is None:
        message = "the finding just kept is not there"
        raise RuntimeError(message)
    return found


def score_many(
    sitting_ids: Collection[str], reason: str = SUBMITTED, actor_id: str | None = None
) -> list[str]:
    """The findings that `score` would make of each, in a few statements; ids of the new ones.

    All or none: with an error nothing is kept, and `score` of each tells which one it was.

    Raises
    ------
    Missing, NotReady, FindingError
        As `score`, for the first sitting that cannot be scored.
    """
    marking.hold(sitting_ids)
    results = reading.from_answers_of(sitting_ids)
    ask_experts(results)
    standing = {one.seat_id: one for one in _current_of([one.pins.seat_id for one in results])}
    changed = [
        one
        for one in results
        if one.pins.seat_id not in standing or not _same(standing[one.pins.seat_id], one)
    ]
    return keep(changed, reason=reason, actor_id=actor_id, first=not standing)


def _current(seat_id: str) -> Finding | None:
    return next(iter(_current_of([seat_id])), None)


def _current_of(seat_ids: Sequence[str]) -> Sequence[Finding]:
    return session.scalars(
        sa.select(Finding).where(Finding.seat_id.in_(seat_ids), Finding.current_key == CURRENT)
    ).all()


def _same(standing: Finding, result: Result) -> bool:
    pins = result.pins
    versions = (pins.scoring_id, pins.framework_id, pins.method_id, pins.calibration_id, pins.preset)
    kept = (
        standing.scoring_id,
        standing.framework_id,
        standing.method_id,
        standing.calibration_id,
        standing.preset,
    )
    same_items = standing.items == scales.stored(result.scored.items)
    return kept == versions and same_items and standing.clarified == result.clarified
