"""The work as a whole: its other language, its pictures."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.checking.common import texts_of
from instruments.document import Instrument
from instruments.linting.hints import Hint, hint
from instruments.linting.text import plain, words
from instruments.texts import is_translated, say

ENGLISH = "en"
#: Fewer words beside a picture than a caption has.
FEWEST_BESIDE_PICTURE = 5
FEWEST_IN_ALT = 3


def look_at_translation(instrument: Instrument) -> Iterator[Hint]:
    """Once for the work. Texts that lack a language which the work claims are mistakes, told by `checking`."""
    if ENGLISH in instrument.languages:
        return
    texts = [one for _where, one in texts_of(instrument)]
    lacking = sum(not is_translated(one, ENGLISH) for one in texts)
    # a title in two languages is courtesy to lists; half of the texts is a translation begun
    if len(texts) > lacking >= 1 and lacking <= len(texts) / 2:
        yield hint("languages", "english_in_part", count=lacking)
    else:
        yield hint("languages", "no_english")


def look_at_pictures(instrument: Instrument) -> Iterator[Hint]:
    for case in instrument.stimuli:
        if case.image is None:
            continue
        alt = say(case.image.alt)
        if len(words(say(case.text))) < FEWEST_BESIDE_PICTURE:
            yield hint(f"stimuli.{case.code}.text", "picture_alone", title=say(case.title))
        if alt.strip() and (len(words(alt)) < FEWEST_IN_ALT or plain(alt) == plain(say(case.title))):
            yield hint(f"stimuli.{case.code}.image.alt", "picture_alt_poor", alt=alt)
