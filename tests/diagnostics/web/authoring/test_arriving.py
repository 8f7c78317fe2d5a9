"""A file or a text becomes a draft, or goes into one: mended in place, taken as ticked, nothing unasked."""

from __future__ import annotations

import io
from http import HTTPStatus

import openpyxl
import pytest
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from instruments.formats.workbook import write_workbook
from tests.support import make
from tests.support.posting import posted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

TEXT = """1. С чего начать разбор?
А) С задания
Б) С ошибки
ОТВЕТ: Ж
КОМПЕТЕНЦИЯ: METH.3

2. Что дальше?
А) Повторить
Б) Спросить
ОТВЕТ: Б
КОМПЕТЕНЦИЯ: METH.3
"""


def read(client: FlaskClient, text: str) -> str:
    """Address of what was read."""
    answer = client.post("/instruments/new/text", data={"text": text})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    return answer.location


def test_a_text_is_mended_in_place_and_becomes_a_draft(methodologist: FlaskClient) -> None:
    address = read(methodologist, TEXT)
    page = methodologist.get(address).text
    assert "Нужно исправить 1 ошибку" in page
    form = posted(page[page.index('<form method="post" action="/instruments/new') :])
    assert "Создать черновик, исправить потом" in page
    assert page.count("войдёт, но с ошибкой") == 1
    (name,) = (name for name in form if name.startswith("fix:"))
    assert form[name] == "ОТВЕТ: Ж"
    again = methodologist.post(f"{address}/read", data={name: "ОТВЕТ: Б", "do": "again"}).text
    assert "Нужно исправить" not in again
    assert "Исправлено вами" in again
    made = methodologist.post(f"{address}/read", data={name: "ОТВЕТ: Б", "do": "create"})
    page = methodologist.get(made.location).text
    assert "С чего начать разбор?" in page
    body = drafts.draft(made.location.split("/")[3]).body
    assert [one["key"] for one in body["scoring"]["items"].values()] == ["b", "b"]


def test_a_question_with_a_wrong_key_goes_into_the_draft_without_its_key(methodologist: FlaskClient) -> None:
    made = methodologist.post(f"{read(methodologist, TEXT)}/read", data={"do": "create"})
    body = drafts.draft(made.location.split("/")[3]).body
    assert [one["text"]["ru"] for one in body["instrument"]["items"]] == [
        "С чего начать разбор?",
        "Что дальше?",
    ]
    assert [one.get("key") for one in body["scoring"]["items"].values()] == [None, "b"]
    assert "Нужно исправить" in methodologist.get(made.location).text


def test_the_file_comes_back_with_its_mistakes_marked(methodologist: FlaskClient) -> None:
    address = read(methodologist, TEXT)
    answer = methodologist.post(f"{address}/read", data={"do": "marked"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    notes = {cell.value: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert "ОТВЕТ: Ж" in notes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Вставьте текст или выберите файл"),
        ({"text": "   "}, "Вставьте текст или выберите файл"),
        ({"text": "ж" * 1_100_000}, "разделите работу на две"),
    ],
)
def test_what_is_no_text_is_told(methodologist: FlaskClient, data: dict[str, str], words: str) -> None:
    answer = methodologist.post("/instruments/new/text", data=data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"\x00\x01\x02", b"GIF89a" + b"x" * 50]
)
def test_a_file_that_is_no_workbook_is_told_on_its_page(methodologist: FlaskClient, content: bytes) -> None:
    data = {"file": (io.BytesIO(content), "x.xlsx")}
    answer = methodologist.post("/instruments/new/table", data=data)
    page = methodologist.get(answer.location)
    assert page.status_code == HTTPStatus.OK
    assert "Файл прочитать не удалось" in page.text
    assert "Создать черновик" not in page.text
    for do in ("create", "marked", "again"):
        assert methodologist.post(f"{answer.location}/read", data={"do": do}).status_code < 500


def test_what_arrived_is_its_owners_alone(methodologist: FlaskClient, trainer: FlaskClient) -> None:
    address = read(methodologist, TEXT)
    assert trainer.get(address).status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def test_a_draft_goes_out_and_comes_back_as_ticked_changes(
    methodologist: FlaskClient, region: OrgNode
) -> None:
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    author = make.staff(Role.METHODOLOGIST, region)
    draft = actions.create_from_version(version.id, node_id=region.id, actor_id=author.id)
    session.commit()
    address = f"/instruments/drafts/{draft.id}"
    for kind in ("xlsx", "ods", "csv", "txt", "yaml", "keys"):
        assert methodologist.get(f"{address}/export/{kind}").status_code == HTTPStatus.OK
    instrument = catalogue.instrument(version.id)
    scored = catalogue.scoring_of(version.id)
    assert scored is not None
    items = [
        one.model_copy(update={"title": {"ru": "Другое имя"}}) if one.code == "M04" else one
        for one in instrument.items
    ]
    changed = write_workbook(
        instrument.model_copy(update={"items": tuple(items)}), catalogue.scoring(scored.id)
    )
    answer = methodologist.post(f"{address}/import/table", data={"file": (io.BytesIO(changed), "w.xlsx")})
    page = methodologist.get(answer.location).text
    assert page.count(">изменится<") == 1
    assert "Другое имя" in page
    assert "без изменений" in page
    nothing = methodologist.post(f"{answer.location}/read", data={"do": "take"})
    assert nothing.status_code == HTTPStatus.SEE_OTHER
    session.expire_all()
    assert drafts.draft(draft.id).line.revision == 1
    methodologist.post(f"{answer.location}/read", data={"do": "take", "accept": "M04"})
    session.expire_all()
    titles = {one["code"]: one["title"]["ru"] for one in drafts.draft(draft.id).body["instrument"]["items"]}
    assert titles["M04"] == "Другое имя"
    assert drafts.draft(draft.id).line.revision == 2


def test_the_sample_table_is_read_without_a_mistake(methodologist: FlaskClient) -> None:
    assert "Скачать образец таблицы" in methodologist.get("/instruments/new/table").text
    sample = methodologist.get("/instruments/new/template.xlsx").data
    given = {"file": (io.BytesIO(sample), "образец.xlsx")}
    address = methodologist.post("/instruments/new/table", data=given).location
    assert "Нужно исправить" not in methodologist.get(address).text
