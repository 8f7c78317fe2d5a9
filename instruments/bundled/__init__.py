"""The shipped library: every YAML document in this folder, written by us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal, overload

from instruments.document import Instrument
from instruments.formats.yaml import Document, read_document
from instruments.framework import Framework
from instruments.scoring import Scoring


@overload
def bundled(kind: Literal["instrument"]) -> Mapping[str, Instrument]: ...
@overload
def bundled(kind: Literal["scoring"]) -> Mapping[str, Scoring]: ...
@overload
def bundled(kind: Literal["framework"]) -> Mapping[str, Framework]: ...
def bundled(kind: str) -> Mapping[str, Document]:
    """Shipped documents of the kind by code; read once, from a checkout or from an installed wheel."""
    return _library()[kind]


def bundled_files() -> tuple[Traversable, ...]:
    """The shipped files, sorted by name within each folder."""
    return tuple(_yaml_files(files(__package__)))


@cache
def _library() -> Mapping[str, Mapping[str, Document]]:
    shelves: dict[str, dict[str, Document]] = {"instrument": {}, "scoring": {}, "framework": {}}
    for file in bundled_files():
        document = read_document(file.read_bytes())
        if document.code in shelves[document.kind]:
            raise ValueError(f"two shipped documents of kind {document.kind} have the code {document.code}")
        shelves[document.kind][document.code] = document
    return {kind: MappingProxyType(shelf) for kind, shelf in shelves.items()}


def _yaml_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _yaml_files(entry)
        elif entry.name.endswith(".yaml"):
            yield entry
