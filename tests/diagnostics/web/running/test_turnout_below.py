"""Явка for those above schools: readable at any number of schools, exact, and careful about routes."""

from __future__ import annotations

import io
from http import HTTPStatus

import openpyxl
import pytest
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Campaign, Privacy, Seat
from diagnostics.database import session
from diagnostics.pathways.models import Route, RouteState
from diagnostics.people.models import Role
from tests.support import make
from tests.support.diagnosis import Scene
from tests.support.routes import SURE, add_finding
from tests.support.sign_in import sign_in


@pytest.fixture
def municipal(scene: Scene, client: FlaskClient) -> FlaskClient:
    person = make.staff(Role.MUNICIPAL_COORDINATOR, scene.municipality, "Зимина Вера Львовна")
    sign_in(client, person.id)
    return client


def opened(scene: Scene, **schools: tuple[int, int]) -> dict[str, list[str]]:
    """Name of a school of the municipality → its seats: (invited, of whom sent)."""
    people = {
        name: make.people(number, make.school(scene.municipality, name))
        for name, (number, _sent) in schools.items()
    }
    seats = actions.seat_people(scene.entry, [one for ids in people.values() for one in ids], None).seats
    actions.open_wave(scene.entry, None)
    found = {name: [seats[one] for one in ids] for name, ids in people.items()}
    for name, (_number, sent) in schools.items():
        for seat_id in found[name][:sent]:
            actions.mark_submitted(seat_id)
    session.commit()
    return found


def agree(scene: Scene, seat_ids: list[str]) -> None:
    """An approved route of each seat's person."""
    campaign = session.get_one(Campaign, scene.campaign_id)
    for seat_id in seat_ids:
        seat = session.get_one(Seat, seat_id)
        finding = add_finding(seat, campaign, {"METH": SURE})
        assert seat.respondent_id
        session.add(
            Route(
                campaign_id=campaign.id,
                person_id=seat.respondent_id,
                finding_id=finding.id,
                state=RouteState.APPROVED,
                hours_budget=20,
                starts_on=clock.now().date(),
                ends_on=clock.now().date(),
                wishes={},
                proposal={},
                created_at=clock.now(),
            )
        )
    session.commit()


def test_the_list_holds_totals_and_leads_to_the_schools(scene: Scene, municipal: FlaskClient) -> None:
    opened(scene, A=(4, 1), B=(3, 0))
    page = municipal.get("/turnout").text
    assert f"/turnout/{scene.entry}" in page
    assert ">7<" in page
    assert "14" in page


def test_a_coordinator_sees_only_the_schools_below(scene: Scene, client: FlaskClient) -> None:
    opened(scene, Ближняя=(4, 1))
    far = make.municipality(scene.region, "Холмовский округ")
    actions.seat_people(scene.entry, make.people(2, make.school(far, "Дальняя")), None)
    person = make.staff(Role.MUNICIPAL_COORDINATOR, far)
    sign_in(client, person.id)
    page = client.get(f"/turnout/{scene.entry}").text
    assert "Дальняя" in page
    assert "Ближняя" not in page
    assert "Прошли 0 из 2." in page
    nobody = make.staff(Role.MUNICIPAL_COORDINATOR, make.municipality(scene.region, "Пустой район"))
    sign_in(client, nobody.id)
    assert client.get(f"/turnout/{scene.entry}").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/turnout/{scene.entry}.xlsx").status_code == HTTPStatus.NOT_FOUND


def test_a_total_names_its_place_and_the_whole_is_told_once(scene: Scene, client: FlaskClient) -> None:
    far = make.municipality(scene.region, "Холмовский округ")
    beyond = [*make.people(2, make.school(far, "Дальняя")), *make.people(1, make.school(far, "Крайняя"))]
    actions.seat_people(scene.entry, beyond, None)
    opened(scene, Ближняя=(4, 1), Соседняя=(3, 0))
    sign_in(client, make.staff(Role.REGIONAL_COORDINATOR, scene.region).id)
    page = client.get(f"/turnout/{scene.entry}").text
    assert "<strong>Холмовский округ, всего</strong>" in page
    assert "<strong>Приозёрный район, всего</strong>" in page
    assert page.count("Всего по всем муниципалитетам:") == 1
    assert "приглашены 10, начали и не отправили 0, прошли 1 — 10" in page
    assert "Всего в показанных школах:" in client.get(f"/turnout/{scene.entry}?show=silent").text


def test_schools_stand_in_natural_order_or_those_behind_first(scene: Scene, municipal: FlaskClient) -> None:
    opened(scene, **{"Школа № 12": (2, 0), "Школа № 3": (2, 2), "Школа № 5": (2, 1)})

    def order(address: str) -> list[str]:
        page = municipal.get(address).text
        return sorted(("Школа № 12", "Школа № 3", "Школа № 5"), key=lambda one: page.index(f">{one}<"))

    assert order(f"/turnout/{scene.entry}") == ["Школа № 3", "Школа № 5", "Школа № 12"]
    assert order(f"/turnout/{scene.entry}?sort=share") == ["Школа № 12", "Школа № 5", "Школа № 3"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("show=silent", ["B"]),
        ("show=behind", ["A", "B"]),
        ("show=done", ["C"]),
        ("q=c", ["C"]),
        ("show=никакой", ["A", "B", "C"]),
    ],
)
def test_filters_hold_on_the_page_and_in_excel(
    scene: Scene, municipal: FlaskClient, query: str, names: list[str]
) -> None:
    opened(scene, A=(4, 1), B=(3, 0), C=(2, 2))
    page = municipal.get(f"/turnout/{scene.entry}?{query}").text
    assert [name for name in "ABC" if f'row"><div>{name}<' in page or f">{name}</th>" in page] == names
    book = openpyxl.load_workbook(io.BytesIO(municipal.get(f"/turnout/{scene.entry}.xlsx?{query}").data))
    assert [row[1].value for row in book.worksheets[1].iter_rows(min_row=2) if row[2].value] == names


def test_a_search_that_is_too_long_is_refused(scene: Scene, municipal: FlaskClient) -> None:
    opened(scene, A=(4, 1))
    answer = municipal.get(f"/turnout/{scene.entry}?q={'я' * 500}")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Таких школ нет" in municipal.get(f"/turnout/{scene.entry}?q=Лунная").text


def test_fifty_schools_are_folded_by_municipality(scene: Scene, municipal: FlaskClient) -> None:
    opened(scene, **{f"Школа № {number}": (1, 0) for number in range(1, 51)})
    page = municipal.get(f"/turnout/{scene.entry}").text
    assert "<summary>Приозёрный район — 50 школ, прошли 0 из 50" in page


def test_routes_of_a_small_school_are_hidden_with_another_one(scene: Scene, municipal: FlaskClient) -> None:
    seats = opened(scene, Малая=(4, 4), Средняя=(8, 8), Большая=(20, 20))
    agree(scene, seats["Малая"] + seats["Большая"][:10])
    page = municipal.get(f"/turnout/{scene.entry}").text

    def row(name: str) -> str:
        return page.split(f"{name}<")[1].split("</tr>")[0]

    assert "скрыто" in row("Малая")
    assert "скрыто" in row("Средняя")
    assert "около\u00a040" in row("Большая") or "около\u00a060" in row("Большая")
    assert "меньше пяти человек, скрыты" in page


def test_routes_are_not_counted_where_only_turnout_was_promised(scene: Scene, municipal: FlaskClient) -> None:
    seats = opened(scene, Большая=(20, 20))
    agree(scene, seats["Большая"])
    assert "Маршрут утверждён" in municipal.get(f"/turnout/{scene.entry}").text
    session.get_one(Campaign, scene.campaign_id).privacy = Privacy.CONFIDENTIAL
    session.commit()
    assert "Маршрут утверждён" not in municipal.get(f"/turnout/{scene.entry}").text


def test_a_coordinators_task_is_the_turnout_of_the_schools(scene: Scene, municipal: FlaskClient) -> None:
    assert "Сейчас задач нет" in municipal.get("/").text
    seats = opened(scene, A=(4, 1), B=(3, 0))
    page = municipal.get("/").text
    assert "Поднять явку: прошли 1 из 7" in page
    assert "Никто не прошёл в 1" in page
    assert f"/turnout/{scene.entry}?sort=share" in page
    for seat_id in (*seats["A"], *seats["B"]):
        actions.mark_submitted(seat_id)
    session.commit()
    assert "Поднять явку" not in municipal.get("/").text


def test_who_was_taken_out_is_not_counted(scene: Scene, municipal: FlaskClient) -> None:
    seats = opened(scene, A=(4, 1))
    actions.withdraw_seat(seats["A"][3], None)
    session.commit()
    assert "Прошли 1 из 3." in municipal.get(f"/turnout/{scene.entry}").text


def test_the_organisers_page_has_the_same_order_and_filters(trainer: FlaskClient, scene: Scene) -> None:
    opened(scene, A=(4, 1), B=(3, 0))
    page = trainer.get(f"/waves/{scene.entry}/turnout?show=silent").text
    assert "Никто не прошёл" in page
    assert ">A<" not in page
    assert trainer.get(f"/waves/{scene.entry}/turnout.xlsx?show=silent").status_code == HTTPStatus.OK
