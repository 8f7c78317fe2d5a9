"""Canonical bytes, and what a difference between two versions means."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.scoring import Scoring
from instruments.versions import Change, anchors, canonical_json, change_between, content_hash, differences


def edited(samples: Path, name: str, old: str, new: str) -> Any:
    text = (samples / name).read_text()
    assert old in text
    return read_document(text.replace(old, new, 1).encode())


def test_canonical_bytes_do_not_depend_on_the_order_of_fields(workshop: Instrument) -> None:
    plain = workshop.model_dump(mode="json")
    turned = Instrument.model_validate({key: plain[key] for key in reversed(plain)})
    assert canonical_json(turned) == canonical_json(workshop)


def test_canonical_bytes_hold_no_blanks_between_values() -> None:
    assert canonical_json({"b": [1, 2], "a": {"ru": "й"}}) == '{"a":{"ru":"й"},"b":[1,2]}'.encode()


def test_composed_and_decomposed_letters_are_one_text() -> None:
    decomposed = unicodedata.normalize("NFD", "й")
    assert len(decomposed) == 2
    assert content_hash({"ru": decomposed}) == content_hash({"ru": unicodedata.normalize("NFC", "й")})


def test_a_default_written_out_changes_no_hash(samples: Path, workshop_scoring: Scoring) -> None:
    written = edited(samples, "workshop.scoring.yaml", "N1: {", "N1: {points: 1, reverse: false, ")
    assert content_hash(written) == content_hash(workshop_scoring)


# All but dpo, which has one more node, were made before the models of more item types came: a base of then finds
# its documents again.
SHIPPED = {
    ("instrument", "self.school"): "8e14ce01a5c06d4901cc8b4f6d7c99125231add23b9893713798eaf4f0ccab9a",
    ("instrument", "self.teacher"): "422d747d6d320ebcf56fb0d534ed7e70b7012f5f253501ec0f850ab6b8c01e3c",
    ("instrument", "test.method"): "3ae6ef6adae680f3da919aa6fa360106b33b8e382f46c253a512f7375d663943",
    ("scoring", "self.school"): "3c67990cdf41092686ba2f2d528cca2dbbad048d59d636224443b29dd870cd9b",
    ("scoring", "self.teacher"): "4727f6181cc284a95694b578980146f77e607578b397f58d492c087aaf7921d8",
    ("scoring", "test.method"): "e6d641cd72b2f51f236d7ca47407abf867eff918170f234bcb1c3838cb7fb1a8",
    ("framework", "digcompedu"): "891a0ed4c13a52dd1ec77110c8f8f65f7e806309818d317b62987368a2ebec30",
    ("framework", "dpo"): "4446db3d4055f9e0255e52ac5cf09974a2b4a93b606497149f550f205cda7949",
    ("framework", "ps01.001"): "a4d55d0dc5b30b9b39def1f43c6479bbf453e5b8fe79d3e7d44b5bfcb2624e32",
    ("framework", "school.zones"): "599b205e48d2bf179aa6cef5fb0965fe8d7a5f1f6c8ebb092ca8f024070a5d79",
}


@pytest.mark.parametrize(("kind", "code"), SHIPPED)
def test_a_field_that_a_release_adds_changes_no_hash_of_a_shipped_document(
    kind: Literal["instrument", "scoring", "framework"], code: str
) -> None:
    assert content_hash(bundled(kind)[code]) == SHIPPED[kind, code]


def test_a_hash_is_sixty_four_digits_and_follows_the_content(samples: Path, workshop: Instrument) -> None:
    other = edited(samples, "workshop.yaml", "Первое решение", "Иное решение")
    assert len(content_hash(workshop)) == 64
    assert content_hash(other) != content_hash(workshop)


INSTRUMENT_EDITS = [
    ('title: {ru: "Учебная работа"}', 'title: {ru: "Работа"}', Change.COSMETIC),
    ('title: {ru: "Введение"}', 'title: {ru: "Вступление"}', Change.COSMETIC),
    ('text: {ru: "Что верно?"}', 'text: {ru: "Что  верно? "}', Change.COSMETIC),
    ('text: {ru: "Что верно?"}', 'text: {ru: "Что верно?", en: "What is right?"}', Change.COSMETIC),
    ("minutes: 5", "minutes: 50", Change.EQUIVALENT),
    ('instructions: {ru: "Отвечайте как есть"}', 'instructions: {ru: "Думайте"}', Change.EQUIVALENT),
    ("[READ, S1, S2, M1", "[READ, S2, S1, M1", Change.EQUIVALENT),
    (
        'N1, T1]}\n      - {code: OPIN, title: {ru: "Мнения"}, items: [',
        'N1]}\n      - {code: OPIN, title: {ru: "Мнения"}, items: [T1, ',
        Change.EQUIVALENT,
    ),
    ('text: {ru: "Что верно?"}', 'text: {ru: "Что неверно?"}', Change.BREAKING),
    ("[READ, S1, S2, M1", "[READ, S1, S2, S3, M1", Change.BREAKING),
    ("Первое решение", "Иное решение", Change.BREAKING),
    ("choose: 2", "choose: 3", Change.BREAKING),
    ("decimals: 1", "decimals: 2", Change.BREAKING),
    ("{value: 2, text", "{value: 5, text", Change.BREAKING),
]


@pytest.mark.parametrize(("old", "new", "change"), INSTRUMENT_EDITS)
def test_an_edit_of_an_instrument_has_one_meaning(
    samples: Path, workshop: Instrument, old: str, new: str, change: Change
) -> None:
    assert change_between(workshop, edited(samples, "workshop.yaml", old, new)) is change


SCORING_EDITS = [
    ('rationale: {ru: "Посчитали"}', 'rationale: {ru: "Сложили"}', Change.COSMETIC),
    ("anchors: [S1, M1]", "anchors: [S1]", Change.EQUIVALENT),
    ("key: [a, c]", "key: [a, d]", Change.BREAKING),
    ("value: 12.5", "value: 13", Change.BREAKING),
    ("points: 2", "points: 3", Change.BREAKING),
    ("{METH.1: 0.5, METH.2: 0.5}", "{METH.1: 0.4, METH.2: 0.6}", Change.BREAKING),
    ("L2: {competences: {OPIN: 1}}", "L2: {competences: {OPIN: 1}, reverse: true}", Change.BREAKING),
    ("preset: levels3", "preset: levels4", Change.BREAKING),
]


@pytest.mark.parametrize(("old", "new", "change"), SCORING_EDITS)
def test_an_edit_of_a_scoring_has_one_meaning(
    samples: Path, workshop: Instrument, workshop_scoring: Scoring, old: str, new: str, change: Change
) -> None:
    after = edited(samples, "workshop.scoring.yaml", old, new)
    assert change_between(workshop, workshop, workshop_scoring, after) is change


def test_the_same_documents_do_not_differ(workshop: Instrument, workshop_scoring: Scoring) -> None:
    assert differences(workshop, workshop) == []
    assert change_between(workshop, workshop, workshop_scoring, workshop_scoring) is Change.NONE


def test_a_scoring_on_one_side_only_is_breaking(workshop: Instrument, workshop_scoring: Scoring) -> None:
    assert change_between(workshop, workshop, workshop_scoring, None) is Change.BREAKING


def test_a_difference_names_its_place(samples: Path, workshop: Instrument) -> None:
    [found] = differences(workshop, edited(samples, "workshop.yaml", "Первое решение", "Иное решение"))
    assert found.path == ("items", "S1", "options", "a", "text", "ru")


def test_anchors_of_two_forms_are_shared_questions_without_words_to_read(workshop: Instrument) -> None:
    assert anchors(workshop, "A", workshop, "B") == ("S1", "M1", "N1", "T1", "L1", "L2", "L3", "FREE")


def test_a_question_asked_otherwise_is_no_anchor(samples: Path, workshop: Instrument) -> None:
    later = edited(samples, "workshop.yaml", "Первое решение", "Иное решение")
    assert "S1" not in anchors(workshop, "A", later, "B")


def test_a_form_with_its_own_wording_asks_another_question(samples: Path) -> None:
    by_audience = read_document(samples / "forms-by-audience.yaml")
    assert isinstance(by_audience, Instrument)
    assert anchors(by_audience, "teacher", by_audience, "parent") == ()
    assert anchors(by_audience, "parent", by_audience, "parent") == ("Q1",)
