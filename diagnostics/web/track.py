"""The progress line above a question, in the player and where its author looks at it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple


class Track(NamedTuple):
    """The progress line."""

    looks: tuple[
        str, ...
    ]  # one a question: «answered» or «empty», with «flagged» and «current» where they hold
    answered: int

    @classmethod
    def of(
        cls, codes: Iterable[str], current: int, answers: Container[str], flagged: Container[str] = ()
    ) -> Track:
        """`current`: the number of the question that is shown, from 1."""
        looks = [
            ("answered" if code in answers else "empty") + (" flagged" if code in flagged else "")
            for code in codes
        ]
        answered = sum(look.startswith("answered") for look in looks)
        if 0 < current <= len(looks):
            looks[current - 1] += " current"
        return cls(tuple(looks), answered)
