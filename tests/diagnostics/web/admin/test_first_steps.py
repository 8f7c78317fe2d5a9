"""What an administrator sees first: the next step of an empty base, and erasures that have a day."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people.actions import consents, places
from diagnostics.people.models import OrgNode, Role
from tests.support import make
from tests.support.sign_in import sign_in


def _tasks(client: FlaskClient, region: OrgNode) -> str:
    sign_in(client, make.staff(Role.ADMINISTRATOR, region, "Панин Игорь Львович").id)
    session.rollback()
    return client.get("/").text


def test_an_empty_region_begins_with_organisations(in_app: Flask, client: FlaskClient) -> None:
    page = _tasks(client, make.region())
    assert "Добавьте организации" in page
    assert "Добавьте людей" not in page
    assert "Опубликуйте текст согласия" in page


def test_where_schools_stand_people_come_next(in_app: Flask, client: FlaskClient) -> None:
    region = make.region()
    make.school(make.municipality(region))
    page = _tasks(client, region)
    assert "Добавьте организации" not in page
    assert "Добавьте людей" in page


def test_a_withdrawn_consent_is_a_task_with_its_day_and_a_filled_base_has_no_others(
    in_app: Flask, client: FlaskClient
) -> None:
    region = make.region()
    school = make.school(make.municipality(region))
    people = make.people(2, school)
    facts = dict.fromkeys(places.REQUISITES, "1")
    places.rename(region.id, name=region.name, requisites=facts, actor_id=None)
    document = consents.publish(region.id, actor_id=None)
    consents.give(person_id=people[0], document_id=document.id, options={}, actor_id=people[0])
    consents.withdraw(people[0], region.id, actor_id=people[0])
    page = _tasks(client, region)
    assert "Удалите данные 1 человек" in page
    assert "Опубликуйте" not in page
    assert "Добавьте" not in page
