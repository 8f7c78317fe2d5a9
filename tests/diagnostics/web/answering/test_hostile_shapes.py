"""Answers of every type in shapes that no page sends: refused by the events API with a status of the asker's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session, set_reading
from instruments.formats.yaml import read_document
from tests.conftest import ROOT
from tests.support.answering import event, open_player, world

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

EVERY_TYPE = ROOT / "tests" / "samples" / "every-type.yaml"
ROWS = [{"row": str(number), "cells": {"c1": 1}} for number in range(500)]
FILE = {"id": "a" * 14, "name": "x.jpg", "size": 5}
SHAPES: tuple[Any, ...] = (
    [], {}, [[]], [{}], {"a": {}}, {"rows": ROWS}, {"rows": [{"row": 1, "cells": []}]}, {"rows": {"row": "1"}},
    {"files": [FILE]}, {"files": [FILE, FILE]}, {"files": [{"id": [], "name": {}, "size": True}]}, {"agreed": 1},
    {"agreed": [True]}, {"opt_out": "yes"}, {"opt_out": True, "x": 1}, True, -1, 10**30, 1e308, "x" * 60_000,
    "\ud800", "\x00", [1, 2], ["a", "a"], [None], {"p1": None}, {"p1": ["a"]}, json.loads("[" * 400 + "]" * 400),
)  # fmt: skip


def test_no_shape_of_an_answer_is_a_failure(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        set_reading(False)
        made = world(every_type=True)
        address = open_player(client, made)
        items = {item.type: item.code for item in read_document(EVERY_TYPE.read_bytes()).items}
        seq, statuses = 1, {}
        for kind, code in items.items():
            for place, shape in enumerate(SHAPES):
                body = {"events": [event(seq, code, shape)]}
                answer = client.post(f"{address}/events", json=body)
                statuses[kind, place] = answer.status_code
                seq += answer.status_code == 200
        assert {one for one in statuses.values() if one not in (200, 400, 409, 413, 422)} == set()
        assert {200, 422} <= set(statuses.values())
        session.remove()
