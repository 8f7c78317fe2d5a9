"""What a text says, gathered: questions with their options and marks, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from instruments.formats.arrived import PlacedProblem

Name: TypeAlias = tuple[str, str]  # field, language


@dataclass(slots=True)
class Said:
    """What is said of one thing, by name, with the line of each."""

    line: int
    said: dict[Name, list[str]] = field(default_factory=dict)
    lines: dict[Name, int] = field(default_factory=dict)

    def say(self, name: Name, line: int, text: str) -> list[str]:
        """The lines of that name, which may go on."""
        self.lines.setdefault(name, line)
        self.said.setdefault(name, []).append(text)
        return self.said[name]

    def text(self, name: Name) -> str:
        return "\n".join(self.said.get(name, [])).strip()


@dataclass(slots=True)
class Listed:
    """An option or a prompt; `texts`: in other languages than Russian."""

    line: int
    letter: str
    text: str
    right: bool
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Block(Said):
    """One question with its marks. `asides`: rows of the sheets beside «Вопросы»; `codes` of its lists."""

    options: list[Listed] = field(default_factory=list)
    prompts: list[Listed] = field(default_factory=list)
    asides: list[tuple[str, Said]] = field(default_factory=list)
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Text:
    blocks: list[Block] = field(default_factory=list)
    settings: list[tuple[int, str, list[str]]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    asides: list[tuple[str, Said]] = field(
        default_factory=list
    )  # cases and matrices: they belong to no question
    problems: list[PlacedProblem] = field(default_factory=list)
