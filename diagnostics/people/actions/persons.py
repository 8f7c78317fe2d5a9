"""Persons: who is known by name. Everything personal stands in one row, so that erasing is one row less."""

from __future__ import annotations

from typing import Any

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people import checks, names
from diagnostics.people.actions import memberships
from diagnostics.people.models import Person, PersonalData

LONGEST_FACT = 200
LONGEST_CAREER = 70
CHANGEABLE = frozenset(
    {
        "surname",
        "given_name",
        "patronymic",
        "email",
        "phone",
        "education",
        "category",
        "experience_years",
    }
)


def add(
    *,
    surname: str,
    given_name: str,
    patronymic: str = "",
    email: str | None = None,
    phone: str | None = None,
    education: str | None = None,
    category: str | None = None,
    experience_years: int | None = None,
    actor_id: str | None,
) -> Person:
    """A new person with personal data; no account, no place of work, no role yet.

    Raises
    ------
    FieldRefused
        `value_empty`, `value_too_long`, `bad_character`, `email_wrong`, `experience_impossible`.
    """
    facts = _checked(
        {
            "surname": surname,
            "given_name": given_name,
            "patronymic": patronymic,
            "email": email,
            "phone": phone,
            "education": education,
            "category": category,
            "experience_years": experience_years,
        }
    )
    person = Person(created_at=clock.now())
    session.add(person)
    session.flush()
    session.add(PersonalData(person_id=person.id, sort_name=_sort_name(facts), **facts))
    session.flush()
    audit.record("person.add", actor_id=actor_id, kind="person", object_id=person.id, after=facts)
    return person


def add_working(
    *, node_id: str, position: str = "", subject: str = "", actor_id: str | None, **facts: Any
) -> Person:
    """A new person with a place of work from today on; `facts` and errors as `add` and `memberships.join`."""
    person = add(**facts, actor_id=actor_id)
    memberships.join(
        person_id=person.id, node_id=node_id, position=position, subject=subject, actor_id=actor_id
    )
    return person


def change(person_id: str, *, actor_id: str | None, **given: object) -> bool:
    """Change some of the facts that `add` takes; False when everything stood so already."""
    unknown = sorted(given.keys() - CHANGEABLE)
    if unknown:
        raise FieldRefused("unknown_field", field=unknown[0])
    checks.living(person_id)
    data = session.get(PersonalData, person_id)
    if data is None:
        raise Missing
    before = {name: getattr(data, name) for name in sorted(CHANGEABLE)}
    after = before | _checked(given)
    if after == before:
        return False
    for name, value in after.items():
        setattr(data, name, value)
    data.sort_name = _sort_name(after)
    session.flush()
    audit.record(
        "person.change", actor_id=actor_id, kind="person", object_id=person_id, before=before, after=after
    )
    return True


def _sort_name(facts: dict[str, Any]) -> str:
    return names.sort_name(facts["surname"], facts["given_name"], facts["patronymic"])


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _check(name, value) for name, value in given.items()}


def _check(name: str, value: Any) -> Any:
    if name == "experience_years":
        return _experience(value)
    if name == "email":
        return checks.email(value) if value else None
    if name in {"surname", "given_name", "patronymic"}:
        return names.clean(value, field=name, required=name != "patronymic")
    return names.clean(value, field=name, required=False, longest=LONGEST_FACT) or None if value else None


def _experience(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= LONGEST_CAREER:
        raise FieldRefused("experience_impossible", field="experience_years", maximum=LONGEST_CAREER)
    return value
