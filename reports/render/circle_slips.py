"""Anonymous slips on A4: eight to a page with cut lines."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reports.charts.qr import qr
from reports.contents.circle_slips import CircleSheet, CircleSlip
from reports.render.pdf import TooLargeError, render
from reports.wording.circle_slips import promise, rule, steps, window
from reports.wording.words import Words

PER_PAGE, _COLUMNS = 8, 2
MOST_SLIPS = 2000


@dataclass(frozen=True, slots=True)
class _Page:
    sheet: CircleSheet
    promise: str
    rule: str
    window: str
    steps: tuple[str, ...]
    rows: list[list[tuple[CircleSlip, str] | None]]


def circle_slips_pdf(sheets: Sequence[CircleSheet], words: Words, templates: Path) -> bytes:
    """All sheets in the given order, each from a new page.

    Raises
    ------
    TooLargeError
        Above `MOST_SLIPS`: print class by class.
    """
    total = sum(len(sheet.slips) for sheet in sheets)
    if total > MOST_SLIPS:
        raise TooLargeError(total)
    pages = [page for sheet in sheets for page in _pages(sheet, words)]
    return render("reports/circle_slips.html", templates, {"pages": pages, "words": words})


def _pages(sheet: CircleSheet, words: Words) -> list[_Page]:
    slips: list[tuple[CircleSlip, str] | None] = [(slip, _picture(slip.link, words)) for slip in sheet.slips]
    slips += [None] * (-len(slips) % PER_PAGE)
    said = (promise(sheet, words), rule(sheet, words), window(sheet, words), steps(sheet, words))
    return [
        _Page(sheet, *said, [slips[row : row + _COLUMNS] for row in range(first, first + PER_PAGE, _COLUMNS)])
        for first in range(0, len(slips), PER_PAGE)
    ]


@lru_cache(maxsize=64)
def _picture(link: str, words: Words) -> str:
    svg = qr(link, ident="qr", title=words.say("Ссылка на опрос"))
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
