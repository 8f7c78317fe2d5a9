"""The library shows the first sentence of a purpose; abbreviations do not end one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from diagnostics.web.authoring.library import first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Одна фраза.", "Одна фраза."),
        ("Для учителя. Зачем: понять.", "Для учителя."),
        ("Для 5–9 кл. и т. д. на уроке. Потом маршрут.", "Для 5–9 кл. и т. д. на уроке."),
        ("Что дальше? «Маршрут» готов.", "Что дальше?"),
        ("  Без конца", "Без конца"),
        ("", ""),
    ],
)
def test_a_sentence_ends_before_a_capital(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_library_leads_to_the_whole_purpose(trainer: FlaskClient) -> None:
    page = trainer.get("/instruments").text
    assert "Тест для учителей 5–9 классов, любой предмет." in page
    assert "Подробнее" in page
