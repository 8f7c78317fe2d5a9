"""Plain text as people type and paste it → instrument and scoring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from instruments.bundled import bundled
from instruments.formats.arrived import NOWHERE, Cell, FileRefused, Gathered, Origin, Read, notice, refused
from instruments.formats.assembling import assemble
from instruments.formats.encodings import decoded, within
from instruments.formats.keycells import guessed_type
from instruments.formats.limits import MOST_LINES
from instruments.formats.plaintext.blocks import Block, Listed, Text, blocks_of
from instruments.formats.plaintext.lines import lines_of
from instruments.formats.plaintext.worddocx import text_of_docx
from instruments.formats.workbook.grid import Row, Sheet, Value
from instruments.formats.workbook.headings import Column, Table
from instruments.formats.workbook.parts import Part, Parts
from instruments.formats.workbook.questions import read_questions
from instruments.formats.workbook.sections import read_sections, section_code
from instruments.formats.workbook.settings import read_settings
from instruments.formats.workbook.sheets import QUESTION_COLUMNS, SECTION_COLUMNS
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

Name: TypeAlias = tuple[str, str]

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
    parts = Parts({}, {}, [SOURCE_LANGUAGE], _mistake_languages(text), _parts(text))
    items = read_questions(_table(text), parts, gathered, settings.framework)
    read_sections(_sections(text), items, gathered)
    return assemble(gathered, frameworks, origin)


def _settings(text: Text) -> Sheet:
    rows = [Row(number, (title, "\n".join(words).strip())) for number, title, words in text.settings]
    return Sheet("", rows)


def _table(text: Text) -> Table:
    """The blocks as a table of questions; every value knows its line."""
    names = list(dict.fromkeys(name for block in text.blocks for name in (("type", ""), *block.said)))
    headings = {heading.field: heading for heading in QUESTION_COLUMNS}
    columns = {name: Column(headings[name[0]], name[1], place, "") for place, name in enumerate(names)}
    rows = [Row(block.line, tuple(_value(block, name) for name in names)) for block in text.blocks]
    lines = {(block.line, *name): line for block in text.blocks for name, line in block.lines.items()}
    return Table("", columns, rows, lines)


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
            block.said["section", ""] = [_section(block.text(("section", "")))[0]]


def _mistake_languages(text: Text) -> list[str]:
    return sorted(
        {language for block in text.blocks for option in block.options for language in option.mistakes}
    )


def _parts(text: Text) -> dict[int, list[Part]]:
    return {block.line: [*_listed(block, "prompts"), *_listed(block, "options")] for block in text.blocks}


def _listed(block: Block, kind: str) -> list[Part]:
    members: list[Listed] = getattr(block, kind)
    marked = any(not member.right for member in members) and not block.text(("key", ""))
    return [_part(member, kind, place, right=marked and member.right) for place, member in enumerate(members)]


def _part(member: Listed, kind: str, place: int, *, right: bool) -> Part:
    here = Cell(row=member.line)
    cells = {"item": here, "code": here, "text.ru": here}
    code = f"p{place + 1}" if kind == "prompts" else ""
    texts = {SOURCE_LANGUAGE: member.text.strip()} if member.text.strip() else {}
    mistakes = {language: "\n".join(words).strip() for language, words in member.mistakes.items()}
    return Part(
        "prompts" if kind == "prompts" else "", code, texts, right, mistakes, None, cells, member.letter
    )


def _sections(text: Text) -> Table | None:
    """Sections in their order: «РАЗДЕЛ: METH Методика» has a code, «РАЗДЕЛ: Методика» gets one."""
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
        Row(line, ("A", "Вариант А", *_section(said)))
        for said, line in sorted(first.items(), key=lambda one: one[1])
    ]
    return Table("", columns, rows)


def _section(said: str) -> tuple[str, str]:
    found = _SECTION.fullmatch(said)
    return (found["code"], found["title"] or found["code"]) if found else (section_code(said), said)
