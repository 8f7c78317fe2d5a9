"""Templates compiled once for the applications of all tests, apart for each state of what is put into them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from diagnostics.assets import path_of
from diagnostics.web import templating


class CompiledTemplates(FileSystemBytecodeCache):
    """`folder` of the working copy; all are compiled anew when one of them, a catalogue or our compiler changes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        words: Any = getattr(environment, "words", None)
        if words is not None:
            filename = f"{filename} in {_state(tuple(words.files))}"
        return super().get_bucket(environment, name, filename, source)


#: Every test makes an application of its own; templates are compiled once for all.
COMPILED = CompiledTemplates(Path(__file__).resolve().parents[2] / ".cache" / "templates")


@lru_cache
def _state(catalogues: tuple[str, ...]) -> str:
    parts = (
        *catalogues,
        templating.__file__,
        *sorted(path_of("templates").rglob("*.html")),
    )  # parts are put in too
    return hashlib.sha256(b"".join(Path(one).read_bytes() for one in parts)).hexdigest()
