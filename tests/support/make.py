"""Rows for tests: small people, places and diagnoses; each is added and flushed, nothing is committed."""

from __future__ import annotations

from datetime import date
from itertools import count

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, WaveKind
from diagnostics.catalogue import bundled
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.people.models import (
    Account,
    Group,
    GroupMember,
    Membership,
    NodeKind,
    OrgNode,
    Person,
    PersonalData,
    Role,
    RoleGrant,
)
from tests.support import shelf

LONG_AGO = date(2020, 9, 1)
_numbers = count(500_000)  # codes of their own: tests name small ones


def node(
    kind: NodeKind,
    parent: OrgNode | None = None,
    *,
    name: str | None = None,
    code: str | None = None,
    zone: str | None = None,
) -> OrgNode:
    number = next(_numbers)
    title = name or f"{kind.value} {number}"
    made = OrgNode(
        kind=kind,
        parent_id=parent.id if parent else None,
        path="",
        name=title,
        short_name=title,
        code=code or f"{number:06d}",
        zone=zone,
        created_at=clock.now(),
    )
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    session.add(made)
    session.flush()
    return made


def region(name: str = "Заречная область") -> OrgNode:
    return node(NodeKind.REGION, name=name)


def municipality(parent: OrgNode, name: str = "Приозёрный район") -> OrgNode:
    return node(NodeKind.MUNICIPALITY, parent, name=name)


def school(parent: OrgNode, name: str = "Школа № 12", *, code: str | None = None) -> OrgNode:
    return node(NodeKind.SCHOOL, parent, name=name, code=code)


def institute(parent: OrgNode, name: str = "Институт") -> OrgNode:
    return node(NodeKind.INSTITUTE, parent, name=name)


def person(
    full_name: str = "Соколова Анна Петровна",
    *,
    at: OrgNode | None = None,
    position: str = "учитель",
    subject: str = "математика",
    email: str | None = None,
    since: date = LONG_AGO,
) -> Person:
    """A person with personal data and, with `at`, a place of work."""
    surname, given, patronymic = (*full_name.split(), "", "")[:3]
    made = Person(created_at=clock.now())
    session.add(made)
    session.flush()
    session.add(
        PersonalData(
            person_id=made.id,
            surname=surname,
            given_name=given,
            patronymic=patronymic,
            sort_name=full_name.casefold().replace("ё", "е"),
            email=email,
        )
    )
    if at is not None:
        session.add(
            Membership(person_id=made.id, node_id=at.id, position=position, subject=subject, since=since)
        )
    session.flush()
    return made


def people(number: int, at: OrgNode) -> list[str]:
    """Ids of `number` teachers of a place."""
    return [person(f"Учитель{index} Имя Отчество", at=at).id for index in range(number)]


def staff(role: Role, at: OrgNode, full_name: str = "Белова Мария Игоревна") -> Person:
    """A person with a role at a place and an account, so that `sign_in` works."""
    made = person(full_name)
    session.add(RoleGrant(person_id=made.id, role=role, node_id=at.id, since=LONG_AGO))
    account(made)
    return made


def account(of: Person) -> None:
    session.add(Account(person_id=of.id, login=f"{of.id}@example.org", created_at=clock.now()))
    session.flush()


def group(
    trainer: Person, at: OrgNode, title: str = "Учителя математики", members: tuple[str, ...] = ()
) -> Group:
    made = Group(title=title, node_id=at.id, trainer_id=trainer.id, created_at=clock.now())
    session.add(made)
    session.flush()
    session.add_all(GroupMember(group_id=made.id, person_id=one, since=LONG_AGO) for one in members)
    session.flush()
    return made


def work() -> tuple[str, str]:
    """The shipped library published; ids of (instrument, scoring) of «Работа с неуспевающими»."""
    shelf.published("shipped", bundled.install)
    asked = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert asked is not None
    scored = catalogue.scoring_of(asked.id)
    assert scored is not None
    return asked.id, scored.id


def campaign(
    owner: Person,
    at: OrgNode,
    *,
    entry: tuple[date, date] | None = None,
    exit_: tuple[date, date] | None = None,
    title: str = "Работа с неуспевающими",
    tutor: Person | None = None,
) -> Campaign:
    """A draft with the shipped work: entry on form A, exit on form B, for the dates given."""
    asked, scored = work()
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    methods = catalogue.published(VersionKind.METHOD)
    assert framework is not None
    made = campaigns.create_campaign(
        title=title,
        node_id=at.id,
        owner_id=owner.id,
        framework_id=framework.id,
        method_id=methods[0].id,
        preset="levels3",
        tutor_id=tutor.id if tutor else None,
        actor_id=owner.id,
    )
    for kind, dates, form in ((WaveKind.ENTRY, entry, "A"), (WaveKind.EXIT, exit_, "B")):
        if dates is not None:
            wave = campaigns.add_wave(made.id, kind, *dates, owner.id)
            campaigns.assign(wave.id, asked, scored, form, actor_id=owner.id)
    return made
