"""A figure as pixels: the marks of its SVG drawn by Pillow, for formats without vectors."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, hypot, pi, sin
from typing import Any

import fontpkg

from reports.charts.chart import Chart
from reports.charts.measure import FAMILY
from reports.charts.svg import Mark
from reports.render.printable import printable

DPI = 300
_INCH = 25.4  # mm
_FINER = 2  # drawn so many times larger and brought together: smooth edges
_STEPS = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?)")
_HALF_TURN = 180
_BOLD, _PLAIN = 700, 400
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Canvas:
    image: Any  # PIL.Image.Image
    pen: Any  # PIL.ImageDraw.ImageDraw
    scale: float  # pixels of the canvas in one of the drawing

    def at(self, *lengths: float) -> list[float]:
        return [length * self.scale for length in lengths]

    def thick(self, width: float) -> int:
        return max(1, round(width * self.scale))


def png(chart: Chart, width_mm: float, dpi: int = DPI) -> bytes:
    """The figure `width_mm` across at `dpi`, on white; grey figures become grey files.

    Raises
    ------
    ValueError
        For a mark that this renderer does not know: a figure is never drawn in part.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy

    scale = width_mm / _INCH * dpi / chart.width
    size = ceil(chart.width * scale) * _FINER, ceil(chart.height * scale) * _FINER
    image = Image.new("RGB", size, "#FFFFFF")
    canvas = _Canvas(image, ImageDraw.Draw(image), scale * _FINER)
    for mark in chart.marks:
        _draw(canvas, mark)
    found = image.reduce(_FINER)
    target = io.BytesIO()
    shown = found.convert("L") if _is_grey(chart.marks) else found
    shown.save(target, "PNG", dpi=(dpi, dpi), optimize=True)
    return target.getvalue()


def _is_grey(marks: tuple[Mark, ...]) -> bool:
    colors = {mark.word(name) for mark in marks for name in ("fill", "stroke")} - {"", "none"}
    return all(color[1:3] == color[3:5] == color[5:7] for color in colors)


def _draw(canvas: _Canvas, mark: Mark) -> None:
    shapes = {"line": _line, "rect": _rect, "circle": _circle, "path": _path, "text": _text}
    if mark.tag not in shapes:
        raise ValueError(f"no way to draw <{mark.tag}>")
    opacity = mark.number("stroke_opacity", 1.0)
    if opacity >= 1:
        shapes[mark.tag](canvas, mark)
        return
    _through(canvas, mark, opacity, shapes[mark.tag])


def _through(canvas: _Canvas, mark: Mark, opacity: float, shape: Any) -> None:
    """A half-transparent mark: laid over the drawing as a whole, so its own crossings stay even."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy

    mask = Image.new("L", canvas.image.size, 0)
    veiled = Mark(mark.tag, {**mark.attributes, "stroke": "#FFFFFF"}, mark.text)
    shape(_Canvas(mask, ImageDraw.Draw(mask), canvas.scale), veiled)
    color = Image.new("RGB", canvas.image.size, mark.word("stroke"))
    canvas.image.paste(color, mask=mask.point(lambda value: round(value * opacity)))


def _line(canvas: _Canvas, mark: Mark) -> None:
    start = mark.number("x1"), mark.number("y1")
    _stroke(canvas, [start, (mark.number("x2"), mark.number("y2"))], mark)


def _stroke(canvas: _Canvas, points: list[Point], mark: Mark) -> None:
    width, dash = canvas.thick(mark.number("stroke_width", 1.0)), mark.word("stroke_dasharray")
    pieces = _dashes(points, [float(one) for one in dash.split()]) if dash else [points]
    for piece in pieces:
        canvas.pen.line(
            [tuple(canvas.at(*point)) for point in piece],
            fill=mark.word("stroke"),
            width=width,
            joint="curve",
        )


def _dashes(points: list[Point], pattern: list[float]) -> Iterator[list[Point]]:
    """The drawn pieces of each side, the pattern begun anew at its start."""
    for (x1, y1), (x2, y2) in pairwise(points):
        length, gone, drawn = hypot(x2 - x1, y2 - y1), 0.0, 0
        while gone < length:
            until = min(gone + pattern[drawn % len(pattern)], length)
            if drawn % 2 == 0:
                yield [(x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length) for at in (gone, until)]
            gone, drawn = until, drawn + 1


def _rect(canvas: _Canvas, mark: Mark) -> None:
    x, y, width, height = (mark.number(name) for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return
    left, top, right, bottom = canvas.at(x, y, x + width, y + height)
    box = (left, top, max(left, right - 1), max(top, bottom - 1))
    canvas.pen.rounded_rectangle(box, canvas.scale * mark.number("rx"), fill=_filled(mark))
    if mark.word("stroke"):
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        _stroke(canvas, corners, mark)


def _filled(mark: Mark) -> str | None:
    color = mark.word("fill", "#000000")
    return None if color == "none" else color


def _circle(canvas: _Canvas, mark: Mark) -> None:
    x, y, radius = mark.number("cx"), mark.number("cy"), mark.number("r")
    edge, fill = (mark.number("stroke_width", 1.0) if mark.word("stroke") else 0.0), _filled(mark)
    outer = radius + edge / 2
    canvas.pen.ellipse(
        canvas.at(x - outer, y - outer, x + outer, y + outer),
        fill=fill,
        outline=mark.word("stroke") or None,
        width=canvas.thick(edge) if edge else 0,
    )


def _path(canvas: _Canvas, mark: Mark) -> None:
    for points in _outlines(mark.word("d")):
        if fill := _filled(mark):
            canvas.pen.polygon([tuple(canvas.at(*point)) for point in points], fill=fill)
        if mark.word("stroke"):
            _stroke(canvas, points, mark)


def _outlines(told: str) -> Iterator[list[Point]]:
    """Polylines of a path of M, L, half circles and Z: all that the figures are made of."""
    points: list[Point] = []
    for command, numbers in _commands(told):
        if command == "M" and points:
            yield points
        if command in {"M", "L"}:
            points = [*([] if command == "M" else points), (numbers[0], numbers[1])]
        elif command == "A":
            points = [*points, *_half_circle(points[-1], numbers)]
        elif command == "Z":
            points = [*points, points[0]]
        else:
            raise ValueError(f"no way to draw «{command}» of a path")
    if points:
        yield points


def _commands(told: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for letter, number in _STEPS.findall(told):
        if not letter:
            numbers.append(float(number))
            continue
        if command:
            yield command, numbers
        command, numbers = letter, []
    if command:
        yield command, numbers


def _half_circle(start: Point, numbers: list[float]) -> Iterator[Point]:
    """Points from `start` over the left or the right to the end of «A r r 0 0 sweep x y»."""
    end, turn = (numbers[5], numbers[6]), 1 if numbers[4] else -1
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    dx, dy = start[0] - middle[0], start[1] - middle[1]
    for step in range(1, _HALF_TURN + 1):
        angle = turn * pi * step / _HALF_TURN
        yield (
            middle[0] + dx * cos(angle) - dy * sin(angle),
            middle[1] + dx * sin(angle) + dy * cos(angle),
        )


def _text(canvas: _Canvas, mark: Mark) -> None:
    anchor = {"middle": "ms", "end": "rs"}.get(mark.word("text_anchor"), "ls")
    face = _face(mark.number("font_size") * canvas.scale, bold=mark.word("font_weight") == "bold")
    place = tuple(canvas.at(mark.number("x"), mark.number("y")))
    canvas.pen.text(place, printable(mark.text), fill=_filled(mark), font=face, anchor=anchor)


@lru_cache(maxsize=32)
def _face(size: float, *, bold: bool) -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - heavy

    path = fontpkg.path(FAMILY, weight=_BOLD if bold else _PLAIN)
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
