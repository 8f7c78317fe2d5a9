"""An official paper before Word: the layout of ГОСТ Р 7.0.97, beside the blocks of every document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.outline import Block


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues, centred; the first line in bold."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines at the right: «УТВЕРЖДАЮ», «Приложение к приказу…», «ПРОЕКТ»."""

    lines: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """What the paper is. `repeated`: one of many sheets of a file, so it stands in the outline of the document."""

    text: str
    under: tuple[str, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class DateAndNumber:
    """Blank date at the left, blank number at the right, the place between them."""

    year: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Centred:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """Position, line to sign on, name."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


PaperBlock = Block | Letterhead | Aside | Title | DateAndNumber | Centred | Signed | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`paged`: the page number stands top centre from the second page on; separate sheets carry none."""

    title: str
    organisation: str
    formed_at: datetime
    blocks: tuple[PaperBlock, ...]
    landscape: bool = False
    paged: bool = True
