"""The signature that a page carries for its events: of one key, of one sitting, of one installation."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent
from diagnostics.web.answering.proofs import client_of, proof_of
from tests.support.answering import World, event, open_player

on_sqlite = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@on_sqlite
def test_a_proof_names_its_key(app: Flask) -> None:
    with app.app_context():
        assert client_of("sitting", proof_of("sitting", "client")) == "client"


@on_sqlite
@pytest.mark.parametrize(
    "wrong", ["", "client", "client.", "client.AAAA", "other.{signature}", "{proof}A", "клиент.ы"]
)
def test_whatever_was_not_signed_for_this_sitting_is_nobodys(app: Flask, wrong: str) -> None:
    with app.app_context():
        proof = proof_of("sitting", "client")
        told = wrong.format(proof=proof, signature=proof.partition(".")[2])
        assert client_of("sitting", told) is None
        assert client_of("another sitting", proof) is None


@on_sqlite
def test_another_installation_signs_otherwise(app: Flask) -> None:
    with app.app_context():
        proof = proof_of("sitting", "client")
        ours = app.extensions["orientir"]
        app.extensions["orientir"] = dataclasses.replace(ours, secret_key="another secret of this test " * 2)
        assert client_of("sitting", proof) is None


def proof_in(page: str) -> str:
    found = re.search(r'data-proof="([^"]+)"', page)
    assert found
    return found[1]


def send(client: FlaskClient, sitting: str, proof: Any, *rows: Any) -> Any:
    return client.post(f"{sitting}/events", json={"events": list(rows), "proof": proof})


def stored() -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(AnswerEvent)) or 0


def test_what_an_earlier_key_sent_is_recognised_under_the_next_one(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    before = proof_in(client.get(f"{sitting}/q/2").text)
    first = send(client, sitting, before, event(1, "S1", "b"))
    later = app.test_client()  # the browser was closed: the link gives it another key
    assert open_player(later, place) == sitting
    now = proof_in(later.get(f"{sitting}/q/2").text)
    assert now != before
    again = send(later, sitting, before, event(1, "S1", "b"), event(2, "S2", "a", base=1))
    assert [one["status"] for one in again.get_json()["results"]] == ["stored", "stored"]
    assert again.get_json()["results"][0] == first.get_json()["results"][0]
    assert send(later, sitting, now, event(1, "L1", 3, base=2)).status_code == 200
    assert stored() == 3
    assert reading.standing_of(sitting.removeprefix("/t/")).conflicts == {}


@pytest.mark.parametrize("proof", ["x.y", "", 7, ["a"], {"a": 1}])
def test_a_proof_that_nobody_signed_stores_nothing(client: FlaskClient, sitting: str, proof: Any) -> None:
    answer = send(client, sitting, proof, event(1, "S1", "b"))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "proof_unknown")
    assert stored() == 0


def test_a_proof_without_a_living_key_opens_nothing(app: Flask, client: FlaskClient, sitting: str) -> None:
    proof = proof_in(client.get(f"{sitting}/q/2").text)
    answer = send(app.test_client(), sitting, proof, event(1, "S1", "b"))
    assert (answer.status_code, answer.get_json()["code"]) == (401, "key_needed")
