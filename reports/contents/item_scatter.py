"""Tasks of a work by how often they are solved and how well they tell the strong from the weak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPoint:
    """One task. `number`: short name in the figure; `remark`: what is wrong with it in words, "" = nothing.

    p  per cent of possible points; r  correlation with the rest of the work (−1…1)
    """

    number: str
    title: str
    p: float
    r: float
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScatter:
    """`easy`, `hard`: guides in per cents; `least`: the discrimination that is expected; `people` behind it."""

    points: tuple[ItemPoint, ...]
    people: int
    hard: float = 30.0
    easy: float = 70.0
    least: float = 0.25

    @property
    def remarked(self) -> tuple[ItemPoint, ...]:
        return tuple(one for one in self.points if one.remark)
