"""A document as one HTML file: its own styles, drawings inside, nothing asked from any host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from reports.outline import Block, Figure, Outline
from reports.render.environment import page_environment
from reports.render.html import data_table
from reports.tables import Table
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the template sees it; drawings and tables are markup already."""

    kind: str
    block: Block
    caption: str
    wide: Markup | None = None
    narrow: Markup | None = None
    table: Markup | None = None


def page(outline: Outline, words: Words, templates: Path, *, language: str) -> str:
    """The whole document.

    language  of the words, for the reader's tools
    """
    template = page_environment(templates).get_template("reports/analysis.html")
    return template.render(outline=outline, parts=tuple(_parts(outline, words, templates)), language=language)


def _parts(outline: Outline, words: Words, templates: Path) -> Iterator[Part]:
    for block, caption in outline.captioned(words):
        kind = type(block).__name__.lower()
        if isinstance(block, Figure):
            narrow = Markup(block.narrow.svg) if block.narrow else None  # noqa: S704 - own figure, texts escaped
            yield Part(kind, block, caption, wide=Markup(block.chart.svg), narrow=narrow)  # noqa: S704
        elif isinstance(block, Table):
            shown = data_table(replace(block, title=caption or block.title), words, templates)
            yield Part(kind, block, caption, table=shown)
        else:
            yield Part(kind, block, caption)
