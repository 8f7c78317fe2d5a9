"""The questions of a draft for a reader who checks it: words, options, key, and what was said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from diagnostics.catalogue.drafting import Checked
from diagnostics.catalogue.queries.drafts import Comment
from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.keys import KeyRow, key_rows
from diagnostics.web.authoring.life.words import FIELDS, OTHER_FIELD
from diagnostics.web.authoring.problem_words import PARTS, place
from instruments.document import Instrument, Item
from instruments.framework import Framework
from instruments.keys import ItemKey
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Read:
    """One question as it stands in the draft."""

    number: int
    item: Item
    rows: Sequence[KeyRow]
    points: float
    rationale: str
    competences: str
    threads: Sequence[Comment]


def items_of(checked: Checked, threads: Sequence[Comment], language: str) -> list[Read]:
    """Nothing while the documents cannot be read."""
    if checked.instrument is None:
        return []
    keys = checked.scoring.items if checked.scoring else {}
    return [
        _read(number, item, keys.get(item.code), checked.framework, threads, language)
        for number, item in enumerate(checked.instrument.asked_items, 1)
    ]


def item_titles(instrument: Instrument | None, language: str) -> Mapping[str, str]:
    items = instrument.items if instrument else ()
    return {item.code: say(item.title, language) for item in items}


def place_words(where: str, around: Around) -> str:
    """«3. Зачем критерии: варианты ответа «Б»» of a problem or a comment; of a framework, the name of a node."""
    head, *names = where.split(".")
    if not head:
        return _("Работа целиком")
    if head == "nodes" and names:
        return dict(around.nodes).get(".".join(names), names[0])
    return place(where, around) if head in PARTS else _in_words(head)


def _in_words(name: str) -> str:
    words: str = _(FIELDS.get(name, OTHER_FIELD))
    return words[:1].upper() + words[1:]


def _read(
    number: int,
    item: Item,
    key: ItemKey | None,
    framework: Framework | None,
    threads: Sequence[Comment],
    language: str,
) -> Read:
    return Read(
        number,
        item,
        key_rows(item, key, language),
        key.points if key else 0,
        say(key.rationale, language) if key else "",
        ", ".join(_competence(framework, code, language) for code in key.competences) if key else "",
        [one for one in threads if one.place.split(".")[:2] == ["items", item.code]],
    )


def _competence(framework: Framework | None, code: str, language: str) -> str:
    nodes = framework.nodes if framework else ()
    return next((say(node.title, language) for node in nodes if node.code == code), code)
