"""A tree → its canonical text: `parse(printed(rule)) == rule`."""

from __future__ import annotations

from instruments.rules.tokens import KEYWORDS, PLAIN
from instruments.rules.tree import All, Answered, Compare, Either, Not, Rule, Within


def printed(rule: Rule) -> str:
    """The text in English keywords, with no more brackets than are needed."""
    if isinstance(rule, Either):
        return " or ".join(_grouped(part, Either) for part in rule.parts)
    if isinstance(rule, All):
        return " and ".join(_grouped(part, Either, All) for part in rule.parts)
    if isinstance(rule, Not):
        return _denied(rule.part)
    return f"{word(rule.item)} {_test(rule)}"


def word(text: str) -> str:
    """A name or a value as it must be written: bare where it can be."""
    if PLAIN.fullmatch(text) and text.lower() not in KEYWORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _test(rule: Compare | Within | Answered) -> str:
    if isinstance(rule, Compare):
        return f"{rule.sign} {word(rule.value)}"
    if isinstance(rule, Within):
        return f"in ({', '.join(map(word, rule.values))})"
    return "answered"


def _denied(part: Rule) -> str:
    if isinstance(part, (Within, Answered)):
        return f"{word(part.item)} not {_test(part)}"
    return f"not {_grouped(part, Either, All)}"


def _grouped(part: Rule, *kinds: type[Either | All]) -> str:
    return f"({printed(part)})" if isinstance(part, kinds) else printed(part)
