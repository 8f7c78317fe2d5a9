"""Which items are asked, in order, given the answers: computed at each request, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from instruments.document import ConsentItem, Instrument, Item, Section, is_question
from instruments.items import Answer, is_empty


class Step(NamedTuple):
    section: Section
    item: Item


class Progress(NamedTuple):
    answered: int
    total: int


def asked(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> tuple[Step, ...]:  # noqa: ARG001  answers steer the path as soon as a form has rules
    """Steps of the form for these answers, words to read included. KeyError for an unknown form."""
    items = {item.code: item for item in instrument.form_items(form)}
    return tuple(
        Step(section, items[code]) for section in instrument.form(form).sections for code in section.items
    )


def questions(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Items on the path that can be answered: what progress counts."""
    return tuple(step.item for step in asked(instrument, form, answers) if is_question(step.item))


def unanswered(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Questions on the path without an answer, in order: the list shown before submitting."""
    return tuple(item for item in questions(instrument, form, answers) if is_empty(answers.get(item.code)))


def not_agreed(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Statements on the path that the person has not agreed with: nothing can be sent before."""
    asked_for = (step.item for step in asked(instrument, form, answers))
    return tuple(
        item for item in asked_for if isinstance(item, ConsentItem) and is_empty(answers.get(item.code))
    )


def progress(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> Progress:
    total = len(questions(instrument, form, answers))
    return Progress(total - len(unanswered(instrument, form, answers)), total)
