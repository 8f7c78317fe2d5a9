"""A printed document before any format: the same blocks go to PDF and DOCX, its tables to XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.charts.chart import Chart
from reports.contents.common import Heading
from reports.tables import Table
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Section:
    title: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` stands before the text in bold: «Опора. …»."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Named fields of a form; an empty value is a line to fill by hand."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`note` says how to read it; both stay out of formats without drawings. `narrow`: the same for phones."""

    chart: Chart
    note: str = ""
    narrow: Chart | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A named line to fill by hand."""

    label: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    role: str
    name: str
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    lines: tuple[SignatureLine, ...]


Block = Section | Paragraph | Bullets | Facts | Figure | Table | Blank | Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    heading: Heading
    title: str  # «ОТЧЁТ»
    subtitle: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]
    landscape: bool = False
    numbered: bool = True  # «Таблица N — …»; a form names its tables by its parts instead

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def captioned(self, words: Words) -> Iterator[tuple[Block, str]]:
        """Blocks with «Таблица N — …» and «Рисунок N — …», numbered alike in every format."""
        if not self.numbered:
            yield from self._named()
            return
        tables = figures = 0
        for block in self.blocks:
            caption = ""
            if isinstance(block, Table):
                tables += 1
                caption = words.say("Таблица %(n)d — %(title)s", n=tables, title=block.title)
            elif isinstance(block, Figure):
                figures += 1
                caption = words.say("Рисунок %(n)d — %(title)s", n=figures, title=block.chart.title)
            yield block, caption

    def _named(self) -> Iterator[tuple[Block, str]]:
        """A table right under the heading of its part needs no name of its own."""
        before: Block | None = None
        for block in self.blocks:
            own = isinstance(block, Table) and not isinstance(before, Section)
            yield block, block.title if own and isinstance(block, Table) else ""
            before = block
