"""Lines of a pasted text → questions with their options and marks, as rows that a workbook would have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from instruments.formats.arrived import Cell, at
from instruments.formats.plaintext.lines import Line
from instruments.formats.plaintext.partlines import PartGatherer
from instruments.formats.plaintext.said import Block, Listed, Text
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.formats.workbook.sheets import QUESTION_COLUMNS, SECTION_COLUMNS
from instruments.texts import SOURCE_LANGUAGE

_LONG_SETTINGS = {
    row.ru for row in SETTING_ROWS if row.field in ("purpose", "instructions", "passport.sources")
}
_IN_LANGUAGES = {
    heading.field for heading in (*QUESTION_COLUMNS, *SECTION_COLUMNS) if heading.kind == "texts"
}


def blocks_of(lines: Iterable[Line]) -> Text:
    """Questions of the text; every line that belongs nowhere is told."""
    gatherer = _Gatherer()
    lines = list(lines)
    gatherer.numbered = any(line.kind == "question" for line in lines)
    for line in lines:
        getattr(gatherer, line.kind)(line)
    return gatherer.text_


@dataclass(slots=True)
class _Gatherer:
    """One method a kind of line; `last` is what a continuation would continue."""

    numbered: bool = False
    text_: Text = field(default_factory=Text)
    last: list[str] | Listed | None = None
    after_blank: bool = False
    section_line: str = ""
    parts: PartGatherer = field(default_factory=PartGatherer)

    def question(self, line: Line) -> None:
        block = self._new(line.number)
        self.last = block.say(("text", SOURCE_LANGUAGE), line.number, line.rest)

    def _new(self, number: int) -> Block:
        block = Block(number)
        self.text_.blocks.append(block)
        self.parts.forget()
        self.after_blank = False
        if self.section_line:
            block.say(("section", ""), number, self.section_line)
        return block

    def option(self, line: Line) -> None:
        self._listed(line, "options")

    def prompt(self, line: Line) -> None:
        self._listed(line, "prompts")

    def _listed(self, line: Line, name: str) -> None:
        if not self.text_.blocks:
            self._not_understood(line)
            return
        listed = Listed(line.number, line.name, line.rest, line.right)
        getattr(self.text_.blocks[-1], name).append(listed)
        self.last, self.after_blank = listed, False

    def part(self, line: Line) -> None:
        block = self.text_.blocks[-1] if self.text_.blocks else None
        words = self.parts.take(line, block, self.text_)
        if words is None:
            self._not_understood(line)
        self.last, self.after_blank = words, False

    def mark(self, line: Line) -> None:
        if line.name == "section":
            self._section(line)
            return
        owner = self.parts.owner(line.name)
        if owner is not None:
            self.last, self.after_blank = (
                owner.say((line.name, _language(line)), line.number, line.rest),
                False,
            )
            return
        if not self.text_.blocks:
            self._not_understood(line)
            return
        block = self.text_.blocks[-1]
        name = (line.name, _language(line))
        if name in block.said:
            self.text_.problems.append(at(Cell(row=line.number), "mark_doubled", mark=line.name))
            return
        self.last, self.after_blank = block.say(name, line.number, line.rest), False

    def _section(self, line: Line) -> None:
        self.parts.forget()
        self.section_line, self.last = line.rest.strip(), None
        self.text_.sections.append((line.number, self.section_line))

    def setting(self, line: Line) -> None:
        suffix = "" if line.language == SOURCE_LANGUAGE else f" ({line.language})"
        words = [line.rest]
        self.text_.settings.append((line.number, line.name + suffix, words))
        self.last, self.after_blank = words if line.name in _LONG_SETTINGS else None, False

    def mistake(self, line: Line) -> None:
        options = self.text_.blocks[-1].options if self.text_.blocks else []
        meant = [option for option in options if option.letter.casefold() == line.name.casefold()]
        if not meant:
            self._not_understood(line)
            return
        words = [line.rest]
        meant[0].mistakes[line.language] = words
        self.last, self.after_blank = words, False

    def unknown(self, line: Line) -> None:
        self.text_.problems.append(at(Cell(row=line.number), "mark_unknown", mark=line.name[:64]))
        self.last = None

    def blank(self, line: Line) -> None:  # noqa: ARG002  one signature for all kinds
        self.after_blank = True

    def text(self, line: Line) -> None:
        story = self.parts.story
        if story is not None and self.last is story and (self.numbered or not self.after_blank):
            story += [""] * self.after_blank + [line.rest]  # a blank line begins a paragraph of the case
            self.after_blank = False
            return
        if not self.numbered and self._begins():
            self._new(line.number).say(("text", SOURCE_LANGUAGE), line.number, line.rest)
            self.last, self.after_blank = self.text_.blocks[-1].said["text", SOURCE_LANGUAGE], False
            return
        question = self.text_.blocks[-1].said.get(("text", SOURCE_LANGUAGE)) if self.text_.blocks else None
        if self.after_blank and self.last is not question:
            self.last = None
        self._continued(line)

    def _begins(self) -> bool:
        """In a text without numbers a question begins the text, or follows a question that has its options."""
        if not self.text_.blocks:
            return True
        block = self.text_.blocks[-1]
        done = bool(block.options) or len(block.said) > 1
        return done and (self.after_blank or ("key", "") in block.said)

    def _continued(self, line: Line) -> None:
        if isinstance(self.last, Listed):
            self.last.text = f"{self.last.text}\n{line.rest}"
        elif self.last is not None:
            self.last.append(line.rest)
        elif not self.text_.blocks and not any(name == "Название" for _, name, _ in self.text_.settings):
            self.text_.settings.append((line.number, "Название", [line.rest]))
        else:
            self._not_understood(line)
        self.after_blank = False

    def _not_understood(self, line: Line) -> None:
        words = f"{line.address or line.name}{line.sign} {line.rest}".strip()
        self.text_.problems.append(at(Cell(row=line.number), "line_not_understood", text=words[:80]))


def _language(line: Line) -> str:
    return line.language if line.name in _IN_LANGUAGES else ""
