"""A condition in words for people: «Показать, если в задании „Опыт“ выбрано „да“»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from instruments.document import Instrument
from instruments.rules.kinds import Kind, kind_of, values_of
from instruments.rules.tree import All, Answered, Either, Not, Rule, Test, Within
from instruments.texts import SOURCE_LANGUAGE, say
from instruments.words import N_, Translate, unchanged

_SHOW = N_("Показать, если %(condition)s")
_ANSWER = N_("Отвечайте, если %(condition)s")
_AND, _OR = N_(" и "), N_(" или ")
_QUOTED = N_("„%(words)s“")
_NOT = N_("неверно, что %(condition)s")
_ANSWERED = N_("на задание %(item)s дан ответ")
_UNANSWERED = N_("на задание %(item)s ответа нет")

_NUMBER: Mapping[str, str] = {
    "=": N_("в задании %(item)s ответ равен %(value)s"),
    "!=": N_("в задании %(item)s ответ не равен %(value)s"),
    "<": N_("в задании %(item)s ответ меньше %(value)s"),
    "<=": N_("в задании %(item)s ответ не больше %(value)s"),
    ">": N_("в задании %(item)s ответ больше %(value)s"),
    ">=": N_("в задании %(item)s ответ не меньше %(value)s"),
    "in": N_("в задании %(item)s ответ — одно из чисел: %(value)s"),
}
_CHOSEN: Mapping[str, str] = {
    "=": N_("в задании %(item)s выбрано %(value)s"),
    "!=": N_("в задании %(item)s выбрано не %(value)s"),
    "<": N_("в задании %(item)s выбрано ниже, чем %(value)s"),
    "<=": N_("в задании %(item)s выбрано не выше, чем %(value)s"),
    ">": N_("в задании %(item)s выбрано выше, чем %(value)s"),
    ">=": N_("в задании %(item)s выбрано не ниже, чем %(value)s"),
    "in": N_("в задании %(item)s выбрано одно из: %(value)s"),
}
_MARKED: Mapping[str, str] = {
    "=": N_("в задании %(item)s среди отмеченных есть %(value)s"),
    "!=": N_("в задании %(item)s среди отмеченных нет %(value)s"),
    "in": N_("в задании %(item)s отмечено хотя бы одно из: %(value)s"),
}


def said(
    rule: Rule, instrument: Instrument, language: str = SOURCE_LANGUAGE, translate: Translate = unchanged
) -> str:
    """The whole sentence, in words of the document's items; what the document does not know stands as written."""
    teller = _Teller(instrument, language, translate)
    return translate(_SHOW) % {"condition": teller.tell(rule)}


def said_on_paper(
    rule: Rule,
    instrument: Instrument,
    numbers: Mapping[str, int],
    language: str = SOURCE_LANGUAGE,
    translate: Translate = unchanged,
) -> str:
    """The same to who answers on paper and sees numbers, not names: «Отвечайте, если в задании 3 выбрано „да“»."""
    teller = _Teller(instrument, language, translate, numbers)
    return translate(_ANSWER) % {"condition": teller.tell(rule)}


class _Teller:
    def __init__(
        self,
        instrument: Instrument,
        language: str,
        translate: Translate,
        numbers: Mapping[str, int] | None = None,
    ) -> None:
        self.instrument, self.language, self.translate = instrument, language, translate
        self.numbers = numbers or {}

    def tell(self, rule: Rule) -> str:
        if isinstance(rule, Either):
            return self._joined(_OR, rule.parts, Either)
        if isinstance(rule, All):
            return self._joined(_AND, rule.parts, Either, All)
        if isinstance(rule, Not):
            return self._denied(rule.part)
        return self._test(rule)

    def _joined(self, word: str, parts: Sequence[Rule], *grouped: type[Rule]) -> str:
        told = (f"({self.tell(part)})" if isinstance(part, grouped) else self.tell(part) for part in parts)
        return self.translate(word).join(told)

    def _denied(self, part: Rule) -> str:
        if isinstance(part, Answered):
            return self.translate(_UNANSWERED) % {"item": self._title(part.item)}
        told = self.tell(part)
        told = f"({told})" if isinstance(part, (All, Either)) else told
        return self.translate(_NOT) % {"condition": told}

    def _test(self, test: Test) -> str:
        title = self._title(test.item)
        if isinstance(test, Answered):
            return self.translate(_ANSWERED) % {"item": title}
        sign, values = ("in", test.values) if isinstance(test, Within) else (test.sign, (test.value,))
        item = self._item(test.item)
        kind = kind_of(item) if item is not None else Kind.ONE
        phrases = {Kind.NUMBER: _NUMBER, Kind.MANY: _MARKED}.get(kind, _CHOSEN)
        words = values_of(item) if item is not None else {}
        told = ", ".join(
            self._number(value)
            if kind is Kind.NUMBER
            else self._quoted(say(words.get(value), self.language) or value)
            for value in values
        )
        return self.translate(phrases.get(sign, _CHOSEN[sign])) % {"item": title, "value": told}

    def _quoted(self, words: str) -> str:
        return self.translate(_QUOTED) % {"words": words}

    def _number(self, value: str) -> str:
        return value.replace(".", ",") if self.language == SOURCE_LANGUAGE else value

    def _item(self, code: str) -> object | None:
        try:
            return self.instrument.item(code)
        except KeyError:
            return None

    def _title(self, code: str) -> str:
        number = self.numbers.get(code)
        if number is not None:
            return str(number)
        return self._quoted(say(getattr(self._item(code), "title", None), self.language) or code)
