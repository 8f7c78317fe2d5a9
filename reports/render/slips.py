"""Access cards on A4: eight to a page with cut lines."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from reports.charts.qr import qr
from reports.contents.slips import AccessCard, AccessSheet
from reports.render.pdf import TooLargeError, render
from reports.render.printable import breakable
from reports.wording.slips import steps, window
from reports.wording.words import Words

PER_PAGE, _COLUMNS = 8, 2
MOST_CARDS = 2000
_NAME_ROOM, _NAME_SIZE = 150.0, 11.0  # points


@dataclass(frozen=True, slots=True)
class _Slip:
    card: AccessCard
    name: str
    picture: str


def slips_pdf(sheet: AccessSheet, words: Words, templates: Path) -> bytes:
    """Cards in the given order; the last page is filled up with empty places.

    Raises
    ------
    TooLargeError
        Above `MOST_CARDS`: print school by school.
    """
    if len(sheet.cards) > MOST_CARDS:
        raise TooLargeError(len(sheet.cards))
    slips: list[_Slip | None] = [_slip(card, words) for card in sheet.cards]
    slips += [None] * (-len(slips) % PER_PAGE)
    pages = [
        [slips[row : row + _COLUMNS] for row in range(first, first + PER_PAGE, _COLUMNS)]
        for first in range(0, len(slips), PER_PAGE)
    ]
    values = {"sheet": sheet, "pages": pages, "window": window(sheet, words)}
    return render("reports/slips.html", templates, {**values, "steps": steps(sheet, words), "words": words})


def _slip(card: AccessCard, words: Words) -> _Slip:
    svg = qr(card.link, ident="qr", title=words.say("Ссылка на диагностику"))
    code = base64.b64encode(svg.encode()).decode()
    name = breakable(card.full_name, _NAME_ROOM, _NAME_SIZE)
    return _Slip(card, name, f"data:image/svg+xml;base64,{code}")
