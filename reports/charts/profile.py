"""What a profile row is, whatever its layout: which mark, which band, which words."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import put
from reports.charts.marks import Dot, band, dashed, dot, missing, tick
from reports.charts.plot import Plot
from reports.contents.common import UNSAID, Conclusion
from reports.contents.person import BlockResult, PersonReport
from reports.tabulate.person import blocks_table
from reports.wording.numbers import DASH, number, percent
from reports.wording.person import alternative, figure_subtitle, figure_title
from reports.wording.terms import conclusion
from reports.wording.words import Words

_SURE = {Conclusion.CONFIRMED, Conclusion.SURELY_NONE}


def kind_of(block: BlockResult) -> Dot:
    """Full = sure, half = on a border or without a calibration, hollow = too few tasks, or not all marked."""
    if block.conclusion in UNSAID:
        return Dot.HOLLOW
    return Dot.FULL if block.conclusion in _SURE and not block.provisional else Dot.HALF


def stressed(block: BlockResult) -> bool:
    return block.conclusion in _SURE


def verdict(block: BlockResult, words: Words) -> str:
    return conclusion(block.conclusion, words)


def value_text(block: BlockResult, words: Words, *, unit: bool) -> str:
    """The per cent in its own column; none where no conclusion is drawn."""
    if block.percent is None or block.conclusion in UNSAID:
        return DASH
    return percent(block.percent, words) if unit else number(block.percent, words)


def draw_result(plot: Plot, block: BlockResult, y: float) -> None:
    """The dot stands where the true value most likely lies, so never outside its own band; a tick is the score."""
    kind = kind_of(block)
    if block.percent is None:
        missing(plot.drawing, plot.scale(0), y, plot.theme)
        return
    if block.band:
        low, high = plot.scale(block.band.low), plot.scale(block.band.high)
        (dashed if kind is Dot.HOLLOW else band)(plot.drawing, low, high, y, plot.theme)
    if block.estimate is not None:
        tick(plot.drawing, plot.scale(block.percent), y, plot.theme)
    at = block.percent if block.estimate is None else block.estimate
    dot(plot.drawing, plot.scale(at), y, kind, plot.theme)


def border_lines(plot: Plot, borders: tuple[float, ...], top: float, bottom: float) -> None:
    for border in borders:
        x = plot.scale(border)
        plot.drawing.line(x, top, x, bottom, color=plot.theme.control, dash="2 3")


def axis(plot: Plot, y: float, values: tuple[int, ...]) -> None:
    """Ticks under the line; the unit stands at the last one only."""
    for value in values:
        x = plot.scale(value)
        last = value == values[-1]
        label = percent(value, plot.words) if last else str(value)
        put(
            plot.drawing, x, y + 20, label, size=13, color=plot.theme.secondary, anchor="middle"
        )  # fmt: skip
        plot.drawing.line(x, y, x, y + 5, color=plot.theme.control)


def finished(plot: Plot, report: PersonReport, ident: str) -> Chart:
    return plot.finish(
        ident,
        title=figure_title(report.blocks, plot.words),
        subtitle=figure_subtitle(report.blocks, plot.words),
        description=alternative(report, plot.words),
        table=blocks_table(report, plot.words),
    )
