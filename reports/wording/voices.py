"""Words of the groups that a school asks: who they are, how many came, why one is hidden."""

from __future__ import annotations

from collections.abc import Iterable

from reports.contents.zones import Mark, Turnout, Voice
from reports.wording.numbers import listed, long_date, percent
from reports.wording.words import Words, mark

VOICES = {
    Voice.SHEET: mark("лист администрации"),
    Voice.TEACHER: mark("учителя"),
    Voice.PUPIL: mark("ученики"),
    Voice.PARENT: mark("родители"),
}
_OF = {
    Voice.SHEET: mark("администрации"),
    Voice.TEACHER: mark("учителей"),
    Voice.PUPIL: mark("учеников"),
    Voice.PARENT: mark("родителей"),
}
_WHOLE = 100


def voice(one: Voice, words: Words) -> str:
    return words.say(VOICES[one])


def voices_of(many: Iterable[Voice], words: Words) -> str:
    """«учителей и родителей»."""
    return listed(tuple(words.say(_OF[one]) for one in many), words)


def came(one: Turnout, words: Words) -> str:
    """«12 из 14»; of the sheet: how many agreed on it."""
    if one.voice is not Voice.SHEET:
        return words.say("%(n)d из %(expected)d", n=one.n, expected=one.expected)
    if not one.n:
        return words.say("лист не заполнен")
    if not one.people:
        return words.say("один лист")
    n = len(one.people)
    return words.count(n, "%(n)d человек, один лист", "%(n)d человека, один лист", "%(n)d человек, один лист")


def rate(one: Turnout, words: Words) -> str:
    """«86 %», nothing for the sheet."""
    if one.voice is Voice.SHEET or not one.expected:
        return ""
    return percent(min(_WHOLE, _WHOLE * one.n / one.expected), words)


def turnout_note(one: Turnout, words: Words) -> str:
    """What must be known beside the number: hidden, nobody, how they came."""
    if one.voice is Voice.SHEET:
        if one.agreed_on is None or not one.n:
            return ""
        return words.say("школа о себе, %(day)s", day=long_date(one.agreed_on, words))
    if one.hidden:
        return words.say("скрыто: ответов меньше %(least)d, нужных для показа", least=one.least)
    if not one.n:
        return words.say("никто не ответил: показываем без этой группы")
    said = []
    if one.expected and 2 * one.n < one.expected:
        tenths = max(1, round(10 * one.n / one.expected))
        said.append(words.say("ответили %(n)d из 10: мнения остальных мы не знаем", n=tenths))
    if one.by_link:
        said.append(words.say("по общей ссылке: один человек мог ответить дважды"))
    return "; ".join(said)


def suppressed(one: Mark, words: Words) -> str:
    if one.absent:
        return words.say("никто не ответил")
    if one.voice is Voice.SHEET:  # a declaration hides nothing: it is silent
        return words.say("нет ответа")
    return words.say("скрыто: ответов меньше %(least)d", least=one.least)
