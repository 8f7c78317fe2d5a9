"""Can a condition hold, can it fail: all answers that matter are tried, up to a limit.

A few worlds of the whole form show both sides of most conditions. The rest are tried way by way; what may be
spent on them is counted in comparisons, not in time, so a work has the same mistakes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import combinations
from typing import Any

from instruments.document import Form, Instrument, Item, MultipleItem, NumberItem, Section
from instruments.path import condition
from instruments.rules import Rule, holds, items_of, mentioned
from instruments.rules.evaluating import number
from instruments.rules.kinds import Kind, kind_of, ranks_of, values_of
from instruments.rules.tree import tests
from instruments.rules.tree import values_of as values_in

MOST_TRIALS = 4_096  # of one condition
_MOST_IN_ALL = 40_000  # comparisons in all trials of a form: 200 conditions within a tenth of a second
_FINEST = Decimal("0.000001")  # of a number without a limit of decimals
BOTH = 2  # it held and it failed
_GLANCES = 4  # worlds of the whole form that are looked at first
_NO_MORE = object()


class _Spent(Exception):  # noqa: N818 - no mistake: what may be spent on a proof is spent
    pass


class Verdict(StrEnum):
    SOMETIMES = "sometimes"
    NEVER = "never"
    ALWAYS = "always"
    UNKNOWN = "unknown"  # it did not hold once in all that was tried, and not everything was


def reach(instrument: Instrument, form: Form, targets: Sequence[tuple[int, str | None]]) -> list[Verdict]:
    """A verdict for each target: the place of an item in the form and its code, or None for its section.

    The form must be sound otherwise: known items, each once, conditions that look back.
    """
    judge = _Judge(instrument, form)
    wanted = [judge.wanted(place, item) for place, item in targets]
    seen = judge.glanced(wanted)
    left, doubtful = _MOST_IN_ALL, sum(len(sides) < BOTH for sides in seen)
    found: list[Verdict] = []
    for rules, sides in zip(wanted, seen, strict=True):
        judge.left = share = left // max(1, doubtful)
        doubtful -= len(sides) < BOTH
        found.append(judge.verdict(rules, sides))
        left -= share - max(0, judge.left)  # what one leaves goes to those after it
    return found


class _Judge:
    def __init__(self, instrument: Instrument, form: Form) -> None:
        self.items = {code: instrument.item(code) for code in form.item_codes}
        self.ranks = ranks_of(tuple(self.items.values()))
        self.sections = [section for section in form.sections for _ in section.items]
        self.codes = form.item_codes
        self.own = {
            code: self._wanted(section, code) for section, code in zip(self.sections, self.codes, strict=True)
        }
        self.costs = {code: _size(rules) for code, rules in self.own.items()}
        self.left = 0  # comparisons that the condition in hand may still cost
        texts = [section.show_if for section in form.sections] + [one.show_if for one in self.items.values()]
        self.named = _named([rule for text in texts if (rule := condition(text)) is not None])
        self.domains: dict[str, list[Any]] = {}
        self.behind: dict[str, frozenset[str]] = {}
        for code in self.codes:  # conditions look back, so those before it are there already
            looked_at = {one for rule in self.own[code] for one in items_of(rule)}
            self.behind[code] = frozenset({code}).union(*(self.behind[one] for one in looked_at))

    def wanted(self, place: int, item: str | None) -> list[Rule]:
        """What must hold for the item at this place of the form, or for its section."""
        return self._wanted(self.sections[place], item)

    def glanced(self, wanted: Sequence[Sequence[Rule]]) -> list[set[bool]]:
        """Of each condition whether it held and failed in a few worlds of the whole form: most show both."""
        seen: list[set[bool]] = [set() for _ in wanted]
        for turn in range(_GLANCES):
            given: dict[str, Any] = {}
            for place, code in enumerate(self.codes):
                domain = self._domain(code)
                if self._hold(self.own[code], given):
                    given[code] = domain[turn * (place + 1) % len(domain)]
            for sides, rules in zip(seen, wanted, strict=True):
                sides.add(self._hold(rules, given))
        return seen

    def verdict(self, wanted: Sequence[Rule], seen: set[bool]) -> Verdict:
        """`seen`: how it has turned out already; every way is tried where that leaves a doubt."""
        if len(seen) == BOTH:
            return Verdict.SOMETIMES
        cost = _size(wanted)
        try:
            for tried, given in enumerate(self._worlds(self._closure(wanted))):
                if tried == MOST_TRIALS:
                    return _unproved(seen)
                self._spend(cost)
                seen.add(self._hold(wanted, given))
                if len(seen) == BOTH:
                    return Verdict.SOMETIMES
        except _Spent:
            return _unproved(seen)
        return Verdict.ALWAYS if True in seen else Verdict.NEVER

    def _hold(self, rules: Sequence[Rule], given: Mapping[str, Any]) -> bool:
        return all(holds(rule, given, self.ranks) for rule in rules)

    def _worlds(self, closure: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """All answers that differ, one after another in the same mapping; a question that is not asked has one."""
        given: dict[str, Any] = {}
        branches: list[Iterator[Any]] = []
        while True:
            if len(branches) == len(closure):
                yield given
            else:
                branches.append(iter(self._choices(closure[len(branches)], given)))
            while branches and (answer := next(branches[-1], _NO_MORE)) is _NO_MORE:
                branches.pop()
            if not branches:
                return
            given[closure[len(branches) - 1]] = answer

    def _choices(self, code: str, given: Mapping[str, Any]) -> Sequence[Any]:
        self._spend(1 + self.costs[code])
        return self._domain(code) if self._hold(self.own[code], given) else (None,)

    def _spend(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise _Spent

    def _wanted(self, section: Section, item: str | None) -> list[Rule]:
        texts = (section.show_if, self.items[item].show_if if item is not None else None)
        return [rule for text in texts if (rule := condition(text)) is not None]

    def _closure(self, rules: Sequence[Rule]) -> list[str]:
        """The items that decide, through one another too, in the order of the form."""
        found = frozenset[str]().union(*(self.behind[code] for rule in rules for code in items_of(rule)))
        return [code for code in self.codes if code in found]

    def _domain(self, code: str) -> list[Any]:
        """One answer of each sort that some condition tells from another; leaving it empty is the last."""
        if code not in self.domains:
            item = self.items[code]
            self.domains[code] = [*_answers(item, self.named.get(code, ())), *_opt_out(item), None]
        return self.domains[code]


def _named(rules: Sequence[Rule]) -> dict[str, tuple[str, ...]]:
    """Item → the values that any condition compares it with."""
    found: dict[str, dict[str, None]] = {}
    for rule in rules:
        for code in items_of(rule):
            found.setdefault(code, {}).update(dict.fromkeys(mentioned(rule, code)))
    return {code: tuple(values) for code, values in found.items()}


def _unproved(seen: set[bool]) -> Verdict:
    return Verdict.SOMETIMES if True in seen else Verdict.UNKNOWN


def _size(rules: Iterable[Rule]) -> int:
    """How many comparisons the rules make at most: what a look at them costs."""
    return sum(len(values_in(test)) or 1 for rule in rules for test in tests(rule))


def _opt_out(item: Item) -> list[Any]:
    return [{"opt_out": True}] if getattr(item, "opt_out", False) else []


def _answers(item: Item, named: Sequence[str]) -> list[Any]:
    kind = kind_of(item)
    if isinstance(item, NumberItem):
        return list(_numbers(item, named))
    if isinstance(item, MultipleItem):
        return list(_choices(item, named))
    values = list(values_of(item))
    if kind is Kind.MARK:
        return [int(value) for value in values]
    if kind is Kind.LEVEL:
        return values
    if kind is Kind.ONE:
        return [*named, *[value for value in values if value not in named][:1]]
    return ["something"] if kind is Kind.WORDLESS else []


def _choices(item: MultipleItem, named: Sequence[str]) -> Iterator[list[str]]:
    """Every set of the named options that can be chosen, filled up with others."""
    others = [option.code for option in item.options if option.code not in named]
    for size in range(len(named), -1, -1):
        more = 1 if item.choose is None and not size else max(0, (item.choose or 0) - size)
        if more <= len(others) and (item.choose is None or size <= item.choose):
            for chosen in combinations(named, size):
                yield [*chosen, *others[:more]]


def _numbers(item: NumberItem, named: Sequence[str]) -> Iterator[float]:
    """Each named number that may be typed and its neighbours, or any number where none is named."""
    step = _FINEST if item.decimals is None else Decimal(1).scaleb(-item.decimals)
    least = None if item.minimum is None else Decimal(repr(item.minimum))
    most = None if item.maximum is None else Decimal(repr(item.maximum))
    found: dict[Decimal, None] = {}
    for value in named:
        whole = number(value) or Decimal(0)
        below, above = (
            (whole / step).quantize(Decimal(1), how) * step for how in (ROUND_FLOOR, ROUND_CEILING)
        )
        found |= dict.fromkeys([below, above, below - step, above + step])
    found |= dict.fromkeys(limit for limit in (least, most) if limit is not None)
    possible = (one for one in found or {Decimal(0): None})
    return (
        float(one) for one in possible if (least is None or one >= least) and (most is None or one <= most)
    )
