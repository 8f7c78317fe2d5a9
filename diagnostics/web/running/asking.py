"""Who asks in this room and from which place: small questions that many views share."""

from __future__ import annotations

from diagnostics.access import Actor
from diagnostics.access.table import OPERATORS, RUNNERS
from diagnostics.campaigns.queries.lists import region_of
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import RoleAt
from diagnostics.web import guard

READERS = (Role.METHODOLOGIST, Role.AUDITOR, *OPERATORS)


def person_id() -> str:
    """Of the signed-in person; the views of this room are for such people only."""
    return guard.actor().person_id or ""


def home_node_id() -> str:
    """The place from which the person runs diagnoses: where the first fitting role is held."""
    return _first(guard.actor()).node_id


def region() -> tuple[str, ...]:
    """The whole region of the person's place, as a scope."""
    return (region_of(_first(guard.actor()).path),)


def reading_scope() -> tuple[str, ...]:
    """Places whose diagnoses and groups the person reads by role, beside the own ones."""
    return guard.actor().paths(*READERS)


def group_scope() -> tuple[str, ...]:
    return guard.actor().paths(Role.METHODOLOGIST, *OPERATORS)


def _first(actor: Actor) -> RoleAt:
    return next(one for role in RUNNERS for one in actor.roles if one.role is role)
