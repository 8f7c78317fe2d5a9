"""Templates compiled once for the applications of all tests, apart for each language and state of its words."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from diagnostics.assets import path_of


class CompiledTemplates(FileSystemBytecodeCache):
    """`.cache/templates` of the working copy; words are compiled in, so new ones make a template new."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))
        catalogues = sorted(path_of("translations").rglob("*.mo"))
        self._state = hashlib.sha256(b"".join(one.read_bytes() for one in catalogues)).hexdigest()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        words: Any = getattr(environment, "words", None)
        if words is None:
            return super().get_bucket(environment, name, filename, source)
        language = words.info()["language"]
        return super().get_bucket(environment, name, f"{filename} in {language}", source + self._state)
