"""Text inside figures: anchored, wrapped by measured width, with a ground of its own over lines."""

from __future__ import annotations

from typing import Literal

from reports.charts.measure import balanced, shorten, text_width
from reports.charts.svg import Drawing
from reports.charts.theme import Theme

Anchor = Literal["start", "middle", "end"]
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
_ASCENT, _DESCENT = 0.78, 0.22  # of the size: what a line of PT Sans covers around its baseline


def put(
    drawing: Drawing, x: float, y: float, text: str, *, size: float = 14, color: str,
    bold: bool = False, anchor: Anchor = "start", ground: str | None = None,
) -> None:  # fmt: skip
    """One line with its baseline at `y`; `ground` paints a plate under it where lines pass."""
    if ground:
        width = text_width(text, size, bold=bold) + 4
        drawing.rect(
            x - _SHIFT[anchor] * width - (2 if anchor == "start" else 0) + (2 if anchor == "end" else 0),
            y - size * _ASCENT,
            width,
            size * (_ASCENT + _DESCENT),
            fill=ground,
        )
    drawing.add(
        "text", text, x=x, y=y, font_size=size, fill=color,
        font_weight="bold" if bold else None, text_anchor=None if anchor == "start" else anchor,
    )  # fmt: skip


def fitted(
    text: str, width: float, theme: Theme, *, size: float = 14, bold: bool = False, most: int = 2
) -> tuple[str, ...]:
    """At most `most` lines that stay inside `width` in the widest font of the theme."""
    room = width / theme.slack
    lines = balanced(text, room, size, bold=bold)
    if len(lines) > most:
        lines = (*lines[: most - 1], " ".join(lines[most - 1 :]))
    return tuple(shorten(line, room, size, bold=bold) for line in lines)


def put_lines(
    drawing: Drawing, x: float, middle: float, lines: tuple[str, ...], *, size: float = 14,
    color: str, bold: bool = False, anchor: Anchor = "start",
) -> None:  # fmt: skip
    """Several lines centred on the height `middle`."""
    pitch = round(size * 1.2)
    first = middle + size * 0.34 - pitch * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        put(
            drawing, x, first + index * pitch, line, size=size, color=color, bold=bold, anchor=anchor
        )  # fmt: skip
