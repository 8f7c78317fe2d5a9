"""Critical items: a task without which a result does not stand, however well the rest was done.

A rule fires when its item was scored below a share of its points, an item shown and left empty included. An
item that was not asked, not reached, or still waits for an expert says nothing, so it fires nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from instruments.items import ItemScore
from instruments.texts import Code, Frozen

Effect: TypeAlias = Literal["zero_parent", "cap_level"]
_ROUNDING = 1e-9


class Critical(Frozen):
    """`below`: share of the item's points. The effect falls on the scale of `node` alone.

    zero_parent  the scale has 0 points
    cap_level    its official level is `level` at best; points and per cents stay
    """

    item: Code
    below: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
    effect: Effect
    node: Code
    level: Code | None = None


def fired(rules: Iterable[Critical], scores: Mapping[str, ItemScore]) -> tuple[Critical, ...]:
    """The rules that take effect, in the order of the document."""
    return tuple(rule for rule in rules if _fires(rule, scores.get(rule.item)))


def _fires(rule: Critical, score: ItemScore | None) -> bool:
    if score is None or score.points is None or score.maximum <= 0:
        return False
    return score.points < rule.below * score.maximum - _ROUNDING
