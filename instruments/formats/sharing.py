"""Cases, matrices and critical items of a file against those that stand: each is accepted by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from instruments.document import Instrument
from instruments.formats.arrived import INSTRUMENT, SCORING, Read, Work
from instruments.formats.keeping import Keeper
from instruments.formats.telling import Detail, differences, member_words
from instruments.formats.vocabulary import SHARED
from instruments.formats.words import ORDER_OF
from instruments.scoring import Scoring

State = Literal["new", "changed", "removed"]
_FIELDS: Mapping[str, str] = {"stimuli": INSTRUMENT, "matrices": INSTRUMENT, "critical": SCORING}


@dataclass(frozen=True, slots=True)
class PartChange:
    """One case, matrix or critical item. `key` is what `apply` takes when a person accepts it."""

    key: str
    field: str
    name: str
    state: State
    details: tuple[Detail, ...] = ()


class Sides(NamedTuple):
    """Members of one list by their identity: as they stand, and as the file leaves them."""

    stands: dict[str, dict[str, Any]]
    comes: dict[str, dict[str, Any]]


def shared_lists(standing: Work, incoming: Read, keeper: Keeper) -> dict[str, Sides]:
    """Each list by its field; what the file has no room for stays, as do the rules where it has no keys."""
    keys = _plain(standing.scoring)
    both = {
        INSTRUMENT: (_plain(standing.instrument), _plain(incoming.instrument)),
        SCORING: (keys, _plain(incoming.scoring) if keys and incoming.scoring else keys),
    }
    return {field: _sides(field, *both[document], keeper) for field, document in _FIELDS.items()}


def accepted_lists(
    document: str, lists: Mapping[str, Sides], accepted: Collection[str], *, reordered: bool
) -> dict[str, list[dict[str, Any]]]:
    """The lists of one document with the accepted changes."""
    mine = [field for field in lists if _FIELDS[field] == document]
    return {field: _chosen(field, lists[field], accepted, reordered=reordered) for field in mine}


def _plain(document: Instrument | Scoring | None) -> dict[str, Any]:
    return {} if document is None else document.model_dump(mode="json", exclude_defaults=True)


def _sides(field: str, stands: Mapping[str, Any], comes: Mapping[str, Any], keeper: Keeper) -> Sides:
    mine, theirs = ({field: document[field]} if document.get(field) else {} for document in (stands, comes))
    merged = keeper.document(mine, theirs, _FIELDS[field], ())
    return Sides(_named(field, stands.get(field, ())), _named(field, merged.get(field, ())))


def _named(field: str, members: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """A rule has no code: it is known by its item, its effect and where that falls."""
    found: dict[str, dict[str, Any]] = {}
    for member in members:
        name = identity = (
            "/".join(str(member[part]) for part in ("item", "effect", "node"))
            if field == "critical"
            else member["code"]
        )
        number = 2
        while identity in found:
            identity, number = f"{name}#{number}", number + 1
        found[identity] = member
    return found


def part_changes(field: str, both: Sides) -> Iterator[PartChange]:
    """What the file would change in one list."""
    for identity in dict.fromkeys((*both.comes, *both.stands)):
        before, after = both.stands.get(identity), both.comes.get(identity)
        if before == after:
            continue
        state: State = "new" if before is None else "removed" if after is None else "changed"
        told = (
            differences(member_words(field, before), member_words(field, after)) if state != "removed" else ()
        )
        yield PartChange(
            _key(field, identity), field, _name(field, after or before or {}), state, tuple(told)
        )


def _chosen(field: str, both: Sides, accepted: Collection[str], *, reordered: bool) -> list[dict[str, Any]]:
    """The list with the accepted changes; in the order of the file where that was accepted too."""
    kept: dict[str, dict[str, Any]] = {}
    for identity in (*both.stands, *both.comes):
        before, after = both.stands.get(identity), both.comes.get(identity)
        member = after if _key(field, identity) in accepted else before
        if member is not None:
            kept[identity] = member
    order = [*both.comes, *both.stands] if reordered else list(kept)
    return [kept[identity] for identity in dict.fromkeys(order) if identity in kept]


def order_detail(field: str, both: Sides) -> Iterator[Detail]:
    """Where the file has another order than its members would get by themselves."""
    everything = {_key(field, identity) for identity in (*both.stands, *both.comes)}
    own, of_file = (
        list(_named(field, _chosen(field, both, everything, reordered=one))) for one in (False, True)
    )
    if own != of_file:
        yield Detail(ORDER_OF[field], ", ".join(own), ", ".join(of_file))


def _key(field: str, identity: str) -> str:
    return f"#{field}:{identity}"


def _name(field: str, member: Mapping[str, Any]) -> str:
    """«Кейс STORY»."""
    return f"{SHARED.said(field)} {member.get('code') or member.get('item')}"
