"""How one item is keyed: points, key, competences, and what stands behind a wrong choice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from instruments.texts import Code, Frozen, Texts

Finite = Annotated[float, Field(allow_inf_nan=False)]


# What an answer takes: to remember or see · to do what was learnt · to find, to weigh, to prove.
Cognitive: TypeAlias = Literal["knowing", "applying", "reasoning"]


class NumberKey(Frozen):
    """Right when |answer − value| ≤ tolerance."""

    value: Finite
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0


class RubricLevel(Frozen):
    """What an answer worth so many points looks like."""

    points: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
    text: Texts


class Criterion(Frozen):
    """One side of an answer that an expert marks; its levels rise from 0 points."""

    code: Code
    title: Texts
    levels: tuple[RubricLevel, ...]

    @property
    def most(self) -> float:
        """Points of the best level; 0 where none is described yet."""
        return max((level.points for level in self.levels), default=0.0)


class RubricKey(Frozen):
    """An expert gives points criterion by criterion; they add up."""

    criteria: tuple[Criterion, ...]

    @property
    def most(self) -> float:
        """Points of an answer that is best on every criterion."""
        return math.fsum(criterion.most for criterion in self.criteria)


# single: option code · multiple: option codes · ordering: option codes in the right order ·
# matching: prompt → option · number: NumberKey · text: accepted variants · long_text: RubricKey ·
# scales of opinion: none
Key: TypeAlias = Annotated[
    NumberKey | RubricKey | Mapping[Code, Code] | tuple[str, ...] | str, Field(union_mode="left_to_right")
]


class ItemKey(Frozen):
    """Entry of a scoring document. `points: 0` says that the item is not scored, on purpose."""

    competences: Mapping[Code, Finite] = {}
    points: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 1.0
    key: Key | None = None
    reverse: bool = False
    cognitive: Cognitive | None = None
    rationale: Texts | None = None
    mistakes: Mapping[Code, Texts] = {}
