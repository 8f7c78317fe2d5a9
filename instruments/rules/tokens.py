"""Text of a condition → words with their places. Anything that the language does not know is refused here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

LONGEST = 2_000  # characters
MOST_TOKENS = 400

KEYWORDS: Mapping[str, str] = {
    "and": "and", "or": "or", "not": "not", "in": "in", "answered": "answered",
    "и": "and", "или": "or", "не": "not", "в": "in",
    "отвечен": "answered", "отвечена": "answered", "отвечено": "answered",
}  # fmt: skip
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]*|[+\-][0-9]+(?:\.[0-9]+)?")

_SIGNS: Mapping[str, str] = {"≠": "!=", "<>": "!=", "==": "=", "≤": "<=", "≥": ">="}
_TOKEN = re.compile(
    rf"""(?P<blank>\s+)
    | (?P<quoted>"(?:[^"\\]|\\["\\])*"|«[^»]*»)
    | (?P<plain>{PLAIN.pattern})
    | (?P<cyrillic>[А-Яа-яЁё]+)
    | (?P<sign><=|>=|!=|<>|==|[=<>≠≤≥])
    | (?P<mark>[(),])""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r'\\(["\\])')


class RuleProblem(Exception):  # noqa: N818 - a mistake of the author, told like one
    """What is wrong with a condition: a code of `DOCUMENT_PROBLEMS`, its parameters, the place from 1."""

    def __init__(self, code: str, position: int, **params: object) -> None:
        self.code, self.position = code, position
        self.params: dict[str, object] = {"position": position, **params}
        super().__init__(f"{code} at {position}")


class Token(NamedTuple):
    """`kind`: word (an item or a value), a keyword, sign, "(", ")", "," or end."""

    kind: str
    text: str
    position: int


@lru_cache(maxsize=256)
def tokens(source: str) -> tuple[Token, ...]:
    """All tokens and one of the end; RuleProblem for the first that is none."""
    if len(source) > LONGEST:
        raise RuleProblem("rule_too_long", LONGEST + 1, length=len(source), most=LONGEST)
    found = list(_tokens(source))
    if len(found) > MOST_TOKENS:
        raise RuleProblem("rule_too_many_words", found[MOST_TOKENS].position, most=MOST_TOKENS)
    if not found:
        raise RuleProblem("rule_empty", 1)
    return (*found, Token("end", "", len(source) + 1))


def _tokens(source: str) -> Iterator[Token]:
    place = 0
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None:
            code = "rule_quote_open" if source[place] in '"«' else "rule_character"
            raise RuleProblem(code, place + 1, found=source[place])
        if found.lastgroup != "blank":
            yield _token(str(found.lastgroup), found.group(), place + 1)
        place = found.end()


def _token(group: str, text: str, position: int) -> Token:
    if group == "quoted":
        return Token("word", _ESCAPED.sub(r"\1", text[1:-1]) if text[0] == '"' else text[1:-1], position)
    if group == "sign":
        return Token("sign", _SIGNS.get(text, text), position)
    if group == "mark":
        return Token(text, text, position)
    keyword = KEYWORDS.get(text.lower())
    if keyword is not None:
        return Token(keyword, text, position)
    if group == "cyrillic":
        raise RuleProblem("rule_word_unknown", position, found=text[:64])
    return Token("word", text, position)
