"""Answers that no machine can mark go to experts; what they agreed upon is given out with the result."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.findings.reading import Result
from diagnostics.marking import actions as marking
from instruments.items import Status


def ask_experts(results: Iterable[Result]) -> None:
    """In the transaction that keeps the results: their texts wait before experts, or are marked for good."""
    read = [one for one in results if one.stamps and one.sitting_id]
    marking.queue(
        marking.Waiting(
            sitting_id=one.sitting_id or "",
            campaign_id=one.pins.campaign_id,
            scoring_id=one.pins.scoring_id or "",
            stamps=one.stamps,
        )
        for one in read
    )
    whole = [one.sitting_id or "" for one in read if not _waits(one)]
    if whole:
        marking.give_out(whole)


def _waits(result: Result) -> bool:
    return any(score.status is Status.AWAITING for score in result.scored.items.values())
