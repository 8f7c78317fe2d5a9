"""Pages packed in two halves are one archive to any browser."""

from __future__ import annotations

import gzip

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.web import compression


@given(st.binary(max_size=3000), st.integers(-1, 3000))
def test_an_archive_of_two_halves_opens_as_the_whole(body: bytes, alike: int) -> None:
    packed = compression.compressed(body, alike=min(alike, len(body)))
    assert gzip.decompress(packed) == body


def test_an_ending_that_others_get_too_makes_an_archive_no_larger() -> None:
    own, ending = "начало страницы ".encode() * 40, b"<template>" + bytes(range(256)) * 20
    whole = compression.compressed(own + ending)
    assert len(compression.compressed(own + ending, alike=len(own))) < len(whole) + 16


def test_a_page_of_the_player_is_packed_in_two_halves_and_read_as_one(app: Flask) -> None:
    page = "<p>своё</p>" * 200 + compression.ALIKE.decode() + "общее" * 500

    def shown() -> str:
        return page

    shown.permissions = ("none",)  # type: ignore[attr-defined]  # the house refuses views that declare nothing
    app.add_url_rule("/page", "page", shown)
    app.test_client_class = FlaskClient  # ours reads pages
    told = app.test_client().get("/page", headers={"Accept-Encoding": "gzip"})
    assert told.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(told.data).decode() == page
