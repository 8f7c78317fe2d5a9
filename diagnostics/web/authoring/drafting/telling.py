"""Two states of one item told field by field, in words: only what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from diagnostics.web.authoring.editing.around import Around, Pairs
from diagnostics.web.authoring.editing.controls import Shown
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.editing.item import different
from instruments.drafting.merging import Clash


@dataclass(frozen=True, slots=True)
class Told:
    label: str
    mine: str
    theirs: str


def told(
    name: str, mine: Documents, theirs: Documents, around: Around, parts: Iterable[Clash]
) -> Iterator[Told]:
    """Fields of an item that differ; of another part of the work, its plain words."""
    if not (mine.has(name) or theirs.has(name)):
        for clash in parts:
            yield Told(_("Что изменили"), _plain(clash.mine), _plain(clash.theirs))
        return
    if not (mine.has(name) and theirs.has(name)):
        side = mine if mine.has(name) else theirs
        text = str(side.entry(name).item.get("text", {}).get("ru", ""))
        yield Told(_("Вопрос"), *((text, "") if side is mine else ("", text)))
        return
    for one, other in different(mine.entry(name), theirs.entry(name), around):
        yield Told(_(one.label), words_of(one), words_of(other))


def words_of(shown: Shown) -> str:
    """What a control shows, as lines of words."""
    tell = TELLERS.get(shown.kind)
    return tell(shown) if tell else _plain(shown.value)


def _rows(shown: Shown) -> str:
    return "\n".join(_row(row) for row in shown.value if not row.is_new)


def _marks(shown: Shown) -> str:
    given = shown.value[: shown.more["given"]]
    return "\n".join(f"{value}: {_all(texts)}" for _place, value, texts in given)


def _competences(shown: Shown) -> str:
    return "\n".join(_named(shown.choices, code) for _place, code, _weight in shown.value if code)


def _chosen(shown: Shown) -> str:
    return _named(shown.choices, shown.value) or _("нет")


def _flag(shown: Shown) -> str:
    return _("да") if shown.value else _("нет")


def _row(row: Any) -> str:
    mark = "✓ " if row.right else ""
    mistake = _all(row.mistake)
    return f"{mark}{_all(row.texts)}" + (f" ({mistake})" if mistake else "")


def _all(texts: Iterable[tuple[str, str]]) -> str:
    return " / ".join(text for _language, text in texts if text)


def _named(choices: Pairs, value: Any) -> str:
    return next((words for code, words in choices if code == value), str(value or ""))


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, dict) and set(value) <= {"ru", "en"}:
        return " / ".join(str(text) for text in value.values())
    return json.dumps(value, ensure_ascii=False)


TELLERS: Mapping[str, Callable[[Shown], str]] = {
    "row_list": _rows,
    "scale": _marks,
    "words": lambda shown: _all(shown.value),
    "flag": _flag,
    "one_of": _chosen,
    "choice": _chosen,
    "competences": _competences,
}
