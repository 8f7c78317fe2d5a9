"""Texts of a document: one thing said in several languages, Russian first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

SOURCE_LANGUAGE = "ru"
LONGEST_TEXT = 20_000

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Texts = Mapping[Language, Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]]

# ASCII only: a Cyrillic «М01» beside a Latin «M01» would be two codes that no reader can tell apart.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/\-]*$", max_length=64)]

# A condition as its author wrote it (`instruments.rules`); checking tells what is wrong with it.
RuleText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class Frozen(BaseModel):
    """Base of every part of a document: it never changes and carries no unknown field."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy without the cached indexes of the original, which would describe the old content."""
        copied = super().model_copy(update=update, deep=deep)
        for cached in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[cached]
        return copied


def say(texts: Texts | None, language: str = SOURCE_LANGUAGE) -> str:
    """Text in the language, else in Russian, else "" (an unfinished draft may lack both)."""
    if not texts:
        return ""
    return texts.get(language) or texts.get(SOURCE_LANGUAGE, "")


def is_translated(texts: Texts | None, language: str) -> bool:
    """Whether `say` would answer in this very language (the page marks what is not)."""
    return bool(texts and texts.get(language, "").strip())
