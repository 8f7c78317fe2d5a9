"""What every module of an item type offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from instruments.items.outcome import Answer, ItemScore, Reading
from instruments.keys import ItemKey
from instruments.words import Translate, unchanged

ScoreAnswer: TypeAlias = Callable[[Answer], ItemScore]


class ItemType(Protocol):
    """The items are Any here because each module takes its own model; the table pairs them by `type`."""

    @property
    def OMITTED_IS_ZERO(self) -> bool:  # noqa: N802  a constant of the module
        """Whether an item shown and left empty, or opted out of, costs its points (else it is missing)."""
        ...

    def read(self, item: Any, raw: object) -> Reading:
        """Answer in its stored form from JSON or from a form's strings."""
        ...

    def scorer(self, item: Any, key: ItemKey) -> ScoreAnswer | None:
        """Scoring of a given answer, compiled once; None when the entry cannot score it."""
        ...

    def describe(self, item: Any, answer: Answer, language: str, translate: Translate = unchanged) -> str:
        """Human text of a given answer."""
        ...
