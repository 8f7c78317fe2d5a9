"""Figures that benchmarks hand to the table of `make bench`; a benchmark run by itself only prints."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PLACE = "ORIENTIR_BENCH_FIGURES"


@dataclass(frozen=True, slots=True)
class Figure:
    """`goal`: at most this. `floor`: the least possible of the same run. `growth`: times the work for ten times as many."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    floor: float | None = None
    growth: float | None = None

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "met" if self.value <= self.goal else "NOT MET"


def note(
    name: str,
    value: float,
    unit: str,
    *,
    goal: float | None = None,
    floor: float | None = None,
    growth: float | None = None,
) -> None:
    """One line of the table."""
    place = os.environ.get(PLACE)
    if place:
        line = json.dumps(asdict(Figure(name, value, unit, goal, floor, growth)), ensure_ascii=False)
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def noted(place: Path) -> list[Figure]:
    if not place.exists():
        return []
    return [Figure(**json.loads(line)) for line in place.read_text(encoding="utf-8").splitlines()]


def table(figures: Sequence[Figure]) -> str:
    width = max((len(one.name) for one in figures), default=0)
    head = f"{'figure':<{width}}  {'value':>10} {'unit':<8} {'goal':>8}  {'':<8} {'× floor':>8} {'× for ten times':>16}"
    return "\n".join([head, "-" * len(head), *(_line(one, width) for one in figures)])


def _line(one: Figure, width: int) -> str:
    ratio = f"{one.value / one.floor:,.1f}" if one.floor else ""
    growth = f"{one.growth:.1f}" if one.growth else ""
    return (
        f"{one.name:<{width}}  {_number(one.value):>10} {one.unit:<8} {_number(one.goal):>8}  "
        f"{one.verdict:<8} {ratio:>8} {growth:>16}"
    ).rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
