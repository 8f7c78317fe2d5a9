"""Items that ask nearly the same: shared runs of three words, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from instruments.document import Instrument, Item, is_question
from instruments.linting.hints import Hint, hint
from instruments.linting.text import words
from instruments.texts import say

RUN = 3
#: Shared runs of both items' runs (Jaccard). Twins of parallel forms lie at 0.4–0.7: another number, another name.
ALIKE = 0.8
#: Texts shorter than this have too few runs to be alike in part: they must be the same.
FEWEST_WORDS = 7
#: A run that so many items share («выберите один верный ответ») says nothing of any two of them.
COMMON = 24


def look_for_doubles(instrument: Instrument) -> Iterator[Hint]:
    """Within one form: nobody sees the twin that stands in another."""
    texts = {item.code: _said(item) for item in instrument.items if is_question(item)}
    items = {item.code: item for item in instrument.items}
    together = _forms_of(instrument)
    for code, twin in _alike(texts):
        if together[code] & together[twin] and not _worded_apart(items[code], items[twin]):
            yield hint(f"items.{code}", "double_of", code=twin, title=say(items[twin].title))


def _said(item: Item) -> tuple[str, ...]:
    """Everything that tells this item from others: its words, its options, the case or matrix it belongs to."""
    parts = [say(item.text)]
    for name in ("options", "prompts", "levels"):
        parts += sorted(say(choice.text) for choice in getattr(item, name, ()))
    for name in ("columns", "rows"):
        parts += [say(one.title) for one in getattr(item, name, ())]
    about = (item.stimulus or "", str(getattr(item, "matrix", "")))
    return (*chain.from_iterable(words(part) for part in parts), *(f"#{one}" for one in about if one))


def _forms_of(instrument: Instrument) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form in instrument.forms:
        for code in form.item_codes:
            found[code].add(form.code)
    return found


def _worded_apart(item: Item, twin: Item) -> bool:
    return bool(item.wording or twin.wording)


def _alike(texts: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each item with the first one before it that says nearly the same."""
    whole: dict[tuple[str, ...], str] = {}
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for code, said in texts.items():
        if not said:
            continue
        twin = whole.setdefault(said, code)
        if twin != code:
            yield code, twin
            continue
        if len(said) < FEWEST_WORDS:
            continue
        runs = set(zip(said, said[1:], said[2:], strict=False))
        sizes[code] = len(runs)
        common = Counter(other for run in runs for other in shared[run])
        near = next((one for one, n in common.items() if n >= ALIKE * (len(runs) + sizes[one] - n)), None)
        if near:
            yield code, near
        for run in runs:
            if len(shared[run]) < COMMON:
                shared[run].append(code)
