"""Controls of what a work concludes from single items: obligatory ones, and those that ask how much a thing matters.

Each row is a sentence of choices; the row at the end is blank, one without its item is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from diagnostics.web.authoring.editing.around import Around, Pairs
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.lists import REMOVE
from diagnostics.web.authoring.editing.reader import Reader, put
from diagnostics.web.sentences.common import N_

OPINIONS = frozenset({"likert", "frequency", "level", "observation", "row"})
ZERO, CAP = "zero_parent", "cap_level"
EFFECTS: Pairs = (
    (ZERO, N_("балл станет нулём")),
    (CAP, N_("уровень будет не лучше, чем")),
)
WHOLE, HALF = 1, 0.5
SHARES: Pairs = ((str(WHOLE), N_("не все баллы")), (str(HALF), N_("меньше половины баллов")))


@dataclass(frozen=True, slots=True)
class CriticalRow:
    place: str
    item: str = ""
    below: str = str(HALF)
    effect: str = ZERO
    node: str = ""
    level: str = ""
    shares: Pairs = SHARES
    nodes: Pairs = ()
    levels: Pairs = ()


@dataclass(frozen=True, slots=True)
class CriticalItems(Value):
    """«Если за задание … набрано …, то … по компетенции …»."""

    kind: ClassVar[str] = "critical"

    def show(self, entry: Entry, around: Around) -> Shown:
        rules: list[Json] = list(self.of(entry).get(self.name) or ())
        rows = [self._row(str(place), rule, around) for place, rule in enumerate(rules)]
        rows.append(self._row(str(len(rows)), {}, around))
        return Shown(
            self.kind,
            self.name,
            self.label,
            self.hint,
            rows,
            choices=scored(around),
            more={"effects": EFFECTS},
        )

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        if not reader.has(self.name):
            return
        before = list(self.of(entry).get(self.name) or ())
        removed, rules = reader.form.get(REMOVE), []
        for place in reader.codes(self.name):
            path = f"{self.name}.{place}"
            if reader.form.get(f"{path}.item") and removed != path:
                standing = before[int(place)] if place.isdecimal() and int(place) < len(before) else {}
                rules.append(self._rule(reader, path, standing, around))
        put(self.of(entry), self.name, rules)

    @staticmethod
    def _row(place: str, rule: Json, around: Around) -> CriticalRow:
        below, node, level = (
            rule.get("below", HALF),
            str(rule.get("node") or ""),
            str(rule.get("level") or ""),
        )
        share = f"{below:g}" if isinstance(below, (int, float)) else str(below)
        own = () if share in dict(SHARES) else ((share, _share_words(below)),)
        return CriticalRow(
            place,
            str(rule.get("item") or ""),
            share,
            str(rule.get("effect") or ZERO),
            node,
            level,
            (*SHARES, *own),
            _with(around.blocks or around.nodes, (node,), around.nodes),
            _with(around.levels, (level,)),
        )

    @staticmethod
    def _rule(reader: Reader, path: str, before: Json, around: Around) -> Json:
        below: Any = reader.number(f"{path}.below")
        effect = reader.form.get(f"{path}.effect", "")
        item = reader.form[f"{path}.item"]
        rule = {
            "item": item,
            "below": HALF if below is None else below,
            "effect": effect if effect in dict(EFFECTS) else ZERO,
            "node": reader.form.get(f"{path}.node") or _usual_node(item, around),
        }
        if rule["below"] == before.get("below"):
            rule["below"] = before["below"]  # 1 and 1.0 are one share and two documents
        level = reader.form.get(f"{path}.level", "") if rule["effect"] == CAP else ""
        return {**rule, "level": level} if level else rule


@dataclass(frozen=True, slots=True)
class Importance(Value):
    """Item → the competence whose importance it asks about."""

    kind: ClassVar[str] = "importance"

    def show(self, entry: Entry, around: Around) -> Shown:
        votes = self.of(entry).get(self.name) or {}
        rows = [(str(place), code, node) for place, (code, node) in enumerate(votes.items())]
        rows.append((str(len(rows)), "", ""))
        asked = {
            item["code"]: around.label(item) for item in around.documents.items if item["type"] in OPINIONS
        }
        gone = tuple((code, code) for code in votes if code not in asked)
        nodes = _with(around.nodes, votes.values())
        return Shown(
            self.kind,
            self.name,
            self.label,
            self.hint,
            rows,
            choices=(*asked.items(), *gone),
            more={"nodes": nodes},
        )

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        removed, votes = reader.form.get(REMOVE), {}
        for place in reader.codes(self.name):
            path = f"{self.name}.{place}"
            code, node = reader.form.get(f"{path}.item", ""), reader.form.get(f"{path}.node", "")
            if code and node and removed != path:
                votes[code] = node
        put(self.of(entry), self.name, votes)


def scored(around: Around) -> Pairs:
    """Items that give points: what no points are given for decides nothing."""
    keys = around.documents.keys
    return tuple(
        (item["code"], around.label(item))
        for item in around.documents.items
        if keys.get(item["code"], {"points": 0}).get("points", 1) != 0
    )


def _usual_node(item: str, around: Around) -> str:
    """The reported competence that the item feeds, else the first one; a rule cannot stand without any."""
    own = set(around.documents.keys.get(item, {}).get("competences") or ())
    offered = [code for code, _words in around.blocks or around.nodes]
    framework, known = around.framework, dict(around.nodes)
    fed = (code for code in offered if framework and code in known and own & {code, *framework.pool(code)})
    return next(fed, next(iter(offered), ""))


def _share_words(below: Any) -> str:
    return f"< {100 * below:g} %".replace(".", ",") if isinstance(below, (int, float)) else str(below)


def _with(choices: Pairs, values: Iterable[str], names: Pairs = ()) -> Pairs:
    """The choices and what a document says beside them, or a page posted as it stands would change it."""
    known, words = dict(choices), dict(names)
    own = dict.fromkeys(one for one in values if one and one not in known)
    return (*choices, *((one, words.get(one, one)) for one in own))
