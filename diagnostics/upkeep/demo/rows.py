from __future__ import annotations

from datetime import date

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.models import (
    Account,
    ConsentDocument,
    Membership,
    NodeKind,
    OrgNode,
    Person,
    PersonalData,
    Role,
    RoleGrant,
)
from diagnostics.upkeep.demo.cast import Human, Place


def node(kind: NodeKind, place: Place, parent_id: str | None, *, zone: str | None = None) -> str:
    parent = session.get(OrgNode, parent_id) if parent_id else None
    made = OrgNode(kind=kind, parent_id=parent_id, path="", name=place.title, short_name=place.short or place.title,
                   code=place.code, zone=zone, requisites=place.requisites, created_at=clock.now())
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    session.add(made)
    session.flush()
    return made.id


def person(human: Human, place: str, since: date) -> str:
    made = Person(created_at=clock.now())
    session.add(made)
    session.flush()
    full = " ".join(part for part in (human.surname, human.given, human.patronymic or "") if part)
    session.add(PersonalData(person_id=made.id, surname=human.surname, given_name=human.given,
                             patronymic=human.patronymic or "", sort_name=full.casefold().replace("ё", "е"),
                             education=human.education, category=human.category, experience_years=human.experience))
    session.add(Membership(person_id=made.id, node_id=place, position=human.position, subject=human.subject, since=since))
    session.flush()
    return made.id


def grant(person_id: str, role: Role, place: str, since: date) -> None:
    session.add(RoleGrant(person_id=person_id, role=role, node_id=place, since=since))
    session.flush()


def account(person_id: str, login: str) -> None:
    session.add(Account(person_id=person_id, login=login, created_at=clock.now()))
    session.flush()


def publish_consent(operator_id: str, actor_id: str) -> str:
    made = ConsentDocument(operator_id=operator_id, version=1, body={}, content_hash="x", published_at=clock.now(), published_by=actor_id)
    session.add(made)
    session.flush()
    return made.id
