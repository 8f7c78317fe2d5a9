"""A QR code as a figure of ours: rectangles only, so that every renderer draws it sharp."""

from __future__ import annotations

from itertools import groupby

from reports.charts.svg import Drawing
from reports.charts.theme import PRINT

_QUIET = 4  # modules of white around, as the standard asks


def qr(link: str, *, ident: str, title: str, size: float = 110) -> str:
    """The link as SVG, `size` pixels a side; damaged up to 15 % it still reads."""
    import segno  # noqa: PLC0415 - only where cards are printed

    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * _QUIET)
    drawing = Drawing(size, size)
    drawing.rect(0, 0, size, size, fill=PRINT.ground)
    for line, row in enumerate(rows):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                drawing.rect(
                    (column + _QUIET) * module, (line + _QUIET) * module,
                    length * module + 0.05, module + 0.05, fill=PRINT.ink,
                )  # fmt: skip
            column += length
    return drawing.finish(ident=ident, title=title, description=link, font=PRINT.font)
