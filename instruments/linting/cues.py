"""What the keys of the whole work give away: the longest option, a favourite place. Judged against chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import comb

from instruments.document import Instrument, SingleItem
from instruments.linting.hints import Hint, hint
from instruments.scoring import Scoring
from instruments.texts import say

#: So rare a coincidence is not one. One in a hundred works of an honest author is remarked on all the same.
RARE = 0.01
FEWEST_KEYED = 8
FEWEST_OPTIONS = 3


def look_at_keys(instrument: Instrument, scoring: Scoring | None) -> Iterator[Hint]:
    keyed = _keyed(instrument, scoring)
    yield from _longest(keyed)
    if not _is_shuffled(instrument):
        yield from _places(keyed)


def _keyed(instrument: Instrument, scoring: Scoring | None) -> list[tuple[SingleItem, str]]:
    keys = scoring.items if scoring else {}
    return [
        (item, key)
        for item in instrument.items
        if isinstance(item, SingleItem)
        and item.code in keys
        and isinstance(key := keys[item.code].key, str)
        and len(item.options) >= FEWEST_OPTIONS
        and key in {option.code for option in item.options}
    ]


def _longest(keyed: Sequence[tuple[SingleItem, str]]) -> Iterator[Hint]:
    """Items whose key is longer than every other option, against one in so many options by chance."""
    count = sum(_is_longest(item, key) for item, key in keyed)
    chances = [1 / len(item.options) for item, _key in keyed]
    if len(keyed) >= FEWEST_KEYED and tail(chances, count) < RARE:
        yield hint("items", "keys_are_longest", count=count, total=len(keyed), expected=round(sum(chances)))


def _is_longest(item: SingleItem, key: str) -> bool:
    lengths = {option.code: len(say(option.text)) for option in item.options}
    return all(lengths[key] > length for code, length in lengths.items() if code != key)


def _places(keyed: Sequence[tuple[SingleItem, str]]) -> Iterator[Hint]:
    """By number of options, because places of different lists cannot be pooled."""
    groups: dict[int, list[int]] = defaultdict(list)
    for item, key in keyed:
        codes = [option.code for option in item.options]
        groups[len(codes)].append(codes.index(key) + 1)
    for options, places in sorted(groups.items()):
        total = len(places)
        if total < FEWEST_KEYED:
            continue
        counts = Counter(places)
        place, count = counts.most_common(1)[0]
        # any of the places might have been the favourite: the chance is that of each, so many times
        if options * tail([1 / options] * total, count) < RARE:
            yield hint("items", "keys_at_one_place", place=place, count=count, total=total)
        elif options * (1 - 1 / options) ** total < RARE and len(counts) < options:
            never = next(one for one in range(1, options + 1) if one not in counts)
            yield hint("items", "keys_never_at_place", place=never, total=total)


def tail(chances: Sequence[float], count: int) -> float:
    """Chance that at least `count` of independent events happen (Poisson–binomial, exact)."""
    if len(set(chances)) == 1:
        chance, total = chances[0], len(chances)
        return sum(comb(total, n) * chance**n * (1 - chance) ** (total - n) for n in range(count, total + 1))
    exactly = [1.0] + [0.0] * len(chances)
    for chance in chances:
        for n in range(len(chances), 0, -1):
            exactly[n] = exactly[n] * (1 - chance) + exactly[n - 1] * chance
        exactly[0] *= 1 - chance
    return sum(exactly[count:])


def _is_shuffled(instrument: Instrument) -> bool:
    return instrument.shuffle in ("options", "both")
