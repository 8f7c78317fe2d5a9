"""Lines of a pasted text → questions with their options and marks, as rows that a workbook would have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from instruments.formats.arrived import Cell, PlacedProblem, at
from instruments.formats.plaintext.lines import Line
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.texts import SOURCE_LANGUAGE

Name: TypeAlias = tuple[str, str]  # field, language

_LONG_SETTINGS = {
    row.ru for row in SETTING_ROWS if row.field in ("purpose", "instructions", "passport.sources")
}


@dataclass(slots=True)
class Listed:
    """An option or a prompt."""

    line: int
    letter: str
    text: str
    right: bool
    mistakes: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Block:
    """One question; `said` holds its text and marks with their lines."""

    line: int
    said: dict[Name, list[str]] = field(default_factory=dict)
    lines: dict[Name, int] = field(default_factory=dict)
    options: list[Listed] = field(default_factory=list)
    prompts: list[Listed] = field(default_factory=list)

    def say(self, name: Name, line: int, text: str) -> None:
        self.lines.setdefault(name, line)
        self.said.setdefault(name, []).append(text)

    def text(self, name: Name) -> str:
        return "\n".join(self.said.get(name, [])).strip()


@dataclass(slots=True)
class Text:
    blocks: list[Block] = field(default_factory=list)
    settings: list[tuple[int, str, list[str]]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    problems: list[PlacedProblem] = field(default_factory=list)


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

    def question(self, line: Line) -> None:
        block = self._new(line.number)
        block.say(("text", SOURCE_LANGUAGE), line.number, line.rest)
        self.last = block.said["text", SOURCE_LANGUAGE]

    def _new(self, number: int) -> Block:
        block = Block(number)
        self.text_.blocks.append(block)
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

    def mark(self, line: Line) -> None:
        if line.name == "section":
            self._section(line)
            return
        if not self.text_.blocks:
            self._not_understood(line)
            return
        block = self.text_.blocks[-1]
        name = (
            line.name,
            line.language if line.name in ("title", "hint", "rationale", "unit", "opt_out") else "",
        )
        if name in block.said:
            self.text_.problems.append(at(Cell(row=line.number), "mark_doubled", mark=line.name))
            return
        block.say(name, line.number, line.rest)
        self.last, self.after_blank = block.said[name], False

    def _section(self, line: Line) -> None:
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
        words = f"{line.name}{line.sign} {line.rest}".strip()
        self.text_.problems.append(at(Cell(row=line.number), "line_not_understood", text=words[:80]))
