"""«Как сработали задания»: the doubtful first, keys for those who may see keys, a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.findings import queries as results
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import PEOPLE, WRONG, Planted, planted
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def found(app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY), begun(app, "a wrong key", lambda: planted(PEOPLE, wrong_key=True)) as made:
        yield made


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


def sheets(client: FlaskClient, found: Planted) -> dict[str, list[list[object]]]:
    """Name of each table → its rows, the head first."""
    sign_in(client, found.trainer_id)
    book = load_workbook(BytesIO(client.get(f"/waves/{found.wave_id}/items.xlsx").data))
    titles = [str(row[0].value) for row in book.worksheets[0].iter_rows() if row[0].value]
    names = [title.partition(": ")[2] for title in titles if title.startswith("Таблица")]
    return {
        name: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for name, sheet in zip(names, book.worksheets[1:], strict=True)
    }


def test_the_page_says_how_reliable_the_work_is_and_which_border_is_the_weakest(
    client: FlaskClient, found: Planted
) -> None:
    html = page(client, found, found.trainer_id)
    for words in (
        "Надёжность (альфа)",
        "Надёжность (омега)",
        "Погрешность результата",
        "Слабее всего граница",
    ):
        assert words in html
    assert "Трудность заданий ещё не оценена" in html
    assert "Одинаково ли работают задания" not in html


def test_the_sheet_holds_the_numbers_of_the_page(client: FlaskClient, found: Planted) -> None:
    html = page(client, found, found.trainer_id)
    tables = sheets(client, found)
    (reliability,) = tables["Надёжность работы"][1:]
    alpha = reliability[4]
    assert f">{alpha:.2f}".replace(".", ",") in html
    borders = tables["Точность решений по границам: вариант А"]
    assert borders[0][2] == "Верно отнесены, %"
    for row in borders[1:]:
        assert f'data-label="Верно отнесены, %">{row[2]}<' in html


def test_a_version_tells_its_methodologist_what_closed_stages_showed(
    client: FlaskClient, found: Planted
) -> None:
    sign_in(client, found.methodologist_id)
    version = results.of_wave(found.wave_id)[0].instrument_id
    before = client.get(f"/instruments/{version}").get_data(as_text=True)
    assert f"В открытых этапах сдано {PEOPLE} работ." in before
    assert "не меньше 30 работ" in before
    campaigns.close_wave(found.wave_id, found.trainer_id)
    after = client.get(f"/instruments/{version}").get_data(as_text=True)
    assert "Слабее всего граница" in after
    assert f"/diagnoses/{found.campaign_id}/items" in after


def test_a_trainer_reads_no_accuracy_on_the_page_of_a_version(client: FlaskClient, found: Planted) -> None:
    sign_in(client, found.trainer_id)
    version = results.of_wave(found.wave_id)[0].instrument_id
    assert "Насколько точны решения" not in client.get(f"/instruments/{version}").get_data(as_text=True)
