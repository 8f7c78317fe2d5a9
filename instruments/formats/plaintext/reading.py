"""Plain text as people type and paste it → instrument and scoring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from instruments.bundled import bundled
from instruments.formats.arrived import NOWHERE, Cell, FileRefused, Gathered, Origin, Read, notice, refused
from instruments.formats.assembling import assemble
from instruments.formats.encodings import decoded, within
from instruments.formats.keycells import guessed_type
from instruments.formats.limits import MOST_LINES
from instruments.formats.plaintext.blocks import blocks_of
from instruments.formats.plaintext.lines import lines_of
from instruments.formats.plaintext.said import Block, Listed, Said, Text
from instruments.formats.plaintext.worddocx import text_of_docx
from instruments.formats.values import list_of
from instruments.formats.workbook.asides import read_asides
from instruments.formats.workbook.grid import Row, Sheet, Value
from instruments.formats.workbook.headings import WORDING, Column, Table, own_text
from instruments.formats.workbook.parts import Part, Parts
from instruments.formats.workbook.questions import read_questions
from instruments.formats.workbook.sections import read_sections, section_code
from instruments.formats.workbook.settings import read_settings
from instruments.formats.workbook.sheets import ASIDES, QUESTION_COLUMNS, SECTION_COLUMNS, Heading
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

Name: TypeAlias = tuple[str, str]

DEFAULT_TITLE = "Вариант А"
_SECTION = re.compile(r"(?P<code>[A-Z][A-Z0-9._\-]{0,15})(?:[.:]?\s+(?P<title>.+))?")


def read_text(
    source: str | bytes, frameworks: Mapping[str, Framework] | None = None, *, name: str = ""
) -> Read:
    """Instrument and scoring of a typed or pasted text, or of a DOCX; `name` is the title where the text says none.

    Never raises for what is in the text: every line that was not understood is in `problems` with its number.
    """
    encoding = None
    try:
        if isinstance(source, bytes) and source.startswith(b"PK"):
            return _read_word(source, bundled("framework") if frameworks is None else frameworks, name)
        if isinstance(source, bytes):
            source, encoding = decoded(within(source).replace(b"\x0b", b"\n"))
        return _read(
            source, Origin("txt", encoding), bundled("framework") if frameworks is None else frameworks, name
        )
    except FileRefused as refusal:
        return refused(refusal, Origin("txt", encoding))


def _read_word(content: bytes, frameworks: Mapping[str, Framework], name: str) -> Read:
    word = text_of_docx(content)
    read = _read(word.text, Origin("docx"), frameworks, name)
    ignored = tuple(notice(NOWHERE, "docx_part_ignored", part=part) for part in dict.fromkeys(word.ignored))
    return replace(read, problems=(*ignored, *read.problems))


def _read(source: str, origin: Origin, frameworks: Mapping[str, Framework], name: str) -> Read:
    if not source.strip():
        raise FileRefused("document_empty")
    if (lines := source.count("\n") + 1) > MOST_LINES:
        raise FileRefused("too_many_lines", lines=lines, most=MOST_LINES)
    text = blocks_of(lines_of(source))
    if not text.blocks:
        raise FileRefused("text_without_questions")
    gathered = Gathered({"kind": "instrument"}, None, problems=list(text.problems))
    settings = read_settings(_settings(text), gathered, frameworks, name)
    _keep_together(text)
    parts = Parts({}, {}, _languages(text), _mistake_languages(text), _parts(text))
    questions = _table(text)
    items = read_questions(questions, parts, gathered, settings.framework)
    read_sections(_sections(text), items, gathered)
    read_asides(questions, _asides(text, gathered), gathered, settings.framework)
    return assemble(gathered, frameworks, origin)


def _settings(text: Text) -> Sheet:
    rows = [Row(number, (title, "\n".join(words).strip())) for number, title, words in text.settings]
    return Sheet("", rows)


def _table(text: Text) -> Table:
    """The blocks as a table of questions; every value knows its line."""
    names = list(dict.fromkeys(name for block in text.blocks for name in (("type", ""), *block.said)))
    headings = {heading.field: heading for heading in QUESTION_COLUMNS}
    headings |= {
        field: own_text(field.removeprefix(WORDING)) for field, _ in names if field.startswith(WORDING)
    }
    columns = {name: Column(headings[name[0]], name[1], place, "") for place, name in enumerate(names)}
    rows = [Row(block.line, tuple(_value(block, name) for name in names)) for block in text.blocks]
    lines = {(block.line, *name): line for block in text.blocks for name, line in block.lines.items()}
    return Table("", columns, rows, lines)


def _asides(text: Text, gathered: Gathered) -> dict[str, Table | None]:
    """Cases, matrices, tables, rubrics and rules as the sheets that a workbook would have."""
    codes = {line: code for code, line in gathered.rows.items()}
    rows: dict[str, list[Said]] = {}
    for block in text.blocks:
        for sheet, said in block.asides:
            said.say(("item", ""), said.line, codes[block.line])
            rows.setdefault(sheet, []).append(said)
    for sheet, said in text.asides:
        rows.setdefault(sheet, []).append(said)
    return {sheet: _aside(rows[sheet], known) if sheet in rows else None for sheet, known in ASIDES.items()}


def _aside(rows: list[Said], known: Sequence[Heading]) -> Table:
    names = list(dict.fromkeys(name for said in rows for name in said.said))
    headings = {heading.field: heading for heading in known}
    columns = {name: Column(headings[name[0]], name[1], place, "") for place, name in enumerate(names)}
    lines = {(said.line, *name): line for said in rows for name, line in said.lines.items()}
    return Table(
        "",
        columns,
        [Row(said.line, tuple(said.text(name) or None for name in names)) for said in rows],
        lines,
    )


def _value(block: Block, name: Name) -> Value:
    if name == ("type", "") and not block.text(name):
        return _type_of(block)
    return block.text(name) or None


def _type_of(block: Block) -> str:
    """What the block looks like: people seldom say it."""
    if block.prompts and block.options:
        return "matching"
    key = block.text(("key", "")) or ",".join("x" for option in block.options if option.right)
    return guessed_type(key, len(block.options))


def _keep_together(text: Text) -> None:
    """A list with numbers and none with letters is that of the options; a section is named by its code."""
    for block in text.blocks:
        if block.prompts and not block.options:
            block.options, block.prompts = block.prompts, []
        if ("section", "") in block.said:
            block.said["section", ""] = [section_of(block.text(("section", "")))[0]]


def _mistake_languages(text: Text) -> list[str]:
    return sorted(
        {language for block in text.blocks for option in block.options for language in option.mistakes}
    )


def _languages(text: Text) -> list[str]:
    """Those of the options: Russian always."""
    members = (one for block in text.blocks for one in (*block.options, *block.prompts))
    return list(
        dict.fromkeys([SOURCE_LANGUAGE, *sorted({one for member in members for one in member.texts})])
    )


def _parts(text: Text) -> dict[int, list[Part]]:
    return {block.line: [*_listed(block, "prompts"), *_listed(block, "options")] for block in text.blocks}


def _listed(block: Block, kind: str) -> list[Part]:
    members: list[Listed] = getattr(block, kind)
    marked = any(not member.right for member in members) and not block.text(("key", ""))
    own = list_of(block.codes[kind][1]) if kind in block.codes else []
    codes = (
        own
        if len(own) == len(members)
        else [f"p{place + 1}" if kind == "prompts" else "" for place in range(len(members))]
    )
    return [
        _part(member, kind, code, right=marked and member.right)
        for member, code in zip(members, codes, strict=True)
    ]


def _part(member: Listed, kind: str, code: str, *, right: bool) -> Part:
    here = Cell(row=member.line)
    cells = {"item": here, "code": here, "text.ru": here}
    said = {SOURCE_LANGUAGE: member.text} | {
        language: "\n".join(words) for language, words in member.texts.items()
    }
    texts = {language: words.strip() for language, words in said.items() if words.strip()}
    mistakes = {language: "\n".join(words).strip() for language, words in member.mistakes.items()}
    return Part(
        "prompts" if kind == "prompts" else "", code, texts, right, mistakes, None, cells, member.letter
    )


def _sections(text: Text) -> Table | None:
    """Sections in their order: «РАЗДЕЛ: METH Методика» has a code, «РАЗДЕЛ: Методика» gets one."""
    placed = [said for sheet, said in text.asides if sheet == "sections"]
    if placed:
        return _aside(placed, SECTION_COLUMNS)
    if not text.sections:
        return None
    names = ("form", "form_title", "code", "title")
    headings = {heading.field: heading for heading in SECTION_COLUMNS}
    columns = {
        (name, SOURCE_LANGUAGE if "title" in name else ""): Column(headings[name], "", place, "")
        for place, name in enumerate(names)
    }
    first = {said: line for line, said in reversed(text.sections)}
    rows = [
        Row(line, ("A", DEFAULT_TITLE, *section_of(said)))
        for said, line in sorted(first.items(), key=lambda one: one[1])
    ]
    return Table("", columns, rows)


def section_of(said: str) -> tuple[str, str]:
    """Code and title of «METH Методика», or of a title alone."""
    found = _SECTION.fullmatch(said)
    return (found["code"], found["title"] or found["code"]) if found else (section_code(said), said)
