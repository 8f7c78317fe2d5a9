"""A draft gone through as a respondent: answers travel in the page's own form, no row is written anywhere.

The keys stay on the server until the trace is asked for: a page of the trial is built from the same allow-list
as the player's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from diagnostics.web.authoring.drafting.phone import Phone, question_of, stimulus_of
from diagnostics.web.track import Track
from instruments import path
from instruments.document import Instrument, is_question
from instruments.formats.jsontext import parse_json
from instruments.items import Answer, read
from instruments.path import Step
from instruments.problems import DocumentError
from instruments.texts import say

LONGEST = 400_000  # characters of answers: a form longer than that is no trial


@dataclass(frozen=True)
class Trial:
    instrument: Instrument
    form: str
    answers: Mapping[str, Answer]
    language: str = "ru"

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return path.asked(self.instrument, self.form, self.answers)

    @cached_property
    def asked(self) -> list[str]:
        return [step.item.code for step in self.steps if is_question(step.item)]

    def page(self, place: int, given: object = None) -> Phone:
        """The page of a place from 1; `given`: what was typed and refused."""
        step = self.steps[place - 1]
        code = step.item.code
        number = self.asked.index(code) + 1 if code in self.asked else 0
        shown = self.answers.get(code) if given is None else given
        track = Track.of(self.asked, number, self.answers)
        title = say(step.section.title, self.language) or say(self.instrument.title, self.language)
        stimulus = stimulus_of(self.instrument, step.item, self.language)
        return Phone(title, question_of(step.item, self.language, shown), number, track, stimulus)

    def answered(self, code: str, answer: Answer) -> Trial:
        """Questions that the new answer leads away from keep theirs: the way back shows them again."""
        others = {one: value for one, value in self.answers.items() if one != code}
        made = others if answer is None else {**others, code: answer}
        return Trial(self.instrument, self.form, made, self.language)

    def packed(self) -> str:
        return json.dumps(self.answers, ensure_ascii=False, separators=(",", ":"))


def unpacked(instrument: Instrument, form: str, text: str) -> dict[str, Any]:
    """Answers of a posted trial that the draft of now can still read; whatever else was sent is nothing."""
    try:
        found = parse_json(text).data if 0 < len(text) <= LONGEST else {}
    except DocumentError:
        return {}
    if not isinstance(found, dict):
        return {}
    items = {item.code: item for item in instrument.form_items(form)}
    made = {code: read(items[code], raw) for code, raw in found.items() if code in items}
    return {code: one.answer for code, one in made.items() if one.answer is not None and not one.problems}
