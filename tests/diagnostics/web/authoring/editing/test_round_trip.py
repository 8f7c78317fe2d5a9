"""A form posted as it stands changes nothing, whatever the type of the item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents, Entry
from diagnostics.web.authoring.editing.item import read_item, show_item
from diagnostics.web.authoring.editing.shape import shape_problems
from diagnostics.web.authoring.editing.structure import ROW, Spot, add
from diagnostics.web.authoring.editing.types import FORMS
from instruments.bundled import bundled
from instruments.formats.yaml import read_document
from instruments.items import TYPES
from instruments.versions import canonical_json
from tests.support.posting import posted

sqlite = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

SAMPLES = Path(__file__).parents[4] / "samples"
FRAMEWORK = bundled("framework")["dpo"]


def plain(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(canonical_json(read_document(path.read_bytes())))
    return found


def works() -> list[Documents]:
    """Samples with their keys, and the shipped works."""
    names = ("every-type", "branching", "keyed")
    found = [Documents(plain(SAMPLES / f"{n}.yaml"), plain(SAMPLES / f"{n}.scoring.yaml")) for n in names]
    alone = ("matrix", "case", "item-table", "item-file", "item-consent", "two-languages", "item-observation")
    found += [Documents(plain(SAMPLES / f"{n}.yaml"), {}) for n in alone]
    scorings = {one.instrument: one for one in bundled("scoring").values()}
    for code, document in bundled("instrument").items():
        found.append(Documents(_plain(document), _plain(scorings[code])))
    return found


def _plain(document: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(canonical_json(document))
    return found


def page_of(app: Flask, documents: Documents, code: str) -> str:
    around = Around(documents, FRAMEWORK)
    with app.test_request_context():
        return render_template(
            "authoring/editing/_part_form.html",
            groups=show_item(documents.entry(code), around),
            mistakes={},
        )


def same(one: Entry, other: Entry) -> bool:
    """As documents: what stands at its default may be left out."""
    return (one.item, one.key, one.anchor) == (other.item, other.key, other.anchor)


def test_every_type_has_its_form() -> None:
    assert set(FORMS) == {*TYPES, ROW}


@sqlite
def test_a_form_as_it_stands_changes_nothing(app: Flask) -> None:
    kinds, wrong = set(), []
    for documents in works():
        around = Around(documents, FRAMEWORK)
        for item in documents.items:
            before = documents.entry(item["code"])
            after = read_item(posted(page_of(app, documents, before.code)), before, around)
            if not same(before, after):
                wrong.append((before, after))
            kinds.add(item["type"])
    assert wrong == []
    assert kinds == set(FORMS)


@sqlite
def test_a_form_of_half_an_item_leaves_the_rest_alone(app: Flask) -> None:
    documents = works()[0]
    around = Around(documents, FRAMEWORK)
    for item in documents.items:
        before = documents.entry(item["code"])
        form = posted(page_of(app, documents, before.code))
        only = type(form)(
            [(name, value) for name, value in form.items(multi=True) if name.startswith("title")]
        )
        assert same(before, read_item(only, before, around))


@sqlite
def test_a_new_item_of_every_type_is_a_document(app: Flask) -> None:
    first = works()[0]
    form, section = next(first.sections())
    for kind in FORMS:
        made = add(first, kind, Spot(form["code"], section["code"]))
        assert not [one for one in shape_problems(made.documents) if made.code in one.where], kind
        page_of(app, made.documents, made.code)
