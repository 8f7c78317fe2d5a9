"""Answers that came after the end of a self-assessment: how many people of each group, never who."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from diagnostics import clock
from diagnostics.campaigns.models import Wave, WaveState
from diagnostics.improvement.gathering import wave_of
from diagnostics.improvement.groups import Group, least
from diagnostics.improvement.queries.zones import released
from diagnostics.releases.batches import LEAST_DIFFERENCE
from diagnostics.releases.minimum import minimum
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import LateChoice
from diagnostics.sittings.queries import Waiting


@dataclass(frozen=True, slots=True)
class LateGroup:
    """`people` None: fewer than `least`, and how many is not said. `choice` None: not decided.

    may_include  False where figures of the group were told and a second count would tell a few people's answers
    """

    group: Group
    people: int | None
    least: int
    may_include: bool
    choice: LateChoice | None = None


@dataclass(frozen=True, slots=True)
class LateVerdict:
    reason: str
    decided_by: str  # a name
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Late:
    """`groups`: those with late answers; after the verdict, those that it was about. `mark` names these answers."""

    is_over: bool
    groups: tuple[LateGroup, ...]
    verdict: LateVerdict | None
    mark: str

    @property
    def waits(self) -> bool:
        return self.is_over and self.verdict is None and bool(self.groups)


def late(campaign_id: str) -> Late:
    """Missing for what is no self-assessment."""
    _, wave = wave_of(campaign_id)
    standing, decided = released(campaign_id), sittings.decided_in_wave(wave.id)
    if decided:
        choices = {one.group: one.choice for one in decided}
        groups = _groups({one.group: one.people for one in decided}, set(), choices)
        first = decided[0]
        verdict = LateVerdict(first.reason, first.decided_by, first.decided_at)
        return Late(is_over(wave), groups, verdict, "")
    waiting = sittings.waiting_in_wave(wave.id)
    people = Counter(one.group for one in waiting)
    told = standing.snapshot.told_groups if standing else frozenset()
    open_to = {group for group in people if group not in told or _are_many(group, waiting)}
    return Late(is_over(wave), _groups(people, open_to, {}), None, mark_of(waiting))


def is_over(wave: Wave) -> bool:
    """Answers count as late only when nobody can send in time any more."""
    return wave.state is WaveState.CLOSED or wave.closes_at < clock.now()


def mark_of(waiting: Iterable[Waiting]) -> str:
    """Names exactly these late answers, so that nothing unseen is decided about; tells nothing of them."""
    said = "\n".join(f"{one.sitting_id} {one.seen}" for one in waiting)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _are_many(group: str, waiting: Iterable[Waiting]) -> bool:
    """Beside figures that were told only many may come in: both those who are new and those who changed an answer."""
    ours = [one for one in waiting if one.group == group]
    new = sum(not one.is_sent for one in ours)
    return all(n == 0 or n >= LEAST_DIFFERENCE for n in (new, len(ours) - new))


def _groups(
    people: dict[str, int], open_to: set[str], choices: dict[str, LateChoice]
) -> tuple[LateGroup, ...]:
    rule = minimum()
    return tuple(
        LateGroup(
            group=group,
            people=n if n >= least(group, rule) else None,
            least=least(group, rule),
            may_include=group.value in open_to,
            choice=choices.get(group.value),
        )
        for group in Group
        if (n := people.get(group.value, 0))
    )
