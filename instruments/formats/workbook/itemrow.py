"""One row of «Вопросы», with its rows of «Варианты»: plain data of the item and of its scoring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from instruments.formats.arrived import INSTRUMENT, SCORING, Cell, Gathered, at, notice
from instruments.formats.keycells import Named, guessed_type, read_key
from instruments.formats.naming import Namer
from instruments.formats.values import CODES, LETTERS, Labels, competences_of, flag_of, list_of, number_of
from instruments.formats.vocabulary import FILE_KINDS, PART_OF_TYPE, TYPES
from instruments.formats.workbook.cells import one_value
from instruments.formats.workbook.grid import Row, letters, text_of
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.parts import Part, Parts, members
from instruments.formats.workbook.sheets import INLINE, QUESTION_COLUMNS, Heading
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

_OWN_RULE = {
    "code",
    "type",
    "section",
    "form",
    "title",
    "text",
    "competences",
    "key",
    "opt_out",
    "importance",
    "repeat.least",
    "repeat.most",
    "kinds",
}
_ENTRY = {"points", "rationale", "reverse", "cognitive"}
_SIMPLE = tuple(
    heading for heading in QUESTION_COLUMNS if heading.field not in _OWN_RULE and heading not in INLINE
)
# Lists without which an item of the type has no shape; empty, they are told by the checks.
_NEEDED = {
    "single": ("options",), "multiple": ("options",), "likert": ("scale",), "level": ("levels",),
    "observation": ("scale",), "matching": ("prompts", "options"), "ordering": ("options",), "table": ("columns",),
}  # fmt: skip


@dataclass(slots=True)
class ItemRow:
    table: Table
    row: Row
    code: str
    parts: Parts
    gathered: Gathered
    framework: Framework | None
    namer: Namer
    _right: list[str] = field(default_factory=list)
    _mistakes: dict[str, Any] = field(default_factory=dict)
    _labels: dict[str, list[str]] = field(default_factory=dict)

    def item(self) -> dict[str, Any]:
        """Plain data of the item; every list that its type needs is there."""
        self._mark(INSTRUMENT, "", "text", SOURCE_LANGUAGE)
        kind = self._type()
        text = self._texts("text")
        item: dict[str, Any] = {"code": self.code, "type": kind, "title": self._title(text), "text": text}
        if not any(text.values()):
            self.gathered.problems.append(at(self._cell("text", SOURCE_LANGUAGE), "row_without_text"))
        for heading in _SIMPLE:
            if heading.field not in _ENTRY:
                self._put(item, heading, INSTRUMENT)
        self._opt_out(item)
        self._files(item)
        self._repeat(item)
        return item | self._lists(kind)

    def entry(self, item: dict[str, Any]) -> dict[str, Any]:
        """The item's entry in the scoring; empty when the row says nothing of it."""
        entry: dict[str, Any] = {}
        self._mark(SCORING, "", "key")
        for heading in _SIMPLE:
            if heading.field in _ENTRY:
                self._put(entry, heading, SCORING)
        self._key(item, entry)
        self._competences(entry)
        if self._mistakes:
            entry["mistakes"] = self._mistakes
        self._importance()
        return entry

    def _cell(self, name: str, language: str = "") -> Cell:
        return self.table.cell(self.row, name, language)

    def _said(self, name: str, language: str = "") -> str:
        return text_of(self.table.value(self.row, name, language))

    def _mark(self, document: str, path: str, name: str, language: str = "") -> None:
        if path and (name, language) not in self.table.columns:
            return  # what the sheet has no column for is told at the item
        where = f"items.{self.code}.{path}" if path else f"items.{self.code}"
        self.gathered.mark(document, where, self._cell(name, language))

    def _texts(self, name: str) -> dict[str, str]:
        found = {}
        for language in self.table.languages(name):
            self._mark(INSTRUMENT, f"{name}.{language}", name, language)
            said = self._said(name, language)
            if said:
                found[language] = said
        self._mark(INSTRUMENT, name, name, SOURCE_LANGUAGE)
        return found

    def _title(self, text: dict[str, str]) -> dict[str, str]:
        titles = self._texts("title")
        if not titles and text:
            return {language: self.namer.title(self.code, said) for language, said in text.items()}
        return titles

    def _type(self) -> str:
        said, cell = self._said("type"), self._cell("type")
        self._mark(INSTRUMENT, "type", "type")
        inline = sum(1 for heading in INLINE if self._said(heading.field, SOURCE_LANGUAGE))
        if not said:
            rows = [part for part in self.parts.of(self.code, self.row.number) if not part.kind]
            right = ",".join(part.code or "x" for part in rows if part.right)
            guessed = guessed_type(self._said("key") or right, inline + len(rows))
            self.gathered.problems.append(notice(cell, "type_guessed", type=TYPES.said(guessed)))
            return guessed
        code = TYPES.code(said)
        if code is None:
            self.gathered.problems.append(at(cell, "type_unknown", value=said[:64], known=TYPES.known()))
            return guessed_type(self._said("key"), inline)
        return code

    def _put(self, target: dict[str, Any], heading: Heading, document: str) -> None:
        name = heading.field
        if name not in self.table.fields:
            return
        if heading.kind == "texts":
            texts = {language: self._said(name, language) for language in self.table.languages(name)}
            for language in texts:
                self._mark(document, f"{name}.{language}", name, language)
            if any(texts.values()):
                target[name] = {language: said for language, said in texts.items() if said}
            return
        self._mark(document, name, name)
        said = self._said(name)
        if said:
            value = one_value(heading, said, self._cell(name), self.gathered)
            if value is not None and value is not False:
                target[name] = value

    def _files(self, item: dict[str, Any]) -> None:
        """«фото, документ»."""
        self._mark(INSTRUMENT, "kinds", "kinds")
        kinds = []
        for said in list_of(self._said("kinds")):
            code = FILE_KINDS.code(said)
            if code is None:
                facts = {"known": FILE_KINDS.known(), "value": said[:64]}
                self.gathered.problems.append(at(self._cell("kinds"), "word_unknown", **facts))
            else:
                kinds.append(code)
        if kinds:
            item["kinds"] = kinds

    def _repeat(self, item: dict[str, Any]) -> None:
        """How many rows the person adds to a table."""
        for name in ("least", "most"):
            field, cell = f"repeat.{name}", self._cell(f"repeat.{name}")
            self._mark(INSTRUMENT, field, field)
            said = self._said(field)
            number = number_of(said) if said else None
            if isinstance(number, int):
                item.setdefault("repeat", {})[name] = number
            elif said:
                self.gathered.problems.append(at(cell, "number_wrong", value=said[:64]))

    def _opt_out(self, item: dict[str, Any]) -> None:
        said = {language: self._said("opt_out", language) for language in self.table.languages("opt_out")}
        said = {language: words for language, words in said.items() if words}
        self._mark(INSTRUMENT, "opt_out", "opt_out", SOURCE_LANGUAGE)
        flag = flag_of(said.get(SOURCE_LANGUAGE, ""))
        if flag is None and said:
            item["opt_out"] = said
        elif flag:
            item["opt_out"] = True

    def _lists(self, kind: str) -> dict[str, list[dict[str, Any]]]:
        """Options, marks, levels, pairs: from «Варианты», else from the columns А, Б, В …"""
        lists: dict[str, list[dict[str, Any]]] = {name: [] for name in _NEEDED.get(kind, ())}
        own = PART_OF_TYPE.get(kind, "options")
        rows = self.parts.of(self.code, self.row.number)
        inline = self._inline(own)
        for name in dict.fromkeys(part.kind or own for part in rows):
            mine = [part for part in rows if (part.kind or own) == name]
            lists[name] = members(mine, self.code, name, self.gathered)
            self._labels[name] = [part.label or letter for part, letter in zip(mine, LETTERS, strict=False)]
            if name == own:
                self._marked_parts(mine, lists[name])
        if inline and own in (part.kind or own for part in rows):
            self.gathered.problems.append(at(self._cell(INLINE[0].field, SOURCE_LANGUAGE), "options_twice"))
        elif inline:
            lists[own] = inline
        return lists

    def _marked_parts(self, parts: list[Part], rows: list[dict[str, Any]]) -> None:
        for part, row in zip(parts, rows, strict=True):
            code = row.get("code")
            if code is None:
                continue
            if part.right:
                self._right.append(code)
            if part.mistakes:
                self._mistakes[code] = part.mistakes
            for language in (*part.mistakes, SOURCE_LANGUAGE):
                cell = part.cells.get(f"mistake.{language}", part.cells["code"])
                self.gathered.mark(SCORING, f"items.{self.code}.mistakes.{code}", cell)

    def _inline(self, own: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        labels, gap = [], ""
        for place, heading in enumerate(INLINE):
            texts = {
                language: self._said(heading.field, language)
                for language in self.table.languages(heading.field)
            }
            texts = {language: said for language, said in texts.items() if said}
            cell = self._cell(heading.field, SOURCE_LANGUAGE)
            if not texts:
                gap = gap or cell.heading or letters(place + 1)
                continue
            if gap:
                self.gathered.problems.append(notice(cell, "option_gap", column=gap))
            member: dict[str, Any] = {"value": place + 1} if own == "scale" else {"code": CODES[place]}
            name = member.get("code", place + 1)
            self.gathered.mark(INSTRUMENT, f"items.{self.code}.{own}.{name}", cell)
            found.append(member | {"text": texts})
            labels.append(LETTERS[place])
        if found:
            self._mark(INSTRUMENT, own, INLINE[0].field, SOURCE_LANGUAGE)
            self._labels[own] = labels
        return found

    def _key(self, item: dict[str, Any], entry: dict[str, Any]) -> None:
        said, kind = self._said("key"), item["type"]
        self._mark(SCORING, "key", "key")
        if not said and self._right:
            entry["key"] = self._right[0] if kind == "single" and len(self._right) == 1 else self._right
        if not said:
            return
        named = Named(self._named(item, "options"), self._named(item, "prompts"))
        read = read_key(kind, said, named)
        self.gathered.problems += (at(self._cell("key"), code, **facts) for code, facts in read.mistakes)
        if read.key is not None:
            entry["key"] = read.key
        elif read.mistakes:
            entry.setdefault("points", 1)  # the key was meant: the item is scored, with its mistake told

    def _named(self, item: dict[str, Any], name: str) -> Labels:
        codes = [str(member.get("code")) for member in item.get(name, ())]
        if name == "prompts":
            return Labels(codes, [str(place) for place in range(1, len(codes) + 1)])
        return Labels(codes, self._labels.get(name, list(LETTERS[: len(codes)])))

    def _competences(self, entry: dict[str, Any]) -> None:
        said = self._said("competences")
        self._mark(SCORING, "competences", "competences")
        if not said:
            return
        found, unknown = competences_of(said, self.framework)
        name = self.framework.title.get(SOURCE_LANGUAGE, "") if self.framework else ""
        self.gathered.problems += (
            at(self._cell("competences"), "competence_not_found", value=one[:64], framework=name)
            for one in unknown
        )
        entry["competences"] = found

    def _importance(self) -> None:
        said = self._said("importance")
        if not said:
            return
        found, unknown = competences_of(said, self.framework)
        cell = self._cell("importance")
        name = self.framework.title.get(SOURCE_LANGUAGE, "") if self.framework else ""
        self.gathered.problems += (
            at(cell, "competence_not_found", value=one[:64], framework=name) for one in unknown
        )
        scoring: Any = self.gathered.scoring
        self.gathered.mark(SCORING, f"importance.{self.code}", cell)
        if found:
            scoring.setdefault("importance", {})[self.code] = next(iter(found))
