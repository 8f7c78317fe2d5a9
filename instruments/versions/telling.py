"""Values of documents in words, for people who compare two versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from instruments.document import Instrument
from instruments.keys import NumberKey, RubricKey
from instruments.path import condition
from instruments.rules import said
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE, say
from instruments.versions.classes import ORDER, Leaves
from instruments.versions.labels import NO, VALUES, YES
from instruments.versions.places import Place, Told
from instruments.words import N_, Translate, unchanged

_ALWAYS = N_("показывать всегда")
_ADDED, _REMOVED, _MOVED = N_("добавлено: %(what)s"), N_("убрано: %(what)s"), N_("переставлено: %(what)s")
_NUMBER_KEY = N_("%(value)s, допуск %(tolerance)s")
_RUBRIC = N_("критерии: %(criteria)s")


class Side(NamedTuple):
    """One version: its questions and, where it has them, its keys."""

    instrument: Instrument
    scoring: Scoring | None = None


class Teller:
    """A side made ready to be asked for words. `competences`: code → name."""

    def __init__(
        self,
        side: Side,
        leaves: Mapping[str, Leaves],
        language: str = SOURCE_LANGUAGE,
        translate: Translate = unchanged,
        competences: Mapping[str, str] | None = None,
    ) -> None:
        self.side, self.leaves, self.language, self.translate = side, leaves, language, translate
        self.names = {
            **(competences or {}),
            **{
                one.code: say(one.title, language) or one.code
                for one in (*side.instrument.stimuli, *side.instrument.forms, *side.instrument.items)
            },
        }

    def text(self, owner: tuple[str, str], place: Place) -> str:
        found = self._leaf(owner, place)
        return found if isinstance(found, str) else ""

    def value(self, owner: tuple[str, str], place: Place) -> str:
        if place.told is Told.RULE:
            return self._rule(self._leaf(owner, place))
        if place.told is Told.KEY:
            return self._key(owner[1])
        whole = self._whole(owner, place)
        standing = getattr(self._holder(owner, place.document), place.field, None)
        if len(place.path) == 1 and isinstance(standing, (str, int, float)):  # defaults have no leaves
            return self._plain(place.field, standing)
        leaves = self.leaves[place.document].items()
        below = (value for leaf, value in leaves if leaf[: len(whole)] == whole and leaf[-1] != ORDER)
        return ", ".join(one for value in below if (one := self._plain(place.field, value)))

    def members(self, owner: tuple[str, str], place: Place) -> list[str]:
        """Codes in order: of options, of the questions of a form, of anchors, of competences."""
        if place.field == "asks":
            forms = {form.code: form.item_codes for form in self.side.instrument.forms}
            return list(forms.get(place.path[1], ()))
        if place.field == "competences":
            keys = self.side.scoring.items if self.side.scoring else {}
            return list(keys[owner[1]].competences) if owner[1] in keys else []
        path = self._whole(owner, place)
        path = path if path[-1:] == (ORDER,) else (*path, ORDER)
        found = self.leaves[place.document].get(path)
        return found.split() if isinstance(found, str) else []

    def name_of(self, owner: tuple[str, str], place: Place, code: str) -> str:
        """What a member is called: an option by its words, a question by its title."""
        if owner[0]:
            for field in ("text", "title"):
                found = self.leaves[place.document].get((*owner, place.path[0], code, field, self.language))
                if isinstance(found, str):
                    return f"«{found}»"
        return self.names.get(code, code)

    def _holder(self, owner: tuple[str, str], document: str) -> object:
        """What the field belongs to: an entry of the keys, an item, a document."""
        if document == "scoring":
            scoring = self.side.scoring
            return scoring.items.get(owner[1]) if scoring and owner[0] else scoring
        if not owner[0]:
            return self.side.instrument
        return next((one for one in getattr(self.side.instrument, owner[0]) if one.code == owner[1]), None)

    def _plain(self, field: str, value: object) -> str:
        if isinstance(value, bool):
            return self.translate(YES if value else NO)
        if isinstance(value, float):
            return number(value)
        if isinstance(value, str):
            words = VALUES.get(field, {}).get(value)
            return self.translate(words) if words else self.names.get(value, value)
        return "" if value is None else str(value)

    def _leaf(self, owner: tuple[str, str], place: Place) -> object:
        return self.leaves[place.document].get(self._whole(owner, place))

    def _whole(self, owner: tuple[str, str], place: Place) -> tuple[str, ...]:
        return (*(part for part in owner if part), *place.path)

    def _rule(self, text: object) -> str:
        if not isinstance(text, str):
            return self.translate(_ALWAYS)
        rule = condition(text)
        return said(rule, self.side.instrument, self.language, self.translate) if rule else text

    def _key(self, code: str) -> str:
        """The right answer as a methodologist would say it."""
        entry = self.side.scoring.items.get(code) if self.side.scoring else None
        key = entry.key if entry else None
        texts = self._choices(code)
        if isinstance(key, NumberKey):
            facts = {"value": number(key.value), "tolerance": number(key.tolerance)}
            return self.translate(_NUMBER_KEY) % facts
        if isinstance(key, RubricKey):
            titles = "; ".join(
                f"{say(one.title, self.language)} ({number(one.most)})" for one in key.criteria
            )
            return self.translate(_RUBRIC) % {"criteria": titles}
        if isinstance(key, Mapping):
            return "; ".join(f"{texts.get(one, one)} → {texts.get(two, two)}" for one, two in key.items())
        codes = (key,) if isinstance(key, str) else key or ()
        return "; ".join(texts.get(one, one) for one in codes)

    def _choices(self, code: str) -> dict[str, str]:
        item = next((one for one in self.side.instrument.items if one.code == code), None)
        choices = (
            choice for field in ("prompts", "options", "levels") for choice in getattr(item, field, ())
        )
        return {choice.code: f"«{say(choice.text, self.language)}»" for choice in choices}


def moved(
    old: Sequence[str], new: Sequence[str], names: Mapping[str, str], translate: Translate = unchanged
) -> str:
    """What came, went and changed its place, in words; "" for the same list."""
    came = [one for one in new if one not in set(old)]
    gone = [one for one in old if one not in set(new)]
    before, after = ([one for one in side if one not in {*came, *gone}] for side in (old, new))
    stays = set(_longest_rising([before.index(one) for one in after]))
    shifted = [one for one in after if before.index(one) not in stays]
    told = ((_ADDED, came), (_REMOVED, gone), (_MOVED, shifted))
    return "; ".join(
        translate(words) % {"what": ", ".join(names.get(one, one) for one in codes)}
        for words, codes in told
        if codes
    )


def _longest_rising(places: Sequence[int]) -> list[int]:
    """The longest rising run: who is not in it has really moved (quadratic; lists are a form long)."""
    best: list[list[int]] = []
    for place in places:
        before = max((run for run in best if run[-1] < place), key=len, default=[])
        best.append([*before, place])
    return max(best, key=len, default=[])


def number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
