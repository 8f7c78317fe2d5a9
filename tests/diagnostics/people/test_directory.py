from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.errors import DomainError, Missing
from diagnostics.people.actions import memberships
from diagnostics.people.queries import directory
from diagnostics.upkeep import erasing
from tests.support import make


def _names(scope: str, text: str) -> list[str]:
    return [one.full_name.split()[0] for one in directory.search([scope], text).people]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("семен", ["Семёнова"]),
        ("СЕМЁН", ["Семёнова"]),
        ("анна бел", ["Белова"]),
        ("%", []),
        ("_", []),
        ("'", []),
        ("", ["Белова", "Семёнова"]),
    ],
)
def test_names_are_found_by_any_part_and_signs_are_only_letters(
    in_app: Flask, text: str, found: list[str]
) -> None:
    school = make.school(make.region())
    make.person("Семёнова Ольга Ивановна", at=school)
    make.person("Белова Анна Игоревна", at=school)
    assert _names(school.path, text) == found


def test_a_text_of_201_characters_is_refused(in_app: Flask) -> None:
    with pytest.raises(DomainError, match="search_too_long"):
        directory.search(["/"], "я" * 201)


def test_people_of_other_places_are_not_found(in_app: Flask) -> None:
    region = make.region()
    make.person("Белова Анна Игоревна", at=make.school(region))
    assert _names(make.region("Соседняя область").path, "белова") == []
    assert directory.search([], "белова").total == 0


def test_who_works_at_two_places_is_one_line(in_app: Flask) -> None:
    region = make.region()
    first, second = make.school(region), make.school(region, "Школа № 5")
    person = make.person("Белова Анна Игоревна", at=first)
    memberships.join(person_id=person.id, node_id=second.id, actor_id=None)
    assert directory.search([region.path], "белова").total == 1
    assert directory.search([second.path], "белова").people[0].place == "Школа № 5"


def test_an_erased_person_has_no_card_and_is_not_found(in_app: Flask) -> None:
    school = make.school(make.region())
    person = make.person("Белова Анна Игоревна", at=school)
    erasing.erase(person.id, actor_id=None)
    assert _names(school.path, "белова") == []
    with pytest.raises(Missing):
        directory.card(person.id)
