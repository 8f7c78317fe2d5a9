"""Errors of the edge itself, as machines and people read them."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("post", "/login", 403, "csrf"),
        ("get", "/nowhere.json", 404, "http_404"),
        ("put", "/login", 405, "http_405"),
    ],
)
def test_even_a_request_that_never_reached_its_view_has_a_number(
    app: Flask, method: str, address: str, status: int, code: str
) -> None:
    app.config.update(WTF_CSRF_ENABLED=True)
    answer = app.test_client().open(address, method=method.upper(), json={})
    told = answer.get_json(force=True)
    assert (answer.status_code, told["code"]) == (status, code)
    assert told["request"] == answer.headers["X-Request-Id"]
    assert told["request"]


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_a_page_that_is_not_there_leads_home_and_to_those_who_help(app: Flask) -> None:
    answer = app.test_client().get("/nowhere")
    assert answer.status_code == 404
    assert '<a href="/">' in answer.text
    assert '<a href="/help">Справка и кому написать</a>' in answer.text
