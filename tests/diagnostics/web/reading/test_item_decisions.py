"""Keep, revise, drop beside the figures of a task: only at one's own place, only with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diagnostics import clock
from diagnostics.findings import queries as results
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import PEOPLE, WRONG, Planted, planted
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
REVISE = {"item": WRONG, "verdict": "revise", "reason": "Верны оба варианта: уточнить условие"}


@pytest.fixture
def found(app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY), begun(app, "a wrong key", lambda: planted(PEOPLE, wrong_key=True)) as made:
        yield made


@pytest.fixture
def author(client: FlaskClient, found: Planted) -> FlaskClient:
    sign_in(client, found.methodologist_id)
    return client


def test_a_decision_stands_beside_the_task_on_the_version_and_in_the_file(
    author: FlaskClient, found: Planted
) -> None:
    answer = author.post(f"/waves/{found.wave_id}/items/decision", data=REVISE)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.location.endswith(f"#{found.wave_id}-{WRONG}")
    page = author.get(f"/diagnoses/{found.campaign_id}/items").text
    assert "решено: пересмотреть" in page
    assert "Ким Павел Андреевич: пересмотреть. «Верны оба варианта" in page
    version = results.of_wave(found.wave_id)[0].instrument_id
    for address in (f"/instruments/{version}", f"/instruments/{version}/pilot"):
        assert REVISE["reason"] in author.get(address).text
    book = load_workbook(BytesIO(author.get(f"/waves/{found.wave_id}/items.xlsx").data))
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert cells.count(REVISE["reason"]) == 2
    assert "Журнал решений" in " ".join(str(cell) for cell in cells)


def test_a_task_to_revise_opens_in_the_next_draft(author: FlaskClient, found: Planted) -> None:
    author.post(f"/waves/{found.wave_id}/items/decision", data=REVISE)
    page = author.get(f"/diagnoses/{found.campaign_id}/items").text
    action = re.search(r'action="(/instruments/[^"]+/draft)"', page)
    assert action is not None
    answer = author.post(action.group(1), data={"item": WRONG})
    assert answer.location.endswith(f"/edit?item={WRONG}")
    assert author.get(answer.location).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": " "}, "Напишите, почему так решено"),
        ({"verdict": ""}, "Выберите решение"),
        ({"verdict": "burn"}, "Выберите решение"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    author: FlaskClient, found: Planted, typed: dict[str, str], words: str
) -> None:
    answer = author.post(f"/waves/{found.wave_id}/items/decision", data=REVISE | typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text
    assert "решено: пересмотреть" not in answer.text
    kept = "checked" if typed.get("reason") else REVISE["reason"]
    assert kept in answer.text


def test_a_trainer_reads_and_does_not_decide(client: FlaskClient, found: Planted) -> None:
    sign_in(client, found.trainer_id)
    assert "Сохранить решение" not in client.get(f"/diagnoses/{found.campaign_id}/items").text
    answer = client.post(f"/waves/{found.wave_id}/items/decision", data=REVISE)
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_task_without_remarks_opens_when_asked(author: FlaskClient, found: Planted) -> None:
    address = f"/diagnoses/{found.campaign_id}/items"
    assert f"{found.wave_id}-M01-reason" not in author.get(address).text
    assert f"{found.wave_id}-M01-reason" in author.get(f"{address}?open=M01").text


def test_the_page_says_that_answers_of_one_moment_have_no_times(author: FlaskClient, found: Planted) -> None:
    assert "Времени по заданиям нет" in author.get(f"/diagnoses/{found.campaign_id}/items").text


def test_the_map_of_tasks_stands_with_its_table(author: FlaskClient, found: Planted) -> None:
    page = author.get(f"/diagnoses/{found.campaign_id}/items").text
    assert f"{WRONG}: проверьте ключ" in page
    assert "Решаемость и различающая способность" in page
