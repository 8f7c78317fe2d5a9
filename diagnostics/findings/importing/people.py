"""Who is who: persons of a file against each other and against those already known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.roster.entries import Entry as RosterEntry
from diagnostics.campaigns.roster.entries import Roster
from diagnostics.campaigns.roster.matching import Plan as RosterPlan
from diagnostics.campaigns.roster.matching import Planned, plan
from diagnostics.campaigns.roster.names import Name
from diagnostics.database import session
from diagnostics.findings.importing.problems import Problem
from diagnostics.findings.importing.reading import Who
from diagnostics.people.models import Membership, OrgNode, Person, PersonalData, PersonState

Key = tuple[str, str]
NEW = "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person under another surname; `ref`: a person's id or `row:N` of the file."""

    ref: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A person of the file who is matched by hand: `choice` is NEW, a candidate's `ref`, or None so far."""

    row: int
    full_name: str
    school: str
    candidates: tuple[Candidate, ...]
    choice: str | None


@dataclass(frozen=True, slots=True)
class People:
    """`refs`: person of the file → person's id, or `row:N` of the row that brings a new one."""

    planned: Mapping[int, Planned]  # by the first row of a person
    refs: Mapping[Key, str]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]

    @property
    def undecided(self) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if doubt.choice is None)


def match_people(
    whos: Sequence[Who], *, scope: Iterable[str], default_school: str, choices: Mapping[int, str]
) -> People:
    """Match by full name and school; a new surname with a known name, patronymic and school is a doubt.

    `default_school`: code or name of the place of those whose row names none. `choices`: row → NEW,
    a person's id, or `row:N`; one that answers no doubt is a problem.
    """
    first: dict[Key, Who] = {}
    waves: dict[Key, set[WaveKind]] = defaultdict(set)
    for who in whos:
        first.setdefault(who.key, who)
        waves[who.key].add(who.wave)
    scope = tuple(scope)
    found = plan(_roster(first.values(), default_school), scope)
    planned = {one.entry.row: one for one in found.good}
    placeless = [who for who in first.values() if not who.school and who.row in planned]
    namesakes = _namesakes([who.name.sort_name for who in placeless], scope)
    for (
        who
    ) in placeless:  # no school in the file: a full name that is borne by one person here is that person
        if len(alike := namesakes[who.name.sort_name]) == 1:
            planned[who.row] = replace(planned[who.row], person_id=alike[0].ref)
    unknown = {
        key: who for key, who in first.items() if who.row in planned and planned[who.row].person_id is None
    }
    candidates = _candidates(unknown, planned, waves, namesakes)
    doubts = tuple(
        Doubt(who.row, who.name.full, planned[who.row].school, options, _choice(who.row, options, choices))
        for key, who in unknown.items()
        if (options := candidates[key])
    )
    chosen = {doubt.row: doubt.choice for doubt in doubts if doubt.choice not in {None, NEW}}
    refs = {
        key: chosen.get(who.row) or planned[who.row].person_id or f"row:{who.row}"
        for key, who in first.items()
        if who.row in planned
    }
    return People(planned, refs, doubts, (*_problems(found), *_idle(choices, doubts)))


def _roster(people: Iterable[Who], default_school: str) -> Roster:
    entries = tuple(
        RosterEntry(who.row, who.name, who.school or default_school, "", "", None, None) for who in people
    )
    return Roster(entries, (), (), len(entries))


def _problems(found: RosterPlan) -> list[Problem]:
    return [Problem(one.row, one.column, one.code, one.value, one.parameters) for one in found.mistakes]


def _choice(row: int, candidates: Sequence[Candidate], choices: Mapping[int, str]) -> str | None:
    wanted = choices.get(row)
    return wanted if wanted == NEW or wanted in {one.ref for one in candidates} else None


def _idle(choices: Mapping[int, str], doubts: Sequence[Doubt]) -> list[Problem]:
    taken = {doubt.row for doubt in doubts if doubt.choice is not None}
    return [Problem(row, "", "match_unknown", ref) for row, ref in choices.items() if row not in taken]


def _candidates(
    unknown: Mapping[Key, Who],
    planned: Mapping[int, Planned],
    waves: Mapping[Key, set[WaveKind]],
    namesakes: Mapping[str, Sequence[Candidate]],
) -> dict[Key, tuple[Candidate, ...]]:
    known = _known({planned[who.row].school_id for who in unknown.values()}) if unknown else {}
    found: dict[Key, tuple[Candidate, ...]] = {}
    for key, who in unknown.items():
        place = _place(who.name, planned[who.row].school_id)
        in_base = [one for one in known.get(place, ()) if place[0]]
        in_file = [
            Candidate(f"row:{other.row}", other.name.full)
            for other_key, other in unknown.items()
            if place[0]
            and other.row < who.row
            and _place(other.name, planned[other.row].school_id) == place
            and not waves[key] & waves[other_key]  # one person is not twice in a wave
        ]
        same_name = () if who.school else namesakes[who.name.sort_name]
        found[key] = (*same_name, *in_base, *in_file)
    return found


def _place(name: Name, school_id: str) -> tuple[str, str]:
    """What stays when a surname changes; empty without a patronymic, for then it says too little."""
    own = f"{name.given_name} {name.patronymic}" if name.patronymic else ""
    return own.casefold().replace("ё", "е"), school_id


def _namesakes(sort_names: Sequence[str], scope: Sequence[str]) -> dict[str, list[Candidate]]:
    """Living persons of these full names who work anywhere under `scope`."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    rows = session.execute(
        sa.select(PersonalData)
        .join(Person, Person.id == PersonalData.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(
            Person.state == PersonState.ACTIVE, PersonalData.sort_name.in_(sort_names), sa.or_(False, *under)
        )
        .distinct()
        .order_by(PersonalData.person_id)
    ).scalars()
    found: dict[str, list[Candidate]] = defaultdict(list)
    for data in rows:
        name = Name(data.surname, data.given_name, data.patronymic)
        found[data.sort_name].append(Candidate(data.person_id, name.full))
    return found


def _known(school_ids: Iterable[str]) -> dict[tuple[str, str], list[Candidate]]:
    today = clock.now().date()
    rows = session.execute(
        sa.select(PersonalData, Membership.node_id)
        .join(Person, Person.id == PersonalData.person_id)
        .join(Membership, Membership.person_id == PersonalData.person_id)
        .where(
            Person.state == PersonState.ACTIVE,
            Membership.node_id.in_(list(school_ids)),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
        .order_by(PersonalData.sort_name, PersonalData.person_id)
    )
    found: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for data, node_id in rows:
        name = Name(data.surname, data.given_name, data.patronymic)
        found[_place(name, node_id)].append(Candidate(data.person_id, name.full))
    return found
