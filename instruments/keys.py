"""How one item is keyed: points, key, competences, and what stands behind a wrong choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from instruments.texts import Code, Frozen, Texts

Finite = Annotated[float, Field(allow_inf_nan=False)]


class NumberKey(Frozen):
    """Right when |answer − value| ≤ tolerance."""

    value: Finite
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0


# single: option code · multiple: option codes · number: NumberKey · text: accepted variants · likert: none
Key: TypeAlias = NumberKey | tuple[str, ...] | str


class ItemKey(Frozen):
    """Entry of a scoring document. `points: 0` says that the item is not scored, on purpose."""

    competences: Mapping[Code, Finite] = {}
    points: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 1.0
    key: Key | None = None
    reverse: bool = False
    rationale: Texts | None = None
    mistakes: Mapping[Code, Texts] = {}
