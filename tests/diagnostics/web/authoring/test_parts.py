"""Parts of a work by forms: sections, forms, matrices with their rows, cases with a picture, the plan, another type."""

from __future__ import annotations

import base64
import io
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import MultiDict

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from instruments.pictures import MOST_BYTES
from tests.support import make
from tests.support.posting import posted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def address(region: OrgNode) -> str:
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    author = make.staff(Role.METHODOLOGIST, region)
    made = actions.create_from_version(version.id, node_id=region.id, actor_id=author.id)
    session.commit()
    return f"/instruments/drafts/{made.id}"


def body(address: str) -> dict[str, Any]:
    session.expire_all()
    return drafts.draft(address.rsplit("/", 1)[-1]).body


def instrument(address: str) -> dict[str, Any]:
    found: dict[str, Any] = body(address)["instrument"]
    return found


def form_of(client: FlaskClient, address: str) -> MultiDict[str, str]:
    """The main form of a page: the one with a revision in it."""
    page = client.get(address).text
    start = page.rindex("<form", 0, page.index('name="base"'))
    return posted(page[start : page.index("</form>", start) + 7])


def added(client: FlaskClient, address: str, kind: str) -> str:
    answer = client.post(f"{address}/part/add", data={"kind": kind})
    return str(answer.location)


SECTION = "part?kind=section&code=METH&form=A"
FORM = "part?kind=form&code=A"


@pytest.mark.parametrize("page", [SECTION, FORM])
def test_a_part_as_it_stands_changes_nothing(methodologist: FlaskClient, address: str, page: str) -> None:
    before = body(address)
    methodologist.post(f"{address}/{page}", data=form_of(methodologist, f"{address}/{page}"))
    assert body(address) == before


def test_a_section_gets_a_condition_an_order_and_words(methodologist: FlaskClient, address: str) -> None:
    page = f"{address}/part?kind=section&code=EVAL&form=A"
    form = form_of(methodologist, page)
    form["shuffle"], form["order"], form["text.ru"] = "both", "free", "О проверке работ"
    form["show_if.0.item"] = "M04"
    methodologist.post(page, data=form)
    section = instrument(address)["forms"][0]["sections"][1]
    assert section["shuffle"] == "both"
    assert section["order"] == "free"
    assert section["text"] == {"ru": "О проверке работ"}
    assert section["show_if"] == "M04 answered"
    plan = methodologist.get(f"{address}/outline").text
    assert "Показать, если на задание „Задачи без образца“ дан ответ" in plan


def test_a_form_speaks_for_itself(methodologist: FlaskClient, address: str) -> None:
    page = f"{address}/{FORM}"
    form = form_of(methodologist, page)
    form["purpose.ru"], form["minutes"] = "Для входа", "35"
    methodologist.post(page, data=form)
    made = instrument(address)["forms"][0]
    assert (made["purpose"], made["minutes"]) == ({"ru": "Для входа"}, 35)


def test_a_wrong_number_comes_back_at_its_field(methodologist: FlaskClient, address: str) -> None:
    page = f"{address}/{FORM}"
    form = form_of(methodologist, page)
    form["minutes"] = "много"
    answer = methodologist.post(page, data=form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="minutes-error"' in answer.text
    assert 'value="много"' in answer.text


def test_a_matrix_is_made_with_its_scale_and_rows_on_one_page(
    methodologist: FlaskClient, address: str
) -> None:
    page = added(methodologist, address, "matrix")
    form = form_of(methodologist, page)
    form["text.ru"] = "На моих уроках"
    form["scale.0.ru"], form["scale.1.ru"] = "Никогда", "Всегда"
    form["rows.new1.ru"], form["rows.new1.competence"] = "ученики ставят цель", "METH.3"
    form["rows.new2.ru"] = "ученики спорят"
    methodologist.post(page, data=form)
    matrix = instrument(address)["matrices"][0]
    assert [point["text"]["ru"] for point in matrix["scale"]] == ["Никогда", "Всегда"]
    rows = [item for item in instrument(address)["items"] if item["type"] == "row"]
    assert [row["text"]["ru"] for row in rows] == ["ученики ставят цель", "ученики спорят"]
    assert {row["matrix"] for row in rows} == {matrix["code"]}
    assert body(address)["scoring"]["items"][rows[0]["code"]]["competences"] == {"METH.3": 1}
    asked = instrument(address)["forms"][-1]["sections"][-1]["items"]
    assert asked[-2:] == [row["code"] for row in rows]

    form = form_of(methodologist, page)
    form["up"] = f"rows.{rows[1]['code']}"
    methodologist.post(page, data=form)
    assert instrument(address)["forms"][-1]["sections"][-1]["items"][-2:] == asked[-2:][::-1]
    form = form_of(methodologist, page)
    form["remove"] = f"rows.{rows[0]['code']}"
    methodologist.post(page, data=form)
    assert [row["code"] for row in instrument(address)["items"] if row["type"] == "row"] == [rows[1]["code"]]


def test_a_matrix_with_rows_stays_and_one_without_goes(methodologist: FlaskClient, address: str) -> None:
    page = added(methodologist, address, "matrix")
    form = form_of(methodologist, page)
    form["rows.new1.ru"] = "ученики ставят цель"
    methodologist.post(page, data=form)
    assert methodologist.post(page, data={"do": "drop"}).status_code == HTTPStatus.NOT_FOUND
    other = added(methodologist, address, "matrix")
    methodologist.post(other, data={"do": "drop"})
    assert [one["code"] for one in instrument(address)["matrices"]] == ["matrix1"]


def photo(mode: str = "RGB", kind: str = "JPEG") -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((420, 300), 80).convert(mode).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG"), ("P", "PNG")])
def test_a_big_picture_of_a_case_is_made_small(
    methodologist: FlaskClient, address: str, mode: str, kind: str
) -> None:
    page = added(methodologist, address, "case")
    form: dict[str, Any] = dict(form_of(methodologist, page).items())
    form |= {"title.ru": "Письмо", "text.ru": "Текст", "image.alt.ru": "Шум"}
    form["image.file"] = (io.BytesIO(photo(mode, kind)), "photo")
    methodologist.post(page, data=form, content_type="multipart/form-data")
    image = instrument(address)["stimuli"][0]["image"]
    assert len(base64.b64decode(image["data"])) <= MOST_BYTES
    assert image["alt"] == {"ru": "Шум"}
    assert "data:image/jpeg;base64," in methodologist.get(page).text

    form = dict(form_of(methodologist, page).items())
    methodologist.post(page, data=form)
    assert instrument(address)["stimuli"][0]["image"] == image
    methodologist.post(page, data=form | {"image.gone": "1"})
    assert "image" not in instrument(address)["stimuli"][0]


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, photo()[:3000]])
def test_what_is_no_picture_is_told_and_the_words_stay(
    methodologist: FlaskClient, address: str, content: bytes
) -> None:
    page = added(methodologist, address, "case")
    form: dict[str, Any] = dict(form_of(methodologist, page).items())
    form |= {"title.ru": "Письмо", "image.file": (io.BytesIO(content), "x.png")}
    answer = methodologist.post(page, data=form, content_type="multipart/form-data")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Рисунок не читается" in answer.text
    assert "Письмо" in answer.text


@pytest.mark.parametrize(
    "page", ["part?kind=section&code=NO&form=A", "part?kind=x&code=A", "part", "retype?item=M04&type=x"]
)
def test_what_is_not_there_is_not_there(methodologist: FlaskClient, address: str, page: str) -> None:
    assert methodologist.get(f"{address}/{page}").status_code == HTTPStatus.NOT_FOUND


def test_the_plan_moves_items_and_sections_and_keeps_the_place(
    methodologist: FlaskClient, address: str
) -> None:
    sections = instrument(address)["forms"][0]["sections"]
    second = sections[0]["items"][1]
    data = {"item": second, "form": "A", "do": "up", "back": "plan"}
    answer = methodologist.post(f"{address}/arrange", data=data)
    assert answer.location == f"{address}/outline?at=A.{second}&do=up"
    page = methodologist.get(answer.location).text
    assert page.count("autofocus") == 1
    assert instrument(address)["forms"][0]["sections"][0]["items"][0] == second
    moved = {"form": "A", "section": sections[1]["code"], "do": "up"}
    methodologist.post(f"{address}/outline", data=moved)
    assert instrument(address)["forms"][0]["sections"][0]["code"] == sections[1]["code"]


def test_another_type_says_what_goes_and_then_goes_there(methodologist: FlaskClient, address: str) -> None:
    page = methodologist.get(f"{address}/retype?item=M04&type=likert").text
    for words in ("Что пропадёт", "Почему ключ верен", "Верный ответ", "Какие ошибки стоят за вариантами"):
        assert words in page
    assert instrument(address)["items"][0]["type"] == "single"
    methodologist.post(f"{address}/retype", data={"item": "M04", "type": "likert", "form": "A"})
    made = next(one for one in instrument(address)["items"] if one["code"] == "M04")
    assert made["type"] == "likert"
    assert [point["value"] for point in made["scale"]] == [1, 2, 3, 4]
    assert set(body(address)["scoring"]["items"]["M04"]) <= {"points", "competences", "cognitive"}


def test_critical_items_and_votes_are_sentences(methodologist: FlaskClient, address: str) -> None:
    page = f"{address}/settings"
    form = form_of(methodologist, page)
    form["critical.0.item"] = "M04"
    methodologist.post(page, data=form)
    form = form_of(methodologist, page)
    form["critical.0.effect"], form["critical.0.level"], form["critical.0.node"] = (
        "cap_level",
        "medium",
        "METH",
    )
    methodologist.post(page, data=form)
    rule = {"item": "M04", "below": 0.5, "effect": "cap_level", "node": "METH", "level": "medium"}
    assert body(address)["scoring"]["critical"] == [rule]
    before = body(address)
    methodologist.post(page, data=form_of(methodologist, page))
    assert body(address) == before
    form = form_of(methodologist, page)
    form["remove"] = "critical.0"
    methodologist.post(page, data=form)
    assert "critical" not in body(address)["scoring"]
