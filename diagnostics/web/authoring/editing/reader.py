"""A posted form as the controls read it: words, numbers as numbers, what is absent left alone.

Markup is not taken out here: `instruments.drafting.cleaning` does it for whatever comes into a draft, and tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

Form = MultiDict[str, str]

HAS = "has"  # names of the ticks that stood on the page: a browser does not send those that are off
_NUMBER = re.compile(r"[+\-]?\d{1,15}(?:\.\d{1,15})?")
_SPACES = re.compile("[ \u00a0\u2009\u202f]")


class Reader:
    """`files`: contents by field. `refused`: field → code of what a control could not take (of `DOCUMENT_PROBLEMS`)."""

    def __init__(
        self, form: Form, languages: tuple[str, ...] = ("ru",), files: Mapping[str, bytes] | None = None
    ) -> None:
        self.form = form
        self.languages = languages
        self.files = files or {}
        self.refused: dict[str, str] = {}

    def has(self, name: str) -> bool:
        return name in self.form

    def words(self, name: str) -> str:
        """One kind of line end, no blanks around."""
        return self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()

    def texts(self, name: str, before: dict[str, str] | None) -> dict[str, str]:
        """Texts of the languages that the page showed; those of other languages stay."""
        made = dict(before or {})
        for language in self.languages:
            if f"{name}.{language}" not in self.form:
                continue
            words = self.words(f"{name}.{language}")
            if words:
                made[language] = words
            else:
                made.pop(language, None)
        return made

    def asks_texts(self, name: str) -> bool:
        return any(f"{name}.{language}" in self.form for language in self.languages)

    def number(self, name: str) -> Any:
        """int, float, None for an empty field, or the words as typed: the document's shape refuses those."""
        typed = self.form.get(name, "").strip()
        plain = _SPACES.sub("", typed).replace(",", ".").replace("−", "-")
        if not plain:
            return None
        if not _NUMBER.fullmatch(plain):
            return typed
        value = float(plain)
        return int(value) if value.is_integer() else value

    def tick(self, name: str) -> bool | None:
        """None when the page did not show it."""
        if name not in self.form.getlist(HAS):
            return None
        return name in self.form

    def codes(self, name: str) -> list[str]:
        """Values of a repeated hidden field, each once, in the order of the page."""
        return list(dict.fromkeys(self.form.getlist(name)))


def put(target: dict[str, Any], name: str, value: Any) -> None:
    """Write a field; what is empty or false is left out, as documents leave out their defaults."""
    if value is None or value is False or value in ("", [], {}):
        target.pop(name, None)
    else:
        target[name] = value


def put_number(target: dict[str, Any], name: str, value: Any) -> None:
    """Zero is a number, too."""
    if value is None:
        target.pop(name, None)
    else:
        target[name] = value
