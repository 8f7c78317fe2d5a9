"""A checked sheet of places taken into the tree: new ones added, changed ones changed, nothing ever removed."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.people.actions import places
from diagnostics.people.place_sheets import Change, Entry, Plan
from diagnostics.people.queries.places import place as read_place


@dataclass(frozen=True, slots=True)
class Taken:
    new: int
    changed: int


def take(plan: Plan, *, actor_id: str | None) -> Taken:
    """Do the plan's work, each place by the action that a page would use; errors as `places.create` and `.move`."""
    made: dict[str, str] = {}
    for entry in plan.work:
        if entry.place_id is None:
            made[entry.key] = _add(entry, made, actor_id)
        else:
            _change(entry, entry.place_id, made, actor_id)
    return Taken(len(plan.of(Change.NEW)), len(plan.of(Change.CHANGED)))


def _add(entry: Entry, made: dict[str, str], actor_id: str | None) -> str:
    return places.create(
        kind=entry.kind,
        parent_id=_parent_id(entry, made),
        name=entry.name,
        short_name=entry.short_name,
        code=entry.code,
        zone=entry.zone,
        actor_id=actor_id,
    ).id


def _change(entry: Entry, place_id: str, made: dict[str, str], actor_id: str | None) -> None:
    standing = read_place(place_id)
    if set(entry.differs) - {"parent"}:
        places.rename(
            place_id,
            name=entry.name,
            short_name=entry.short_name,
            code=entry.code,
            zone=entry.zone,
            requisites=standing.requisites if standing else None,
            actor_id=actor_id,
        )
    if "parent" in entry.differs:
        places.move(place_id, parent_id=_parent_id(entry, made), actor_id=actor_id)


def _parent_id(entry: Entry, made: dict[str, str]) -> str | None:
    """Of a standing place, or of one that the same sheet has just added."""
    if entry.parent is None:
        return None
    return made.get(entry.parent) or entry.parent.removeprefix("id:")
