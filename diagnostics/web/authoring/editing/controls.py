"""Controls of the item form that hold one value. Each shows a part of an entry and reads it back.

`kind` names the macro in `templates/authoring/editing/_controls.html`. A control writes into the copy of the
entry that it is given; `part` says whether its value belongs to the item or to its key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from diagnostics.web.authoring.editing.around import Around, Pairs
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.reader import Reader, put


@dataclass(frozen=True, slots=True)
class Shown:
    """What a macro draws. `name` is also the first half of the path of the field's problems."""

    kind: str
    name: str
    label: str
    hint: str = ""
    value: Any = None
    rows: int = 1
    choices: Pairs = ()
    more: Json = field(default_factory=dict)


class Control(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    def show(self, entry: Entry, around: Around) -> Shown: ...

    def read(self, reader: Reader, entry: Entry, around: Around) -> None: ...


@dataclass(frozen=True, slots=True)
class Value:
    """What all one-value controls share."""

    name: str
    label: str
    hint: str = ""
    part: str = "item"  # item | key
    kind: ClassVar[str] = ""

    def of(self, entry: Entry) -> Json:
        return entry.item if self.part == "item" else entry.key

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        return Shown(self.kind, self.name, self.label, self.hint, self.of(entry).get(self.name))


@dataclass(frozen=True, slots=True)
class Words(Value):
    """Texts in the languages of the work. `needed`: an empty text stays in the document, for the check to tell."""

    rows: int = 1
    needed: bool = False
    kind: ClassVar[str] = "words"

    def show(self, entry: Entry, around: Around) -> Shown:
        texts = self.of(entry).get(self.name) or {}
        value = [(language, texts.get(language, "")) for language in around.languages]
        return Shown(self.kind, self.name, self.label, self.hint, value, self.rows)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.asks_texts(self.name):
            return
        texts = reader.texts(self.name, self.of(entry).get(self.name))
        if self.needed:
            self.of(entry)[self.name] = texts or {"ru": ""}
        else:
            put(self.of(entry), self.name, texts)


@dataclass(frozen=True, slots=True)
class Number(Value):
    kind: ClassVar[str] = "number"

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if reader.has(self.name):
            number = reader.number(self.name)
            if number is None:
                self.of(entry).pop(self.name, None)
            else:
                self.of(entry)[self.name] = number


@dataclass(frozen=True, slots=True)
class Points(Value):
    """Points of the item: 1 where nothing is said, 0 where it is not scored on purpose."""

    kind: ClassVar[str] = "number"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = entry.key.get(self.name, 1 if entry.key else None)
        return Shown(self.kind, self.name, self.label, self.hint, value)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        number = reader.number(self.name)
        if number is None:
            entry.key.pop(self.name, None)
        elif number != 1 or not entry.key or self.name in entry.key:
            entry.key[self.name] = number  # an entry that says nothing else has to say this


@dataclass(frozen=True, slots=True)
class Flag(Value):
    """A tick. A value of the document that says more than yes (own words of an opt-out) is kept while it is on."""

    default: bool = False  # of the document's model
    kind: ClassVar[str] = "flag"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = bool(self.of(entry).get(self.name, self.default))
        return Shown(self.kind, self.name, self.label, self.hint, value)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        ticked = reader.tick(self.name)
        if ticked is None:
            return
        target = self.of(entry)
        own = target.pop(self.name, None)
        if ticked and own and own is not True:
            target[self.name] = own
        elif ticked != self.default:
            target[self.name] = ticked


@dataclass(frozen=True, slots=True)
class Anchor:
    name: str
    label: str
    hint: str = ""

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        return Shown("flag", self.name, self.label, self.hint, entry.anchor)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        """Membership in the scoring's list: `item.read_entry` takes it, entries do not change."""


@dataclass(frozen=True, slots=True)
class OneOf(Value):
    """One of what the work already has: a case, a matrix. Not drawn where there is nothing to choose from."""

    source: str = "stimuli"
    kind: ClassVar[str] = "one_of"

    def show(self, entry: Entry, around: Around) -> Shown:
        choices: Pairs = getattr(around, self.source)()
        return Shown(
            self.kind, self.name, self.label, self.hint, self.of(entry).get(self.name, ""), choices=choices
        )

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        if reader.has(self.name):
            chosen = reader.form[self.name]
            known = {code for code, _words in getattr(around, self.source)()}
            put(self.of(entry), self.name, chosen if chosen in known else None)


@dataclass(frozen=True, slots=True)
class Choice(Value):
    """One of a fixed list; `default` is left out of the document. A value of its own stays in the list."""

    choices: Pairs = ()
    default: str = ""
    kind: ClassVar[str] = "choice"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = str(self.of(entry).get(self.name) or self.default)
        own = () if value in dict(self.choices) or not value else ((value, value),)
        choices = (*self.choices, *own)
        return Shown(self.kind, self.name, self.label, self.hint, value, choices=choices)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        chosen = reader.form.get(self.name)
        if chosen is not None and chosen in dict(self.choices):
            put(self.of(entry), self.name, None if chosen == self.default else chosen)


@dataclass(frozen=True, slots=True)
class Lines(Value):
    """A list of plain words, one a line."""

    rows: int = 3
    kind: ClassVar[str] = "lines"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = self.of(entry).get(self.name)
        lines = [value] if isinstance(value, str) else list(value or ())
        return Shown(self.kind, self.name, self.label, self.hint, "\n".join(map(str, lines)), self.rows)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if reader.has(self.name):
            lines = [line.strip() for line in reader.words(self.name).split("\n")]
            put(self.of(entry), self.name, [line for line in lines if line])


@dataclass(frozen=True, slots=True)
class Several(Value):
    """Ticks beside a fixed list of values; a document that says nothing allows them all."""

    choices: Pairs = ()
    kind: ClassVar[str] = "several"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        value = list(self.of(entry).get(self.name) or dict(self.choices))
        return Shown(self.kind, self.name, self.label, self.hint, value, choices=self.choices)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if self.name in reader.form.getlist("has"):
            chosen = reader.form.getlist(self.name)
            wanted = [value for value, _words in self.choices if value in chosen]
            if wanted == list(dict(self.choices)):
                self.of(entry).pop(self.name, None)
            else:
                self.of(entry)[self.name] = wanted
