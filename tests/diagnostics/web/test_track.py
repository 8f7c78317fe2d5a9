from __future__ import annotations

from diagnostics.web.track import Track


def test_each_question_looks_as_it_stands() -> None:
    track = Track.of(("a", "b", "c"), 2, {"a": "x"}, {"b", "a"})
    assert track == (("answered flagged", "empty flagged current", "empty"), 1)


def test_words_to_read_have_no_place_of_their_own() -> None:
    assert Track.of(("a",), 0, ()) == (("empty",), 0)
