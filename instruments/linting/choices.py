"""Options: two that say the same, «все перечисленное», words that give away, one that stands out by its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from instruments.document import (
    Choice,
    Instrument,
    LevelItem,
    MatchingItem,
    MultipleItem,
    OptionItem,
    SingleItem,
)
from instruments.linting.hints import Hint, hint
from instruments.linting.text import clipped, plain, words
from instruments.scoring import Scoring
from instruments.texts import say

#: One option stands out when it is so many times longer than the next, and so many characters.
STANDS_OUT_TIMES = 2.0
STANDS_OUT_BY = 40
FEWEST_TO_COMPARE = 3

#: Words that change no meaning: options that differ by them only are one.
_FILLERS = frozenset({"это", "же", "вот", "является", "именно"})
_ALL_ABOVE = re.compile(
    r"^(?:вс[ее] (?:из )?(?:\w+ )?(?:выше ?)?(?:пере|на|у)(?:численн|званн|казанн|помянут)\w*(?: \w+)?(?: верн\w+)?"
    r"|(?:ничего|ничто|никак\w+|ни один|ни одно|ни одна) из (?:\w+ )?(?:выше)?(?:(?:пере|на|у)(?:численн|званн|казанн)\w*|этого|вариантов|ответов|них)(?: \w+)?"
    r"|вс[ее] (?:варианты|ответы|утверждения|перечисленные варианты)(?: \w+)? (?:верны|правильны|подходят)"
    r"|(?:нет|среди \w+ нет) (?:верного|правильного) (?:ответа|варианта)"
    r"|(?:верны )?(?:оба|обе) (?:ответа|варианта|утверждения)(?: верны)?)$"
)
_ABSOLUTE = re.compile(
    r"\b(всегда|никогда|ни при каких (?:условиях|обстоятельствах)|в любом случае|без исключения)\b"
)


def look_at_choices(instrument: Instrument, scoring: Scoring | None) -> Iterator[Hint]:
    keys = scoring.items if scoring else {}
    for item in instrument.items:
        where = f"items.{item.code}"
        if isinstance(item, OptionItem):
            right = _right(keys[item.code].key if item.code in keys else None)
            texts = {option.code: say(option.text) for option in item.options}
            yield from _twins(f"{where}.options", item.options, right)
            if isinstance(item, SingleItem | MultipleItem):
                yield from _all_of_above(where, texts)
                yield from _absolute(where, say(item.text), texts, right)
            if isinstance(item, SingleItem):
                yield from _stands_out(where, texts, right)
        if isinstance(item, MatchingItem):
            yield from _twins(f"{where}.prompts", item.prompts, frozenset())
        if isinstance(item, LevelItem):
            yield from _twins(f"{where}.levels", item.levels, frozenset())


def _right(key: object) -> frozenset[str]:
    """Options that are right; of matching and ordering none is right by itself."""
    if isinstance(key, str):
        return frozenset({key})
    return frozenset(key) if isinstance(key, tuple) else frozenset()


def _twins(where: str, choices: tuple[Choice, ...], right: frozenset[str]) -> Iterator[Hint]:
    """Same words in other dress. Letter for letter the same is a mistake, and `checking` tells it."""
    seen: dict[str, Choice] = {}
    for choice in choices:
        said = say(choice.text)
        meant = " ".join(part for part in plain(said).split() if part not in _FILLERS)
        twin = seen.setdefault(meant, choice)
        if twin is choice or not meant or say(twin.text).strip().casefold() == said.strip().casefold():
            continue
        at, of_key = f"{where}.{choice.code}", {twin.code, choice.code} & right
        if len(of_key) == 1:
            key, other = (twin, choice) if twin.code in right else (choice, twin)
            yield hint(at, "twin_of_key", option=clipped(say(other.text)), key=clipped(say(key.text)))
        else:
            yield hint(at, "twin_options", first=clipped(say(twin.text)), second=clipped(said))


def _all_of_above(where: str, texts: Mapping[str, str]) -> Iterator[Hint]:
    for code, text in texts.items():
        if _ALL_ABOVE.match(plain(text)):
            yield hint(f"{where}.options.{code}", "all_of_above", text=clipped(text))


def _absolute(where: str, stem: str, texts: Mapping[str, str], right: frozenset[str]) -> Iterator[Hint]:
    """«Всегда» and «никогда» in wrong options only; not where the question itself or a scale speaks so."""
    found = {code: match[1] for code, text in texts.items() if (match := _ABSOLUTE.search(plain(text)))}
    alone = any(plain(texts[code]) == word for code, word in found.items())
    if not right or len(texts) < FEWEST_TO_COMPARE or alone or _ABSOLUTE.search(plain(stem)):
        return
    if found and not right & set(found) and len(found) < len(texts) - len(right):
        code = min(found, key=list(texts).index)
        yield hint(f"{where}.options.{code}", "absolute_words", word=found[code])


def _stands_out(where: str, texts: Mapping[str, str], right: frozenset[str]) -> Iterator[Hint]:
    if len(texts) < FEWEST_TO_COMPARE or any(not words(text) for text in texts.values()):
        return
    (length, code), (following, _) = sorted(
        ((len(text), code) for code, text in texts.items()), reverse=True
    )[:2]
    if length >= STANDS_OUT_TIMES * following and length - following >= STANDS_OUT_BY:
        told = "key_stands_out" if code in right else "option_stands_out"
        yield hint(
            f"{where}.options.{code}", told, option=clipped(texts[code]), length=length, next=following
        )
