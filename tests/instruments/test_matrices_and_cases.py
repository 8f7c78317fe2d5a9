"""Rows of a matrix are asked one by one on its scale; a case is found from each of its questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from instruments.checking import check_scoring
from instruments.document import AskedRow, Instrument
from instruments.formats.yaml import read_document, write_document
from instruments.framework import Framework
from instruments.items import describe, read
from instruments.keys import ItemKey
from instruments.pictures import MOST_BYTES, facts_of, is_sound, picture_of
from instruments.scoring import Scoring, score_item
from instruments.versions import Change, anchors, canonical_json, change_between


def sample(folder: Path, name: str) -> Instrument:
    found = read_document(folder / f"{name}.yaml")
    assert isinstance(found, Instrument)
    return found


@pytest.fixture
def matrix(samples: Path) -> Instrument:
    return sample(samples, "matrix")


@pytest.fixture
def case(samples: Path) -> Instrument:
    return sample(samples, "case")


def test_a_row_is_asked_with_the_stem_scale_and_way_out_of_its_matrix(matrix: Instrument) -> None:
    for row in (matrix.item("R2"), matrix.form_items("A")[1], matrix.asked_items[1]):
        assert isinstance(row, AskedRow)
        assert (row.code, row.type, row.matrix) == ("R2", "likert", "HELP")
        assert row.stem == {"ru": "Насколько вам помогает…"}
        assert [point.value for point in row.scale] == [1, 2, 3]
        assert row.opt_out == {"ru": "Не пробовал"}


def test_a_row_is_answered_told_and_scored_as_an_opinion(matrix: Instrument) -> None:
    row = matrix.item("R1")
    assert read(row, "2").answer == 2
    assert describe(row, 2) == "Помогает отчасти"
    assert describe(row, {"opt_out": True}) == "Не пробовал"
    assert score_item(row, ItemKey(competences={"OPIN": 1}, points=4), 2).points == 2


def test_a_row_of_an_unknown_matrix_has_nothing_to_choose_and_breaks_nothing(matrix: Instrument) -> None:
    draft = matrix.model_copy(update={"matrices": ()})
    assert [item.code for item in draft.form_items("A")] == ["R1", "R2", "R3"]
    assert read(draft.item("R1"), "2").problems[0].code == "not_on_scale"


def test_the_document_keeps_its_rows_as_they_were_written(matrix: Instrument) -> None:
    assert [item.type for item in matrix.items] == ["row", "row", "row"]
    assert read_document(write_document(matrix).encode()) == matrix
    assert b"AskedRow" not in canonical_json(matrix)


def test_another_scale_of_the_matrix_makes_every_row_another_question(matrix: Instrument) -> None:
    [whole] = matrix.matrices
    shorter = matrix.model_copy(update={"matrices": (whole.model_copy(update={"scale": whole.scale[:2]}),)})
    assert change_between(matrix, shorter) is Change.BREAKING
    assert anchors(matrix, "A", shorter, "A") == ()
    assert anchors(matrix, "A", matrix, "A") == ("R1", "R2", "R3")


def test_rows_stand_in_a_scoring_as_opinions(
    matrix: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    entries = {code: ItemKey(competences={"OPIN": 1}) for code in ("R1", "R2", "R3")}
    scoring = workshop_scoring.model_copy(
        update={
            "instrument": "sample.matrix",
            "items": entries,
            "anchors": (),
            "blocks": ("OPIN",),
            "importance": {},
        }
    )
    assert check_scoring(matrix, scoring, workshop_framework) == []


def test_facts_and_files_stand_in_no_scoring(
    samples: Path, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    for name in ("item-table", "item-file"):
        entries = {"Q1": ItemKey(competences={"OPIN": 1})}
        scoring = workshop_scoring.model_copy(
            update={"items": entries, "anchors": (), "blocks": ("OPIN",), "importance": {}}
        )
        found = {
            (one.where, one.code) for one in check_scoring(sample(samples, name), scoring, workshop_framework)
        }
        assert ("items.Q1", "facts_scored") in found
        assert not {where for where, code in found if code == "item_not_scored"}


def test_a_case_is_found_from_its_questions_only(case: Instrument) -> None:
    found = [case.stimulus_of(item) for item in case.form_items("A")]
    assert [one.code if one else None for one in found] == ["STORY", "STORY", None]


def test_a_case_with_another_text_is_another_question_and_with_another_title_is_not(case: Instrument) -> None:
    [story] = case.stimuli

    def told(**changes: object) -> Instrument:
        return case.model_copy(update={"stimuli": (story.model_copy(update=changes),)})

    assert anchors(case, "A", told(text={"ru": "Другая история"}), "A") == ("AFTER",)
    assert anchors(case, "A", told(title={"ru": "Другое имя"}), "A") == ("C1", "C2", "AFTER")


def test_the_picture_of_a_case_is_what_it_says(case: Instrument) -> None:
    picture = case.stimuli[0].image
    assert picture is not None
    assert is_sound(picture)
    assert facts_of(picture.content) == ("image/png", 320, 180)
    assert picture_of(picture.content, picture.alt) == picture


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff\xe0\x00\x04ab", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert facts_of(content) is None
    with pytest.raises(ValueError, match="PNG or JPEG"):
        picture_of(content)


def test_a_heavy_picture_is_refused(case: Instrument) -> None:
    image = case.stimuli[0].image
    assert image is not None
    with pytest.raises(ValueError, match="40 KB"):
        picture_of(image.content + b"x" * MOST_BYTES)


def test_a_jpeg_tells_its_size_wherever_it_stands() -> None:
    comment = b"\xff\xfe" + (6).to_bytes(2, "big") + b"abcd"
    frame = (
        b"\xff\xc2" + (11).to_bytes(2, "big") + b"\x08" + (180).to_bytes(2, "big") + (320).to_bytes(2, "big")
    )
    assert facts_of(b"\xff\xd8" + comment + frame) == ("image/jpeg", 320, 180)
