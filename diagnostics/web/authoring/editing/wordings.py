"""Controls of words that an item may say in another way: its own «затрудняюсь ответить», its text for one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.reader import Reader, put
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class OptOut(Value):
    """A tick, and words of its own for what is chosen then; without them, the usual ones."""

    default: bool = False  # of the document's model
    kind: ClassVar[str] = "opt_out"

    def show(self, entry: Entry, around: Around) -> Shown:
        value = self.of(entry).get(self.name, self.default)
        texts = value if isinstance(value, dict) else {}
        own = [(language, texts.get(language, "")) for language in around.languages]
        return Shown(self.kind, self.name, self.label, self.hint, bool(value), more={"own": own})

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        ticked = reader.tick(self.name)
        if ticked is None:
            return
        target = self.of(entry)
        before = target.pop(self.name, None)
        own = reader.texts(f"{self.name}.own", before if isinstance(before, dict) else None)
        value = own or True if ticked else False
        if value != self.default:
            target[self.name] = value


@dataclass(frozen=True, slots=True)
class Wording(Value):
    """The text of an item as one form asks it; drawn where several forms for different people ask the item."""

    kind: ClassVar[str] = "wording"

    def show(self, entry: Entry, around: Around) -> Shown:
        own = entry.item.get(self.name) or {}
        rows = []
        for form in around.documents.forms:
            asks = any(entry.code in section.get("items", []) for section in form.get("sections", []))
            if form["code"] in own or (asks and _speaks_to_many(around)):
                texts = own.get(form["code"]) or {}
                words = [(language, texts.get(language, "")) for language in around.languages]
                rows.append((form["code"], say(form.get("title"), around.language) or form["code"], words))
        return Shown(self.kind, self.name, self.label, self.hint, rows, more={"given": len(own)})

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        own = dict(entry.item.get(self.name) or {})
        for code in reader.codes(self.name):
            texts = reader.texts(f"{self.name}.{code}", own.get(code))
            put(own, code, texts)
        if reader.has(self.name):
            put(entry.item, self.name, own)


def _speaks_to_many(around: Around) -> bool:
    return around.documents.instrument.get("forms_purpose") == "audience" and len(around.documents.forms) > 1
