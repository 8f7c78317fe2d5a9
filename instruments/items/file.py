"""Files and photos. Answer: {"files": [{"id": "…", "name": "план.pdf", "size": 12345}, …]}.

The bytes are stored before by the application, which also knows whose they are: here only the shape counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from instruments.document import FileItem
from instruments.items.outcome import EMPTY, Answer, Reading, is_empty, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.texts import SOURCE_LANGUAGE
from instruments.words import FILE_SIZE_KB, FILE_SIZE_MB, Translate, unchanged

OMITTED_IS_ZERO = False
MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 120

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_KILOBYTE = 1024


def read(item: FileItem, raw: object) -> Reading:
    if is_empty(raw) or raw == {"files": []}:
        return EMPTY
    files = raw.get("files") if isinstance(raw, Mapping) and set(raw) == {"files"} else None
    if not isinstance(files, list) or not all(_is_file(one) for one in files):
        return refused("wrong_shape")
    ids = [one["id"] for one in files]
    if len(set(ids)) < len(ids):
        return refused("file_repeated")
    if len(files) > item.most:
        return refused("too_many_files", given=len(files), most=item.most)
    return Reading({"files": [{key: one[key] for key in ("id", "name", "size")} for one in files]})


def scorer(item: FileItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    """A file is looked at, not counted."""
    return None


def describe(item: FileItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    """«план.pdf (1,2 МБ), фото.jpg (340 КБ)»."""
    return ", ".join(
        f"{one['name']} ({size_words(one['size'], language, translate)})" for one in files_of(answer)
    )


def files_of(answer: object) -> list[dict[str, Any]]:
    """Files of a stored answer; none of anything else."""
    files = answer.get("files") if isinstance(answer, Mapping) else None
    return [dict(one) for one in files if _is_file(one)] if isinstance(files, list) else []


def size_words(size: int, language: str, translate: Translate = unchanged) -> str:
    """«340 КБ», «1,2 МБ»; never less than one kilobyte."""
    if size < _KILOBYTE**2:
        return translate(FILE_SIZE_KB) % {"size": max(1, round(size / _KILOBYTE))}
    text = f"{size / _KILOBYTE**2:.1f}"
    return translate(FILE_SIZE_MB) % {"size": text.replace(".", ",") if language == SOURCE_LANGUAGE else text}


def _is_file(one: object) -> bool:
    if not isinstance(one, Mapping) or set(one) != {"id", "name", "size"}:
        return False
    name, size = one["name"], one["size"]
    is_named = isinstance(name, str) and 0 < len(name) <= LONGEST_NAME
    is_sized = isinstance(size, int) and not isinstance(size, bool) and 0 < size <= MOST_BYTES
    return bool(isinstance(one["id"], str) and _ID.fullmatch(one["id"]) and is_named and is_sized)
