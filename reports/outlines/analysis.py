"""An analysis of a file as a document: what was found, figures, tables, how to read them, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.charts.forest import Forest, forest, forest_phone
from reports.charts.theme import PRINT, SCREEN, Theme
from reports.contents.analysis import Analysis, Origin
from reports.contents.common import Heading
from reports.outline import Block, Bullets, Figure, Outline, Paragraph, Section
from reports.tables import Table
from reports.wording.numbers import short_time
from reports.wording.words import Words

#: Rows of one figure: more would not fit a sheet of paper.
ROWS = 36
#: Figures of one kind; the table holds what is beyond.
FIGURES = 3


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and width of the figures; `phone` adds a narrow drawing of each."""

    theme: Theme
    width: float
    phone: bool


ON_SCREEN = Look(SCREEN, 760, phone=True)
ON_PAPER = Look(PRINT, 720, phone=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One analysis before numbering: its title, parts and how to read them."""

    title: str
    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    reading: tuple[str, ...]


def assembled(report: Analysis, document: Document, words: Words) -> Outline:
    """Numbered parts, then how to read them and where the numbers come from."""
    origin = report.origin
    parts = [
        *((title, blocks) for title, blocks in document.parts if blocks),
        (words.say("Как это читать"), (Bullets(document.reading),)),
        (words.say("Источники"), (Bullets(source_lines(origin, words)),)),
    ]
    return Outline(
        heading=Heading(organisation=words.say("Ориентир"), formed_at=origin.data_cut),
        title=document.title,
        subtitle=(", ".join(origin.files),),
        blocks=tuple(
            block
            for number, (title, blocks) in enumerate(parts, 1)
            for block in (Section(f"{number} {title}"), *blocks)
        ),
        foot=(
            words.say(
                "%(files)s · данные на %(moment)s · метод расчёта %(method)s",
                files=", ".join(origin.files),
                moment=short_time(origin.data_cut),
                method=origin.method_version,
            ),
        ),
    )


def source_lines(origin: Origin, words: Words) -> tuple[str, ...]:
    return (
        words.say("Файлы: %(files)s", files=", ".join(origin.files)),
        words.say("Данные на %(moment)s (всемирное время)", moment=short_time(origin.data_cut)),
        words.say("Строк в расчёте: %(n)d", n=origin.n),
        words.say("Метод расчёта: версия %(version)s", version=origin.method_version),
    )


def forests(of: Forest, words: Words, look: Look, *, ident: str) -> Iterator[Figure | Paragraph]:
    """The rows over as many figures as they need; what is beyond the last one is said."""
    parts = [of.rows[start : start + ROWS] for start in range(0, len(of.rows), ROWS)]
    for number, rows in enumerate(parts[:FIGURES], 1):
        title = of.title
        if len(parts) > 1:
            title = words.say("%(title)s: часть %(part)d", title=of.title, part=number)
        one = replace(of, rows=rows, title=title)
        key = f"{ident}-{number}"
        wide = forest(one, words, ident=key, theme=look.theme, width=look.width)
        narrow = forest_phone(one, words, ident=f"{key}-phone", theme=look.theme) if look.phone else None
        yield Figure(wide, f"{of.subtitle}.", narrow)
    if len(parts) > FIGURES:
        yield Paragraph(words.say("На рисунках первые %(n)d строк; все стоят в таблице.", n=FIGURES * ROWS))


def data_tables(outline: Outline) -> tuple[Table, ...]:
    """All tables of a spreadsheet: those of the document, then data of figures that stand in none of them."""
    found = list(outline.tables)
    for block in outline.blocks:
        if isinstance(block, Figure) and block.chart.table not in found:
            found.append(block.chart.table)
    return tuple(found)


def about_lines(outline: Outline) -> tuple[str, ...]:
    """Sentences of the document for the first sheet of a spreadsheet."""
    lines: list[str] = []
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            lines.append(f"{block.lead} {block.text}".strip())
        elif isinstance(block, Bullets):
            lines.extend(block.items)
    return tuple(lines)
