"""Four groups told apart by shape first and by colour second, so that grey print says the same."""

from __future__ import annotations

from reports.charts.labels import put
from reports.charts.measure import text_width
from reports.charts.svg import Drawing, element
from reports.charts.theme import SCREEN, Theme
from reports.contents.zones import Mark, Voice
from reports.wording.voices import suppressed, voice
from reports.wording.words import Words

LANE = 18
_R = 6.0
_COLORS = {Voice.SHEET: "#12436D", Voice.TEACHER: "#F46A25", Voice.PUPIL: "#28A197", Voice.PARENT: "#801650"}
_PILL = 16


def color_of(voice: Voice, theme: Theme) -> str:
    return _COLORS[voice] if theme is SCREEN else theme.mark


def voice_mark(drawing: Drawing, x: float, y: float, voice: Voice, theme: Theme, size: float = _R) -> None:
    """● sheet, ▲ teachers, ■ pupils, ◆ parents, with a white rim."""
    fill, rim = color_of(voice, theme), theme.ground
    if voice is Voice.SHEET:
        drawing.add("circle", cx=x, cy=y, r=size, fill=fill, stroke=rim, stroke_width=1.5)
    elif voice is Voice.PUPIL:
        side = size * 1.75
        drawing.add(
            "rect", x=x - side / 2, y=y - side / 2, width=side, height=side,
            fill=fill, stroke=rim, stroke_width=1.5,
        )  # fmt: skip
    else:
        drawing.add("path", d=_corners(x, y, voice, size), fill=fill, stroke=rim, stroke_width=1.5)


def _corners(x: float, y: float, voice: Voice, size: float) -> str:
    points: tuple[tuple[float, float], ...]
    if voice is Voice.TEACHER:
        points = ((x, y - size * 1.15), (x + size * 1.15, y + size * 0.9), (x - size * 1.15, y + size * 0.9))
    else:
        far = size * 1.25
        points = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    return "M " + " L ".join(f"{px:.2f} {py:.2f}" for px, py in points) + " Z"


def span(drawing: Drawing, low: float, high: float, y: float, voice: Voice, theme: Theme) -> None:
    drawing.line(low, y, high, y, color=color_of(voice, theme), width=2)


def hidden_lane(drawing: Drawing, x: float, y: float, one: Mark, theme: Theme, words: Words) -> float:
    """A hollow mark and a pill hatched at both ends at the left of its lane: its position carries no value.

    Returns the width that it took.
    """
    text = f"{voice(one.voice, words)}: {suppressed(one, words)}"
    drawing.rect(x, y - 5, 10, 10, fill=theme.ground, stroke=theme.control)
    left, width = x + 16, text_width(text, 12) * theme.slack + 44
    drawing.rect(left, y - _PILL / 2, width, _PILL, fill=theme.ground, stroke=theme.control, radius=2)
    for start in (left + 2, left + width - 14):
        for step in range(3):
            at = start + step * 4
            drawing.line(at, y + 5, at + 6, y - 5, color=theme.control)
    put(drawing, left + width / 2, y + 4, text, size=12, color=theme.secondary, anchor="middle")
    return 16 + width


def voice_sample(voice: Voice) -> str:
    """The mark alone, beside the name of its group; the name is what is read aloud."""
    drawing = Drawing(18, 18)
    voice_mark(drawing, 9, 9, voice, SCREEN)
    return element(
        "svg", "".join(mark.svg for mark in drawing.marks), xmlns="http://www.w3.org/2000/svg", width=18, height=18,
        viewBox="0 0 18 18", aria_hidden="true", focusable="false",
    )  # fmt: skip
