from __future__ import annotations

import io

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diagnostics.database import session
from diagnostics.people.models import Person
from diagnostics.upkeep import own_data
from diagnostics.web.account.words import COLUMNS, SECTIONS
from tests.support import make
from tests.support.sign_in import sign_in


def _teacher(surname: str = "Соколова") -> Person:
    teacher = make.person(f"{surname} Анна Петровна", at=make.school(make.region()), email="a@example.org")
    make.account(teacher)
    session.commit()
    return teacher


def test_the_page_lists_what_is_held(client: FlaskClient, in_app: Flask) -> None:
    sign_in(client, _teacher().id)
    page = client.get("/account/data").text
    assert all(title in page for title in ("Места работы", "Ответы", "Скачать в Excel"))


def test_the_json_file_is_the_persons_own(client: FlaskClient, in_app: Flask) -> None:
    sign_in(client, _teacher().id)
    answer = client.get("/account/data.json")
    assert answer.json is not None
    assert answer.json["person"][0]["surname"] == "Соколова"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_spreadsheet_has_a_sheet_a_section_and_no_formula(client: FlaskClient, in_app: Flask) -> None:
    sign_in(client, _teacher("=1+1").id)
    book = load_workbook(io.BytesIO(client.get("/account/data.xlsx").data))
    assert len(book.sheetnames) == 1 + len(SECTIONS)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_nobody_gets_the_data_without_signing_in(client: FlaskClient, in_app: Flask) -> None:
    for address in ("/account/data", "/account/data.xlsx"):
        assert client.get(address).status_code == 302


def test_every_section_and_column_has_a_name(in_app: Flask) -> None:
    found = own_data.collect(_teacher().id)
    assert {section.code for section in found} == set(SECTIONS)
    assert {column for section in found for column in section.columns} <= set(COLUMNS)
