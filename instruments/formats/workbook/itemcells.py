"""One item and its entry in the scoring → cells of «Вопросы» and rows of «Варианты».

Whatever a cell would not give back exactly stays where it was; the writer puts it on «Прочее».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from instruments.formats.keycells import Named as NamedParts
from instruments.formats.keycells import read_key, written_key
from instruments.formats.values import CODES, LETTERS, Labels, competences_of, flag_of, written_competences
from instruments.formats.vocabulary import FILE_KINDS, FLAGS, PART_OF_TYPE, PARTS, TYPES
from instruments.formats.workbook.cells import Named, are_plain, is_plain
from instruments.formats.workbook.grid import Value
from instruments.formats.workbook.rubrics import rubric_rows
from instruments.formats.workbook.sheets import INLINE, QUESTION_COLUMNS, Heading
from instruments.formats.workbook.tables import table_rows
from instruments.formats.workbook.wordings import wording_cells
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

_INLINE_MOST = 6
_LISTS = ("prompts", "options", "scale", "levels")
_ENTRY = {"points", "rationale", "reverse", "cognitive"}
_OWN_RULE = {
    "code",
    "type",
    "section",
    "form",
    "key",
    "competences",
    "importance",
    "opt_out",
    "points",
    "title",
    "text",
    "repeat.least",
    "repeat.most",
    "kinds",
}
_SIMPLE = tuple(
    heading for heading in QUESTION_COLUMNS if heading.field not in _OWN_RULE and heading not in INLINE
)


class PartRow(NamedTuple):
    part: str
    code: Value
    texts: Mapping[str, str]
    mistakes: Mapping[str, str]

    def cells(self, words: str) -> Named:
        return (
            {("part", ""): PARTS.said(self.part, words), ("code", ""): self.code}
            | {("text", language): text for language, text in self.texts.items()}
            | {("mistake", language): text for language, text in self.mistakes.items()}
        )


class ItemCells:
    """`cells`, `parts` (rows by list), rows of its `tables` and of its `rubric`.

    `item` and `entry` keep what could not be put there. `forms`: what the headers of own wordings call them.
    """

    def __init__(
        self,
        item: dict[str, Any],
        entry: dict[str, Any] | None,
        framework: Framework | None,
        words: str,
        importance: str | None,
        forms: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.code: str = item["code"]
        self.item, self.entry = dict(item), dict(entry or {})
        self.cells: Named = {}
        self.parts: dict[str, list[PartRow]] = {}
        self._words, self._framework = words, framework
        kind = self.item.pop("type")
        self.item.pop("code")
        self.put("code", "", self.code)
        self.put("type", "", TYPES.said(kind, words))
        for name in ("title", "text"):
            self._texts(self.item, name)
        if self.item.get("text") == {}:
            del self.item["text"]
        for heading in _SIMPLE:
            self._simple(self.entry if heading.field in _ENTRY else self.item, heading)
        self._opt_out()
        self._files()
        self._repeat()
        self._lists(kind, item)
        self.cells |= wording_cells(self.item, forms)
        self.tables = table_rows(self.item, self.code, words)
        self.rubric = rubric_rows(self.entry, self.code)
        if entry is not None:
            self.put("points", "", self.entry.pop("points", 1))
            self._key(kind, item)
            self._competences()
        if importance is not None:
            self.put("importance", "", importance)

    def put(self, field: str, language: str, value: Value) -> None:
        if value not in (None, ""):
            self.cells[field, language] = value

    def _texts(self, source: dict[str, Any], name: str) -> None:
        if are_plain(source.get(name)):
            for language, text in source.pop(name).items():
                self.put(name, language, text)
        elif name == "title":  # an empty cell would be filled from the text, in its languages
            for language, text in source.get(name, {}).items():
                self.put(name, language, str(text).strip())

    def _simple(self, source: dict[str, Any], heading: Heading) -> None:
        name, value = heading.field, source.get(heading.field)
        if heading.kind == "texts":
            self._texts(source, name)
        elif heading.words is not None:
            if isinstance(value, str):
                self.put(name, "", heading.words.said(source.pop(name), self._words))
        elif heading.kind == "flag" and value is True:
            self.put(name, "", FLAGS.said("yes", self._words))
            del source[name]
        elif (
            heading.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool)
        ) or (heading.kind == "word" and is_plain(value)):
            self.put(name, "", source.pop(name))

    def _opt_out(self) -> None:
        value = self.item.get("opt_out")
        if value is True:
            self.put("opt_out", SOURCE_LANGUAGE, FLAGS.said("yes", self._words))
            del self.item["opt_out"]
        elif isinstance(value, dict) and are_plain(value) and flag_of(value.get(SOURCE_LANGUAGE, "")) is None:
            self._texts(self.item, "opt_out")

    def _files(self) -> None:
        if self.item.get("kinds"):
            self.put(
                "kinds", "", ", ".join(FILE_KINDS.said(kind, self._words) for kind in self.item.pop("kinds"))
            )

    def _repeat(self) -> None:
        for name, number in self.item.pop("repeat", {}).items():
            self.put(f"repeat.{name}", "", number)

    def _lists(self, kind: str, item: dict[str, Any]) -> None:
        own = PART_OF_TYPE.get(kind, "options")
        mistakes = self.entry.get("mistakes", {})
        if own == "options" and kind != "matching" and not mistakes and self._inline(item.get("options", [])):
            del self.item["options"]
            return
        for name in _LISTS:
            members = item.get(name)
            if members and _are_rows(members, name) and (name == own or kind == "matching"):
                self._rows(name, members, mistakes if name == "options" else {})

    def _inline(self, members: Sequence[Mapping[str, Any]]) -> bool:
        codes = [member.get("code") for member in members]
        fits = 0 < len(members) <= _INLINE_MOST and codes == list(CODES[: len(codes)])
        if not fits or not all(
            set(member) == {"code", "text"} and are_plain(member["text"]) for member in members
        ):
            return False
        for heading, member in zip(INLINE, members, strict=False):
            for language, text in member["text"].items():
                self.put(heading.field, language, text)
        return True

    def _rows(self, name: str, members: Sequence[dict[str, Any]], mistakes: Mapping[str, Any]) -> None:
        """Rows of «Варианты»; what a member has besides its code and text stays behind."""
        self.parts[name] = []
        letters = self._letters(members) if name == "options" else {}
        carried = (
            mistakes if all(map(are_plain, mistakes.values())) and set(mistakes) <= _codes(members) else {}
        )
        rest = []
        for member in members:
            code = member.get("code", member.get("value"))
            text = member["text"]
            shown = letters.get(str(code), code)
            self.parts[name].append(PartRow(name, shown, text, carried.get(str(code), {})))
            more = {key: value for key, value in member.items() if key not in ("code", "value", "text")}
            if more:
                rest.append({"code": code} | more)
        if carried:
            self.entry.pop("mistakes")
        self.item.pop(name)
        if rest:
            self.item[name] = rest

    def _letters(self, members: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """Code → letter where the codes are simply a, b, c …"""
        codes = [member.get("code") for member in members]
        in_order = len(codes) <= len(CODES) and codes == list(CODES[: len(codes)])
        return dict(zip(CODES, LETTERS, strict=True)) if in_order else {}

    def _key(self, kind: str, item: dict[str, Any]) -> None:
        key = self.entry.get("key")
        behind = (member for name in ("options", "prompts") for member in self.item.get(name, ()))
        if key is None or any("text" in member for member in behind):
            return  # a cell can name only what stands on the sheets
        options, prompts = (item.get(name, []) for name in ("options", "prompts"))
        codes, left = ([str(member.get("code")) for member in members] for members in (options, prompts))
        numbers = {code: str(place) for place, code in enumerate(left, 1)}
        said = written_key(kind, key, self._letters(options), numbers)
        if said is None:
            return
        named = NamedParts(Labels(codes), Labels(left, list(numbers.values())))
        if is_plain(said) and read_key(kind, said, named).key == key:
            self.put("key", "", said)
            del self.entry["key"]

    def _competences(self) -> None:
        weights = self.entry.get("competences")
        if not weights:
            return
        said = written_competences(weights)
        if competences_of(said, self._framework) == (weights, []):
            self.put("competences", "", said)
            del self.entry["competences"]


def _codes(members: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(member.get("code")) for member in members}


def _are_rows(members: Sequence[Any], name: str) -> bool:
    """Whether rows of «Варианты» give the list back: codes that are read as they are, texts that are plain."""
    field = "value" if name == "scale" else "code"
    if not all(isinstance(member, dict) and field in member for member in members):
        return False
    codes = [str(member[field]) for member in members]
    texts = [member.get("text") for member in members]
    sound = all("text" in member for member in members) and all(
        text == {} or are_plain(text) for text in texts
    )
    return sound and len(set(codes)) == len(codes) and not any(code.endswith((".", ")")) for code in codes)
