"""Mistakes of conditions: what they ask about, whether they look back only, whether they can ever hold.

Reachability is exact where the answers that matter can all be tried: of each item only the values that some
condition mentions differ, the rest count as one. Where they are too many it is said that nothing was proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from instruments.checking.reaching import MOST_TRIALS, Verdict, reach
from instruments.document import Form, Instrument, Item
from instruments.problems import Problem, error, has_errors, warning
from instruments.rules import Compare, Rule, RuleProblem, Within, items_of, looked_at, parse
from instruments.rules.evaluating import number
from instruments.rules.kinds import ORDERED, Kind, kind_of, values_of
from instruments.rules.tokens import tokens
from instruments.rules.tree import Test, tests
from instruments.rules.tree import values_of as values_in


class Condition(NamedTuple):
    """One condition of a form. `place`: how many items of the form stand before what it is about."""

    where: str
    source: str
    rule: Rule
    place: int
    item: str | None  # None: of a section


def check_conditions(instrument: Instrument) -> list[Problem]:
    """Every mistake of every condition, each told once however many forms it stands in."""
    items = {item.code: item for item in instrument.asked_items}
    found = list(_unreadable(instrument))
    for form in instrument.forms:
        known = [code for code in form.item_codes if code in items]
        own = list(_conditions(form, items))
        places = {code: place for place, code in reversed(list(enumerate(form.item_codes)))}
        wrong = [problem for one in own for problem in _check(one, form.code, places, items)]
        found += wrong
        if own and not has_errors(wrong) and len(known) == len(set(form.item_codes)) == len(form.item_codes):
            found += _unreachable(instrument, form, own)
    return list({(problem.where, problem.code, str(problem.params)): problem for problem in found}.values())


def _unreadable(instrument: Instrument) -> Iterator[Problem]:
    texts = [(f"items.{item.code}.show_if", item.show_if) for item in instrument.items]
    texts += [
        (f"forms.{form.code}.sections.{section.code}.show_if", section.show_if)
        for form in instrument.forms
        for section in form.sections
    ]
    for where, text in texts:
        try:
            if text is not None:
                parse(text)
        except RuleProblem as wrong:
            yield error(where, wrong.code, **wrong.params)


def _conditions(form: Form, items: Mapping[str, Item]) -> Iterator[Condition]:
    place = 0
    for section in form.sections:
        where = f"forms.{form.code}.sections.{section.code}.show_if"
        yield from _condition(where, section.show_if, place, None)
        for code in section.items:
            text = items[code].show_if if code in items else None
            yield from _condition(f"items.{code}.show_if", text, place, code)
            place += 1


def _condition(where: str, text: str | None, place: int, item: str | None) -> Iterator[Condition]:
    try:
        if text is not None:
            yield Condition(where, text, parse(text), place, item)
    except RuleProblem:
        return


def _check(
    one: Condition, form: str, places: Mapping[str, int], everywhere: Mapping[str, Item]
) -> Iterator[Problem]:
    for code in items_of(one.rule):
        about: dict[str, object] = {
            "code": code,
            "position": position_of(one.source, code),
            "form": form,
        }
        if code not in everywhere:
            yield error(one.where, "rule_item_unknown", **about)
        elif code not in places:
            yield error(one.where, "rule_item_elsewhere", **about)
        elif code == one.item:
            yield error(one.where, "rule_on_itself", **about)
        elif places[code] >= one.place:
            circle = one.item is not None and one.item in _behind(code, everywhere)
            yield error(one.where, "rule_circle" if circle else "rule_forward", **about)
    for test in tests(one.rule):
        if test.item in everywhere:
            yield from _check_test(one, test, everywhere[test.item])


def _behind(code: str, items: Mapping[str, Item]) -> set[str]:
    """All items that decide about this one, also through others."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        item = items.get(waiting.pop())
        named = looked_at(item.show_if) if item is not None else ()
        waiting += [one for one in named if one not in found]
        found.update(named)
    return found


def _check_test(one: Condition, test: Test, item: Item) -> Iterator[Problem]:
    about: dict[str, object] = {"code": test.item, "position": position_of(one.source, test.item)}
    kind = kind_of(item)
    if kind is Kind.NEVER:
        yield error(one.where, "rule_of_words_to_read", **about)
        return
    if not isinstance(test, (Compare, Within)):
        return
    if kind is Kind.WORDLESS:
        yield error(one.where, "rule_only_answered", **about)
        return
    if isinstance(test, Compare) and test.sign not in ("=", "!=") and kind not in ORDERED:
        yield error(one.where, "rule_no_order", **about, sign=test.sign)
    for value in values_in(test):
        place = {"code": test.item, "value": value[:64], "position": position_of(one.source, value)}
        if kind is Kind.NUMBER:
            if number(value) is None:
                yield error(one.where, "rule_not_a_number", **place)
        elif value not in values_of(item):
            yield error(
                one.where, "rule_mark_unknown" if kind is Kind.MARK else "rule_option_unknown", **place
            )


def position_of(source: str, text: str) -> int:
    """Where the word stands first, from 1."""
    return _positions(source).get(text, 1)


@lru_cache(maxsize=256)
def _positions(source: str) -> Mapping[str, int]:
    """Word → its first place; asked for every name and value of a condition, so read once."""
    return {token.text: token.position for token in reversed(tokens(source))}


def _unreachable(instrument: Instrument, form: Form, conditions: Sequence[Condition]) -> Iterator[Problem]:
    verdicts = reach(instrument, form, [(one.place, one.item) for one in conditions])
    for one, verdict in zip(conditions, verdicts, strict=True):
        if verdict is Verdict.NEVER:
            yield error(one.where, "rule_never", form=form.code)
        elif verdict is Verdict.ALWAYS:
            yield warning(one.where, "rule_always", form=form.code)
        elif verdict is Verdict.UNKNOWN:
            yield warning(one.where, "rule_not_proved", form=form.code, tried=MOST_TRIALS)
