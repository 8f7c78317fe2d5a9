"""Persons that a list brings: new ones are added with their place of work, known ones only completed."""

from __future__ import annotations

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.roster.matching import Planned
from diagnostics.database import session
from diagnostics.people.models import Membership, Person, PersonalData


def person_of(planned: Planned, actor_id: str | None) -> str:
    """The id of the row's person, added when nobody like that was known."""
    if planned.person_id is None:
        return _added(planned, actor_id)
    _complete(planned.person_id, planned)
    return planned.person_id


def _added(planned: Planned, actor_id: str | None) -> str:
    entry = planned.entry
    person = Person(created_at=clock.now())
    session.add(person)
    session.flush()
    session.add_all(
        (
            PersonalData(
                person_id=person.id,
                surname=entry.name.surname,
                given_name=entry.name.given_name,
                patronymic=entry.name.patronymic,
                sort_name=entry.name.sort_name,
                email=entry.email,
                phone=entry.phone,
            ),
            Membership(
                person_id=person.id,
                node_id=planned.school_id,
                position=entry.position,
                subject=entry.subject,
                since=clock.now().date(),
            ),
        )
    )
    audit.record("person.add", actor_id=actor_id, kind="person", object_id=person.id, note="list")
    return person.id


def _complete(person_id: str, planned: Planned) -> None:
    """An address that was not known is kept; one that was known is not overwritten by a list."""
    data = session.get(PersonalData, person_id)
    if data is not None:
        data.email = data.email or planned.entry.email
        data.phone = data.phone or planned.entry.phone
