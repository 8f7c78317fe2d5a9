from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people import names
from diagnostics.people.actions import persons
from diagnostics.people.models import PersonalData


def _data(person_id: str) -> PersonalData:
    found = session.get(PersonalData, person_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Семёнова", "Алёна", "Петровна"), "семенова алена петровна"),
        (("ИВАНОВ", "Пётр", ""), "иванов петр"),
        (("Ёлкин-Шмидт", "Ян", ""), "елкин-шмидт ян"),
    ],
)
def test_the_sort_name_has_small_letters_and_no_yo(parts: tuple[str, str, str], expected: str) -> None:
    assert names.sort_name(*parts) == expected


def test_a_new_person_gets_personal_data_in_one_row_and_an_audit_row(in_app: Flask) -> None:
    person = persons.add(surname="  Семёнова ", given_name="Анна", email="Anna@Example.org", actor_id="boss")
    data = _data(person.id)
    assert (data.surname, data.sort_name, data.email) == ("Семёнова", "семенова анна", "Anna@example.org")
    row = session.scalars(sa.select(AuditRow).where(AuditRow.object_id == person.id)).one()
    assert (row.action, row.actor_id) == ("person.add", "boss")


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"surname": " "}, "value_empty", "surname"),
        ({"surname": "я" * 61}, "value_too_long", "surname"),
        ({"given_name": "А\x00"}, "hidden_character", "given_name"),
        ({"patronymic": "Пет\u202eровна"}, "hidden_character", "patronymic"),
        ({"email": "a@b\r\nBcc:c"}, "email_wrong", "email"),
        ({"experience_years": 71}, "experience_impossible", "experience_years"),
        ({"experience_years": -1}, "experience_impossible", "experience_years"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    in_app: Flask, facts: dict[str, object], code: str, field: str
) -> None:
    given = {"surname": "Белова", "given_name": "Мария"} | facts
    with pytest.raises(FieldRefused) as refused:
        persons.add(**given, actor_id=None)  # type: ignore[arg-type]  # wrong on purpose
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_changed_surname_changes_the_order_too(in_app: Flask) -> None:
    person = persons.add(surname="Белова", given_name="Мария", actor_id=None)
    assert persons.change(person.id, surname="Ёжикова", actor_id=None)
    assert _data(person.id).sort_name == "ежикова мария"


def test_the_same_facts_again_change_nothing(in_app: Flask) -> None:
    person = persons.add(surname="Белова", given_name="Мария", actor_id=None)
    assert not persons.change(person.id, surname="Белова", actor_id=None)


def test_only_named_facts_can_be_changed(in_app: Flask) -> None:
    person = persons.add(surname="Белова", given_name="Мария", actor_id=None)
    with pytest.raises(FieldRefused, match="unknown_field"):
        persons.change(person.id, sort_name="x", actor_id=None)


def test_nobody_unknown_is_changed(in_app: Flask) -> None:
    with pytest.raises(Missing):
        persons.change("nobody", surname="Белова", actor_id=None)
