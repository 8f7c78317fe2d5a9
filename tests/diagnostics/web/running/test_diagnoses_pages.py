"""A trainer makes a diagnosis, gathers people, opens it; mistakes come back at their fields."""

from __future__ import annotations

import io
from http import HTTPStatus

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.models import CampaignState, Privacy, WaveKind, WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from tests.support import make
from tests.support.diagnosis import Scene

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def filled(**changed: str) -> dict[str, str]:
    work = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert work is not None
    return {
        "work": work.id,
        "title": "Проба",
        "entry_first": "2026-12-01",
        "entry_last": "15.12.2026",
        "exit_first": "2027-02-01",
        "exit_last": "2027-02-10",
        "plan": "turn",
        "sees": "self",
        "group": "",
        "tutor": "",
        "preset": "levels3",
        "preset_basis": "положение № 14",
    } | changed


def made_by(scene: Scene) -> queries.CampaignView:
    session.expire_all()
    return next(
        one for one in queries.campaigns([], person_id=scene.trainer.id) if one.id != scene.campaign_id
    )


def test_the_new_page_is_filled_in_beforehand(trainer: FlaskClient) -> None:
    page = trainer.get("/diagnoses/new").text
    for value in ("Методический тест", "2026-11-23", "2026-12-07", "2027-02-01"):
        assert value in page


def test_the_work_is_chosen_and_not_taken_by_chance(trainer: FlaskClient) -> None:
    page = trainer.get("/diagnoses/new").text
    assert '<option selected value="">Выберите работу' in page
    answer = trainer.post("/diagnoses/new", data=filled(work=""))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="work-error"' in answer.text


def test_without_a_title_a_diagnosis_is_called_as_its_work(trainer: FlaskClient, scene: Scene) -> None:
    trainer.post("/diagnoses/new", data=filled(title="  "))
    assert made_by(scene).title == "Методический тест «Работа с неуспевающими»"


def test_teachers_are_asked_teachers_works_and_the_test_comes_first(trainer: FlaskClient) -> None:
    page = trainer.get("/diagnoses/new").text
    assert page.index("Методический тест") < page.index("Самооценка педагога, версия 1")
    assert "Самооценка школы" not in page
    assert "Три класса зон" not in page


def test_a_diagnosis_is_made_on_one_page(trainer: FlaskClient, scene: Scene) -> None:
    members = tuple(make.people(2, scene.school))
    group = make.group(scene.trainer, scene.institute, members=members)
    session.commit()
    answer = trainer.post("/diagnoses/new", data=filled(group=group.id))
    made = made_by(scene)
    assert answer.location == f"/diagnoses/{made.id}"
    assert (made.privacy, made.group_id, made.preset_basis) == (
        Privacy.CONFIDENTIAL,
        group.id,
        "положение № 14",
    )
    assert [(wave.kind, wave.expected, wave.assignments[0].form) for wave in made.waves] == [
        (WaveKind.ENTRY, 2, "A"),
        (WaveKind.EXIT, 2, "B"),
    ]


@pytest.mark.parametrize(
    ("plan", "forms"),
    [("same", [["A"], ["A"]]), ("random", [["A", "B"], ["A", "B"]]), ("turn", [["A"], ["B"]])],
)
def test_forms_are_assigned_by_the_plan(
    trainer: FlaskClient, scene: Scene, plan: str, forms: list[list[str]]
) -> None:
    trainer.post("/diagnoses/new", data=filled(plan=plan))
    assert [[one.form for one in wave.assignments] for wave in made_by(scene).waves] == forms


def test_the_exit_may_be_left_for_later(trainer: FlaskClient, scene: Scene) -> None:
    trainer.post("/diagnoses/new", data=filled(exit_first="", exit_last=""))
    assert [wave.kind for wave in made_by(scene).waves] == [WaveKind.ENTRY]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"title": "Я" * 201}, "title", "Название слишком длинное"),
        ({"entry_first": "31.02.2027"}, "entry_first", "Такого дня нет"),
        ({"entry_first": "0001-01-01"}, "entry_first", "Год — от 2000 до 2100"),
        ({"exit_last": "9999-12-31"}, "exit_last", "Год — от 2000 до 2100"),
        ({"entry_last": "2026-11-01"}, "entry_last", "Конец срока раньше начала"),
        ({"exit_last": ""}, "exit_last", "Укажите оба дня"),
        ({"exit_first": "2026-12-15"}, "exit_first", "после того, как закончилась входная"),
        ({"entry_first": ""}, "entry_first", "Укажите день"),
    ],
)
def test_a_mistake_comes_back_at_its_field_with_everything_typed(
    trainer: FlaskClient, scene: Scene, changed: dict[str, str], field: str, words: str
) -> None:
    answer = trainer.post("/diagnoses/new", data=filled(**changed))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<title>Ошибка:" in answer.text
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    assert "положение № 14" in answer.text
    session.expire_all()
    assert [one.id for one in queries.campaigns([], person_id=scene.trainer.id)] == [scene.campaign_id]


@pytest.mark.parametrize(
    "changed", [{"work": "x"}, {"preset": "x"}, {"group": "x"}, {"tutor": "x"}, {"sees": "x"}, {"plan": "x"}]
)
def test_choices_that_were_not_offered_are_refused(trainer: FlaskClient, changed: dict[str, str]) -> None:
    assert (
        trainer.post("/diagnoses/new", data=filled(**changed)).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    )


def test_a_self_assessment_by_six_levels_is_made_on_the_same_page(trainer: FlaskClient, scene: Scene) -> None:
    work = catalogue.latest_published(VersionKind.INSTRUMENT, "self.digcompedu")
    assert work is not None
    wrong = trainer.post("/diagnoses/new", data=filled(work=work.id))
    assert "У этой работы другая шкала уровней" in wrong.text
    answer = trainer.post("/diagnoses/new", data=filled(work=work.id, preset="levels6"))
    assert answer.location == f"/diagnoses/{made_by(scene).id}"


def test_opening_without_people_says_why_and_changes_nothing(trainer: FlaskClient, scene: Scene) -> None:
    answer = trainer.post(f"/waves/{scene.entry}/open")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Нет участников" in answer.text
    session.expire_all()
    assert queries.campaign(scene.campaign_id).state is CampaignState.DRAFT


def test_from_people_to_closed_in_the_browser(trainer: FlaskClient, scene: Scene) -> None:
    make.people(3, scene.school)
    session.commit()
    page = trainer.get(f"/diagnoses/{scene.campaign_id}/people/add?all=1").text
    assert page.count('name="person"') == 3
    trainer.post(f"/diagnoses/{scene.campaign_id}/people/add", data={"everybody": "1"})
    trainer.post(f"/waves/{scene.entry}/open")
    assert "Пригласите участников" in trainer.get(f"/diagnoses/{scene.campaign_id}").text
    assert "3 человека не закончили" in trainer.get(f"/waves/{scene.entry}/close").text
    trainer.post(f"/waves/{scene.entry}/close")
    session.expire_all()
    assert [wave.state for wave in queries.campaign(scene.campaign_id).waves] == [
        WaveState.CLOSED,
        WaveState.PLANNED,
    ]


def test_only_ticked_people_of_the_filter_are_added(trainer: FlaskClient, scene: Scene) -> None:
    first, _second = make.people(2, scene.school)
    stranger = make.person()
    session.commit()
    address = f"/diagnoses/{scene.campaign_id}/people/add"
    trainer.post(address, data={"person": [first, stranger.id], "schools": [scene.school.id]})
    session.expire_all()
    assert queries.campaign(scene.campaign_id).waves[0].expected == 1
    assert trainer.post(address, data={}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_dates_of_a_wave_are_mended(trainer: FlaskClient, scene: Scene) -> None:
    address = f"/waves/{scene.entry}/dates"
    wrong = trainer.post(address, data={"first_day": "2026-11-20", "last_day": "2027-02-05"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="last_day-error"' in wrong.text
    assert (
        trainer.post(address, data={"first_day": "2026-11-20", "last_day": "2026-12-20"}).status_code
        == HTTPStatus.FOUND
    )


def test_a_diagnosis_is_called_off_after_a_question(trainer: FlaskClient, scene: Scene) -> None:
    assert "Отменить диагностику?" in trainer.get(f"/diagnoses/{scene.campaign_id}/withdraw").text
    trainer.post(f"/diagnoses/{scene.campaign_id}/withdraw")
    session.expire_all()
    assert queries.campaign(scene.campaign_id).state is CampaignState.WITHDRAWN


def test_the_list_of_diagnoses_is_a_table_to_take_away(trainer: FlaskClient, scene: Scene) -> None:
    assert "Работа с неуспевающими" in trainer.get("/diagnoses").text
    book = openpyxl.load_workbook(io.BytesIO(trainer.get("/diagnoses.xlsx").data))
    assert [cell.value for cell in book.worksheets[1][2]][:3] == [
        "Работа с неуспевающими",
        "черновик",
        "Входная диагностика",
    ]


def pages(scene: Scene) -> list[str]:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), None)
    group = make.group(scene.trainer, scene.institute)
    session.commit()
    wave, campaign = f"/waves/{scene.entry}", f"/diagnoses/{scene.campaign_id}"
    return [
        campaign,
        *(f"{campaign}/{page}" for page in ("rules", "withdraw", "people/add", "people/upload")),
        *(
            f"{wave}/{page}"
            for page in (
                "people",
                "people.xlsx",
                "cards",
                "letters",
                "close",
                "dates",
                "turnout",
                "turnout.xlsx",
            )
        ),
        f"/seats/{queries_seat(scene)}",
        f"/groups/{group.id}",
        f"/groups/{group.id}/people/add",
    ]


def queries_seat(scene: Scene) -> str:
    from diagnostics.campaigns.queries.seats import seats_of_wave

    return seats_of_wave(scene.entry)[0].seat_id


def test_every_page_opens_for_the_owner_and_is_missing_for_a_stranger(
    trainer: FlaskClient, other_trainer: FlaskClient, scene: Scene
) -> None:
    for page in pages(scene):
        assert trainer.get(page).status_code == HTTPStatus.OK, page
        assert other_trainer.get(page).status_code == HTTPStatus.NOT_FOUND, page


def test_a_stranger_changes_nothing(other_trainer: FlaskClient, scene: Scene) -> None:
    pages(scene)
    seat = queries_seat(scene)
    for address in (
        f"/waves/{scene.entry}/open",
        f"/waves/{scene.entry}/close",
        f"/waves/{scene.entry}/invite",
        f"/waves/{scene.entry}/cards",
        f"/diagnoses/{scene.campaign_id}/withdraw",
        f"/seats/{seat}/message",
        f"/seats/{seat}/remove",
    ):
        assert other_trainer.post(address).status_code == HTTPStatus.NOT_FOUND, address


def test_nobody_is_sent_to_sign_in(app: Flask, scene: Scene) -> None:
    for page in ("/diagnoses", "/groups", "/turnout", "/instruments"):
        assert "/login" in app.test_client().get(page).location
