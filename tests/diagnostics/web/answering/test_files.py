"""Files as answers, by forms alone: given, taken back, read by whom they concern and by nobody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Privacy, Seat
from diagnostics.database import session, set_reading
from diagnostics.files.models import StoredFile
from diagnostics.sittings import queries as reading
from diagnostics.upkeep import erasing, retention, verifying
from tests.support.answering import World, close_wave, event, open_player, world
from tests.support.facts import photo, photo_with_place

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

PHOTOS, PLAN = 19, 20  # places of the pages of D1 and D2
MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7 a plan"


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    with app.app_context():
        set_reading(False)
        yield world(every_type=True)
        session.remove()


@pytest.fixture
def nameless(app: Flask, client: FlaskClient) -> Iterator[str]:
    """A sitting without a name."""
    with app.app_context():
        set_reading(False)
        made = world(every_type=True)
        address = open_player(client, made)
        session.execute(sa.update(Campaign).values(privacy=Privacy.ANONYMOUS))
        session.execute(sa.update(Seat).values(respondent_id=None))
        session.commit()
        yield address
        session.remove()


def give(
    client: FlaskClient, sitting: str, *files: tuple[bytes, str], place: int = PHOTOS, go: str = "add"
) -> Any:
    data = {"go": go, "file": [(io.BytesIO(content), name) for content, name in files]}
    answer = client.post(f"{sitting}/q/{place}", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client spools what is large
    return answer


def status_of(client: FlaskClient, address: str) -> int:
    with client.get(address) as answer:  # a file that is sent stays open until then
        return int(answer.status_code)


def given(sitting: str, item: str = "D1") -> list[dict[str, Any]]:
    session.rollback()
    answer = reading.answers(sitting.removeprefix("/t/")).get(item)
    return answer["files"] if isinstance(answer, dict) else []


def stored() -> list[StoredFile]:
    session.rollback()
    return list(session.scalars(sa.select(StoredFile).where(StoredFile.purpose == "answer")))


def folder(app: Flask) -> Path:
    path: Path = app.extensions["orientir"].files_dir
    return path


def test_a_photo_is_kept_with_its_owner_and_without_what_it_tells(
    app: Flask, client: FlaskClient, sitting: str, place: World
) -> None:
    answer = give(client, sitting, (photo_with_place(), "../../работа.jpg"))
    assert (answer.status_code, answer.location.rsplit("/", 1)[-1]) == (303, str(PHOTOS))
    [one], [row] = given(sitting), stored()
    assert (one["id"], one["name"], one["size"]) == (row.id, "работа.jpg", row.size)
    assert (row.owner_id, row.media_type, row.expires_at) == (place.people[0], "image/jpeg", None)
    kept = (folder(app) / row.id).read_bytes()
    assert b"Camera" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_next_takes_a_chosen_file_along(client: FlaskClient, sitting: str) -> None:
    answer = give(client, sitting, (photo(), "a.jpg"), go="next")
    assert answer.location.endswith(f"/q/{PHOTOS + 1}")
    assert [one["name"] for one in given(sitting)] == ["a.jpg"]


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"<html><script>alert(1)</script>", "a.jpg", 422, "Такой файл принять нельзя"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.png", 422, "Такой файл принять нельзя"),
        (PDF, "a.jpg", 422, "Такой файл принять нельзя"),
        (PDF, "a.pdf", 422, "Такой файл принять нельзя"),
        (b"", "a.jpg", 422, "Файл пуст"),
        (photo() + b"\0" * 5 * MEGABYTE, "a.jpg", 413, "Файл больше 5 МБ"),
        (photo()[:300], "a.jpg", 422, "Снимок не читается"),
    ],
)
def test_what_cannot_be_taken_is_told_on_the_page_of_its_question(
    client: FlaskClient, sitting: str, content: bytes, name: str, status: int, words: str
) -> None:
    answer = give(client, sitting, (content, name))
    assert answer.status_code == status
    assert words in answer.text
    assert 'type="file"' in answer.text
    assert (given(sitting), stored()) == ([], [])


def test_more_files_than_asked_for_are_refused_together(client: FlaskClient, sitting: str) -> None:
    give(client, sitting, (photo(), "a.jpg"))
    answer = give(client, sitting, (photo(), "b.jpg"), (photo(), "c.jpg"))
    assert answer.status_code == 422
    assert "а можно не больше 2" in answer.text
    assert [one["name"] for one in given(sitting)] == ["a.jpg"]
    assert len(stored()) == 1


def test_a_file_that_was_taken_back_is_read_by_nobody_and_goes_with_the_next_clearing(
    app: Flask, client: FlaskClient, sitting: str
) -> None:
    give(client, sitting, (photo(), "a.jpg"), (photo(), "b.jpg"))
    first, second = given(sitting)
    address = f"{sitting}/files/{first['id']}"
    assert status_of(client, address) == 200
    answer = client.post(f"{sitting}/q/{PHOTOS}", data={"go": f"drop:{first['id']}"})
    assert answer.location.endswith(f"/q/{PHOTOS}")
    assert given(sitting) == [second]
    assert status_of(client, address) == 404
    with clock.shifted(timedelta(seconds=1)):
        retention.clear(folder(app))
    session.commit()
    assert [one.id for one in stored()] == [second["id"]]
    assert not (folder(app) / first["id"]).exists()


def test_a_file_is_given_out_as_an_attachment_that_no_browser_runs(client: FlaskClient, sitting: str) -> None:
    give(client, sitting, (PDF, "план урока.pdf"), place=PLAN)
    [one] = given(sitting, "D2")
    with client.get(f"{sitting}/files/{one['id']}") as answer:
        assert answer.data == PDF
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_file_of_somebody_else_stands_in_no_answer_and_opens_to_nobody(
    app: Flask, client: FlaskClient, sitting: str, place: World
) -> None:
    give(client, sitting, (photo(), "a.jpg"))
    [one] = given(sitting)
    other = app.test_client()
    theirs = open_player(other, place, seat=1)
    refused = other.post(f"{theirs}/events", json={"events": [event(1, "D1", {"files": [one]})]})
    assert (refused.status_code, refused.json["code"]) == (422, "file_unknown")
    assert given(theirs) == []
    assert status_of(other, f"{theirs}/files/{one['id']}") == 404
    assert status_of(other, f"{sitting}/files/{one['id']}") == 401
    assert status_of(app.test_client(), f"{sitting}/files/{one['id']}") == 401


@pytest.mark.parametrize("change", [{"name": "other.exe"}, {"size": 1}])
def test_a_known_file_under_another_name_or_for_another_question_is_unknown(
    client: FlaskClient, sitting: str, change: dict[str, Any]
) -> None:
    give(client, sitting, (photo(), "a.jpg"))
    [one] = given(sitting)
    for seq, (item, value) in enumerate((("D1", one | change), ("D2", one)), 1):
        row = event(seq, item, {"files": [value]}, base=1)
        answer = client.post(f"{sitting}/events", json={"events": [row]})
        assert (answer.status_code, answer.json["code"]) == (422, "file_unknown")


def test_after_the_end_no_file_is_taken(client: FlaskClient, sitting: str, place: World) -> None:
    close_wave(place)
    session.commit()
    answer = give(client, sitting, (photo(), "a.jpg"))
    assert answer.status_code == 409
    assert stored() == []


def test_of_a_nameless_person_neither_name_nor_minute_is_kept(
    app: Flask, client: FlaskClient, nameless: str
) -> None:
    give(client, nameless, (photo_with_place(), "Соколова Анна.jpg"))
    [one], [row] = given(nameless), stored()
    assert (one["name"], row.name, row.owner_id) == ("photo-1.jpg", "photo-1.jpg", None)
    assert (row.created_at.minute, row.created_at.second) == (0, 0)
    assert int((folder(app) / row.id).stat().st_mtime) % 3600 == 0
    refused = give(client, nameless, (PDF, "план.pdf"), place=PLAN)
    assert refused.status_code == 422
    assert "Документ хранит имя автора" in refused.text


def test_files_leave_with_the_person_and_verify_knows_them(
    app: Flask, client: FlaskClient, sitting: str, place: World
) -> None:
    give(client, sitting, (photo(), "a.jpg"))
    [one] = given(sitting)
    assert _files_check(app).holds
    (folder(app) / one["id"]).write_bytes(b"changed")
    assert _files_check(app).problems == (f"file {one['id']} has changed",)
    erasing.erase(place.people[0], actor_id=None, files_dir=folder(app))
    session.commit()
    assert stored() == []
    assert not (folder(app) / one["id"]).exists()


def _files_check(app: Flask) -> verifying.Check:
    session.rollback()
    return next(one for one in verifying.verify(files_dir=folder(app)) if one.name == "files")
