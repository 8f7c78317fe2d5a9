"""Guides are pages of the product, with the words of their files."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("name", "words"),
    [("authoring", "Частые ошибки"), ("documents", "Условия показа"), ("files", "Критические задания")],
)
def test_whoever_may_be_nobody_reads_a_guide(client: FlaskClient, name: str, words: str) -> None:
    page = client.get(f"/help/{name}").text
    assert words in page
    assert "pictures/" not in page


def test_a_guide_names_the_other_by_its_address(client: FlaskClient) -> None:
    assert 'href="/help/documents"' in client.get("/help/authoring").text


def test_headings_can_be_linked_to(client: FlaskClient) -> None:
    assert '<h2 id="passport">' in client.get("/help/documents").text


def test_help_leads_to_the_guide(client: FlaskClient) -> None:
    assert 'href="/help/authoring"' in client.get("/help").text


def test_an_unknown_guide_is_not_there(client: FlaskClient) -> None:
    assert client.get("/help/secrets").status_code == 404
