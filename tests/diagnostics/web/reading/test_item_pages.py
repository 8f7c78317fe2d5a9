"""«Как сработали задания»: the doubtful first, keys for those who may see keys, a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diagnostics import clock
from tests.support.diagnosis import TODAY
from tests.support.planted import PEOPLE, WRONG, Planted, planted
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def found(in_app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY):
        yield planted(PEOPLE, wrong_key=True)


def page(client: FlaskClient, found: Planted, person_id: str) -> str:
    sign_in(client, person_id)
    return client.get(f"/diagnoses/{found.campaign_id}/items").get_data(as_text=True)


def test_the_methodologist_sees_the_doubtful_key_first_and_the_key_itself(
    client: FlaskClient, found: Planted
) -> None:
    html = page(client, found, found.methodologist_id)
    assert html.index(WRONG) < html.index("M01")
    assert "ключ под вопросом" in html
    assert ">ключ</span>" in html


def test_the_trainer_sees_the_remark_and_no_key(client: FlaskClient, found: Planted) -> None:
    html = page(client, found, found.trainer_id)
    assert "ключ под вопросом" in html
    assert ">ключ</span>" not in html


def test_the_table_of_the_sheet_holds_every_item(client: FlaskClient, found: Planted) -> None:
    sign_in(client, found.trainer_id)
    answer = client.get(f"/waves/{found.wave_id}/items.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).worksheets[1]
    assert sheet.cell(2, 1).value == WRONG
    assert sheet.max_row == 1 + 24


def test_a_stage_without_results_has_no_table(client: FlaskClient, in_app: Flask) -> None:
    with clock.frozen(TODAY):
        made = planted(0, wrong_key=False)
        assert "ни одной работы не сдано" in page(client, made, made.trainer_id)
        assert client.get(f"/waves/{made.wave_id}/items.xlsx").status_code == 404
