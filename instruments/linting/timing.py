"""How long a form takes: reading at a careful pace and the seconds of an answer, against the minutes it promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from instruments.document import Instrument, Item, MatchingItem, OrderingItem, TableItem
from instruments.linting.hints import Hint, hint
from instruments.linting.reading import YOUNG, audience_of
from instruments.linting.text import words
from instruments.texts import say

#: Words a minute. Adults read Russian prose silently at about 180–200; a task is read to be acted upon, and
#: partly twice. Pupils of grades 5–9 read at 100–150. Our decision, to be replaced by the medians of trials.
ADULT_PACE = 160
YOUNG_PACE = 110

#: Seconds of thinking and marking after the reading, by type. A mark of opinion takes 4–8 s in surveys; a
#: keyed choice about half a minute; what is computed or composed, minutes. Our decision, as above.
SECONDS: Mapping[str, float] = {
    "likert": 5, "row": 5, "frequency": 5, "observation": 12, "level": 12,
    "single": 25, "multiple": 35, "number": 75, "text": 30, "long_text": 300,
    "matching": 0, "ordering": 0, "table": 0, "file": 120, "consent": 5, "info": 0,
}  # fmt: skip
SECONDS_A_PLACE = 12  # each prompt to match, each option to put in order
SECONDS_A_CELL = 10

#: An estimate of this kind is right within about a third: only more than that is told. More minutes than it
#: needs are no fault: whoever fills in a sheet looks things up, and thinking has no speed limit.
TOO_SHORT = 1.35


def look_at_time(instrument: Instrument) -> Iterator[Hint]:
    for form in instrument.forms:
        estimate, minutes = estimated_minutes(instrument, form.code), instrument.minutes_of(form.code)
        facts: dict[str, object] = {
            "form": say(form.title) or form.code, "estimate": max(1, round(estimate)), "minutes": minutes,
        }  # fmt: skip
        if estimate > TOO_SHORT * minutes:
            yield hint(f"forms.{form.code}", "time_short", **facts)


def estimated_minutes(instrument: Instrument, form: str) -> float:
    """Minutes that the form takes a person who reads all of it; questions behind conditions are counted."""
    pace = YOUNG_PACE if audience_of(instrument, form) in YOUNG else ADULT_PACE
    items = _items(instrument, form)
    cases = {case.code: case for item in items if (case := instrument.stimulus_of(item))}
    read = sum(len(words(say(case.text))) for case in cases.values())
    read += sum(_words_of(item) for item in items)
    stems = {say(getattr(item, "stem", None)) for item in items}
    read += sum(len(words(stem)) for stem in stems)
    return read / pace + sum(_seconds(item) for item in items) / 60


def _items(instrument: Instrument, form: str) -> list[Item]:
    """Those that the draft has: a form may name an unknown one."""
    known = {item.code for item in instrument.items}
    wordings = {item.code: item.wording.get(form) for item in instrument.items}
    return [
        item if not wordings[code] else item.model_copy(update={"text": wordings[code]})
        for code in instrument.form(form).item_codes
        if code in known and (item := instrument.item(code))
    ]


def _words_of(item: Item) -> int:
    parts = [say(item.text), say(item.hint)]
    for name in ("options", "prompts", "levels"):
        parts += [say(choice.text) for choice in getattr(item, name, ())]
    return sum(len(words(part)) for part in parts)


def _seconds(item: Item) -> float:
    seconds = SECONDS.get(item.type, 0)
    if isinstance(item, MatchingItem):
        seconds += SECONDS_A_PLACE * len(item.prompts)
    elif isinstance(item, OrderingItem):
        seconds += SECONDS_A_PLACE * len(item.options)
    elif isinstance(item, TableItem):
        rows = len(item.rows) or (item.repeat.least if item.repeat else 0)
        seconds += SECONDS_A_CELL * rows * len(item.columns)
    return seconds
