"""What a profile row is, whatever its layout: which mark, which band, which words."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.labels import put
from reports.charts.marks import Dot, band, dashed, dot, missing
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.contents.common import Conclusion
from reports.contents.person import BlockResult, PersonReport
from reports.tabulate.person import blocks_table
from reports.wording.numbers import DASH, number, percent
from reports.wording.person import alternative, figure_subtitle, figure_title
from reports.wording.terms import conclusion
from reports.wording.words import Words

_SURE = {Conclusion.CONFIRMED, Conclusion.SURELY_NONE}


@dataclass(frozen=True, slots=True)
class Strip:
    """Where rows are drawn: the scale of per cents and the drawing with its theme."""

    drawing: Drawing
    scale: Scale
    theme: Theme
    words: Words


def kind_of(block: BlockResult) -> Dot:
    """Full = sure, half = on a border or without a calibration, hollow = too few tasks."""
    if block.conclusion is Conclusion.NO_CONCLUSION:
        return Dot.HOLLOW
    return Dot.FULL if block.conclusion in _SURE and not block.provisional else Dot.HALF


def stressed(block: BlockResult) -> bool:
    return block.conclusion in _SURE


def verdict(block: BlockResult, words: Words) -> str:
    return conclusion(block.conclusion, words)


def value_text(block: BlockResult, words: Words, *, unit: bool) -> str:
    """The per cent in its own column; none where no conclusion is drawn."""
    if block.percent is None or block.conclusion is Conclusion.NO_CONCLUSION:
        return DASH
    return percent(block.percent, words) if unit else number(block.percent, words)


def draw_result(strip: Strip, block: BlockResult, y: float) -> None:
    kind = kind_of(block)
    if block.percent is None:
        missing(strip.drawing, strip.scale(0), y, strip.theme)
        return
    if block.band:
        low, high = strip.scale(block.band.low), strip.scale(block.band.high)
        (dashed if kind is Dot.HOLLOW else band)(strip.drawing, low, high, y, strip.theme)
    dot(strip.drawing, strip.scale(block.percent), y, kind, strip.theme)


def border_lines(strip: Strip, borders: tuple[float, ...], top: float, bottom: float) -> None:
    for border in borders:
        x = strip.scale(border)
        strip.drawing.line(x, top, x, bottom, color=strip.theme.control, dash="2 3")


def axis(strip: Strip, y: float, values: tuple[int, ...]) -> None:
    """Ticks under the line; the unit stands at the last one only."""
    for value in values:
        x = strip.scale(value)
        last = value == values[-1]
        label = percent(value, strip.words) if last else str(value)
        put(
            strip.drawing, x, y + 20, label, size=13, color=strip.theme.secondary, anchor="middle"
        )  # fmt: skip
        strip.drawing.line(x, y, x, y + 5, color=strip.theme.control)


def finished(strip: Strip, report: PersonReport, ident: str) -> Chart:
    words = strip.words
    title = figure_title(report.blocks, words)
    description = alternative(report, words)
    return Chart(
        ident=ident,
        svg=strip.drawing.finish(ident=ident, title=title, description=description, font=strip.theme.font),
        title=title,
        subtitle=figure_subtitle(words),
        description=description,
        table=blocks_table(report, words),
    )
