from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from diagnostics.database import session, writing
from diagnostics.pathways import actions
from diagnostics.reporting.route import route_plan
from diagnostics.web.coaching import walking
from diagnostics.worker.pathways import rendered
from reports.wording.words import Words
from tests.diagnostics.web.coaching.conftest import World
from tests.support.jobs import run_due


@pytest.mark.parametrize(("wanted", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_route_is_printed_by_a_job_and_downloaded_by_both(
    app: Flask,
    world: World,
    route_id: str,
    teacher: FlaskClient,
    tutor: FlaskClient,
    wanted: str,
    begins: bytes,
) -> None:
    for client in (teacher, tutor):
        answer = client.post(f"/routes/{route_id}/print", data={"format": wanted})
        assert "/jobs/" in answer.location
    with app.app_context():
        run_due(app)
    for client in (teacher, tutor):
        page = client.get(f"/routes/{route_id}").text
        address = page.split('id="documents"')[1].split('href="')[1].split('"')[0]
        with client.get(address) as document:
            assert document.status_code == 200
            assert document.data.startswith(begins)
            assert document.headers["Content-Disposition"].startswith("attachment")


def test_one_document_is_made_however_often_the_button_is_pressed(
    world: World, route_id: str, teacher: FlaskClient
) -> None:
    first = teacher.post(f"/routes/{route_id}/print", data={"format": "pdf"}).location
    assert teacher.post(f"/routes/{route_id}/print", data={"format": "pdf"}).location == first


def test_a_document_of_another_route_is_not_given(world: World, route_id: str, teacher: FlaskClient) -> None:
    assert teacher.get(f"/routes/{route_id}/documents/0123456789abcd").status_code == 404


def test_the_document_carries_the_reason_of_each_step_and_the_signed_reasons(
    app: Flask, world: World, route_id: str
) -> None:
    with app.app_context(), writing():
        actions.send(route_id, actor_id=world.scene.teacher.id, goal="Видеть ошибку раньше")
        reason = "Педагог проходит программу по этой теме в другой организации."
        actions.waive(route_id, "EVAL", reason=reason, actor_id=world.scene.tutor.id)
        session.commit()
        plan = route_plan(route_id, Words())
    assert plan.goal == "Видеть ошибку раньше"
    assert all(step.reason for step in plan.steps)
    assert not any("METH" in step.deficit for step in plan.steps)
    assert plan.heading.formed_at.utcoffset()
    assert plan.steps[-1].task.startswith("Итоговая диагностика")
    assert [waiver.reason for waiver in plan.waivers] == [reason]
    assert {line.code for line in plan.diagnosis} == {"METH", "EVAL", "PSYP"}
    assert [signature.role for signature in plan.signatures] == [
        "Педагог",
        "Тьютор (методист)",
        "Руководитель организации",
    ]


def test_pdf_and_word_say_the_same(app: Flask, world: World, route_id: str) -> None:
    with app.app_context():
        plan = route_plan(route_id, Words())
    pdf, _, _ = rendered(plan, Words(), "pdf")
    docx, _, _ = rendered(plan, Words(), "docx")
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    word = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    for words in ("Индивидуальный образовательный маршрут", "Соколова Анна Петровна", "подсказки"):
        assert words in word
        assert words.split()[0] in printed


def test_a_file_beside_a_step_is_for_the_two_of_the_route(
    app: Flask, world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    step = world.resource_steps(route_id)[0]
    form = {"text": "План урока", "file": (io.BytesIO(b"plan"), "план <1>.txt")}
    teacher.post(f"/routes/steps/{step.id}/evidence", data=form)
    shown = world.resource_steps(route_id)[0].shown[0]
    assert shown.file_name == "план _1_.txt"
    for client in (teacher, tutor):
        with client.get(f"/routes/evidence/{shown.file_id}") as answer:
            assert answer.data == b"plan"
            assert answer.mimetype == "application/octet-stream"
    assert world.client(world.scene.trainer.id).get(f"/routes/evidence/{shown.file_id}").status_code == 404


def test_a_file_over_the_limit_is_refused_with_words(
    monkeypatch: pytest.MonkeyPatch, world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    step = world.resource_steps(route_id)[0]
    monkeypatch.setattr(walking, "MOST_BYTES", 100)
    form = {"text": "План урока", "file": (io.BytesIO(b"x" * 101), "plan.pdf")}
    answer = teacher.post(f"/routes/steps/{step.id}/evidence", data=form)
    assert answer.status_code == 422
    assert "Файл больше 0 МБ" in answer.text
    assert "План урока" in answer.text
    assert world.resource_steps(route_id)[0].shown == ()
