"""What people are added to: a diagnosis, a group, a place. The pages of choosing and of lists are the same."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import RosterTarget
from diagnostics.campaigns.queries.groups import group
from diagnostics.campaigns.queries.lists import scope_of
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.errors import Missing
from diagnostics.people.queries.places import place
from diagnostics.web.guard import require

DIAGNOSES, GROUPS, PLACES = "diagnoses", "groups", "places"
KINDS = {DIAGNOSES: RosterTarget.CAMPAIGN, GROUPS: RosterTarget.GROUP, PLACES: RosterTarget.PLACE}
SEGMENTS = {target: segment for segment, target in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """`kind` is the first segment of the addresses: diagnoses | groups | places; `above`: the list it stands in."""

    kind: str
    id: str
    title: str
    scope: tuple[str, ...]
    href: str
    above: tuple[str, str]  # words, address

    @property
    def stored(self) -> RosterTarget:
        return KINDS[self.kind]

    @property
    def is_group(self) -> bool:
        return self.kind == GROUPS


def target_of(kind: str, target_id: str) -> Target:
    """What is to be filled, for those who may fill it; Missing hides it from everybody else."""
    if kind == GROUPS:
        require(Permission.GROUP_EDIT, things.group(target_id))
        title, href = group(target_id).title, url_for("running.group_page", group_id=target_id)
        above = (_("Группы слушателей"), url_for("running.groups"))
    elif kind == PLACES:
        require(Permission.ADMIN_PEOPLE, things.node(target_id))
        title, href = _place_name(target_id), url_for("admin.people")
        above = (_("Люди и организации"), href)
    else:
        require(Permission.CAMPAIGN_RUN, things.campaign(target_id))
        title, href = campaign(target_id).title, url_for("running.diagnosis", campaign_id=target_id)
        above = (_("Диагностики"), url_for("running.diagnoses"))
    return Target(kind, target_id, title, scope_of(KINDS[kind], target_id), href, above)


def _place_name(node_id: str) -> str:
    found = place(node_id)
    if found is None:
        raise Missing
    return found.name


def add(target: Target, person_ids: list[str], actor_id: str) -> int:
    """How many of the people are new there."""
    if target.is_group:
        return actions.add_members(target.id, person_ids, actor_id)
    return actions.seat_audience(target.id, person_ids, actor_id)
