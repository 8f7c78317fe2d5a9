"""What people are added to: a diagnosis or a group. The pages of choosing and of lists are the same for both."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import RosterTarget
from diagnostics.campaigns.queries.groups import group
from diagnostics.campaigns.queries.lists import scope_of
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.web.guard import require

DIAGNOSES, GROUPS = "diagnoses", "groups"
KINDS = {DIAGNOSES: RosterTarget.CAMPAIGN, GROUPS: RosterTarget.GROUP}
SEGMENTS = {target: segment for segment, target in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """`kind` is the first segment of the addresses: diagnoses | groups."""

    kind: str
    id: str
    title: str
    scope: tuple[str, ...]
    href: str

    @property
    def stored(self) -> RosterTarget:
        return KINDS[self.kind]

    @property
    def is_group(self) -> bool:
        return self.kind == GROUPS


def target_of(kind: str, target_id: str) -> Target:
    """The diagnosis or group for those who may fill it; Missing hides it from everybody else."""
    if kind == GROUPS:
        require(Permission.GROUP_EDIT, things.group(target_id))
        title, href = group(target_id).title, url_for("running.group_page", group_id=target_id)
    else:
        require(Permission.CAMPAIGN_RUN, things.campaign(target_id))
        title, href = campaign(target_id).title, url_for("running.diagnosis", campaign_id=target_id)
    return Target(kind, target_id, title, scope_of(KINDS[kind], target_id), href)


def add(target: Target, person_ids: list[str], actor_id: str) -> int:
    """How many of the people are new there."""
    if target.is_group:
        return actions.add_members(target.id, person_ids, actor_id)
    return actions.seat_audience(target.id, person_ids, actor_id)
