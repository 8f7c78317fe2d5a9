"""Tables and files on the page of the result: read by who may read the result, and by nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session, set_reading
from tests.support.answering import World, open_player, world
from tests.support.facts import photo
from tests.support.jobs import run_due

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    with app.app_context():
        set_reading(False)
        yield world(every_type=True)
        session.remove()


def test_a_result_tells_tables_and_files_as_they_were_given(
    app: Flask, client: FlaskClient, sitting: str, place: World
) -> None:
    client.post(f"{sitting}/q/17", data={"cell|pc|all": "12"})
    data = {"go": "add", "file": (io.BytesIO(photo()), "работа.jpg")}
    client.post(f"{sitting}/q/19", data=data, content_type="multipart/form-data")
    client.post(f"{sitting}/q/2", data={"answer": "agreed"})
    assert client.post(f"{sitting}/submit", data={"without": "yes"}).status_code == 303
    run_due(app)
    result = client.get(f"/me/results/of/{place.seats[0]}").location
    page = client.get(result).text
    assert "Сведения и файлы" in page
    assert "Компьютеры: Всего 12 шт." in page
    found = re.search(r'href="(/me/results/\w+/files/\w+)"><bdi>работа.jpg</bdi>', page)
    assert found is not None
    address = found[1]
    with client.get(address) as file:
        assert file.data.startswith(b"\xff\xd8\xff")
        assert file.headers["Content-Disposition"].startswith("attachment")
    assert client.get(address[:-14] + "0" * 14).status_code == 404
    other = app.test_client()
    open_player(other, place, seat=1)
    assert other.get(address).status_code in (401, 403, 404)
