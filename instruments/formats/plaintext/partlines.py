"""Lines with a name of their own → rows of the sheets beside «Вопросы», and what they say of a question's lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from instruments.formats.plaintext.lines import Line
from instruments.formats.plaintext.said import Block, Listed, Name, Said, Text
from instruments.formats.workbook.headings import WORDING

_RULE = re.compile(
    r"(?:меньше\s+)?(?P<below>[\d.,]+\s*%?)\s*(?:баллов)?\s*[—–:-]\s*"
    r"(?:обнуляет(?:\s+узел)?\s+(?P<zero>.+)|(?P<node>.+?)\s+не (?:больше|выше) уровня\s+(?P<level>.+))",
    re.IGNORECASE,
)
_OF_COLUMN = {"unit", "minimum", "maximum", "decimals"}
_OF_MATRIX = {"opt_out"}


@dataclass(slots=True)
class PartGatherer:
    """`matrix`, `criterion`, `column`, `place` (a form or a section): what the next lines may belong to.

    `story`: the text of a case under way.
    """

    matrix: Said | None = None
    criterion: Said | None = None
    column: Said | None = None
    place: Said | None = None
    story: list[str] | None = None

    def forget(self) -> None:
        """A question or a section begins."""
        self.matrix = self.criterion = self.column = self.place = self.story = None

    def owner(self, field: str) -> Said | None:
        """What a plain mark belongs to, where that is not the question."""
        if self.place is not None:
            return self.place
        if self.column is not None and field in _OF_COLUMN:
            return self.column
        return self.matrix if field in _OF_MATRIX else None

    def take(self, line: Line, block: Block | None, text: Text) -> list[str] | None:
        """The lines that may go on; None where the line belongs to nothing."""
        if line.name in ("case", "matrix"):
            self.forget()
            return self._case(line, text) if line.name == "case" else self._matrix(line, text)
        if line.name in ("form", "section"):
            return self._place(line, text)
        if line.name == "mark":
            return self._scale_mark(line, text) if self.matrix is not None else None
        if block is None or self.matrix is not None:
            return None
        return self._of_question(line, block)

    def _place(self, line: Line, text: Text) -> list[str]:
        """«ВАРИАНТ РАБОТЫ A: …», then its sections."""
        form = line.address
        if line.name == "section":
            form = next(
                (said.text(("form", "")) for sheet, said in reversed(text.asides) if sheet == "sections"), "A"
            )
        known = {"form": form, "code": line.address if line.name == "section" else ""}
        self.forget()
        self.place = _found(text.asides, "sections", known) or _new(text.asides, "sections", line, **known)
        return self.place.say(
            ("title" if line.name == "section" else "form_title", line.language), line.number, line.rest
        )

    def _case(self, line: Line, text: Text) -> list[str]:
        case = _found(text.asides, "cases", {"code": line.address}) or _new(text.asides, "cases", line)
        case.say(("title", line.language), line.number, line.rest)
        self.story = case.said.setdefault(("text", line.language), [])
        case.lines.setdefault(("text", line.language), line.number)
        return self.story

    def _matrix(self, line: Line, text: Text) -> list[str]:
        self.matrix = _found(text.asides, "matrices", {"code": line.address}) or _new(
            text.asides, "matrices", line
        )
        return self.matrix.say(("text", line.language), line.number, line.rest)

    def _scale_mark(self, line: Line, text: Text) -> list[str]:
        matrix = self.matrix.text(("code", "")) if self.matrix else ""
        known = {"code": matrix, "value": line.address}
        mark = _found(text.asides, "matrices", known)
        if mark is None:
            mark = _new(text.asides, "matrices", line, **known)
        return mark.say(("mark", line.language), line.number, line.rest)

    def _of_question(self, line: Line, block: Block) -> list[str] | None:
        if line.name == "wording":
            return block.say((f"{WORDING}{line.address}", line.language), line.number, line.rest)
        if line.name in ("option", "prompt"):
            return _translated(block.options if line.name == "option" else block.prompts, line)
        if line.name in ("codes", "pair codes"):
            block.codes["options" if line.name == "codes" else "prompts"] = (line.number, line.rest)
            return []
        if line.name == "critical":
            return self._rule(line, block)
        if line.name == "level":
            return self._level(line, block)
        return self._member(line, block)

    def _member(self, line: Line, block: Block) -> list[str]:
        """A criterion of the rubric, a column or a row of the table."""
        sheet = "rubrics" if line.name == "criterion" else "tables"
        known = {"code": line.address} | ({} if sheet == "rubrics" else {"part": f"{line.name}s"})
        member = _found(block.asides, sheet, known) or _new(block.asides, sheet, line, **known)
        self.criterion, self.column = (member, None) if sheet == "rubrics" else (None, member)
        return member.say(("title", line.language), line.number, line.rest)

    def _level(self, line: Line, block: Block) -> list[str] | None:
        """«ЗА 2 БАЛЛА: …»; another language goes to the last level worth as much."""
        if self.criterion is None:
            return None
        known = {"code": self.criterion.text(("code", "")), "points": line.address}
        level = _found(block.asides, "rubrics", known, without=("text", line.language))
        if level is None:
            level = _new(block.asides, "rubrics", line, **known)
        return level.say(("text", line.language), line.number, line.rest)

    @staticmethod
    def _rule(line: Line, block: Block) -> list[str] | None:
        found = _RULE.fullmatch(line.rest.strip())
        if found is None:
            return None
        rule = _new(block.asides, "critical", line, effect="zero_parent" if found["zero"] else "cap_level")
        for field in ("below", "node", "level"):
            said = found["zero"] if field == "node" and found["zero"] else found[field]
            if said:
                rule.say((field, ""), line.number, said.strip())
        return []


def _translated(members: list[Listed], line: Line) -> list[str] | None:
    meant = next((one for one in members if one.letter.casefold() == line.address.casefold()), None)
    if meant is None:
        return None
    meant.texts[line.language] = [line.rest]
    return meant.texts[line.language]


def _new(asides: list[tuple[str, Said]], sheet: str, line: Line, **fields: str) -> Said:
    said = Said(line.number)
    for field, text in ({"code": line.address} | fields if line.address else fields).items():
        said.say((field, ""), line.number, text)
    asides.append((sheet, said))
    return said


def _found(
    asides: list[tuple[str, Said]], sheet: str, fields: dict[str, str], without: Name | None = None
) -> Said | None:
    """The last row that says so, and says nothing yet under `without`."""
    for name, said in reversed(asides):
        same = name == sheet and all(said.text((field, "")) == text for field, text in fields.items())
        if same and (without is None or without not in said.said):
            return said
    return None
