"""Whatever an item type needs is there: the recipe of CONTRIBUTING, as a test that names what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from diagnostics.assets import path_of
from diagnostics.web.authoring.keys import KEY_VIEWS
from diagnostics.web.item_fields import FIELDS
from instruments.checking.instruments import ITEM_CHECKS
from instruments.checking.keys import KEY_CHECKS
from instruments.document import Instrument, Item
from instruments.formats.yaml import read_document
from instruments.items import TYPES

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
BROKEN = sorted(file.name for file in (SAMPLES / "broken").glob("item-*.yaml"))
RESOLVED = {"row"}  # asked as another type: a row of a matrix is a likert with a stem
SILENT = {"info", "file"}  # nothing to answer; files go with the form itself


def _templates(folder: str) -> set[str]:
    return {file.stem for file in (path_of("templates") / folder).glob("[a-z]*.html")}


def _read_by_the_player() -> set[str]:
    script = (path_of("static") / "js" / "player" / "controls.js").read_text()
    table = re.search(r"const READ = \{(.*?)\n\};", script, re.DOTALL)
    return set(re.findall(r"^  (\w+):", table[1], re.MULTILINE)) | SILENT if table else set()


def _sampled() -> set[str]:
    found = set()
    for kind in TYPES:
        document = read_document(SAMPLES / f"item-{kind}.yaml") if _sample(kind).is_file() else None
        if isinstance(document, Instrument) and any(item.type == kind for item in document.items):
            found.add(kind)
    return found


def _sample(kind: str) -> Path:
    return SAMPLES / f"item-{kind}.yaml"


def _in_the_work_of_every_type() -> set[str]:
    work = read_document(SAMPLES / "every-type.yaml")
    assert isinstance(work, Instrument)
    return {item.type for item in work.items}


NEEDED: Mapping[str, Callable[[], set[str]]] = {
    "a model in instruments/item_models.py": lambda: _models() - RESOLVED,
    "checks in instruments/checking/instruments.py": lambda: set(ITEM_CHECKS) - RESOLVED,
    "checks of its key in instruments/checking/keys.py": lambda: set(KEY_CHECKS) - RESOLVED,
    "a form field in web/item_fields": lambda: set(FIELDS),
    "a template in templates/items": lambda: _templates("items"),
    "a print form in templates/items/print": lambda: _templates("items/print"),
    "a view of its key in web/authoring/keys.py": lambda: set(KEY_VIEWS),
    "a reader in static/js/player/controls.js": _read_by_the_player,
    "a sample tests/samples/item-<type>.yaml": _sampled,
    "a broken sample tests/samples/broken/item-<type>-….yaml": lambda: {
        name.split("-")[1] for name in BROKEN
    },
    "a place in tests/samples/every-type.yaml": _in_the_work_of_every_type,
}


def _models() -> set[str]:
    union, _discriminator = get_args(Item)
    return {get_args(model.model_fields["type"].annotation)[0] for model in get_args(union)}


@pytest.mark.parametrize("what", NEEDED)
def test_every_item_type_has(what: str) -> None:
    assert set(TYPES) - NEEDED[what]() == set()


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_is_the_module_of_its_name(kind: str) -> None:
    module = TYPES[kind]
    assert isinstance(module, ModuleType)
    assert module.__name__ == f"instruments.items.{kind}"


def test_nothing_is_kept_for_a_type_that_is_gone() -> None:
    known = set(TYPES) | RESOLVED
    assert (set(FIELDS) | set(KEY_VIEWS) | _templates("items") | _templates("items/print")) - known == set()
