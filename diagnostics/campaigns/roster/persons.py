"""Persons that a list brings: new ones are added with their place of work, known ones only completed."""

from __future__ import annotations

from diagnostics.campaigns.roster.matching import Planned
from diagnostics.database import session
from diagnostics.people.actions import persons
from diagnostics.people.models import PersonalData


def person_of(planned: Planned, actor_id: str | None) -> str:
    """The id of the row's person, added when nobody like that was known."""
    if planned.person_id is not None:
        _complete(planned.person_id, planned, actor_id)
        return planned.person_id
    entry = planned.entry
    return persons.add_working(
        surname=entry.name.surname,
        given_name=entry.name.given_name,
        patronymic=entry.name.patronymic,
        email=entry.email,
        phone=entry.phone,
        node_id=planned.school_id,
        position=entry.position,
        subject=entry.subject,
        actor_id=actor_id,
    ).id


def _complete(person_id: str, planned: Planned, actor_id: str | None) -> None:
    """An address that was not known is kept; one that was known is not overwritten by a list."""
    data = session.get(PersonalData, person_id)
    if data is None:
        return
    told = {"email": planned.entry.email, "phone": planned.entry.phone}
    new = {name: value for name, value in told.items() if value and not getattr(data, name)}
    if new:
        persons.change(person_id, actor_id=actor_id, **new)
