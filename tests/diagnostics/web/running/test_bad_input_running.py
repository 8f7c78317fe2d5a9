"""Diagnoses, lists and downloads under hostile input: words stay words, dates are possible, roles are not taken."""

from __future__ import annotations

import io
from http import HTTPStatus

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient
from markupsafe import escape
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.database import session
from diagnostics.files import queries as files
from diagnostics.files.models import StoredFile
from diagnostics.outbox.models import Letter
from diagnostics.people.models import Account, OrgNode, Person, PersonalData, RoleGrant
from tests.support import make
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due
from tests.support.spreadsheets import workbook

TYPED = "{{7*7}}{% for %}${7*7} %s%n %(title)s {0.__class__} <b>"
FORMULAS = ("=1+1", "+7 900 000-00-00", "-2", "@x", "＝1", '"=1')


@pytest.fixture
def titled(trainer: FlaskClient, scene: Scene) -> Scene:
    """The diagnosis bears words that engines of templates and formats would run."""
    saved = trainer.post(
        f"/diagnoses/{scene.campaign_id}/rules", data={"title": TYPED, "sees": "self", "tutor": ""}
    )
    assert saved.status_code == HTTPStatus.FOUND, saved.text
    person = make.person("О’Коннор Мэри", at=scene.school, email="m@example.org")
    actions.seat_audience(scene.campaign_id, [person.id], None)
    actions.open_wave(scene.entry, None)
    session.commit()
    return scene


def test_a_title_is_shown_as_typed_on_every_page(trainer: FlaskClient, titled: Scene) -> None:
    wave = f"/waves/{titled.entry}"
    of_it = f"/diagnoses/{titled.campaign_id}"
    for address in (
        "/diagnoses",
        of_it,
        f"{of_it}/rules",
        f"{of_it}/growth",
        f"{wave}/people",
        f"{wave}/letters",
        f"{wave}/turnout",
    ):
        text = _plain(trainer, address)
        assert str(escape(TYPED)) in text, address
        assert TYPED not in text, address


def _plain(client: FlaskClient, address: str) -> str:
    """The page past the reader of pages, which takes «{{» for a forgotten template: a person typed it here."""
    cookie = client.get_cookie("orientir")
    assert cookie is not None
    bare = FlaskClient(client.application, client.application.response_class)
    bare.set_cookie("orientir", cookie.value)
    g.pop("actor", None)
    g.pop("_login_user", None)
    return bare.get(address).text


def test_a_title_is_shown_as_typed_in_letters(trainer: FlaskClient, titled: Scene) -> None:
    trainer.post(f"/waves/{titled.entry}/invite")
    session.expire_all()
    (letter,) = session.scalars(sa.select(Letter))
    assert TYPED in letter.text
    assert "&lt;" not in letter.subject + letter.text


def test_a_title_is_shown_as_typed_in_downloads(trainer: FlaskClient, titled: Scene, app: Flask) -> None:
    for wanted in ("pdf", "xlsx"):
        trainer.post(f"/waves/{titled.entry}/cards", data={"format": wanted, "school": ""})
    session.rollback()
    run_due(app)
    session.expire_all()
    folder = app.extensions["orientir"].files_dir
    said = {}
    for stored in session.scalars(sa.select(StoredFile)):
        content = files.bytes_path(folder, stored.id).read_bytes()
        kind = "pdf" if content.startswith(b"%PDF") else "xlsx"
        said[kind] = (
            _words_of(content) if kind == "xlsx" else PdfReader(io.BytesIO(content)).pages[0].extract_text()
        )
    said["list"] = _words_of(trainer.get("/diagnoses.xlsx").data)
    assert set(said) == {"pdf", "xlsx", "list"}
    for kind, text in said.items():
        assert "".join(TYPED.split()) in "".join(text.split()), kind


def _words_of(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(
        unescape(str(cell.value)) for sheet in book for row in sheet.rows for cell in row if cell.value
    )


def test_no_download_holds_a_formula_and_names_come_out_as_they_are(
    trainer: FlaskClient, scene: Scene
) -> None:
    people = []
    for formula in FORMULAS:
        person = make.person("Имя Имя", at=scene.school)
        session.get_one(PersonalData, person.id).surname = formula
        session.get_one(PersonalData, person.id).phone = formula
        people.append(person.id)
    scene.school.name = scene.school.short_name = "=2+2"
    session.flush()
    group = make.group(scene.trainer, scene.institute, title="=3+3", members=tuple(people))
    actions.seat_audience(scene.campaign_id, people, None)
    session.commit()
    trainer.post(f"/diagnoses/{scene.campaign_id}/rules", data={"title": "=4+4", "sees": "self", "tutor": ""})
    actions.open_wave(scene.entry, None)
    session.commit()
    wave = f"/waves/{scene.entry}"
    named = {f"/groups/{group.id}/members.xlsx", f"{wave}/people.xlsx"}
    plain = {
        f"{wave}/turnout.xlsx",
        "/diagnoses.xlsx",
        "/resources.xlsx",
        "/account/data.xlsx",
    }
    for address in named | plain:
        answer = trainer.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        kinds = {cell.data_type for sheet in book for row in sheet.rows for cell in row}
        assert "f" not in kinds, address
        if address in named:
            words = _words_of(answer.data)
            assert [one for one in FORMULAS if one not in words] == [], address


LIST = (
    ("ФИО", "Школа", "Почта", "Роль"),
    ("Новая Ольга Сергеевна", "Школа № 12", "", "admin"),
    ("Новая Ольга Сергеевна", "Школа № 12", "", ""),
    ("Сидорова Анна Ильинична", "Школа № 99", "", ""),
    ("Иванов Иван, Петров Пётр", "Школа № 12", "", ""),
    ("Козлова Вера Ильинична", "Школа № 12", "a@b\r\nBcc:c", ""),
)


def people_and_rights() -> list[int]:
    session.rollback()
    tables: tuple[type[Person | Account | RoleGrant | OrgNode], ...] = (Person, Account, RoleGrant, OrgNode)
    return [session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables]


def test_each_mistake_of_a_list_has_its_row_and_only_good_rows_are_applied_on_request(
    trainer: FlaskClient, scene: Scene
) -> None:
    before = people_and_rights()
    address = f"/diagnoses/{scene.campaign_id}/people/upload"
    sent = trainer.post(address, data={"file": (io.BytesIO(workbook(LIST)), "list.xlsx")})
    report = sent.location
    assert people_and_rights() == before
    book = openpyxl.load_workbook(io.BytesIO(trainer.get(f"{report}/mistakes.xlsx").data))
    told = [tuple(cell.value for cell in row[:3]) for row in book.worksheets[1].iter_rows(min_row=2)]
    assert {row[0] for row in told} >= {3, 4, 5, 6}
    assert all(row[2] for row in told)
    trainer.post(f"{report}/apply")
    assert people_and_rights() == [before[0] + 1, *before[1:]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Школа", "Почта"), ("Школа № 12", "")], "ФИО"),
        ([("ФИО", "Почта"), ("Новая Ольга", "")], "Школа"),
        ([("ФИО", "ФИО", "Школа"), ("Новая Ольга", "Новая Ольга", "Школа № 12")], "ФИО"),
    ],
    ids=["no names", "no school", "names twice"],
)
def test_a_list_with_a_wrong_header_is_refused_whole(
    trainer: FlaskClient, scene: Scene, rows: list[tuple[str, ...]], words: str
) -> None:
    before = people_and_rights()
    answer = trainer.post(
        f"/diagnoses/{scene.campaign_id}/people/upload",
        data={"file": (io.BytesIO(workbook(rows)), "list.xlsx")},
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text
    assert people_and_rights() == before


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("31.02.2026", "2026-12-01", "first_day"),
        ("2026-11-20", "0001-01-01", "last_day"),
        ("2026-11-20", "9999-12-31", "last_day"),
        ("0000-01-01", "2026-12-01", "first_day"),
        ("10000-01-01", "2026-12-01", "first_day"),
        ("2026-11-20", "2026-11-19", "last_day"),
        ("2026-11-20", "", "last_day"),
        ("вчера", "2026-12-01", "first_day"),
    ],
)
def test_an_impossible_window_is_said_at_its_field_and_nothing_moves(
    trainer: FlaskClient, scene: Scene, first: str, last: str, field: str
) -> None:
    before = queries.campaign(scene.campaign_id).waves
    answer = trainer.post(f"/waves/{scene.entry}/dates", data={"first_day": first, "last_day": last})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="{field}-error"' in answer.text
    session.expire_all()
    assert queries.campaign(scene.campaign_id).waves == before


@pytest.mark.parametrize("factor", ["0", "-1", "1000000", "NaN", "1e309", ""])
def test_impossible_extra_time_is_refused(trainer: FlaskClient, scene: Scene, factor: str) -> None:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), None)
    session.commit()
    (seat,) = seats_of_wave(scene.entry)
    answer = trainer.post(f"/seats/{seat.seat_id}/time", data={"factor": factor})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    session.expire_all()
    assert seats_of_wave(scene.entry) == [seat]
