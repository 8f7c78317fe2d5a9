"""Official papers in Word: letterhead, number, signatures, page number top centre from the second page on."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from reports.outline import Paragraph, Section
from reports.paper import (
    Aside,
    Centred,
    DateAndNumber,
    Letterhead,
    PageBreak,
    Paper,
    PaperBlock,
    Signed,
    Title,
)
from reports.render.docx import add_block, add_field, fixed_zip, set_page, set_styles
from reports.render.docx_table import add_grid
from reports.render.printable import cell_safe
from reports.tables import Table
from reports.wording.words import Words

_HAND = "__________________"
_ASIDE = 85  # mm, the width of «УТВЕРЖДАЮ» at the right
_INDENT = 12.5  # mm
_SMALL = 10  # points
_AFTER_TITLE = 8  # points


def paper_docx(paper: Paper, words: Words) -> bytes:
    """The paper as DOCX; the same contents give the same bytes."""
    from docx import Document  # noqa: PLC0415 - heavy

    document = Document()
    set_page(document, landscape=paper.landscape)
    set_styles(document, 11 if paper.landscape else 12)
    _properties(document, paper)
    if paper.paged:
        _numbered(document)
    _fill(document, paper.blocks, words)
    target = io.BytesIO()
    document.save(target)
    return fixed_zip(target.getvalue())


def _fill(document: Any, blocks: Iterable[PaperBlock], words: Words) -> None:
    """Block by block; finished sheets are laid aside, since python-docx searches the whole body at each step."""
    body, finished = document.element.body, []
    before: PaperBlock | None = None
    for block in blocks:
        if isinstance(block, PageBreak):
            finished += _taken(body)
        place = len(body) - 1  # before the properties of the section
        _add(document, block, words, named=not isinstance(before, Section | Title | Centred))
        if isinstance(before, PageBreak):
            _on_new_page(document, place)
        before = block
    body[0:0] = finished


def _taken(body: Any) -> list[Any]:
    """What was set so far, out of the body; the properties of the section stay."""
    taken = list(body)[:-1]
    for element in taken:
        body.remove(element)
    return taken


def _properties(document: Any, paper: Paper) -> None:
    facts = document.core_properties
    facts.title = cell_safe(paper.title)[:250]
    facts.author = cell_safe(paper.organisation)[:250]
    facts.language = "ru-RU"
    facts.comments = ""
    facts.created = facts.modified = paper.formed_at
    facts.last_modified_by = ""


def _numbered(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy

    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(paragraph, "PAGE")


def _add(document: Any, block: PaperBlock, words: Words, *, named: bool) -> None:
    """`named`: a table gets its caption, since no heading stands right above it."""
    match block:
        case Letterhead():
            _letterhead(document, block.lines)
        case Aside():
            _aside(document, block)
        case Title():
            _title(document, block)
        case DateAndNumber():
            _date_and_number(document, block, words)
        case Centred():
            _centred(document, block.text, bold=block.strong)
        case Signed():
            _signed(document, block.lines)
        case PageBreak():
            pass
        case Paragraph():
            _paragraph(document, block)
        case _:
            add_block(document, block, block.title if named and isinstance(block, Table) else "", words)


def _letterhead(document: Any, lines: Iterable[str]) -> None:
    for place, line in enumerate(lines):
        _centred(document, line, bold=place == 0, size=None if place == 0 else _SMALL)


def _aside(document: Any, block: Aside) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy

    section = document.sections[0]
    left = section.page_width - section.left_margin - section.right_margin - Mm(_ASIDE)
    for line in block.lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = left
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(cell_safe(line)).bold = block.strong
    paragraph.paragraph_format.space_after = Pt(8)


def _title(document: Any, block: Title) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    title = document.add_paragraph(cell_safe(block.text), style="Heading 1" if block.repeated else "Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    last = title
    for line in block.under:
        last = document.add_paragraph(cell_safe(line), style="Subtitle")
    last.paragraph_format.space_after = Pt(_AFTER_TITLE)


def _date_and_number(document: Any, block: DateAndNumber, words: Words) -> None:
    date = "«____» ______________ " + words.say("%(year)s г.", year=block.year)
    add_grid(document, [[date, block.place, f"№ {_HAND}"]], (2.2, 1.4, 1.4))
    document.add_paragraph()


def _centred(document: Any, text: str, *, bold: bool, size: int | None = None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(cell_safe(text))
    run.bold = bold
    if size:
        run.font.size = Pt(size)


def _signed(document: Any, lines: Iterable[tuple[str, str]]) -> None:
    document.add_paragraph()
    add_grid(document, [[role, _HAND, name or _HAND] for role, name in lines], (2.4, 1.6, 1.6))


def _on_new_page(document: Any, place: int) -> None:
    """A property of the first paragraph, so that no empty line begins the page."""
    from docx.text.paragraph import Paragraph as Line  # noqa: PLC0415 - heavy

    Line(document.element.body[place], document).paragraph_format.page_break_before = True


def _paragraph(document: Any, block: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy

    paragraph = document.add_paragraph()
    if block.lead:
        paragraph.add_run(cell_safe(f"{block.lead} ")).bold = True
    paragraph.add_run(cell_safe(block.text))
    if block.small:
        for run in paragraph.runs:
            run.font.size = Pt(_SMALL)
        return
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(_INDENT)
