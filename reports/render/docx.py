"""Word documents by python-docx: real styles, repeated heads, a page number field, fixed bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from reports.outline import (
    Blank,
    Block,
    Bullets,
    Facts,
    Figure,
    Outline,
    Paragraph,
    Section,
    SignatureLine,
    Signatures,
)
from reports.render.docx_figure import add_figure
from reports.render.docx_table import add_grid, add_table
from reports.render.printable import cell_safe
from reports.tables import Table
from reports.wording.numbers import short_date
from reports.wording.words import Words

FACE = "Times New Roman"  # the face Russian offices have and expect in Word
_MARGINS = {"left_margin": 20, "right_margin": 10, "top_margin": 20, "bottom_margin": 20}
_HAND = "______________________"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(outline: Outline, words: Words) -> bytes:
    """The document as DOCX; figures are pixels at 300 to the inch with their text alternative."""
    from docx import Document  # noqa: PLC0415 - heavy

    document = Document()
    set_page(document, landscape=outline.landscape)
    set_styles(document, 11 if outline.landscape else 12)
    _properties(document, outline)
    _approval(document, outline, words)
    _centred(document, outline.title, "Title")
    for line in outline.subtitle:
        _centred(document, line, "Subtitle")
    for block, caption in outline.captioned(words):
        add_block(document, block, caption, words)
    _foot(document, outline, words)
    target = io.BytesIO()
    document.save(target)
    return fixed_zip(target.getvalue())


def fixed_zip(data: bytes) -> bytes:
    """The same archive with its clock taken out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, source.read(name))
    return target.getvalue()


def set_page(document: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - heavy
    from docx.shared import Mm  # noqa: PLC0415 - heavy

    section = document.sections[0]
    width, height = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for name, size in _MARGINS.items():
        setattr(section, name, Mm(size))


def set_styles(document: Any, body: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    for name, size, bold, before, after in (
        ("Normal", body, False, 0, 4),
        ("Title", 14, True, 12, 2),
        ("Subtitle", body, True, 0, 0),
        ("Heading 1", body, True, 12, 4),
        ("Caption", body - 1, False, 8, 3),
        ("List Bullet", body, False, 0, 2),
        ("Footer", 8, False, 0, 0),
    ):
        style = document.styles[name]
        _face(style, Pt(size), bold=bold)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for name in ("Title", "Subtitle"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _plain_border(document.styles[name])
    for name in ("Heading 1", "Caption"):
        document.styles[name].paragraph_format.keep_with_next = True


def _face(style: Any, size: Any, *, bold: bool) -> None:
    """Black, upright, one face for all scripts: the template's own blues and themes go."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy
    from docx.shared import RGBColor  # noqa: PLC0415 - heavy

    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, size, bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FACE)


def _plain_border(style: Any) -> None:
    """The template rules off its title and spreads its subtitle; ours are bare."""
    for rule in style.element.xpath(".//w:pBdr | .//w:rPr/w:spacing"):
        rule.getparent().remove(rule)


def _properties(document: Any, outline: Outline) -> None:
    facts = document.core_properties
    facts.title = cell_safe(f"{outline.title} {' '.join(outline.subtitle)}")[:250]
    facts.author = cell_safe(outline.heading.organisation)[:250]
    facts.language = "ru-RU"
    facts.comments = outline.heading.check_code
    facts.created = facts.modified = outline.heading.formed_at
    facts.last_modified_by = ""


def _centred(document: Any, text: str, style: str) -> None:
    document.add_paragraph(cell_safe(text), style=style)


def _approval(document: Any, outline: Outline, words: Words) -> None:
    """Who issues at the left, who approves at the right."""
    approval = outline.heading.approval
    lines: tuple[str, ...] = ()
    if approval:
        lines = (
            words.say("УТВЕРЖДАЮ"),
            approval.position,
            f"__________________ {approval.name}",
            "«____» ______________ " + words.say("%(year)s г.", year=approval.year),
        )
    add_grid(document, [[outline.heading.organisation, "", "\n".join(lines)]], (2.2, 0.6, 2.2))


def add_block(document: Any, block: Block, caption: str, words: Words) -> None:
    match block:
        case Section():
            document.add_heading(cell_safe(block.title), level=1)
        case Paragraph():
            _paragraph(document, block)
        case Bullets():
            _bullets(document, block)
        case Facts():
            _facts(document, block)
        case Table():
            if caption:
                document.add_paragraph(cell_safe(caption), style="Caption")
            add_table(document, block, words)
        case Blank():
            document.add_paragraph().add_run(cell_safe(block.label)).bold = True
            document.add_paragraph("_" * 70)
        case Signatures():
            _signatures(document, block.lines)
        case Figure():
            add_figure(document, block, caption)


def _bullets(document: Any, block: Bullets) -> None:
    for item in block.items:
        document.add_paragraph(cell_safe(item), style="List Bullet")


def _paragraph(document: Any, block: Paragraph) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy

    paragraph = document.add_paragraph()
    if block.lead:
        paragraph.add_run(cell_safe(f"{block.lead} ")).bold = True
    elif not block.small:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    run = paragraph.add_run(cell_safe(block.text))
    if block.small:
        run.font.size = Pt(10)


def _facts(document: Any, block: Facts) -> None:
    """Two fields a row where the page lies across."""
    pairs = 2 if document.sections[0].page_width > document.sections[0].page_height else 1
    cells = [text for name, value in block.pairs for text in (name, value or _HAND)]
    cells += [""] * (-len(cells) % (2 * pairs))
    rows = [cells[start : start + 2 * pairs] for start in range(0, len(cells), 2 * pairs)]
    add_grid(document, rows, (1.0, 3.0) * pairs)
    document.add_paragraph()


def _signatures(document: Any, lines: tuple[SignatureLine, ...]) -> None:
    document.add_paragraph()
    rows = [
        [
            line.role,
            _HAND,
            line.name or _HAND,
            short_date(line.signed_on) if line.signed_on else "«___» ____________",
        ]
        for line in lines
    ]
    add_grid(document, rows, (2.2, 1.6, 1.6, 1.3))


def _foot(document: Any, outline: Outline, words: Words) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    for line in outline.foot:
        paragraph.add_run(cell_safe(line)).add_break()
    for text, code in ((words.say("Страница"), "PAGE"), (words.say("из"), "NUMPAGES")):
        paragraph.add_run(f"{text} ")
        add_field(paragraph, code)
        paragraph.add_run(" ")


def add_field(paragraph: Any, code: str) -> None:
    """A field that Word counts itself."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    run = paragraph.add_run()
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 - python-docx has no API for fields
