"""Organisations by Excel: what is downloaded comes back; mistakes by row; good rows only on request."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.files import actions as files
from diagnostics.people.models import NodeKind, OrgNode, Role, RoleGrant
from tests.support import make
from tests.support.sign_in import sign_in

HEAD = "Что это;Регион;Муниципалитет;Код;Полное название;Короткое название;Часовой пояс"


@pytest.fixture
def region(in_app: Flask, client: FlaskClient) -> OrgNode:
    """A region with a district and a school; its administrator is signed in."""
    made = make.region()
    make.school(make.municipality(made), code="0012")
    sign_in(client, make.staff(Role.ADMINISTRATOR, made).id)
    session.rollback()
    return made


def _send(client: FlaskClient, *lines: str, content: bytes | None = None) -> str:
    """Upload; the address of the check page."""
    body = content if content is not None else "\n".join((HEAD, *lines)).encode()
    answer = client.post("/admin/places/upload", data={"file": (io.BytesIO(body), "Школы.csv")})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def _places() -> dict[str, OrgNode]:
    session.expire_all()
    found = {one.name: one for one in session.scalars(sa.select(OrgNode))}
    session.rollback()
    return found


def test_what_was_downloaded_comes_back_without_a_change(region: OrgNode, client: FlaskClient) -> None:
    page = client.get(_send(client, content=client.get("/admin/places.xlsx").data)).text
    assert "Всё уже стоит так, как в файле" in page
    assert "В файле нет" not in page


def test_nothing_is_written_before_it_is_asked_for(region: OrgNode, client: FlaskClient) -> None:
    address = _send(client, "школа;;Приозёрный район;0040;Школа № 40;;")
    assert "Записать 1 изменение" in client.get(address).text
    assert "Школа № 40" not in _places()
    assert client.post(f"{address}/apply").headers["Location"] == "/admin/places"
    added = _places()["Школа № 40"]
    assert (added.code, added.kind) == ("0040", NodeKind.SCHOOL)


def test_good_rows_are_taken_and_bad_ones_named_by_their_row(region: OrgNode, client: FlaskClient) -> None:
    address = _send(
        client,
        "муниципалитет;;;;Лесной район;;",
        "школа;;Лесной район;0041;Школа № 41;;",
        "школа;;Нигде;0042;Школа № 42;;",
        "школа;;Приозёрный район;0012;Школа № 12 имени Ушинского;;Asia/Omsk",
    )
    page = client.get(address).text
    assert "Записать 3 строк без ошибок" in page or "Записать 3 строки без ошибок" in page
    assert "Такого места нет ни в системе, ни в этом файле" in page
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/mistakes.xlsx").data)).worksheets[1]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [4]
    client.post(f"{address}/apply")
    places = _places()
    assert places["Школа № 41"].parent_id == places["Лесной район"].id
    assert places["Школа № 12 имени Ушинского"].zone == "Asia/Omsk"
    assert "Школа № 42" not in places
    assert "Приозёрный район" in places
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "places.load")).one()
    assert row.note == "2 new, 1 changed"


def test_a_file_taken_twice_does_its_work_once(region: OrgNode, client: FlaskClient) -> None:
    address = _send(client, "школа;;Приозёрный район;0040;Школа № 40;;")
    client.post(f"{address}/apply")
    again = client.post(f"{address}/apply")
    assert again.status_code == 422
    assert "всё уже стоит так" in again.text
    assert len([name for name in _places() if name == "Школа № 40"]) == 1


def test_a_moved_school_takes_its_people_along(region: OrgNode, client: FlaskClient) -> None:
    region_id = region.id
    address = _send(client, "муниципалитет;;;;Лесной район;;", "школа;;Лесной район;0012;Школа № 12;;")
    client.post(f"{address}/apply")
    places = _places()
    assert places["Школа № 12"].path == f"/{region_id}/{places['Лесной район'].id}/{places['Школа № 12'].id}/"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file"),
        ("ФИО;Школа\nСоколова;12".encode(), "нет строки с названиями столбцов"),
        (b"\xd0\xcf\x11\xe0 old", "file"),
        (b"PK\x03\x04 broken", "file"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    region: OrgNode, client: FlaskClient, content: bytes, words: str
) -> None:
    answer = client.post("/admin/places/upload", data={"file": (io.BytesIO(content), "x.xlsx")})
    assert answer.status_code == 422
    assert words in answer.text
    assert "field-error" in answer.text


def test_a_file_of_somebody_else_or_of_another_kind_is_not_there(
    region: OrgNode, client: FlaskClient, in_app: Flask
) -> None:
    config: Config = in_app.extensions["orientir"]
    me = session.scalars(sa.select(RoleGrant.person_id)).one()
    for owner, purpose in (("somebody else", "places"), (me, "report")):
        kept = files.store(
            config.files_dir,
            name="x.csv",
            media_type="x",
            content=HEAD.encode(),
            purpose=purpose,
            owner_id=owner,
            days=7,
        )
        address = f"/admin/places/upload/{kept.id}"
        session.commit()
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/mistakes.xlsx").status_code == 404
        assert client.post(f"{address}/apply").status_code == 404


def test_a_code_of_another_region_is_a_mistake_that_names_nobody(
    region: OrgNode, client: FlaskClient
) -> None:
    make.school(make.region("Соседняя область"), name="Тайная школа", code="7777")
    session.commit()
    page = client.get(_send(client, "школа;;Приозёрный район;7777;Школа № 40;;")).text
    assert "Такой код уже есть у другой организации" in page
    assert "Тайная школа" not in page


def test_when_the_file_is_gone_one_is_told_so(region: OrgNode, client: FlaskClient, in_app: Flask) -> None:
    address = _send(client, "школа;;Приозёрный район;0040;Школа № 40;;")
    config: Config = in_app.extensions["orientir"]
    Path(config.files_dir, address.rsplit("/", 1)[-1]).unlink()
    assert client.get(address).status_code == 410


def test_a_list_that_the_screen_cuts_is_given_whole(region: OrgNode, client: FlaskClient) -> None:
    lines = [f"школа;;Приозёрный район;{1000 + one};Школа № {1000 + one};;" for one in range(201)]
    address = _send(client, *lines)
    page = client.get(address).text
    assert "Показаны первые 200" in page
    assert "Школа № 1200" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?excel=work").data))
    assert [row[1].value for row in book.worksheets[1].iter_rows(min_row=2)][-1] == "Школа № 1200"


def test_what_looks_like_a_formula_stays_a_text(region: OrgNode, client: FlaskClient) -> None:
    address = _send(client, '"школа";;Приозёрный район;0050;"=1+1";;')
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?excel=work").data))
    cell = book.worksheets[1]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_table_with_a_file_of_its_own_has_no_second_one(region: OrgNode, client: FlaskClient) -> None:
    assert "excel=places" not in client.get("/admin/places").text
    assert client.get("/admin/places?excel=places").status_code == 404
