"""Marks told apart by shape: sure, on a border, few data, missing; and the arrows of directions."""

from __future__ import annotations

import enum

from reports.charts.labels import put
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.wording.numbers import DASH

RADIUS = 6.5
BAND = 12


class Dot(enum.Enum):
    FULL = "full"
    HALF = "half"
    HOLLOW = "hollow"


def dot(drawing: Drawing, x: float, y: float, kind: Dot, theme: Theme) -> None:
    """A full mark has a white rim, so that it stays apart from its band."""
    if kind is Dot.FULL:
        drawing.add(
            "circle", cx=x, cy=y, r=RADIUS, fill=theme.mark, stroke=theme.ground, stroke_width=1.5
        )  # fmt: skip
        return
    drawing.add("circle", cx=x, cy=y, r=RADIUS + 0.75, fill=theme.ground)
    if kind is Dot.HALF:
        half = RADIUS - 0.5
        drawing.add(
            "path",
            d=f"M {x:.2f} {y - half:.2f} A {half} {half} 0 0 0 {x:.2f} {y + half:.2f} Z",
            fill=theme.mark,
        )
    color = theme.mark if kind is Dot.HALF else theme.secondary
    drawing.add(
        "circle", cx=x, cy=y, r=RADIUS - 0.75, fill="none", stroke=color, stroke_width=1.5
    )  # fmt: skip


def band(drawing: Drawing, low: float, high: float, y: float, theme: Theme) -> None:
    drawing.rect(low, y - BAND / 2, high - low, BAND, fill=theme.band, radius=2)


def tick(drawing: Drawing, x: float, y: float, theme: Theme) -> None:
    """The per cent that was scored: a thin mark through the band, with a rim that keeps it apart."""
    half = BAND / 2 + 4
    drawing.line(x, y - half, x, y + half, color=theme.ground, width=5)
    drawing.line(x, y - half, x, y + half, color=theme.ink, width=2)


def dashed(drawing: Drawing, low: float, high: float, y: float, theme: Theme) -> None:
    drawing.line(low, y, high, y, color=theme.secondary, width=1.5, dash="3 3")


def missing(drawing: Drawing, x: float, y: float, theme: Theme) -> None:
    """A value that does not exist: a dashed box, never a zero."""
    drawing.rect(x, y - 9, 28, 18, fill=theme.ground, radius=2, stroke=theme.control, dash="2 2")
    put(drawing, x + 14, y + 4.5, DASH, size=13, color=theme.secondary, anchor="middle")


def whisker(drawing: Drawing, low: float, high: float, y: float, theme: Theme) -> None:
    """An interval with ends, lying."""
    drawing.line(low, y, high, y, color=theme.mark, width=2)
    for end in (low, high):
        drawing.line(end, y - 4, end, y + 4, color=theme.mark, width=2)


def arrow(drawing: Drawing, x: float, y: float, direction: int, theme: Theme) -> None:
    """A small arrow of 12 px that starts at `x`; direction −1 or +1."""
    tip = x + 12 * direction
    drawing.line(x, y, tip, y, color=theme.secondary, width=1.2)
    drawing.add(
        "path",
        d=f"M {tip - 4 * direction:.2f} {y - 3.5:.2f} L {tip:.2f} {y:.2f} L {tip - 4 * direction:.2f} {y + 3.5:.2f}",
        fill="none",
        stroke=theme.secondary,
        stroke_width=1.2,
    )
