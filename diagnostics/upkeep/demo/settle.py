"""People and places of the demo move in: the tree, persons with roles and places of work, two groups, consents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.people.actions import accounts, consents, memberships, persons, places, roles
from diagnostics.people.models import NodeKind
from diagnostics.upkeep.demo.cast import Cast, Human, Place

FIRST_GROUP = "Работа с неуспевающими: слушатели первого потока"
SECOND_GROUP = "Работа с неуспевающими: слушатели второго потока"
#: Where the second stream works: one school of the first municipality, and the third municipality.
SECOND_STREAM = ("001012", "003")
#: The teacher whom a visitor plays.
ANNA = "t001"


def login_of(code: str) -> str:
    """The address of an invented person; nothing is ever sent there."""
    return f"{code}@example.org"


@dataclass(frozen=True)
class Settled:
    """Ids by the codes of the files."""

    cast: Cast
    nodes: Mapping[str, str]
    persons: Mapping[str, str]
    consent_id: str
    first_group: str
    second_group: str

    @property
    def institute(self) -> str:
        return self.nodes[self.cast.institute.code]

    @property
    def teachers(self) -> tuple[str, ...]:
        return tuple(self.persons[one.code] for one in self.cast.people)

    @property
    def first_stream(self) -> tuple[str, ...]:
        return tuple(self.persons[one.code] for one in self.cast.people if not _is_second(one))

    @property
    def second_stream(self) -> tuple[str, ...]:
        return tuple(self.persons[one.code] for one in self.cast.people if _is_second(one))

    def teachers_of(self, school: str) -> tuple[str, ...]:
        return tuple(self.persons[one.code] for one in self.cast.people if one.school == school)

    def human(self, person_id: str) -> Human:
        return self.humans[person_id]

    @cached_property
    def humans(self) -> Mapping[str, Human]:
        """Teachers by id."""
        return {self.persons[one.code]: one for one in self.cast.people}


def settle(cast: Cast, day: date) -> Settled:
    """Everyone moves in on `day`; roles and places of work hold since long before."""
    nodes = _places(cast)
    long_ago = day - timedelta(days=400)
    people = {one.code: _person(one, nodes, long_ago) for one in (*cast.staff, *cast.people)}
    administrator, trainer = people["administrator"], people["trainer"]
    institute = nodes[cast.institute.code]
    consent_id = consents.publish(institute, actor_id=administrator).id
    groups = [
        campaigns.create_group(
            title=title, node_id=institute, trainer_id=trainer, tutor_id=people["tutor"], actor_id=trainer
        ).id
        for title in (FIRST_GROUP, SECOND_GROUP)
    ]
    settled = Settled(cast, nodes, people, consent_id, *groups)
    for group, members in zip(groups, (settled.first_stream, settled.second_stream), strict=True):
        campaigns.add_members(group, list(members), trainer)
    return settled


def _is_second(one: Human) -> bool:
    return one.school.startswith(SECOND_STREAM)


def consent(people: Settled, person_id: str, moment: datetime) -> None:
    """The person agrees on the screen before the first answer; the separate boxes stay empty."""
    with clock.frozen(moment):
        consents.give(person_id=person_id, document_id=people.consent_id, options={}, actor_id=person_id)


def _places(cast: Cast) -> dict[str, str]:
    nodes = {cast.region.code: _place(NodeKind.REGION, cast.region, None)}
    for kind, one in _below(cast):
        nodes[one.code] = _place(kind, one, nodes[one.municipality or cast.region.code])
    return nodes


def _place(kind: NodeKind, one: Place, parent_id: str | None) -> str:
    return places.create(
        kind=kind,
        parent_id=parent_id,
        name=one.title,
        short_name=one.short,
        code=one.code,
        zone=one.timezone,
        requisites=one.requisites,
        actor_id=None,
    ).id


def _below(cast: Cast) -> Iterator[tuple[NodeKind, Place]]:
    yield NodeKind.INSTITUTE, cast.institute
    for one in cast.municipalities:
        yield NodeKind.MUNICIPALITY, one
    for one in cast.schools:
        yield NodeKind.SCHOOL, one


def _person(human: Human, nodes: Mapping[str, str], since: date) -> str:
    node_id = nodes[human.place]
    person_id = persons.add(
        surname=human.surname,
        given_name=human.given,
        patronymic=human.patronymic or "",
        education=human.education,
        category=human.category,
        experience_years=human.experience,
        actor_id=None,
    ).id
    memberships.join(
        person_id=person_id,
        node_id=node_id,
        position=human.position,
        subject=human.subject,
        since=since,
        actor_id=None,
    )
    roles.grant(person_id=person_id, role=human.grants, node_id=node_id, since=since, actor_id=None)
    if human.node or human.code == ANNA:
        accounts.open_account(person_id=person_id, login=login_of(human.code), actor_id=None)
    return person_id
