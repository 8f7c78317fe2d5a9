"""The reference of the document language says what the models say, and every field has its meaning."""

from __future__ import annotations

import pytest

from tests.house import reference
from tests.house.meanings import FIELDS, MODELS, TYPES


def test_the_page_is_what_the_code_generates() -> None:
    assert reference.PAGE.read_text() == reference.page(), "run: python -m tests.house.reference"


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_part_has_a_meaning(name: str) -> None:
    model = reference.models()[name]
    assert [field for field in model.model_fields if reference.meaning(model, field) is None] == []


def test_every_type_of_item_is_told() -> None:
    found = reference.item_types()
    assert set(TYPES) == set(found)
    wordless = [
        (name, field)
        for name, model in found.items()
        for field in reference.own_fields(model)
        if reference.meaning(model, field) is None
    ]
    assert wordless == []


def test_no_meaning_outlives_its_field() -> None:
    known = {**reference.models(), **{model.__name__: model for model in reference.item_types().values()}}
    words = {f"{name}.{field}" for name, model in known.items() for field in model.model_fields}
    words |= {f"*.{one.split('.')[1]}" for one in words}
    assert set(FIELDS) <= words


def test_every_part_that_a_document_holds_has_a_chapter() -> None:
    assert set(MODELS) >= reference.parts_of(
        *(reference.models()[name] for name in ("Instrument", "Scoring", "Framework"))
    )
