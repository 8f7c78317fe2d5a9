"""Who may act on a person: any administrator of a place where the person works now, never above their own reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.actions import accounts, second_step
from diagnostics.people.models import Membership, OrgNode, Person, Role, RoleGrant, SecondStep
from diagnostics.upkeep import erasing
from tests.support import make
from tests.support.sign_in import sign_in

ENTRY = ("/invite", "/second-off", "/erase", "/hold")


@pytest.fixture
def schools(in_app: Flask) -> tuple[OrgNode, OrgNode]:
    district = make.municipality(make.region())
    return make.school(district, "Школа № 1"), make.school(district, "Школа № 2")


def _administrator(client: FlaskClient, at: OrgNode) -> str:
    person_id = make.staff(Role.ADMINISTRATOR, at, "Панин Игорь Львович").id
    sign_in(client, person_id)
    session.rollback()
    return person_id


def _works(person: Person, at: OrgNode, since: date, until: date | None = None) -> None:
    session.add(Membership(person_id=person.id, node_id=at.id, since=since, until=until))
    session.flush()


@pytest.mark.parametrize("which", [0, 1])
def test_an_administrator_of_any_place_of_work_opens_the_card(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient, which: int
) -> None:
    teacher = make.person(at=schools[0])
    _works(teacher, schools[1], make.LONG_AGO + timedelta(days=300))
    teacher_id = teacher.id
    _administrator(client, schools[which])
    assert client.get(f"/admin/people/{teacher_id}").status_code == 200


def test_where_somebody_worked_once_nobody_opens_the_card_of_who_works_elsewhere(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher = make.person()
    _works(teacher, schools[0], make.LONG_AGO, make.LONG_AGO + timedelta(days=300))
    _works(teacher, schools[1], make.LONG_AGO + timedelta(days=301))
    teacher_id = teacher.id
    _administrator(client, schools[0])
    assert client.get(f"/admin/people/{teacher_id}").status_code == 404


@pytest.mark.parametrize("act", ENTRY)
def test_a_schools_administrator_does_not_take_over_an_account_with_more_say(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient, act: str
) -> None:
    boss = make.person("Главный Пётр", at=schools[0])
    region_id = schools[0].path.split("/")[1]
    session.add(RoleGrant(person_id=boss.id, role=Role.ADMINISTRATOR, node_id=region_id, since=make.LONG_AGO))
    boss_id = boss.id
    _administrator(client, schools[0])
    assert client.post(f"/admin/people/{boss_id}{act}", data={"email": "me@example.org"}).status_code == 404
    page = client.get(f"/admin/people/{boss_id}").text
    assert "есть роль там, где у вас нет прав администратора" in page
    assert "/invite" not in page


def test_a_role_given_above_ones_reach_is_neither_offered_to_end_nor_ended(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher = make.person(at=schools[0])
    grant = RoleGrant(
        person_id=teacher.id, role=Role.TRAINER, node_id=schools[0].path.split("/")[1], since=make.LONG_AGO
    )
    session.add(grant)
    session.flush()
    teacher_id, grant_id = teacher.id, grant.id
    _administrator(client, schools[0])
    assert "role/end" not in client.get(f"/admin/people/{teacher_id}").text
    assert client.post(f"/admin/people/{teacher_id}/role/end", data={"grant": grant_id}).status_code == 404
    assert session.get_one(RoleGrant, grant_id).until is None


def test_a_place_of_work_out_of_reach_is_not_closed(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher = make.person(at=schools[0])
    _works(teacher, schools[1], make.LONG_AGO)
    teacher_id = teacher.id
    other = session.scalars(sa.select(Membership.id).where(Membership.node_id == schools[1].id)).one()
    _administrator(client, schools[0])
    answer = client.post(f"/admin/people/{teacher_id}/leave", data={"membership": other})
    assert answer.status_code == 404


def test_a_hold_forbids_erasing_until_its_day_and_is_lifted_by_its_button(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher_id = make.person("Семёнова Анна Петровна", at=schools[0]).id
    _administrator(client, schools[0])
    address, until = f"/admin/people/{teacher_id}", clock.now().date() + timedelta(days=30)
    form = {"reason": "запрос прокуратуры № 7", "until": until.isoformat()}
    assert client.post(f"{address}/hold", data=form).status_code == 302
    assert "Удалять нельзя: запрос прокуратуры № 7." in client.get(f"{address}/erase").text
    refused = client.post(f"{address}/erase", data={"surname": "Семёнова"})
    assert refused.status_code == 409
    assert client.post(f"{address}/hold", data={"lift": "yes", "reason": ""}).status_code == 302
    assert "Данные удалены" in client.post(f"{address}/erase", data={"surname": "Семёнова"}).text


def test_a_hold_whose_day_is_over_forbids_nothing(schools: tuple[OrgNode, OrgNode]) -> None:
    teacher = make.person(at=schools[0])
    erasing.hold(teacher.id, "спор", until=clock.now().date(), actor_id=None)
    with clock.shifted(timedelta(days=2)):
        assert erasing.erase(teacher.id, actor_id=None).removed["personal_data"] == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reason": ""}, "Назовите причину"),
        ({"reason": "спор", "until": "2020-01-01"}, "Этот день уже прошёл"),
        ({"reason": "спор", "until": "2026-02-31"}, "Такого дня нет"),
        ({"reason": "ш" * 301}, "field-error"),
    ],
)
def test_a_hold_that_makes_no_sense_is_said_at_its_field(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient, form: dict[str, str], words: str
) -> None:
    teacher_id = make.person(at=schools[0]).id
    _administrator(client, schools[0])
    page = client.post(f"/admin/people/{teacher_id}/hold", data=form)
    assert (page.status_code, words in page.text) == (422, True)
    assert erasing.hold_of(teacher_id) is None


def test_erased_once_every_page_of_the_person_says_when(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher_id = make.person("Семёнова Анна Петровна", at=schools[0]).id
    _administrator(client, schools[0])
    address = f"/admin/people/{teacher_id}"
    client.post(f"{address}/erase", data={"surname": "Семёнова"})
    for answer in (
        client.get(address),
        client.get(f"{address}/erase"),
        client.post(f"{address}/erase", data={}),
    ):
        assert answer.status_code == 200
        assert "Данные уже стёрты" in answer.text


def test_an_erasure_through_the_page_stands_in_the_journal(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient, in_app: Flask
) -> None:
    teacher_id = make.person("Семёнова Анна Петровна", at=schools[0]).id
    _administrator(client, schools[0])
    client.post(f"/admin/people/{teacher_id}/erase", data={"surname": "Семёнова"})
    assert teacher_id in in_app.extensions["orientir"].erased_log.read_text()


def test_a_lost_telephone_is_mended_from_the_card(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    teacher_id = make.person("Семёнова Анна Петровна", at=schools[0]).id
    accounts.open_account(person_id=teacher_id, login="anna@example.org", actor_id=None)
    second_step.begin(teacher_id)
    session.get_one(SecondStep, teacher_id).confirmed_at = clock.now()
    _administrator(client, schools[0])
    assert "Выключить второй шаг" in client.get(f"/admin/people/{teacher_id}").text
    assert client.post(f"/admin/people/{teacher_id}/second-off").status_code == 302
    session.expire_all()
    assert session.get(SecondStep, teacher_id) is None


def test_people_are_found_by_mail_and_school_and_paged_by_twenty_five(
    schools: tuple[OrgNode, OrgNode], client: FlaskClient
) -> None:
    for letter in "абвгдежзиклмнопрстуфхцчшщэюяйь":
        make.person(f"Учитель{letter} Имя Отчество", at=schools[0])
    make.person("Ёжикова Алевтина", at=schools[1], email="Ezhik@Example.org")
    _administrator(client, session.get_one(OrgNode, schools[0].path.split("/")[1]))
    page = client.get("/admin/people").text
    assert "1–25 из 31" in page
    assert "26–31 из 31" in client.get("/admin/people?page=2").text
    for asked in ("ezhik@example", "ЕЖИКОВА школа 2", "школа № 2"):
        found = client.get("/admin/people", query_string={"q": asked}).text
        assert "1 человек" in found, asked
        assert "Ёжикова" in found
    assert "Никого не нашли" in client.get("/admin/people?q=ежикова школа 1".replace(" ", "+")).text
    sheet = client.get("/admin/people.xlsx?q=ezhik")
    assert sheet.data.startswith(b"PK")
