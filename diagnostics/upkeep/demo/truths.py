"""What is planted in the demo, and what the product concludes about it from answers alone (docs/demo.md).

The conclusions come from the queries that the pages use; nothing here knows how the answers were made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Seat, WaveKind
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.campaigns.roster.entries import Entry, Roster
from diagnostics.campaigns.roster.matching import plan
from diagnostics.campaigns.roster.names import read_name
from diagnostics.cohorts import items, queries, straight
from diagnostics.cohorts.figures import Growth
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings import queries as findings
from diagnostics.improvement.groups import Group
from diagnostics.improvement.queries.openings import opening
from diagnostics.improvement.queries.zones import zones
from diagnostics.improvement.snapshot import Snapshot
from diagnostics.people.models import Membership, OrgNode, PersonalData
from diagnostics.sittings.models import Sitting
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo import outside, trial
from diagnostics.upkeep.demo.cast import read_data
from diagnostics.upkeep.demo.diagnoses import LEAKED
from diagnostics.upkeep.demo.drawing import Names

#: True change of the mean per cent of two blocks between entry and exit.
GREW, GREW_BY, STAYED = "METH", 6.0, "PSYP"
DIFFERING = "Z2.1"


class NoDemo(Missing):
    """There is no demo in this base."""


@dataclass(frozen=True, slots=True)
class Truth:
    """`planted` and `concluded` in words for the console."""

    code: str
    planted: str
    concluded: str
    found: bool


def truths() -> list[Truth]:
    """Every planted truth, in the order of docs/demo.md. NoDemo `missing` in any other base. Reads only."""
    if not marks.is_demo():
        raise NoDemo
    growth = queries.growth(_id("finished"))
    found = [*_tried_items()]
    if growth is not None:
        found += [_drift(growth), _grew(growth), _stayed(growth)]
    found += [one() for one in OTHERS]
    return found


def _id(name: str) -> str:
    found = marks.value_of(f"demo_{name}")
    if not found:
        raise NoDemo
    return found


def _wave(name: str, kind: WaveKind) -> str:
    wave = campaign(_id(name)).wave(kind)
    if wave is None:
        raise NoDemo
    return wave.id


def _tried_items() -> tuple[Truth, Truth]:
    analysis = items.of_wave(_wave("trial", WaveKind.ENTRY))
    titles = {item.code: item.title for item in analysis.items}

    def named(verdict: str) -> list[str]:
        return sorted(item.code for item in analysis.items if verdict in item.verdicts)

    def truth(code: str, planted: str, verdict: str, item: str) -> Truth:
        told = [f"«{titles[one]}»" for one in named(verdict)]
        concluded = f"of {analysis.people} answers: {', '.join(told) or 'nothing'}"
        return Truth(code, f"«{titles.get(item, item)}» {planted}", concluded, named(verdict) == [item])

    return (
        truth("wrong_key", "has a wrong key", items.KEY_DOUBTFUL, trial.MISTAKEN),
        truth("too_easy", "is too easy", items.TOO_EASY, trial.TOO_EASY),
    )


def _drift(growth: Growth) -> Truth:
    common = growth.snapshot.common_items
    dropped = [one.code for one in common if one.dropped]
    titles = {one.code: one.title for one in common}
    told = ", ".join(f"«{titles[code]}»" for code in dropped) or "nothing"
    planted = ", ".join(f"«{titles.get(code, code)}»" for code in LEAKED)
    return Truth(
        "drifted_anchor",
        f"common question {planted} leaked before the exit",
        f"left out of the link: {told} (of {len(common)} common questions)",
        dropped == list(LEAKED),
    )


def _grew(growth: Growth) -> Truth:
    told, low, high = _change(growth, GREW)
    return Truth("grew", f"{GREW} grew by {GREW_BY:+.0f} points", told, 0 < low <= GREW_BY <= high)


def _stayed(growth: Growth) -> Truth:
    told, low, high = _change(growth, STAYED)
    return Truth("stayed", f"{STAYED} did not change", told, low <= 0 <= high)


def _change(growth: Growth, block: str) -> tuple[str, float, float]:
    one = next((one for one in growth.snapshot.blocks if one.code == block), None)
    if one is None or one.interval is None:
        return "no figure", 1.0, -1.0
    low, high = one.interval.low, one.interval.high
    return f"{one.change:+.1f} [{low:+.1f}; {high:+.1f}] of {one.n} pairs", low, high


def _straight() -> Truth:
    alike = straight.of_wave(_wave("mirror", WaveKind.ENTRY))
    people = set(
        session.scalars(
            sa.select(Seat.respondent_id)
            .join(Sitting, Sitting.seat_id == Seat.id)
            .where(Sitting.id.in_([one.sitting_id for one in alike]))
        )
    )
    return Truth(
        "straight_liner",
        "one teacher chose the same answer everywhere in the self-assessment",
        f"{len(alike)} sheet(s) answered alike",
        people == {_id("careless")},
    )


def _differing() -> Truth:
    snapshot = _zones("differing")
    apart = {one.code: one.apart for one in snapshot.directions if one.apart}
    marks_of = next(
        (
            {mark.group: mark.value for mark in one.marks}
            for one in snapshot.directions
            if one.code == DIFFERING
        ),
        {},
    )
    told = f"views differ in {', '.join(apart) or 'nothing'}; in {DIFFERING}: " + ", ".join(
        f"{group.value} {value:.0f}" for group, value in marks_of.items() if value is not None
    )
    pair = (Group.TEACHER, Group.PUPIL)
    return Truth(
        "views_differ", f"teachers and pupils of one school see {DIFFERING} differently", told,
        pair in apart.get(DIFFERING, ()),
    )  # fmt: skip


def _four_parents() -> Truth:
    snapshot = _zones("parents")
    told = [
        one
        for one in snapshot.directions
        for mark in one.marks
        if mark.group is Group.PARENT and not mark.hidden
    ]
    indices = _indices(snapshot)
    return Truth(
        "four_parents",
        "only four parents of one school answered",
        f"hidden: {_hidden(snapshot)}; {len(told)} of their marks shown, {indices} indices, no order of priorities"
        if snapshot.no_order
        else f"hidden: {_hidden(snapshot)}; an order of priorities is shown",
        snapshot.hidden_groups == (Group.PARENT,) and not told and not indices and bool(snapshot.no_order),
    )


def _few_classes() -> Truth:
    snapshot, door = _zones("few"), opening(_id("school_few"))
    teachers = next(facts for facts in snapshot.groups if facts.group is Group.TEACHER)
    seen_above = "open" if door.is_open else "closed"
    return Truth(
        "few_classes",
        "a small school: seven teachers, nine pupils",
        f"teachers {teachers.n} of {teachers.expected}; hidden: {_hidden(snapshot)}; {_indices(snapshot)} indices;"
        f" to the district and the region: {seen_above}",
        teachers.n == 7  # noqa: PLR2004 - the seven of the story
        and snapshot.hidden_groups == (Group.PUPIL,)
        and not _indices(snapshot)
        and not door.is_open,
    )


def _zones(name: str) -> Snapshot:
    return zones(_id(f"school_{name}"), own=True).snapshot


def _hidden(snapshot: Snapshot) -> str:
    return ", ".join(group.value for group in snapshot.hidden_groups) or "nobody"


def _indices(snapshot: Snapshot) -> int:
    """How many indices over groups are shown."""
    directions = sum(one.index is not None for one in snapshot.directions)
    return directions + sum(zone.index is not None for zone in snapshot.zones)


def _namesakes() -> Truth:
    """A list that names both is read as the product reads every list."""
    one = Names.model_validate(read_data("names.yaml"))
    name = read_name(f"{one.namesakes.surname}а", one.namesakes.given, one.fathers[one.namesakes.father][0])
    if isinstance(name, str):
        raise NoDemo
    entries = tuple(
        Entry(row, name, school, "", "", None, None) for row, school in enumerate(one.namesakes.schools, 2)
    )
    region = session.scalars(sa.select(OrgNode.path).where(OrgNode.parent_id.is_(None))).one()
    matched = plan(Roster(entries, (), (), len(entries)), (region,))
    people = {planned.person_id for planned in matched.good}
    results = [len(findings.of_person(person)) for person in people if person]
    schools = session.scalar(
        sa.select(sa.func.count(sa.distinct(Membership.node_id))).where(Membership.person_id.in_(people))
    )
    return Truth(
        "namesakes",
        f"two teachers are both {name.full}",
        f"{len(people - {None})} people in {schools} schools, with {results} results of their own",
        len(people - {None}) == len(entries) == schools and not matched.mistakes,
    )


def _renamed() -> Truth:
    wanted = (WaveKind.ENTRY, "outside")
    logged = session.execute(
        sa.select(AuditRow.object_id, PersonalData.surname)
        .join(PersonalData, PersonalData.person_id == AuditRow.object_id)
        .where(AuditRow.action == "results.match", AuditRow.note.contains("under another surname"))
    ).all()
    brought = {one.person_id for one in findings.of_wave(_wave(wanted[1], wanted[0]))}
    told = ", ".join(surname for _, surname in logged) or "nobody"
    return Truth(
        "changed_surname",
        f"a table from elsewhere calls a teacher {outside.FORMER_SURNAME}",
        f"matched by hand and logged: {told}",
        len(logged) == 1 and logged[0].object_id in brought,
    )


OTHERS: tuple[Callable[[], Truth], ...] = (
    _straight,
    _differing,
    _four_parents,
    _few_classes,
    _namesakes,
    _renamed,
)
