"""The left column of the editor: forms, their sections, the items of each with what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.web.authoring.editing.around import UNCOUNTED, Around, shortened
from diagnostics.web.authoring.editing.entry import Json
from instruments.problems import Problem, Severity
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    number: int  # 0: words to read
    label: str
    mark: str  # "" | warning | error
    is_current: bool
    anchor: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a form."""

    form: str
    section: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    form: str
    forms: tuple[tuple[str, str], ...]  # code, title
    parts: tuple[Part, ...]
    stray: tuple[Line, ...]  # items that stand in no form: nobody would see them

    @property
    def count(self) -> int:
        return sum(bool(line.number) for part in self.parts for line in part.lines)

    @property
    def codes(self) -> list[str]:
        return [line.code for part in self.parts for line in part.lines]

    def number_of(self, code: str) -> int:
        return next((one.number for part in self.parts for one in part.lines if one.code == code), 0)


def outline(around: Around, form: str, current: str, problems: Iterable[Problem]) -> Outline:
    """Of the form with that code, or of the first one."""
    documents, language = around.documents, around.language
    forms = documents.forms
    chosen = next((one for one in forms if one["code"] == form), forms[0] if forms else {})
    items, marks, anchors = {one["code"]: one for one in documents.items}, _marks(problems), documents.anchors
    number = 0

    def line(code: str) -> Line:
        nonlocal number
        item: Json = items.get(code, {"code": code, "type": "info"})
        number += item["type"] not in UNCOUNTED
        name = say(item.get("title"), language) or shortened(say(item.get("text"), language)) or code
        shown = number if item["type"] not in UNCOUNTED else 0
        return Line(code, shown, name, marks.get(code, ""), code == current, code in anchors)

    parts = tuple(
        Part(
            chosen["code"],
            section["code"],
            say(section.get("title"), language) or section["code"],
            tuple(line(code) for code in section.get("items", []) if code in items),
        )
        for section in chosen.get("sections", [])
    )
    placed = {code for _form, section in documents.sections() for code in section.get("items", [])}
    number = -1
    stray = tuple(line(code) for code in items if code not in placed)
    return Outline(
        chosen.get("code", ""),
        tuple((one["code"], say(one.get("title"), language) or one["code"]) for one in forms),
        parts,
        stray,
    )


def item_of(problem: Problem) -> str:
    """Code of the item that a problem is about; "" for one of the whole work."""
    head, *rest = problem.where.split(".")
    return rest[0] if head == "items" and rest else ""


def _marks(problems: Iterable[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in problems:
        code = item_of(problem)
        if code and found.get(code) != "error":
            found[code] = "error" if problem.severity is Severity.ERROR else "warning"
    return found
