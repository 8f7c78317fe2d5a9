"""The zones page and its files: who sees what, and that nothing of a hidden group stands anywhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree as ET

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, writing
from diagnostics.people.models import OrgNode, Role
from tests.support import assessment, make
from tests.support.assessment import PARENT, WORDS, Scene
from tests.support.jobs import run_due
from tests.support.kept import filled, kept
from tests.support.sign_in import sign_in as enter


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(assessment.TODAY):
        yield


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    """A writing context that is over before the next request: two readers of one test share nothing."""
    with app.app_context(), writing():
        yield
        session.commit()


def run_jobs(app: Flask) -> None:
    with app.app_context():
        run_due(app)


def launched(app: Flask, parents: int = 4) -> Scene:
    """The journey of a school with few parents, still open; one without parents stands beside another school."""

    def make() -> Scene:
        found = assessment.scene()
        assessment.usual(found, parents=parents)
        return found

    return kept(app, f"zones {parents}", make) if parents else filled(app, make)


@pytest.fixture
def autumn(app: Flask) -> Scene:
    return launched(app)


@pytest.fixture
def closed(app: Flask, autumn: Scene) -> Scene:
    with inside(app):
        assessment.close(autumn)
    run_jobs(app)
    return autumn


def staff(app: Flask, role: Role, at: OrgNode) -> str:
    with inside(app):
        return make.staff(role, at, "Орлова Вера Павловна").id


def sign_in(app: Flask, client: FlaskClient, person_id: str) -> None:
    with inside(app):
        enter(client, person_id)


def zones(at: Scene, tail: str = "") -> str:
    return f"/school/sa/{at.campaign_id}/zones{tail}"


def texts_of(content: bytes, kind: str) -> str:
    """All that a reader of the file can find in it."""
    if kind == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    parts = zipfile.ZipFile(io.BytesIO(content))
    return " ".join(
        " ".join(ET.fromstring(parts.read(name)).itertext())  # noqa: S314 - our own file
        for name in parts.namelist()
        if name.endswith(".xml")
    )


def document(app: Flask, client: FlaskClient, at: Scene, kind: str) -> bytes:
    """A file of the zones: tables at once, documents by the job that its reader ordered."""
    if kind == "xlsx":
        return bytes(client.get(zones(at, ".xlsx")).data)
    ordered = client.post(zones(at, f"/{kind}"))
    assert ordered.status_code == 302
    run_jobs(app)
    ready = re.search(r'href="(/files/[^"]+)"', client.get(ordered.location).text)
    assert ready is not None, kind
    with client.get(ready[1]) as answer:  # closes the stored file
        return bytes(answer.data)


def test_while_answers_are_collected_only_the_turnout_is_shown(
    app: Flask, client: FlaskClient, autumn: Scene
) -> None:
    sign_in(app, client, autumn.lead.id)
    page = client.get(zones(autumn))
    assert page.status_code == 200
    for said in ("12 из 14", "48 из 60", "4 из 30", "3 человека, один лист", "Пока видна только явка"):
        assert said in page.text
    assert "Безопасность" not in page.text
    for refused in (
        client.get(zones(autumn, ".xlsx")),
        client.post(zones(autumn, "/pdf")),
        client.post(zones(autumn, "/docx")),
    ):
        assert refused.status_code == 409
        assert "Сбор ответов ещё идёт" in refused.text


def test_after_the_closing_four_zones_without_an_index(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    sign_in(app, client, closed.lead.id)
    page = client.get(zones(closed)).text
    for said in (
        "Ответов родителей мало: общий вывод не делаем",
        "скрыто: ответов меньше 5",
        "Планирование и организация обучения",
        "Поддержка и мотивация учащихся",
        "Школьный климат и уклад",
        "Методическая работа",
        "индекс не считаем: он выдал бы скрытое",
        "общий индекс выдал бы ответы скрытой группы",
        "1 ответ ждёт проверки",
        "Учителя: ответов 12. Написанное своими словами показываем, когда их не меньше 20",
    ):
        assert said in page.replace("\u00a0", " "), said


#: Sentences that may speak of parents: явка, the hiding and its reasons, titles and statements of the questionnaires.
def _about_parents(text: str) -> list[str]:
    return re.findall(r"родител\w*[^а-яё]{0,40}\d+(?:[,.]\d+)?", " ".join(text.split()), flags=re.IGNORECASE)


def test_nothing_about_hidden_parents_but_the_turnout_stands_on_any_page_or_file(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    sign_in(app, client, closed.lead.id)
    shown = {"page": client.get(zones(closed)).text}
    for kind in ("xlsx", "pdf", "docx"):
        shown[kind] = texts_of(document(app, client, closed, kind), kind)
    for place, text in shown.items():
        plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        assert WORDS[PARENT] not in plain, place
        assert "4 из 30" in plain, place
        allowed = re.compile(r"(4 из 30|меньше 5|не меньше 5)")
        for found in _about_parents(plain):
            after = plain[plain.index(found) : plain.index(found) + len(found) + 20]
            assert allowed.search(after), (place, after)


def test_the_hidden_group_changes_no_byte_of_any_file(app: Flask, client: FlaskClient, closed: Scene) -> None:
    """The same school whose four parents say «да» to everything: page and files are the same but for codes."""
    other = app.test_client()
    twin = launched(app, parents=0)
    with inside(app):
        assessment.answer(twin, PARENT, 4, lambda *_: 4, texts=["совсем другие слова"])
        assessment.close(twin)
    run_jobs(app)
    sign_in(app, client, closed.lead.id)
    sign_in(app, other, twin.lead.id)
    for kind in ("xlsx", "docx"):
        one, two = (
            re.sub(
                r"школа \d+|school \d+|Код проверки\s+\S+",
                "",
                texts_of(document(app, who, at, kind), kind),
            )
            for who, at in ((client, closed), (other, twin))
        )
        assert one == two, kind


def pages_from(client: FlaskClient, start: str) -> dict[str, str]:
    """Every page that a link leads to from here: address → text, both without ids and secrets."""
    waiting, found = [start], {}
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in found or re.search(r"logout|\?lang|\.(pdf|docx|xlsx)$|/static/", address):
            continue
        answer = client.get(address)
        found[address] = answer.text if answer.mimetype == "text/html" else ""
        waiting += re.findall(r'href="(/[^"]*)"', found[address])
    return {plain(address): plain(text) for address, text in found.items()}


def plain(text: str) -> str:
    """Without what differs between any two schools: ids, codes, links, tokens."""
    text = re.sub(r"\b[0-9a-z]{14}\b|(?<=/r/)[0-9a-z]+|value=\"[^\"]{20,}\"", "…", text)
    return re.sub(r"Код проверки\s+\S+|\b[0-9]{6}\b", "…", text)


def test_no_page_that_the_school_or_its_district_can_reach_knows_what_the_hidden_group_said(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    twin = launched(app, parents=0)
    with inside(app):
        assessment.answer(twin, PARENT, 4, lambda *_: 4, texts=["совсем другие слова"])
        assessment.close(twin)
    run_jobs(app)
    read = []
    for at in (closed, twin):
        found: dict[str, str] = {}
        for role, start in (
            (at.lead.id, "/"),
            (staff(app, Role.MUNICIPAL_COORDINATOR, at.municipality), "/region/zones"),
        ):
            reader = app.test_client()
            sign_in(app, reader, role)
            found |= pages_from(reader, start)
        read.append(found)
    assert any(address.endswith("/zones") for address in read[0])
    assert any("collect" in address for address in read[0])
    assert read[0].keys() == read[1].keys()
    for address, text in read[0].items():
        assert text == read[1][address], address
        assert WORDS[PARENT] not in text


def test_with_enough_parents_the_page_names_the_order(app: Flask, client: FlaskClient, autumn: Scene) -> None:
    with inside(app):
        assessment.answer(autumn, PARENT, 3, assessment.spread(2.5))
        assessment.close(autumn)
    run_jobs(app)
    sign_in(app, client, autumn.lead.id)
    page = client.get(zones(autumn)).text
    assert "Приоритет = важность × разрыв : 100" in page
    assert re.search(r"Поряд\w+ [\d–, и]+мест неустойчив|Порядок мест устойчив", page)
    assert "скрыто" not in page
    book = texts_of(client.get(zones(autumn, ".xlsx")).data, "xlsx")
    assert "С чего начать" in book


def test_those_above_see_the_zones_only_when_the_school_opened_them(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    district = app.test_client()
    sign_in(app, district, staff(app, Role.MUNICIPAL_COORDINATOR, closed.municipality))
    assert district.get(zones(closed)).status_code == 404
    assert district.get(zones(closed, ".xlsx")).status_code == 404
    assert "Пока ни одна школа" in district.get("/region/zones").text

    sign_in(app, client, closed.lead.id)
    assert client.post(zones(closed, "/open")).status_code == 302
    page = district.get(zones(closed)).text
    assert "Взять в отчёт" in page
    assert WORDS["teacher"] not in page
    assert "Уроки начинаются вовремя" not in page
    assert "Уроки начинаются вовремя" not in texts_of(district.get(zones(closed, ".xlsx")).data, "xlsx")
    assert closed.school.short_name in district.get("/region/zones").text

    assert client.post(zones(closed, "/close")).status_code == 302
    assert district.get(zones(closed)).status_code == 404
    assert district.post(zones(closed, "/take")).status_code == 404

    client.post(zones(closed, "/open"))
    assert district.post(zones(closed, "/take")).status_code == 302
    refused = client.post(zones(closed, "/close"))
    assert refused.status_code == 409
    assert "стоят в отчёте" in refused.text
    assert "Приозёрный район" in client.get(zones(closed)).text


def test_a_foreign_school_and_a_foreign_district_meet_nothing(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    with inside(app):
        foreign = make.municipality(closed.region, "Дальний район")
        school = make.school(foreign, "Школа № 99")
        people = [
            make.staff(Role.SCHOOL_LEAD, school).id,
            make.staff(Role.MUNICIPAL_COORDINATOR, foreign).id,
            make.staff(Role.TRAINER, closed.region).id,
        ]
    sign_in(app, client, closed.lead.id)
    client.post(zones(closed, "/open"))
    for one in people:
        stranger = app.test_client()
        sign_in(app, stranger, one)
        for tail in ("", ".xlsx"):
            assert stranger.get(zones(closed, tail)).status_code == 404
        for act in ("/open", "/close", "/take", "/count", "/pdf", "/docx"):
            assert stranger.post(zones(closed, act)).status_code == 404


def test_a_member_of_the_team_reads_but_does_not_open(app: Flask, client: FlaskClient, closed: Scene) -> None:
    sign_in(app, client, staff(app, Role.SCHOOL_TEAM, closed.school))
    assert "Открыть району и региону" not in client.get(zones(closed)).text
    assert client.post(zones(closed, "/open")).status_code == 404


def test_closed_and_not_counted_yet_offers_to_count_again(
    app: Flask, client: FlaskClient, autumn: Scene
) -> None:
    with inside(app):
        assessment.close(autumn)
    sign_in(app, client, autumn.lead.id)
    page = client.get(zones(autumn))
    assert "Посчитать ещё раз" in page.text
    assert client.post(zones(autumn, "/pdf")).status_code == 409
    assert client.post(zones(autumn, "/count")).status_code == 302
    run_jobs(app)
    assert "Ответов родителей мало" in client.get(zones(autumn)).text


def test_a_diagnosis_of_persons_has_no_zones(app: Flask, client: FlaskClient, closed: Scene) -> None:
    sign_in(app, client, closed.lead.id)
    assert client.get("/school/sa/nothing-at-all/zones").status_code == 404


def test_a_document_asked_for_twice_is_made_once(app: Flask, client: FlaskClient, closed: Scene) -> None:
    sign_in(app, client, closed.lead.id)
    first, second = (client.post(zones(closed, "/pdf")).location for _ in range(2))
    assert first == second
    assert client.post(zones(closed, "/docx")).location != first


def test_the_worker_asks_again_whether_the_zones_are_still_open(
    app: Flask, client: FlaskClient, closed: Scene
) -> None:
    """Ordered while they were open, closed by the school before the job ran: no file."""
    district = app.test_client()
    sign_in(app, district, staff(app, Role.MUNICIPAL_COORDINATOR, closed.municipality))
    sign_in(app, client, closed.lead.id)
    client.post(zones(closed, "/open"))
    assert "Уроки начинаются вовремя" not in texts_of(document(app, district, closed, "docx"), "docx")

    ordered = district.post(zones(closed, "/pdf")).location
    client.post(zones(closed, "/close"))
    run_jobs(app)
    assert "/files/" not in district.get(ordered).text
