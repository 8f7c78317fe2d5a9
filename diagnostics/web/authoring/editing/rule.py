"""«Когда показывать» as a sentence: item · relation · value, joined by «и» or «или».

A condition that is more than that (brackets, both joins) is shown and typed as text; the text wins when it was
changed. A relation without its value yet stands in the document as «отвечен».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from diagnostics.web.authoring.editing.around import Around, Pairs
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.lists import REMOVE
from diagnostics.web.authoring.editing.reader import Reader, put
from diagnostics.web.sentences.common import N_
from instruments.rules import All, Answered, Compare, Either, Not, Rule, RuleProblem, Within, parse, printed

RELATIONS: Pairs = (
    ("answered", N_("дан ответ")),
    ("unanswered", N_("ответа нет")),
    ("=", N_("выбрано или равно")),
    ("!=", N_("выбрано не это")),
    ("<", N_("меньше")),
    ("<=", N_("не больше")),
    (">", N_("больше")),
    (">=", N_("не меньше")),
    ("in", N_("одно из (через запятую)")),
)
WITHOUT_VALUE = frozenset({"answered", "unanswered"})
JOINS: Pairs = (("and", N_("верно всё")), ("or", N_("верно хоть одно")))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sentence. `values`: what can be chosen in its item."""

    place: str
    item: str = ""
    relation: str = ""
    value: str = ""
    values: Pairs = ()


@dataclass(frozen=True, slots=True)
class Condition(Value):
    kind: ClassVar[str] = "condition"

    def show(self, entry: Entry, around: Around) -> Shown:
        source = str(entry.item.get(self.name) or "")
        found = simple(source)
        parts = (
            [] if found is None else [self._part(place, one, around) for place, one in enumerate(found[1])]
        )
        more = {
            "source": source,
            "parts": [*parts, Part(str(len(parts)))] if found is not None else [],
            "join": found[0] if found else "and",
            "relations": RELATIONS,
            "joins": JOINS,
        }
        return Shown(
            self.kind, self.name, self.label, self.hint, source, choices=around.labels(entry.code), more=more
        )

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        text = f"{self.name}.text"
        if reader.has(text):
            typed = " ".join(reader.words(text).split())
            if typed != reader.form.get(f"{text}.was", ""):
                put(entry.item, self.name, typed)
                return
        if reader.has(self.name):
            put(entry.item, self.name, self._sentence(reader))

    def _sentence(self, reader: Reader) -> str:
        removed, rules = reader.form.get(REMOVE), []
        for place in reader.codes(self.name):
            path = f"{self.name}.{place}"
            item = reader.form.get(f"{path}.item", "")
            if not item or removed == path:
                continue
            was_item = reader.form.get(f"{path}.was", item)
            value = reader.form.get(f"{path}.value", "").strip() if was_item == item else ""
            rules.append(_rule(item, reader.form.get(f"{path}.relation", ""), value))
        if not rules:
            return ""
        if len(rules) == 1:
            return printed(rules[0])
        join = Either if reader.form.get(f"{self.name}.join") == "or" else All
        return printed(join(tuple(rules)))

    @staticmethod
    def _part(place: int, one: Rule, around: Around) -> Part:
        item, relation, value = _told(one)
        return Part(str(place), item, relation, value, around.values_of(item))


def simple(source: str) -> tuple[str, tuple[Rule, ...]] | None:
    """How the parts are joined, and the parts; None where the condition is no such sentence or is not sound."""
    if not source:
        return "and", ()
    try:
        rule = parse(source)
    except RuleProblem:
        return None
    join = "or" if isinstance(rule, Either) else "and"
    parts = rule.parts if isinstance(rule, (All, Either)) else (rule,)
    return (join, parts) if all(_is_part(one) for one in parts) else None


def _is_part(rule: Rule) -> bool:
    return isinstance(rule, (Compare, Within, Answered)) or (
        isinstance(rule, Not) and isinstance(rule.part, Answered)
    )


def _told(rule: Rule) -> tuple[str, str, str]:
    if isinstance(rule, Compare):
        return rule.item, rule.sign, rule.value
    if isinstance(rule, Within):
        return rule.item, "in", ", ".join(rule.values)
    if isinstance(rule, Answered):
        return rule.item, "answered", ""
    assert isinstance(rule, Not) and isinstance(rule.part, Answered)  # noqa: PT018, S101 - `_is_part` saw to it
    return rule.part.item, "unanswered", ""


def _rule(item: str, relation: str, value: str) -> Rule:
    if relation == "unanswered":
        return Not(Answered(item))
    values = tuple(one.strip() for one in value.split(",") if one.strip())
    if relation == "in" and values:
        return Within(item, values)
    if relation in ("=", "!=", "<", "<=", ">", ">=") and value:
        return Compare(item, relation, value.replace(",", ".") if _is_number(value) else value)  # type: ignore[arg-type]  # one of the signs
    return Answered(item)


def _is_number(value: str) -> bool:
    return value.replace(",", "", 1).removeprefix("-").isdecimal()
