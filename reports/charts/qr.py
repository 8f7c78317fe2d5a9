"""A QR code as a figure of ours: one path of rectangles, sharp in every renderer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reports.charts.svg import Drawing
from reports.charts.theme import PRINT

_QUIET = 4  # modules of white around, as the standard asks
_OVERLAP = 0.05  # rows touch without hairlines


def _runs(row: list[int]) -> Iterator[tuple[int, int]]:
    """(start, length) of the dark stretches."""
    column = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield column, length
        column += length


def qr(link: str, *, ident: str, title: str, size: float = 110) -> str:
    """The link as SVG, `size` pixels a side; damaged up to 15 % it still reads."""
    import segno  # noqa: PLC0415 - only where cards are printed

    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * _QUIET)
    drawing = Drawing(size, size)
    drawing.rect(0, 0, size, size, fill=PRINT.ground)
    bars = [
        f"M{(_QUIET + start) * module:.2f} {(_QUIET + line) * module:.2f}"
        f"h{length * module:.2f}v{module + _OVERLAP:.2f}h{-length * module:.2f}Z"
        for line, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    drawing.add("path", d="".join(bars), fill=PRINT.ink)
    return drawing.finish(ident=ident, title=title, description=link, font=PRINT.font)
