"""Which items are asked, in order, given the answers: computed at each request, never stored.

A condition sees the answers of the items that were asked before its own: what is not asked has no answer,
though an earlier visit to it may have left one. A condition that cannot be read holds (a draft is previewed
with its mistakes; `checking` refuses to publish them).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from instruments.document import ConsentItem, Instrument, Item, Section, is_question
from instruments.items import Answer, is_empty
from instruments.rules import Rule, RuleProblem, holds, looked_at, parse
from instruments.rules.kinds import ranks_of
from instruments.shuffling import in_own_order, is_shuffled, with_own_options

CLARIFYING = "clarifying"
CLARIFYING_TITLE = {"ru": "Уточняющие задания", "en": "Clarifying tasks"}


class Step(NamedTuple):
    section: Section
    item: Item


class Progress(NamedTuple):
    answered: int
    total: int


def asked(
    instrument: Instrument,
    form: str,
    answers: Mapping[str, Answer],
    seed: int | None = None,
    drawn: Collection[str] = (),
) -> tuple[Step, ...]:
    """Steps of the form for these answers, words to read included. KeyError for an unknown form.

    `seed`: of the sitting; without one everything stands in the order of the document. `drawn`: clarifying
    tasks, which come after the form in the order of drawing.
    """
    further = _further(instrument, drawn, seed)
    if not is_branching(instrument, form) and (seed is None or not is_shuffled(instrument, form)):
        return (*_plain(instrument, form), *further) if further else _plain(instrument, form)
    items = {item.code: item for item in instrument.form_items(form)}
    steps = _steps(instrument, form, items, answers)
    if seed is None:
        return (*steps, *further)
    open_codes = {step.item.code for step in steps}
    own = (
        Step(section, with_own_options(instrument, section, items[code], seed))
        for section in instrument.form(form).sections
        for code in in_own_order(instrument, section, items, seed)
        if code in open_codes
    )
    return (*own, *further)


def numbers(instrument: Instrument, form: str, steps: tuple[Step, ...]) -> Mapping[str, int]:
    """Question → its number among the steps; words to read have none."""
    is_plain = steps is instrument.kept.get(("steps", form))
    found: Mapping[str, int] | None = instrument.kept.get(("numbers", form)) if is_plain else None
    if found is None:
        asked_for = (step.item.code for step in steps if is_question(step.item))
        found = {code: number for number, code in enumerate(asked_for, 1)}
        if is_plain:
            instrument.kept["numbers", form] = found
    return found


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


def on_path(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Codes of the items that are asked."""
    return frozenset(step.item.code for step in asked(instrument, form, answers))


def counted(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers that count: those to items that are asked now."""
    if not is_branching(instrument, form):
        return dict(answers)
    open_codes = on_path(instrument, form, answers)
    return {code: answer for code, answer in answers.items() if code in open_codes}


def is_branching(instrument: Instrument, form: str) -> bool:
    """Whether any answer decides what is asked after it."""
    found: bool | None = instrument.kept.get(("branching", form))
    if found is None:
        parts = (*instrument.form(form).sections, *instrument.form_items(form))
        found = instrument.kept["branching", form] = any(one.show_if is not None for one in parts)
    return found


def steering(instrument: Instrument, form: str) -> frozenset[str]:
    """Codes of the items whose answers some condition of the form looks at."""
    if not is_branching(instrument, form):
        return frozenset()
    texts = [section.show_if for section in instrument.form(form).sections]
    texts += [item.show_if for item in instrument.form_items(form)]
    return frozenset(code for text in texts for code in looked_at(text))


def condition(text: str | None) -> Rule | None:
    """The tree of a condition; None where there is none, or none that can be read."""
    if text is None:
        return None
    try:
        return parse(text)
    except RuleProblem:
        return None


def _plain(instrument: Instrument, form: str) -> tuple[Step, ...]:
    """Every item in the order of the document."""
    found: tuple[Step, ...] | None = instrument.kept.get(("steps", form))
    if found is None:
        items = {item.code: item for item in instrument.form_items(form)}
        sections = instrument.form(form).sections
        found = tuple(Step(section, items[code]) for section in sections for code in section.items)
        instrument.kept["steps", form] = found
    return found


def _steps(
    instrument: Instrument, form: str, items: Mapping[str, Item], answers: Mapping[str, Answer]
) -> list[Step]:
    return [Step(section, items[code]) for section, code in walk(instrument, form, items, answers)]


def walk(
    instrument: Instrument, form: str, items: Mapping[str, Item], answers: Mapping[str, Any]
) -> Iterator[tuple[Section, str]]:
    """Section and code of each item that is asked, in the order of the document."""
    given: dict[str, Any] = {}
    ranks = ranks_of(tuple(items.values())) if is_branching(instrument, form) else {}
    for section in instrument.form(form).sections:
        if not _holds(section.show_if, given, ranks):
            continue
        for code in section.items:
            if _holds(items[code].show_if, given, ranks):
                given[code] = answers.get(code)
                yield section, code


def _further(instrument: Instrument, drawn: Collection[str], seed: int | None) -> tuple[Step, ...]:
    """Steps of the clarifying tasks, in a section that no form has."""
    if not drawn:
        return ()
    section = Section(code=CLARIFYING, title=CLARIFYING_TITLE, order="free", items=tuple(drawn))
    items = (instrument.item(code) for code in drawn)
    return tuple(
        Step(section, item if seed is None else with_own_options(instrument, section, item, seed))
        for item in items
    )


def _holds(text: str | None, given: Mapping[str, Any], ranks: Mapping[str, tuple[str, ...]]) -> bool:
    rule = condition(text)
    return rule is None or holds(rule, given, ranks)
