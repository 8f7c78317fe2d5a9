"""Helpers of the instrument: finding, wording by form, texts by language, the path asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from instruments.document import Instrument, anchors_between, say
from instruments.formats.yaml import read_document
from instruments.path import asked, progress, questions, unanswered
from instruments.texts import is_translated


def test_items_and_forms_are_found_by_code(workshop: Instrument) -> None:
    assert workshop.item("M1").type == "multiple"
    assert workshop.form("B").code == "B"


def test_an_unknown_code_is_an_error(workshop: Instrument) -> None:
    for find in (workshop.item, workshop.form, workshop.form_items):
        with pytest.raises(KeyError):
            find("NOPE")


def test_items_of_a_form_come_in_its_own_order(workshop: Instrument) -> None:
    codes = [item.code for item in workshop.form_items("B")]
    assert codes == ["READ", "S1", "S3", "M1", "N1", "T1", "L1", "L2", "L3", "FREE"]


def test_a_form_puts_its_own_wording_in_place_of_the_common_one(samples: Path) -> None:
    by_audience = read_document(samples / "forms-by-audience.yaml")
    assert isinstance(by_audience, Instrument)
    assert say(by_audience.form_items("parent")[0].text) == "Вопрос родителю?"
    assert say(by_audience.form_items("teacher")[0].text) == "Вопрос?"


def test_a_broken_form_of_a_draft_does_not_spoil_the_others(samples: Path) -> None:
    draft = read_document(samples / "broken" / "instrument-item-unknown-in-form.yaml")
    assert isinstance(draft, Instrument)
    assert len(draft.form_items("B")) == 10


def test_anchors_are_what_two_forms_share(workshop: Instrument) -> None:
    assert anchors_between(workshop, "A", "B") == ("READ", "S1", "M1", "N1", "T1", "L1", "L2", "L3", "FREE")


def test_a_document_cannot_be_changed(workshop: Instrument) -> None:
    with pytest.raises(ValidationError):
        workshop.code = "other"  # type: ignore[misc]  # what the test is about


def test_a_changed_copy_finds_its_own_items(workshop: Instrument) -> None:
    assert workshop.item("S1")
    shorter = workshop.model_copy(update={"items": workshop.items[2:]})
    with pytest.raises(KeyError):
        shorter.item("S1")


@pytest.mark.parametrize(
    ("texts", "language", "said"),
    [
        ({"ru": "да", "en": "yes"}, "en", "yes"),
        ({"ru": "да", "en": "yes"}, "tt", "да"),
        ({"ru": "да", "en": ""}, "en", "да"),
        ({"en": "yes"}, "ru", ""),
        ({}, "ru", ""),
        (None, "ru", ""),
    ],
)
def test_a_text_falls_back_to_russian(texts: dict[str, str] | None, language: str, said: str) -> None:
    assert say(texts, language) == said


def test_the_page_can_tell_what_is_not_translated() -> None:
    assert is_translated({"ru": "да", "en": "yes"}, "en")
    assert not is_translated({"ru": "да", "en": " "}, "en")
    assert not is_translated({"ru": "да"}, "en")


def test_all_items_are_asked_in_order_with_their_sections(workshop: Instrument) -> None:
    steps = asked(workshop, "A", {})
    assert [(step.section.code, step.item.code) for step in steps[:2]] == [("TEST", "READ"), ("TEST", "S1")]
    assert [step.item for step in steps] == list(workshop.form_items("A"))


def test_words_to_read_are_no_question(workshop: Instrument) -> None:
    assert "READ" not in {item.code for item in questions(workshop, "A", {})}


def test_progress_counts_questions_with_an_answer(workshop: Instrument) -> None:
    assert progress(workshop, "A", {"S1": "b", "M1": [], "L1": {"opt_out": True}, "S3": "a"}) == (2, 9)


def test_unanswered_questions_are_listed_in_order(workshop: Instrument) -> None:
    left = unanswered(
        workshop, "A", {"S1": "b", "M1": ["a"], "T1": "", "L1": 3, "L2": 3, "L3": 3, "FREE": "x"}
    )
    assert [item.code for item in left] == ["S2", "N1", "T1"]
