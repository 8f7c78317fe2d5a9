"""Mistakes of an instrument: forms, items, options, translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from instruments.checking.common import check_texts, repeated
from instruments.checking.conditions import check_conditions
from instruments.checking.conduct import check_conduct
from instruments.checking.parts import (
    check_cases,
    check_file,
    check_limits,
    check_matrices,
    check_scale,
    check_table,
)
from instruments.document import (
    Choice,
    Form,
    Instrument,
    Item,
    LevelItem,
    MatchingItem,
    MultipleItem,
    ObservationItem,
    OptionItem,
    OrderingItem,
    is_question,
)
from instruments.problems import Problem, error, warning
from instruments.texts import SOURCE_LANGUAGE

LONGEST_TITLE = 60
FEWEST_OPTIONS = 2
FEWEST_TO_ORDER = 3  # of two, a coin finds the order
OBSERVED = [0, 1, 2, 3]

ItemCheck: TypeAlias = Callable[[str, Any], list[Problem]]


def check_instrument(instrument: Instrument) -> list[Problem]:
    """Every mistake of the instrument by itself, in the order of the document."""
    return [
        *_check_languages(instrument),
        *check_texts(instrument, instrument.languages),
        *repeated("forms", (form.code for form in instrument.forms)),
        *repeated("items", (item.code for item in instrument.items)),
        *_check_forms(instrument),
        *check_cases(instrument),
        *check_matrices(instrument),
        *(problem for item in instrument.items for problem in _check_item(instrument, item)),
        *check_conditions(instrument),
        *check_conduct(instrument),
    ]


def _check_languages(instrument: Instrument) -> list[Problem]:
    problems = repeated("languages", instrument.languages)
    if SOURCE_LANGUAGE not in instrument.languages:
        problems.append(error("languages", "no_source_language", language=SOURCE_LANGUAGE))
    return problems


def _check_forms(instrument: Instrument) -> list[Problem]:
    problems = [] if instrument.forms else [error("forms", "no_forms")]
    known = {item.code for item in instrument.items}
    problems += [problem for form in instrument.forms for problem in _check_form(form, known)]
    used = {code for form in instrument.forms for code in form.item_codes}
    problems += [
        error(f"items.{item.code}", "item_in_no_form", code=item.code)
        for item in instrument.items
        if item.code not in used
    ]
    return problems + _check_lengths(instrument)


def _check_form(form: Form, known: set[str]) -> list[Problem]:
    where = f"forms.{form.code}"
    problems = repeated(f"{where}.sections", (section.code for section in form.sections))
    problems += repeated(where, form.item_codes, "item_repeated")
    problems += [
        error(f"{where}.{code}", "item_unknown", code=code) for code in form.item_codes if code not in known
    ]
    problems += [
        error(f"{where}.sections.{section.code}", "section_empty", code=section.code)
        for section in form.sections
        if not section.items
    ]
    problems += [
        warning(f"{where}.sections.{section.code}.order", "order_of_one", code=section.code)
        for section in form.sections
        if section.order is not None and len(section.items) == 1
    ]
    return problems if form.sections else [*problems, error(where, "form_empty", code=form.code)]


def _check_lengths(instrument: Instrument) -> list[Problem]:
    """Parallel forms of different length measure with different error."""
    aside = {item.code for item in instrument.items if not is_question(item)}
    lengths = [len([code for code in form.item_codes if code not in aside]) for form in instrument.forms]
    if instrument.forms_purpose != "parallel" or len(set(lengths)) < 2:  # noqa: PLR2004  two lengths differ
        return []
    return [warning("forms", "forms_differ_in_length", lengths=", ".join(map(str, lengths)))]


def _check_item(instrument: Instrument, item: Item) -> list[Problem]:
    where = f"items.{item.code}"
    problems = _check_title(where, item)
    forms = {form.code: form.item_codes for form in instrument.forms}
    for form in item.wording:
        if form not in forms:
            problems.append(error(f"{where}.wording.{form}", "form_unknown", form=form))
        elif item.code not in forms[form]:
            problems.append(warning(f"{where}.wording.{form}", "wording_unused", form=form))
    return problems + ITEM_CHECKS[item.type](where, item)


def _check_title(where: str, item: Item) -> list[Problem]:
    return [
        error(f"{where}.title.{language}", "title_too_long", length=len(text), most=LONGEST_TITLE)
        for language, text in item.title.items()
        if len(text) > LONGEST_TITLE
    ]


def _check_options(where: str, item: OptionItem) -> list[Problem]:
    return _check_choices(f"{where}.options", item.options)


def _check_choices(
    where: str, choices: tuple[Choice, ...], least: int = FEWEST_OPTIONS, problem: str = "too_few_options"
) -> list[Problem]:
    """Enough of them, each with a code and words of its own."""
    problems = repeated(where, (choice.code for choice in choices))
    words = Counter(choice.text.get(SOURCE_LANGUAGE, "").strip().casefold() for choice in choices)
    problems += [
        error(f"{where}.{choice.code}", "option_text_repeated", code=choice.code)
        for choice in choices
        if words[choice.text.get(SOURCE_LANGUAGE, "").strip().casefold()] > 1
    ]
    return problems if len(choices) >= least else [*problems, error(where, problem, least=least)]


def _check_ordering(where: str, item: OrderingItem) -> list[Problem]:
    return _check_choices(f"{where}.options", item.options, FEWEST_TO_ORDER)


def _check_matching(where: str, item: MatchingItem) -> list[Problem]:
    return [
        *_check_choices(f"{where}.prompts", item.prompts, problem="too_few_prompts"),
        *_check_options(where, item),
    ]


def _check_level(where: str, item: LevelItem) -> list[Problem]:
    return _check_choices(f"{where}.levels", item.levels)


def _check_multiple(where: str, item: MultipleItem) -> list[Problem]:
    problems = _check_options(where, item)
    if item.choose is not None and item.choose > len(item.options):
        problems.append(
            error(f"{where}.choose", "choose_too_many", choose=item.choose, options=len(item.options))
        )
    return problems


def _check_observation(where: str, item: ObservationItem) -> list[Problem]:
    if [point.value for point in item.scale] == OBSERVED:
        return []
    return [error(f"{where}.scale", "observation_scale")]


def _nothing_more(where: str, item: Item) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return []


ITEM_CHECKS: Mapping[str, ItemCheck] = {
    "single": _check_options,
    "multiple": _check_multiple,
    "likert": check_scale,
    "frequency": check_scale,
    "level": _check_level,
    "observation": _check_observation,
    "matching": _check_matching,
    "ordering": _check_ordering,
    "number": check_limits,
    "text": _nothing_more,
    "long_text": _nothing_more,
    "table": check_table,
    "file": check_file,
    "row": _nothing_more,  # its scale is the matrix' own
    "info": _nothing_more,
    "consent": _nothing_more,
}
