from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from diagnostics.people.models import Role
from diagnostics.people.queries.actors import RoleAt


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a signed-in person with roles, a holder of a seat's link, a holder of a sitting's key, or nobody."""

    person_id: str | None = None
    roles: tuple[RoleAt, ...] = ()
    # A link session reaches one seat, its result and its route draft, nothing else.
    link_seat_id: str | None = None
    link_person_id: str | None = None
    link_campaign_id: str | None = None
    sitting_id: str | None = None
    demo: bool = False  # the base is marked demo and the server listens on loopback

    def has(self, *roles: Role) -> bool:
        return any(one.role in roles for one in self.roles)

    def has_at(self, path: str, roles: Collection[Role]) -> bool:
        """One of the roles at the place or above it."""
        return any(one.role in roles and one.path and path.startswith(one.path) for one in self.roles)

    def paths(self, *roles: Role) -> tuple[str, ...]:
        """The places that the roles reach: the scope of queries."""
        return tuple(sorted({one.path for one in self.roles if one.role in roles}))


NOBODY = Actor()


@dataclass(frozen=True, slots=True)
class Thing:
    """What permission needs to know about an object; made by `things.py`, nothing else of the object travels."""

    kind: str
    id: str
    path: str = ""  # of its place in the tree
    more_paths: tuple[str, ...] = ()  # of a person who works at several places
    role_paths: tuple[str, ...] = ()  # where a person holds a role now
    owner_id: str | None = None
    tutor_id: str | None = None
    person_id: str | None = None  # whom it is about
    campaign_id: str | None = None
    seat_id: str | None = None
    sitting_id: str | None = None
    school_path: str = ""
    levels_to_tutor: bool = False  # the campaign's rule, told in advance, and consent
    levels_to_school: bool = False
    stage_to_school: bool = False  # people were told that the school sees how far the route is
    opened_by_school: bool = False  # zones that the school lets those above it see
    # Experts asked to mark an answer, without its writer and those who work where the writer does.
    marker_ids: tuple[str, ...] = ()
