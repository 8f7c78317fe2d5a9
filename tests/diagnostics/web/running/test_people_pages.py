"""Groups, lists from Excel, cards, messages, letters, turnout: as the people who use them see them."""

from __future__ import annotations

import io
import re
from http import HTTPStatus

import openpyxl
import pypdf
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.queries.audience import members_of
from diagnostics.campaigns.queries.groups import groups
from diagnostics.campaigns.queries.seats import seats_of_wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.files import queries as files
from diagnostics.files.models import StoredFile
from diagnostics.jobs.models import Job
from diagnostics.outbox.models import Letter
from tests.support import make
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due
from tests.support.spreadsheets import workbook

LIST = workbook(
    [
        ("ФИО", "Школа", "Почта"),
        ("Новая Ольга Сергеевна", "Школа № 12", ""),
        ("Иванов Иван, Петров Пётр", "Школа № 12", ""),
        ("=1+1", "Шкода № 12", "a@"),
    ]
)


def upload(client: FlaskClient, address: str, content: bytes = LIST, name: str = "list.xlsx") -> str:
    """Where the upload leads."""
    answer = client.post(address, data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    return answer.location


def test_a_group_is_made_filled_and_shown(trainer: FlaskClient, scene: Scene) -> None:
    assert "ФИО можно держать в одной ячейке" in trainer.get("/groups").text
    address = trainer.post("/groups/new", data={"title": "Математики", "tutor": ""}).location
    assert "В группе пока никого нет" in trainer.get(address).text
    report = upload(trainer, f"{address}/people/upload")
    trainer.post(f"{report}/apply")
    page = trainer.get(address).text
    assert "Новая Ольга Сергеевна" in page
    assert "меньше пяти человек" in page
    (found,) = groups([], person_id=scene.trainer.id)
    (person,) = members_of(found.id)
    trainer.post(f"{address}/remove", data={"person_id": person})
    session.expire_all()
    assert members_of(found.id) == []


def test_a_list_is_shown_before_anything_is_added(trainer: FlaskClient, scene: Scene) -> None:
    address = upload(trainer, f"/diagnoses/{scene.campaign_id}/people/upload")
    page = trainer.get(address).text
    for words in ("Такой школы нет в базе", "В ячейке два человека", "Адрес почты с ошибкой", "Добавить 1"):
        assert words in page
    session.expire_all()
    assert queries.campaign(scene.campaign_id).waves[0].expected == 0
    book = openpyxl.load_workbook(io.BytesIO(trainer.get(f"{address}/mistakes.xlsx").data))
    assert [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)] == [3, 4, 4, 4]


def test_the_same_file_twice_is_a_conflict_with_a_link(trainer: FlaskClient, scene: Scene) -> None:
    address = f"/diagnoses/{scene.campaign_id}/people/upload"
    report = upload(trainer, address)
    trainer.post(f"{report}/apply")
    again = trainer.post(address, data={"file": (io.BytesIO(LIST), "other.xlsx")})
    assert again.status_code == HTTPStatus.CONFLICT
    assert report in again.text
    assert trainer.post(f"{report}/apply").status_code == HTTPStatus.CONFLICT
    assert "взят" in trainer.get(report).text


def test_a_file_that_is_no_list_is_refused_in_words(trainer: FlaskClient, scene: Scene) -> None:
    address = f"/diagnoses/{scene.campaign_id}/people/upload"
    for content, words in (
        (b"", "Выберите файл"),
        (b"PK\x03\x04", "Книга повреждена"),
        (b"a;b\n1;2", "Не нашли строку"),
    ):
        name = "a.xlsx" if content else ""
        answer = trainer.post(address, data={"file": (io.BytesIO(content), name)})
        assert (answer.status_code, words in answer.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    session.expire_all()
    assert session.query(StoredFile).count() == 0


def test_a_list_of_another_trainer_is_missing(
    trainer: FlaskClient, other_trainer: FlaskClient, scene: Scene
) -> None:
    report = upload(trainer, f"/diagnoses/{scene.campaign_id}/people/upload")
    assert other_trainer.get(report).status_code == HTTPStatus.NOT_FOUND
    assert other_trainer.post(f"{report}/apply").status_code == HTTPStatus.NOT_FOUND


def test_the_sample_is_read_back(trainer: FlaskClient, scene: Scene) -> None:
    sample = trainer.get("/lists/sample.xlsx").data
    page = trainer.get(upload(trainer, f"/diagnoses/{scene.campaign_id}/people/upload", sample)).text
    assert "Соколова Анна Петровна" in page


def test_cards_open_the_seats_they_were_printed_for(trainer: FlaskClient, scene: Scene, app: Flask) -> None:
    _open(scene, 3)
    for wanted in ("pdf", "xlsx"):
        trainer.post(f"/waves/{scene.entry}/cards", data={"format": wanted, "school": ""})
    session.rollback()
    catalogue.instrument.cache_clear()  # as in a fresh worker: what it reads must not hold the lock
    run_due(app)
    session.expire_all()
    assert [(job.state, job.attempts, job.error) for job in session.query(Job)] == [("done", 1, None)] * 2
    stored = {one.media_type: files.one(one.id) for one in session.query(StoredFile)}
    folder = app.extensions["orientir"].files_dir
    content = {
        kind.split(".")[-1]: files.bytes_path(folder, one.id).read_bytes() for kind, one in stored.items()
    }
    assert "001012" in pypdf.PdfReader(io.BytesIO(content["application/pdf"])).pages[0].extract_text()
    book = openpyxl.load_workbook(io.BytesIO(content["sheet"]))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert len(rows) == 3
    for name, _school, school_code, code, link in rows:
        by_paper = actions.find_by_paper(school_code, code)
        assert by_paper.seat_id == actions.find_by_link(link.rsplit("/", 1)[1]).seat_id
        assert name


def test_a_message_shows_a_code_that_works(trainer: FlaskClient, scene: Scene) -> None:
    (seat_id,) = _open(scene, 1)
    page = trainer.post(f"/seats/{seat_id}/message").text
    code = re.search(r"Ваш код: (\S+)", page)
    assert code
    assert actions.find_by_paper("001012", code[1]).seat_id == seat_id


def test_a_seat_gets_more_time_and_loses_its_old_cards(trainer: FlaskClient, scene: Scene) -> None:
    (seat_id,) = _open(scene, 1)
    trainer.post(f"/seats/{seat_id}/time", data={"factor": "1.5", "reason": "agreed"})
    assert "× 1,50" in trainer.get(f"/waves/{scene.entry}/people").text
    wrong = trainer.post(f"/seats/{seat_id}/time", data={"factor": "1000000"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    trainer.post(f"/seats/{seat_id}/revoke")
    trainer.post(f"/seats/{seat_id}/remove")
    session.expire_all()
    assert seats_of_wave(scene.entry) == []


def test_letters_say_who_invites_and_never_escape_words(trainer: FlaskClient, scene: Scene) -> None:
    person = make.person("О’Коннор Мэри", at=scene.school, email="m@example.org")
    actions.seat_audience(scene.campaign_id, [person.id], None)
    actions.open_wave(scene.entry, None)
    session.commit()
    trainer.post(f"/waves/{scene.entry}/invite")
    trainer.post(f"/waves/{scene.entry}/remind", data={"turn": "1"})
    session.expire_all()
    first, second = session.query(Letter).order_by(Letter.about)
    assert first.text.startswith("Здравствуйте, Мэри О’Коннор.")
    assert "Белова Мария Игоревна приглашает вас" in first.text
    assert "до 30 ноября" in second.text.replace("\u00a0", " ")
    assert trainer.post(f"/waves/{scene.entry}/remind", data={"turn": "x"}).status_code == HTTPStatus.CONFLICT


def test_the_turnout_table_is_exact(trainer: FlaskClient, scene: Scene) -> None:
    first, *_ = _open(scene, 4)
    actions.mark_submitted(first)
    session.commit()
    assert "Прошли 1 из 4." in trainer.get(f"/waves/{scene.entry}/turnout").text
    book = openpyxl.load_workbook(io.BytesIO(trainer.get(f"/waves/{scene.entry}/turnout.xlsx").data))
    assert [cell.value for cell in book.worksheets[1][2]] == ["Приозёрный район", "Школа № 12", 4, 0, 1, 25]


def _open(scene: Scene, number: int, extra: list[str] | None = None) -> list[str]:
    """Seats of `number` people of the school in the open entry wave."""
    people = make.people(number, scene.school)
    seats = actions.seat_people(scene.entry, people + (extra or []), None).seats
    actions.open_wave(scene.entry, None)
    session.commit()
    return [seats[person] for person in people]


def test_too_many_printings_are_refused_in_words_with_the_time_to_wait(
    trainer: FlaskClient, scene: Scene
) -> None:
    _open(scene, 1)
    address = f"/waves/{scene.entry}/cards"
    answers = [trainer.post(address, data={"format": "pdf", "school": ""}) for _ in range(21)]
    assert {one.status_code for one in answers[:20]} == {HTTPStatus.FOUND}
    assert answers[20].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "через 60 мин" in answers[20].text
    session.expire_all()
    assert session.query(Job).filter_by(kind="campaigns.cards").count() == 20
