from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup

from diagnostics.web import words

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("loose", "bound"),
    [
        ("Главный резерв — оценивание", "Главный резерв\u00a0— оценивание"),
        ("школа № 12 · вход", "школа №\u00a012\u00a0· вход"),
        ("№ приказа", "№ приказа"),
    ],
)
def test_a_heading_never_begins_a_line_with_a_dash_nor_parts_a_number_from_its_sign(
    loose: str, bound: str
) -> None:
    assert words.tied(loose) == bound


def test_what_was_markup_stays_markup_and_what_was_not_does_not_become_it() -> None:
    assert isinstance(words.tied(Markup("<b>а</b> — б")), Markup)
    assert not isinstance(words.tied("<b>а</b> — б"), Markup)


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("language", "long", "short"),
    [("ru", "22 ноября 2026 г.", "22 ноября"), ("en", "22 November 2026", "22 November")],
)
def test_a_day_stands_before_its_month_in_both_languages(
    app: Flask, language: str, long: str, short: str
) -> None:
    with app.test_request_context(f"/?lang={language}"):
        said = (words.day(DAY).replace("\u202f", " "), words.day_month(DAY))
    assert [one.replace(words.NBSP, " ") for one in said] == [long, short]


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_a_little_less_than_nothing_is_nothing(app: Flask) -> None:
    with app.test_request_context():
        assert words.number(-0.001, 2) == "0,00"
        assert words.number(-0.005, 1) == "0,0"
        assert words.number(-0.06, 1) == "\u22120,1"
        assert words.number(1234.5) == "1\u00a0234"
