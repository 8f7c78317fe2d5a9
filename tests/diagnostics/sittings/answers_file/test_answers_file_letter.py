"""The bytes of a file of answers: what is one, and what is refused with which code."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.sittings.answers_file.errors import FileRefused
from diagnostics.sittings.answers_file.letter import DEEPEST, LONGEST, MOST_EVENTS, read_letter
from diagnostics.sittings.answers_file.sealing import public_key
from tests.support.answers_file import letter, sealed

SECRET, OLD = "present secret " * 3, "earlier secret " * 3
SITTING = "k3v0abcdefghjk"
EVENT = {"seq": 1, "base": 0, "kind": "answer", "item": "S1", "value": "b"}


def refused(content: bytes, *secrets: str) -> str:
    with pytest.raises(FileRefused) as error:
        read_letter(content, secrets or (SECRET,))
    return error.value.code


def test_a_plain_letter_is_read() -> None:
    found = read_letter(letter(SITTING, "c.x", EVENT), (SECRET,))
    assert (found.sitting_id, found.events[0].proof, found.events[0].event) == (SITTING, "c.x", EVENT)


@pytest.mark.parametrize("secret", [SECRET, OLD])
def test_what_was_sealed_for_this_or_the_earlier_secret_is_opened(secret: str) -> None:
    content = sealed(letter(SITTING, "c.x", EVENT), public_key(secret))
    assert read_letter(content, (SECRET, OLD)).sitting_id == SITTING


def test_the_pair_is_the_same_wherever_the_secret_is() -> None:
    assert public_key(SECRET) == public_key(SECRET[:-1] + " ")
    assert public_key(SECRET) != public_key(OLD)


def test_a_file_for_another_installation_is_told_at_once() -> None:
    assert refused(sealed(letter(SITTING, "c.x", EVENT), public_key(OLD))) == "answers_file_elsewhere"


@pytest.mark.parametrize("part", ["ephemeral", "salt", "iv", "data"])
def test_a_sealed_file_that_was_edited_is_refused(part: str) -> None:
    whole = json.loads(sealed(letter(SITTING, "c.x", EVENT), public_key(SECRET)))
    for wrong in ("", "!", b64encode(os.urandom(12)).decode(), "A" + whole["sealed"][part][1:].swapcase()):
        changed = {**whole, "sealed": whole["sealed"] | {part: wrong}}
        assert refused(json.dumps(changed).encode()) == "answers_file_damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "answers_file_format"),
        (b"[]", "answers_file_format"),
        (b"\xff\xfe", "answers_file_format"),
        (b"\xef\xbb\xbf{}", "answers_file_format"),
        (b"PK\x03\x04", "answers_file_format"),
        (b"[" * 100_000, "answers_file_format"),
        (b" " * (LONGEST + 1), "answers_file_large"),
        (b'{"format": "orientir-answers", "format": "orientir-answers"}', "answers_file_format"),
        (letter(SITTING, "c.x", EVENT, version=2), "answers_file_version"),
        (letter(SITTING, "c.x", EVENT, version=True), "answers_file_version"),
        (letter(SITTING, "c.x", EVENT, format="other"), "answers_file_format"),
        (letter(SITTING, "c.x", EVENT, score=5), "answers_file_format"),
        (letter(SITTING, "c.x", EVENT, made_at="yesterday"), "answers_file_format"),
        (letter(SITTING, "c.x", EVENT, made_at="2026-11-22T16:05:09"), "answers_file_format"),
        (letter("../../etc/pass", "c.x", EVENT), "answers_file_format"),
        (letter(SITTING, "c.x"), "answers_file_format"),
        (letter(SITTING, "c.x", *[EVENT] * (MOST_EVENTS + 1)), "answers_file_format"),
        (b'{"format": "orientir-answers", "version": 1, "sealed": 5}', "answers_file_format"),
        (b'{"format": "orientir-answers", "version": 1, "sealed": {"to": "x"}}', "answers_file_format"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_deep_value_is_refused() -> None:
    value: Any = "b"
    for _ in range(DEEPEST):
        value = [value]
    assert refused(letter(SITTING, "c.x", EVENT | {"value": value})) == "answers_file_format"


def test_a_missing_proof_is_read_as_none() -> None:
    assert read_letter(letter(SITTING, None, EVENT), (SECRET,)).events[0].proof == ""


@given(st.binary(max_size=300))
def test_whatever_the_bytes_they_are_refused_in_words(content: bytes) -> None:
    assert refused(content).startswith("answers_file_")
