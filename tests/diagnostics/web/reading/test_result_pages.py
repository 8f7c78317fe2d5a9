"""The result page: who sees it, what stands on it, what does not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import SeatToken
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings import actions, queries
from diagnostics.jobs import actions as jobs
from diagnostics.jobs import queries as job_queries
from diagnostics.people.models import Person
from tests.diagnostics.findings.conftest import NOW, Town
from tests.support import make
from tests.support.jobs import run_due
from tests.support.sign_in import sign_in

METH = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08")


@pytest.fixture
def teacher(open_town: Town) -> str:
    """Id of the only invited teacher, who has an account."""
    person_id = next(iter(open_town.seats))
    person = session.get(Person, person_id)
    assert person is not None
    make.account(person)
    return person_id


@pytest.fixture
def finding_id(open_town: Town, teacher: str) -> str:
    """All of METH solved, nothing else."""
    return actions.score(open_town.sit(open_town.seats[teacher], METH)).id


def enter(client: FlaskClient, person_id: str) -> None:
    """Sign in as another person: requests of a test share its application context."""
    for name in ("actor", "_login_user"):
        g.pop(name, None)
    sign_in(client, person_id)


def get(client: FlaskClient, address: str) -> str:
    with clock.frozen(NOW):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_a_teacher_reads_strengths_needs_and_the_next_step(
    client: FlaskClient, teacher: str, finding_id: str
) -> None:
    sign_in(client, teacher)
    page = get(client, f"/me/results/{finding_id}")
    assert "Методические компетенции: решено 8 из 8" in page
    assert "Главный резерв" in page
    assert "Видите вы, ваш тьютор и тренер группы" in page
    assert "Почему такой вывод?" in page
    assert "Задачи без образца — решено" in page
    assert "методические компетенции 100" in page


def test_nothing_of_the_keys_stands_on_the_page(
    client: FlaskClient, open_town: Town, teacher: str, finding_id: str
) -> None:
    sign_in(client, teacher)
    page = get(client, f"/me/results/{finding_id}")
    for key in catalogue.scoring(open_town.scoring_id).items.values():
        assert key.rationale is not None
        assert key.rationale["ru"] not in page
        assert not any(mistake["ru"] in page for mistake in key.mistakes.values())


def test_official_levels_stand_as_whole_phrases_in_the_fold_for_documents(
    client: FlaskClient, teacher: str, finding_id: str
) -> None:
    sign_in(client, teacher)
    page = get(client, f"/me/results/{finding_id}")
    assert "Уровни по Положению для документов" in page
    assert "9 из 9, 100\u00a0% — минимальный уровень профессиональных дефицитов" in page


def test_the_tutor_sees_the_result_with_the_name_and_a_colleague_does_not(
    client: FlaskClient, open_town: Town, finding_id: str
) -> None:
    colleague = make.person("Ким Олег", at=open_town.school)
    make.account(colleague)
    colleague_id, tutor_id = colleague.id, open_town.trainer.id
    enter(client, colleague_id)
    assert client.get(f"/me/results/{finding_id}").status_code == 404
    enter(client, tutor_id)
    assert "Учитель0 Имя Отчество" in get(client, f"/me/results/{finding_id}")


def test_a_holder_of_the_link_reads_the_own_result_only(
    client: FlaskClient, open_town: Town, teacher: str, finding_id: str
) -> None:
    other = next(
        iter(campaigns.seat_people(open_town.wave_id, make.people(1, open_town.school), None).seats.values())
    )
    campaigns.mint_link(open_town.seats[teacher])
    token = session.query(SeatToken).one().id
    other_finding = actions.score(open_town.sit(other, ())).id
    session.commit()
    with client.session_transaction() as cookie:
        cookie["link"] = token
    assert "Главный резерв" in get(client, f"/me/results/{finding_id}")
    with clock.frozen(NOW):
        assert client.get(f"/me/results/{other_finding}").status_code == 404


def test_while_scoring_runs_the_page_says_so_and_asks_again_without_script(
    client: FlaskClient, open_town: Town, teacher: str
) -> None:
    sitting = open_town.sit(open_town.seats[teacher], METH)
    seat_id = open_town.seats[teacher]
    sign_in(client, teacher)
    page = get(client, f"/me/results/of/{seat_id}")
    assert "Считаем результат" in page
    assert '<meta http-equiv="refresh"' in page
    made = actions.score(sitting).id
    session.commit()
    with clock.frozen(NOW):
        answer = client.get(f"/me/results/of/{seat_id}")
    assert answer.headers["Location"].endswith(made)


def test_an_earlier_finding_stays_readable_and_leads_to_the_one_that_counts(
    client: FlaskClient, open_town: Town, teacher: str, finding_id: str
) -> None:
    _close_and_calibrate(open_town)
    current = queries.current_of_seat(open_town.seats[teacher])
    assert current is not None
    current_id = current.id
    sign_in(client, teacher)
    old = get(client, f"/me/results/{finding_id}")
    assert "Это прежний расчёт" in old
    assert f"/me/results/{current_id}" in old
    assert "Это прежний расчёт" not in get(client, f"/me/results/{current_id}")


def _close_and_calibrate(town: Town) -> None:
    seats = town.invite(30)
    for number, seat in enumerate(seats):
        actions.score(town.sit(seat, METH[: 1 + number % 7]))
    campaigns.close_wave(town.wave_id, None)
    actions.calibrate(town.wave_id)
    actions.again(town.wave_id)


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_same_result_as_a_file(
    client: FlaskClient, teacher: str, finding_id: str, kind: str, start: bytes
) -> None:
    sign_in(client, teacher)
    with clock.frozen(NOW):
        answer = client.get(f"/me/results/{finding_id}/profile.{kind}")
    assert answer.status_code == 200
    assert answer.data.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "xlsx":
        book = openpyxl.load_workbook(BytesIO(answer.data))
        rows = list(book.worksheets[1].values)
        assert rows[1][:4] == ("Методические компетенции", 9, 9, 100)


def test_a_job_keeps_the_document_for_its_asker(
    app: Flask, open_town: Town, teacher: str, finding_id: str
) -> None:
    job = jobs.enqueue("reporting.person", finding_id, asker_id=teacher, parameters={"format": "docx"})
    job_id = job.id
    session.commit()
    run_due(app)
    done = job_queries.one(job_id)
    assert done is not None
    assert (done.state.value, done.error) == ("done", None)
    assert done.result_file_id is not None


def test_a_job_for_a_stranger_is_refused(app: Flask, open_town: Town, finding_id: str) -> None:
    stranger = make.person("Ким Олег").id
    job_id = jobs.enqueue("reporting.person", finding_id, asker_id=stranger).id
    session.commit()
    run_due(app)
    done = job_queries.one(job_id)
    assert done is not None
    assert done.state.value == "failed"
