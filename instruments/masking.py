"""Names of options that one sitting alone knows: what stands in a page says nothing to a neighbour.

Where options are shuffled, their codes would undo it: «в третьем — b» could be passed on, or read in the page's
source. So a page gets an id for each option that follows from the sitting's secret seed by a keyed hash: the same
after a break and on another device, another one for everybody else. Codes of the document never leave the server
there, ids never enter the base; `Mask` is the one place where one becomes the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any

from instruments.document import Instrument, Item, Section
from instruments.items import Answer
from instruments.shuffling import LOOSE, moves_options, with_own_options

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread for another one
LENGTH = 6


class OptionUnknownError(ValueError):
    """An id that no option of this item has in this sitting: of somebody else's page, or a document's code."""

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


@dataclass(frozen=True, slots=True)
class Mask:
    """One item as one sitting sees it. `ids`: code of an option → its id; empty where codes stay as they are."""

    item: Item
    ids: Mapping[str, str]

    def hide(self, answer: Answer) -> Answer:
        """A stored answer in the ids of the page."""
        return _replaced(self.item.type, answer, self.ids) if self.ids else answer

    def reveal(self, raw: object) -> object:
        """What a page sent, in the codes of the document; what is no answer at all is left for `items.read`.

        Raises
        ------
        OptionUnknownError
            For the first id that is none of this sitting's.
        """
        return _replaced(self.item.type, raw, _Codes(self.ids)) if self.ids else raw


def masked(instrument: Instrument, form: str, item: Item, seed: int) -> Mask:
    """The item with its options in the order and under the ids of the sitting that has this seed."""
    section = _section_of(instrument, form, item.code)
    lists = LOOSE.get(item.type, ()) if moves_options(instrument, section) else ()
    codes = [one.code for name in lists for one in getattr(item, name)]
    if not codes:
        return Mask(item, {})
    ids = _ids(codes, item.code, seed)
    own = with_own_options(instrument, section, item, seed)
    named = {
        name: tuple(one.model_copy(update={"code": ids[one.code]}) for one in getattr(own, name))
        for name in lists
    }
    return Mask(own.model_copy(update=named), ids)


class _Codes(dict[str, str]):
    """Id → code; one that is not known stops everything. «» is what a select says when nothing is chosen."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        super().__init__({one: code for code, one in ids.items()})

    def __missing__(self, one: str) -> str:
        if one:
            raise OptionUnknownError(one[:64])
        return one


def _section_of(instrument: Instrument, form: str, code: str) -> Section:
    """The item's section; of an item that the form does not ask, one without rules of its own."""
    for section in instrument.form(form).sections:
        if code in section.items:
            return section
    return instrument.form(form).sections[0].model_copy(update={"shuffle": None})


def _ids(codes: list[str], item: str, seed: int) -> dict[str, str]:
    """Longer by one letter for the rare sitting where two would be the same."""
    for length in count(LENGTH):
        ids = {code: _id(code, item, seed, length) for code in codes}
        if len(set(ids.values())) == len(ids):
            return ids
    raise AssertionError


def _id(code: str, item: str, seed: int, length: int) -> str:
    number = int.from_bytes(
        blake2b(f"id\0{item}\0{code}".encode(), key=seed.to_bytes(8), digest_size=16).digest()
    )
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def _replaced(kind: str, answer: Any, by: Mapping[str, str]) -> Any:
    """Options named anew: as one, in a list, as what prompts point to, or as what places are given to."""
    if isinstance(answer, str):
        return by[answer]
    if isinstance(answer, list):
        return [by[one] if isinstance(one, str) else one for one in answer]
    if isinstance(answer, dict) and kind == "matching":
        return {prompt: by[one] if isinstance(one, str) else one for prompt, one in answer.items()}
    if isinstance(answer, dict) and kind == "ordering":
        return {by[one] if isinstance(one, str) else one: place for one, place in answer.items()}
    return answer
