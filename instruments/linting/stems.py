"""Words of questions and statements: double negation, two questions in one, «и/или»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from instruments.document import Instrument, Item, LongTextItem, OptionItem, is_opinion, is_question
from instruments.linting.hints import Hint, hint
from instruments.linting.text import clipped, outside_quotes, plain
from instruments.texts import say

# «не … не», «нельзя не», «не без» within one clause; «если не …, то не …» are two clauses, «ни … ни» is one negation
_DOUBLE = re.compile(
    r"\b(?:(?:не (?:могу|можешь|может|можем|можете|могут|мог|могла|могли|должен|должна|должны)|нельзя|невозможно|недопустимо|неверно|неправильно)(?: \w+){0,2} не \w+"
    r"|не (?:\w+ ){0,2}(?:нельзя|невозможно|недопустимо|запрещено|недостаточно|неверно|неправильно|отсутствует)\b"
    r"|не без (?!того)\w+|не (?:отрицаю|отрицает|возражаю|сомневаюсь)\b[^.!?;:]* не \w+)"
)
# the question itself is turned round: «какой НЕ относится», «что неверно»
_NEGATED = re.compile(
    r"\b(?:НЕ \w+|не (?:относится|относятся|является|являются|входит|входят|следует|нужно|надо|стоит|соответствует"
    r"|соответствуют|подходит|подходят|характерно|верно|верны|допускается|рекомендуется|должен|должна|должны)"
    r"|неверно|неверное|неверны|нельзя|недопустимо)\b"
)
_OPTION_NEGATED = re.compile(r"^(?:не|нельзя|нет) \w+")
_SECOND = re.compile(
    r"(?:^|\W)(?:кто|что|где|когда|почему|зачем|сколько|как\w*|чем|чему|кому|кого|чего)\b[^?]*?"
    r"(?:,| ) ?и (?:почему|зачем|сколько|где|когда|кто|кому)\b[^?]*\?"
)
_AND_OR = re.compile(r"\w+ и ?/ ?или \w+")


def look_at_stems(instrument: Instrument) -> Iterator[Hint]:
    for item in instrument.items:
        if not is_question(item):
            continue
        for text in (item.text, *item.wording.values()):
            yield from _look(f"items.{item.code}.text", item, say(text))


def _look(where: str, item: Item, text: str) -> Iterator[Hint]:
    own = outside_quotes(text)
    low = plain(own)
    if found := _DOUBLE.search(low):
        yield hint(where, "double_negation", found=clipped(found[0]))
    elif isinstance(item, OptionItem):
        yield from _negated_option(where, item, own)
    if not isinstance(item, LongTextItem):  # an open answer has room for «и почему»
        yield from _two_questions(where, own)
    if (is_opinion(item) or item.type == "row") and (both := _AND_OR.search(low)):
        yield hint(where, "and_or", found=both[0])


def _negated_option(where: str, item: OptionItem, own: str) -> Iterator[Hint]:
    asked = re.split(r"(?<=[.!…])\s+|\n", own.strip())[-1]
    found = _NEGATED.search(asked)
    if not found or ("?" not in asked and not asked.endswith(":")):
        return
    negated = next((one for one in item.options if _OPTION_NEGATED.match(plain(say(one.text)))), None)
    if negated:
        yield hint(where, "negated_option", found=found[0], option=clipped(say(negated.text)))


def _two_questions(where: str, own: str) -> Iterator[Hint]:
    marks = re.findall(r"[^.?!…]*\?", own)
    if len(marks) > 1:
        yield hint(where, "two_questions", found=clipped("".join(marks)))
    elif marks and _SECOND.search(plain(marks[0])):
        yield hint(where, "two_questions", found=clipped(marks[0]))
