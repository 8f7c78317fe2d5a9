"""Forms and their sections in the settings: names, blank ones at the end, empty ones taken out."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.lists import REMOVE, UP, free_codes, moved_up, numbered
from diagnostics.web.authoring.editing.reader import Reader

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    code: str
    texts: Texts
    items: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    code: str
    texts: Texts
    sections: tuple[SectionRow, ...]
    is_new: bool = False

    @property
    def items(self) -> int:
        return sum(section.items for section in self.sections)


@dataclass(frozen=True, slots=True)
class Forms(Value):
    kind: ClassVar[str] = "forms"

    def show(self, entry: Entry, around: Around) -> Shown:
        forms = entry.item.get(self.name) or []
        rows = [self._form(form, around) for form in forms]
        fresh = free_codes((form["code"] for form in forms), lambda: ascii_uppercase, 1)
        rows += [FormRow(code, _texts({}, around), (), is_new=True) for code in fresh]
        return Shown(self.kind, self.name, self.label, self.hint, rows)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        before = {form["code"]: form for form in entry.item.get(self.name) or ()}
        made = [self._read_form(reader, code, before.get(code)) for code in reader.codes(self.name)]
        entry.item[self.name] = [form for form in made if form is not None]

    @staticmethod
    def _form(form: Json, around: Around) -> FormRow:
        sections = form.get("sections") or []
        fresh = free_codes((one["code"] for one in sections), numbered("S"), 1)
        rows = [SectionRow(one["code"], _texts(one, around), len(one.get("items", []))) for one in sections]
        rows += [SectionRow(code, _texts({}, around), 0, is_new=True) for code in fresh]
        return FormRow(form["code"], _texts(form, around), tuple(rows))

    def _read_form(self, reader: Reader, code: str, before: Json | None) -> Json | None:
        path = f"{self.name}.{code}"
        title = reader.texts(path, (before or {}).get("title"))
        if before is None and not title:
            return None
        standing = (before or {}).get("sections") or []
        if reader.form.get(REMOVE) == path and not any(section.get("items") for section in standing):
            return None
        made: Json = {**(before or {"code": code}), "title": title or {"ru": ""}}
        sections = self._sections(reader, path, standing)
        made["sections"] = sections or [{"code": "S1", "title": {"ru": "Задания"}, "items": []}]
        return made

    @staticmethod
    def _sections(reader: Reader, path: str, standing: list[Json]) -> list[Json]:
        before = {section["code"]: section for section in standing}
        found = []
        for code in reader.codes(f"{path}.sections"):
            place = f"{path}.{code}"
            title = reader.texts(place, before.get(code, {}).get("title"))
            is_gone = reader.form.get(REMOVE) == place and not before.get(code, {}).get("items")
            if (code in before or title) and not is_gone:
                found.append({**before.get(code, {"code": code, "items": []}), "title": title or {"ru": ""}})
        return moved_up(found, reader.form.get(UP, "").removeprefix(f"{path}."))


def _texts(part: Json, around: Around) -> Texts:
    return tuple((one, (part.get("title") or {}).get(one, "")) for one in around.languages)
