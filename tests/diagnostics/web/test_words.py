from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from diagnostics.web import words

DAY = date(2026, 11, 22)


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
