"""Hostile addresses, queries and forms at every door: refused with a status of the asker's, never a failure."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics.database import db, session, writing
from tests.conftest import ROOT, Base
from tests.matrix import world as worlds
from tests.matrix.asking import Door, doors
from tests.matrix.expectations import ALLOWED
from tests.matrix.test_matrix import make_app
from tests.matrix.world import World
from tests.support.postgres import empty_base

IDS = ("1'", "1" + "0" * 30, "a%00b", "%ED%A0%80")
VALUES = ("а\x00б", "1" + "0" * 30, "9999-12-31")
# Names of fields as the source spells them: of forms, and read straight from a request.
FIELD = re.compile(
    r"^    (\w+) = \w*(?:Field\(|_title\()|(?:form|args)(?:\.get(?:list)?\(|\[)\"(\w+)\"", re.MULTILINE
)
# Doors that end what the others stand on, or that hash passwords.
NOT_FILLED = {"POST account.enter", "POST account.sign_out", "POST account.sign_out_everywhere"}


def field_names() -> list[str]:
    sources = (ROOT / "diagnostics" / "web").rglob("*.py")
    pairs = (FIELD.findall(path.read_text(encoding="utf-8")) for path in sources)
    return sorted({name for found in pairs for pair in found for name in pair if name})


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, World]]:
    base: Base = request.getfixturevalue(f"{request.param}_base")
    folder, url = tmp_path_factory.mktemp("doors"), base.url
    if base.path is not None:
        (folder / "work.db").write_bytes(base.path.read_bytes())
        url = f"sqlite:///{folder / 'work.db'}"
    app = make_app(folder, url)
    with worlds.frozen_now(), app.app_context(), writing():
        world = worlds.build(folder)
        session.remove()
    yield app, world
    with app.app_context():
        session.remove()
        if base.kind == "postgres":
            empty_base(db.engine)
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    with worlds.frozen_now():
        yield
    logging.disable(logging.NOTSET)


def who_may(app: Flask, world: World, door: Door) -> FlaskClient:
    """A client of somebody to whom this door is open, so that the refusal comes from behind it."""
    allowed = ALLOWED[door.name].split()
    usual = [one for one in ("key", "trainer", "tutor", "teacher", "administrator") if one in allowed]
    client = app.test_client()
    with app.app_context(), writing():
        world.enter(client, (usual or allowed or ["nobody"])[0])
        session.remove()
    return client


def said(door: Door, value: str, response: TestResponse) -> str | None:
    """What is wrong with this answer, or None."""
    response.close()  # a file that was handed out
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{door.name} with {value[:12]!r}: {response.status_code}"
    return None


def test_an_address_with_a_hostile_id_is_no_failure(stage: tuple[Flask, World]) -> None:
    app, world = stage
    ids = {value for value in world.objects.values() if value}
    failed = []
    for door in doors(app, world):
        client = who_may(app, world, door)
        for whole in (one for one in (*ids, "/1") if one in door.address):
            for hostile in IDS:
                address = door.address.replace(whole, hostile if whole != "/1" else f"/{hostile}")
                response = client.open(address, method=door.method)
                failed.append(said(door, hostile, response))
    assert [one for one in failed if one] == []


def test_every_field_filled_with_hostile_text_is_no_failure(stage: tuple[Flask, World]) -> None:
    app, world = stage
    names = field_names()
    assert {"email", "title", "q", "entry_first", "surname", "page"} <= set(names)
    failed = []
    for door in doors(app, world):
        if door.name in NOT_FILLED:
            continue
        client = who_may(app, world, door)
        for value in VALUES:
            filled = dict.fromkeys(names, value)
            if door.method == "GET":
                response = client.get(door.address, query_string=filled)
            else:
                response = client.open(door.address, method=door.method, data=filled)
            failed.append(said(door, value, response))
    assert [one for one in failed if one] == []
