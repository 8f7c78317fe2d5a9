"""Which questions wait for which, by the order that the document fixes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.order import is_ordered, locked
from instruments.path import asked
from instruments.versions import Change, change_between, content_hash

ALL = ("READ", "C1", "C2", "N1", "N2", "E1", "MORE", "E2")


@pytest.fixture(scope="module")
def fixed(samples: Path) -> Instrument:
    document = read_document(samples / "fixed-order.yaml")
    assert isinstance(document, Instrument)
    return document


def written(instrument: Instrument, order: str, sections: dict[str, str | None]) -> Instrument:
    """The same document with other words for the order."""
    plain: dict[str, Any] = instrument.model_dump(mode="json") | {"order": order}
    for section in plain["forms"][0]["sections"]:
        section["order"] = sections.get(section["code"])
    return Instrument.model_validate(plain)


def waits(instrument: Instrument, *taken: str) -> dict[str, str]:
    return dict(locked(instrument, asked(instrument, "A", {}), set(taken)))


@pytest.mark.parametrize(
    ("taken", "open_now", "first"),
    [
        ((), ("READ", "C1"), "C1"),
        (("C1",), ("READ", "C1", "C2"), "C2"),
        (("C2",), ("READ", "C1"), "C1"),  # what was taken out of turn opens nothing
        (("C1", "C2"), ("READ", "C1", "C2", "N1", "N2"), "N1"),  # a free section opens as a whole
        (("C1", "C2", "N2"), ("READ", "C1", "C2", "N1", "N2"), "N1"),
        (("C1", "C2", "N1", "N2"), ("READ", "C1", "C2", "N1", "N2", "E1"), "E1"),
        (("C1", "C2", "N1", "N2", "E1"), ALL, ""),
        (("C1", "C2", "N1", "N2", "E1", "E2"), ALL, ""),
    ],
)
def test_sections_follow_one_another_and_questions_within_them(
    fixed: Instrument, taken: tuple[str, ...], open_now: tuple[str, ...], first: str
) -> None:
    found = waits(fixed, *taken)
    assert tuple(code for code in ALL if code not in found) == open_now
    assert set(found.values()) == ({first} if first else set())


@pytest.mark.parametrize(
    ("order", "sections", "taken", "shut"),
    [
        ("free", {}, (), {}),
        ("free", {"CASE": "fixed"}, (), {"C2": "C1"}),
        ("free", {"CASE": "fixed"}, ("C1",), {}),
        ("free", {"CASE": "fixed", "END": "fixed"}, (), {"C2": "C1", "MORE": "E1", "E2": "E1"}),
        ("fixed", {"CASE": "free", "NOTES": "free", "END": "free"}, ("C2",), dict.fromkeys(ALL[3:], "C1")),
        (
            "fixed",
            {"CASE": "free", "NOTES": "free", "END": "free"},
            ("C1", "C2"),
            dict.fromkeys(ALL[5:], "N1"),
        ),
    ],
)
def test_a_section_may_say_otherwise_than_the_instrument(
    fixed: Instrument,
    order: str,
    sections: dict[str, str | None],
    taken: tuple[str, ...],
    shut: dict[str, str],
) -> None:
    assert waits(written(fixed, order, sections), *taken) == shut


@pytest.mark.parametrize(
    ("order", "sections", "is_it"),
    [
        ("free", {}, False),
        ("free", {"END": "fixed"}, True),
        ("fixed", {}, True),
        ("free", {"END": "free"}, False),
    ],
)
def test_a_form_is_ordered_when_anything_of_it_waits(
    fixed: Instrument, order: str, sections: dict[str, str | None], is_it: bool
) -> None:
    assert is_ordered(written(fixed, order, sections), "A") is is_it


@pytest.mark.parametrize(("order", "sections"), [("fixed", {}), ("free", {"TEST": "fixed"})])
def test_another_order_keeps_versions_equivalent(
    workshop: Instrument, order: str, sections: dict[str, str | None]
) -> None:
    assert change_between(workshop, written(workshop, order, sections)) is Change.EQUIVALENT


def test_a_free_order_written_out_changes_no_hash(workshop: Instrument) -> None:
    assert content_hash(written(workshop, "free", {})) == content_hash(workshop)
