"""A draft gone through as a respondent: nothing is stored, no key travels, points are told with their reasons."""

from __future__ import annotations

from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from diagnostics.sittings.models import Sitting
from diagnostics.web.authoring.editing.structure import ROW
from diagnostics.web.authoring.editing.types import FORMS
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


def test_two_answers_and_their_trace(methodologist: FlaskClient, address: str) -> None:
    page = methodologist.get(f"{address}/preview").text
    body = drafts.draft(address.rsplit("/", maxsplit=1)[-1]).body
    keys = body["scoring"]["items"]
    codes = body["instrument"]["forms"][0]["sections"][0]["items"]
    for place, code in enumerate(codes[:2]):
        form = posted(page)
        wrong = next(one for one in "abcd" if one != keys[code]["key"])
        form["answer"] = wrong if place else keys[code]["key"]
        page = methodologist.post(f"{address}/preview", data={**form.to_dict(), "go": "next"}).text
        assert keys[code]["rationale"]["ru"] not in page
    form = posted(page)
    trace = methodologist.post(f"{address}/preview", data={**form.to_dict(), "go": "trace"}).text
    assert "Всего: 1 / " in trace
    assert "Верно." in trace
    assert "Неверно." in trace
    assert keys[codes[0]]["rationale"]["ru"][:30] in trace
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0


@pytest.mark.parametrize(
    "answers", ["", "[]", "{", '{"M04": "zz"}', '{"ZZ": "a"}', '{"M04": {"x": 1}}', "x" * 500_000]
)
def test_answers_that_nobody_gave_are_nothing(methodologist: FlaskClient, address: str, answers: str) -> None:
    answer = methodologist.post(f"{address}/preview", data={"answers": answers, "go": "trace", "place": "99"})
    assert answer.status_code == HTTPStatus.OK
    assert "Всего: 0 / " in answer.text


@pytest.mark.parametrize("view", ["phone", "computer", "print"])
def test_every_view_asks_and_gives_nothing_away(methodologist: FlaskClient, address: str, view: str) -> None:
    page = methodologist.get(f"{address}/preview?view={view}").text
    assert "Какое задание лучше дать" in page
    assert "Закрепляет зависимость" not in page
    assert methodologist.get(f"{address}/preview?view={view}&form=ZZ").status_code == HTTPStatus.NOT_FOUND


def test_settings_are_saved_and_a_page_as_it_stands_changes_nothing(
    methodologist: FlaskClient, address: str
) -> None:
    page = methodologist.get(f"{address}/settings").text
    form = posted(page[page.index('<form method="post" class="section editor-form"') :])
    before = drafts.draft(address.rsplit("/", maxsplit=1)[-1])
    methodologist.post(f"{address}/settings", data=form)
    session.expire_all()
    assert drafts.draft(before.id).body == before.body
    form["minutes"], form["forms.A.S1.ru"] = "55", "Новый раздел"
    form.add("languages", "en")
    methodologist.post(f"{address}/settings", data=form)
    session.expire_all()
    after = drafts.draft(before.id).body["instrument"]
    assert after["minutes"] == 55
    assert after["languages"] == ["ru", "en"]
    assert after["forms"][0]["sections"][-1] == {"code": "S1", "title": {"ru": "Новый раздел"}, "items": []}
    assert "по-английски" in methodologist.get(f"{address}/edit").text


@pytest.mark.parametrize(
    ("field", "value"), [("minutes", "сорок"), ("minutes", "0"), ("title.ru", "ж" * 20_001)]
)
def test_settings_that_cannot_be_stay_on_the_page(
    methodologist: FlaskClient, address: str, field: str, value: str
) -> None:
    page = methodologist.get(f"{address}/settings").text
    form = posted(page[page.index('<form method="post" class="section editor-form"') :])
    form[field] = value
    answer = methodologist.post(f"{address}/settings", data=form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert value in answer.text
    assert "Исправьте ошибку" in answer.text


def test_an_empty_item_of_every_type_can_be_looked_at(methodologist: FlaskClient, address: str) -> None:
    for kind in sorted(
        set(FORMS) - {ROW}, key="table".__eq__
    ):  # the table last: its page is one without a file
        form = {"do": "add", "item": "M03", "form": "A", "type": kind}
        made = methodologist.post(f"{address}/arrange", data=form)
        assert methodologist.get(made.location).status_code == HTTPStatus.OK, kind
        code = made.location.split("item=")[1].split("&")[0].split("#")[0]
        for view in () if kind == "table" else ("phone", "print"):
            page = methodologist.get(f"{address}/preview?item={code}&form=A&view={view}")
            assert page.status_code == HTTPStatus.OK, (kind, view)
        back = methodologist.post(f"{address}/preview", data={"form": "A", "go": "trace", "answers": ""})
        assert back.status_code == HTTPStatus.OK, kind
