"""One small question each: may this actor, as far as this object goes?"""

from __future__ import annotations

from collections.abc import Callable

from diagnostics.access.actor import Actor, Thing
from diagnostics.people.models import Role

Predicate = Callable[[Actor, Thing], bool]


def anyone(_actor: Actor, _thing: Thing) -> bool:
    return True


def signed_in(actor: Actor, _thing: Thing) -> bool:
    return actor.person_id is not None


def in_demo(actor: Actor, _thing: Thing) -> bool:
    return actor.demo


def is_about_self(actor: Actor, thing: Thing) -> bool:
    return actor.person_id is not None and actor.person_id == thing.person_id


def owns(actor: Actor, thing: Thing) -> bool:
    return actor.person_id is not None and actor.person_id == thing.owner_id


def is_nobodys(_actor: Actor, thing: Thing) -> bool:
    """The system's own: a job that nobody asked for."""
    return thing.owner_id is None


def is_its_tutor(actor: Actor, thing: Thing) -> bool:
    return actor.person_id is not None and actor.person_id == thing.tutor_id


def is_asked_to_mark(actor: Actor, thing: Thing) -> bool:
    """Assigned by the organiser, and no stranger's rule stands against it: see `marking.queries.rights`."""
    return actor.person_id is not None and actor.person_id in thing.marker_ids


def levels_open_to_tutor(_actor: Actor, thing: Thing) -> bool:
    return thing.levels_to_tutor


def levels_open_to_school(_actor: Actor, thing: Thing) -> bool:
    return thing.levels_to_school


def stage_open_to_school(_actor: Actor, thing: Thing) -> bool:
    return thing.stage_to_school


def opened_by_school(_actor: Actor, thing: Thing) -> bool:
    return thing.opened_by_school


def holds_its_link(actor: Actor, thing: Thing) -> bool:
    """The link's own seat; its result and route are the same person's in the same diagnosis."""
    if actor.link_seat_id is None:
        return False
    if thing.seat_id is not None:
        return actor.link_seat_id == thing.seat_id
    return (
        actor.link_person_id is not None
        and actor.link_person_id == thing.person_id
        and actor.link_campaign_id == thing.campaign_id
    )


def holds_a_link(actor: Actor, _thing: Thing) -> bool:
    """Came by a personal link: for what is open to everybody who takes part."""
    return actor.link_seat_id is not None


def came_by_own_link(actor: Actor, thing: Thing) -> bool:
    """The person whom the link invited: consent is withdrawn where it was given."""
    return actor.link_person_id is not None and actor.link_person_id == thing.person_id


def holds_its_key(actor: Actor, thing: Thing) -> bool:
    return actor.sitting_id is not None and actor.sitting_id == thing.sitting_id


def has(*roles: Role) -> Predicate:
    """One of the roles anywhere: for screens that list, where the query carries the scope."""

    def predicate(actor: Actor, _thing: Thing) -> bool:
        return actor.has(*roles)

    return predicate


def at_its_place(*roles: Role) -> Predicate:
    """One of the roles at the object's place (a person's: at any of them) or above it."""

    def predicate(actor: Actor, thing: Thing) -> bool:
        return any(actor.has_at(path, roles) for path in (thing.path, *thing.more_paths))

    return predicate


def reaches_every_role(*roles: Role) -> Predicate:
    """Nobody opens, closes or erases the account of somebody who has a say where they have none."""

    def predicate(actor: Actor, thing: Thing) -> bool:
        return all(actor.has_at(path, roles) for path in thing.role_paths)

    return predicate


def at_its_school(*roles: Role) -> Predicate:
    def predicate(actor: Actor, thing: Thing) -> bool:
        return actor.has_at(thing.school_path, roles)

    return predicate
