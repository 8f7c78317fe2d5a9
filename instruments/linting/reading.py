"""How hard the texts are to read, as a school grade.

Formula: grade = 0.36 · words per sentence + 5.76 · syllables per word − 11.97 (Solovyev, Ivanov, Solnyshkina,
«Assessment of reading difficulty levels in Russian academic texts», J. Intell. Fuzzy Syst. 34, 2018: the
Flesch–Kincaid form fitted to Russian school textbooks of social studies, grades 5–11). Valid for connected
prose of at least about a hundred words; outside of grades 5–11 it only says «easier» and «harder».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from instruments.document import Instrument
from instruments.linting.hints import Hint, hint
from instruments.linting.text import REMEMBERED, sentences
from instruments.texts import say

PER_SENTENCE, PER_SYLLABLE, FROM = 0.36, 5.76, -11.97
FEWEST_WORDS = 100  # shorter texts swing by two grades with one long word

#: Hardest grade by who reads. Pupils answer from grade 5 on and most questionnaires are for 7–9; parents read
#: on a telephone between other things. Teachers read textbooks of grade 11 for a living: for them only a long
#: average sentence is told, since the grade means nothing up there.
HARDEST: Mapping[str, int] = {"pupil": 8, "parent": 9}
YOUNG = frozenset({"pupil"})
LONGEST_SENTENCE = 25

_LETTERS = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_VOWELS = re.compile("[аеёиоуыэюя]", re.IGNORECASE)


class Level(NamedTuple):
    grade: float
    words: int
    per_sentence: float


def look_at_reading(instrument: Instrument) -> Iterator[Hint]:
    """Cases by themselves; statements and questions of a form together, for each alone is too short."""
    for form in instrument.forms:
        texts = _texts(instrument, form.code)
        yield from _look(f"forms.{form.code}", texts, audience_of(instrument, form.code))
    for case in instrument.stimuli:
        yield from _look(f"stimuli.{case.code}.text", [say(case.text)], instrument.audience)


def audience_of(instrument: Instrument, form: str) -> str:
    """Who reads: forms by audience are named after theirs («pupil», «parent»)."""
    return form if instrument.forms_purpose == "audience" else instrument.audience


def level(texts: Iterable[str]) -> Level:
    """Grade of the texts together; of texts without Russian words, zero."""
    counted = [one for text in texts for one in _counted(text)]
    total = sum(number for number, _syllables in counted)
    if not total:
        return Level(0.0, 0, 0.0)
    per_sentence, per_word = total / len(counted), sum(one for _number, one in counted) / total
    return Level(PER_SENTENCE * per_sentence + PER_SYLLABLE * per_word + FROM, total, per_sentence)


@lru_cache(maxsize=REMEMBERED)
def _counted(text: str) -> tuple[tuple[int, int], ...]:
    """Russian words and their vowels, which are the syllables, of each sentence."""
    found = ((len(_LETTERS.findall(one)), len(_VOWELS.findall(one))) for one in sentences(text))
    return tuple((number, syllables) for number, syllables in found if number)


def _texts(instrument: Instrument, form: str) -> list[str]:
    items = {item.code: item for item in instrument.items}
    asked = [items[code] for code in instrument.form(form).item_codes if code in items]
    return [say(item.wording.get(form) or item.text) for item in asked]


def _look(where: str, texts: Iterable[str], audience: str) -> Iterator[Hint]:
    found, bound = level(texts), HARDEST.get(audience)
    if found.words < FEWEST_WORDS:
        return
    if bound is not None and found.grade > bound + 0.5:
        yield hint(where, "text_hard", grade=round(found.grade), bound=bound)
    elif bound is None and found.per_sentence > LONGEST_SENTENCE:
        yield hint(where, "text_very_hard", words=round(found.per_sentence))
