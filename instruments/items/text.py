"""Short free text. Answer: the words, with line ends as LF and no blanks around.

Scored only when the key lists accepted variants. Case, ё/е, blanks and a final dot do not matter unless the
author says `exact`.
"""

from __future__ import annotations

import re
import unicodedata

from instruments.document import TextItem
from instruments.items.outcome import EMPTY, Answer, ItemScore, Reading, is_empty, judged, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = True

# No database text, XML or spreadsheet cell can hold these: control characters but tab and line end,
# halves of surrogate pairs, non-characters. A right-to-left override is kept: the page isolates it.
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read(item: TextItem, raw: object) -> Reading:
    return read_words(raw, item.max_length)


def read_words(raw: object, most: int) -> Reading:
    """Words of at most so many characters, as every free text is stored."""
    if is_empty(raw):
        return EMPTY
    if not isinstance(raw, str):
        return refused("wrong_shape")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > most:
        return refused("too_long", length=len(text), most=most)
    bad = _BAD.search(text)
    if bad:
        return refused("bad_character", position=bad.start() + 1)
    return Reading(text) if text else EMPTY


def scorer(item: TextItem, key: ItemKey) -> ScoreAnswer | None:
    variants = (key.key,) if isinstance(key.key, str) else key.key
    if not isinstance(variants, tuple) or not variants:
        return None
    accepted, points = {comparable(item, variant) for variant in variants}, key.points

    def score(answer: Answer) -> ItemScore:
        right = isinstance(answer, str) and comparable(item, answer) in accepted
        return judged(points if right else 0.0, points)

    return score


def describe(item: TextItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    return str(answer)


def comparable(item: TextItem, text: str) -> str:
    """What of the words a key is compared with; "" where nothing is left of them."""
    if item.exact:
        return unicodedata.normalize("NFC", text).strip()
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(folded.split()).rstrip(".").rstrip()
