"""Sentences of a self-assessment: what a person thinks, and how a test of the same compares."""

from __future__ import annotations

from reports.contents.beside import SelfBeside, SelfLine, SelfWord
from reports.contents.selfview import SelfReport
from reports.wording.numbers import inside, listed, long_date, number
from reports.wording.terms import VISIBILITIES, version
from reports.wording.words import Words, mark

SELF_WORDS = {
    SelfWord.HIGHER: mark("оцениваете себя выше, чем показал тест"),
    SelfWord.STRICTER: mark("оцениваете себя строже, чем показал тест"),
    SelfWord.ALIKE: mark("самооценка и тест говорят об одном"),
    SelfWord.UNKNOWN: mark("сравнить нельзя: мало данных"),
    SelfWord.NO_TEST: mark("теста по этой теме не было"),
}


def word(one: SelfLine, words: Words) -> str:
    if one.own is None:
        return words.say("мало ответов")
    return words.say(SELF_WORDS[one.word])


def headline(report: SelfReport, words: Words) -> str:
    """The two blocks in which one feels surest, without a verdict."""
    known = sorted(
        (one for one in report.beside.lines if one.own is not None), key=lambda one: -(one.own or 0)
    )
    if not known:
        return words.say("Ответов мало: самооценку не показываем")
    return words.say("Увереннее всего вы себя чувствуете здесь: %(title)s", title=inside(known[0].title))


def meta(report: SelfReport, words: Words) -> str:
    day = words.say("Ваша самооценка на %(day)s", day=long_date(report.taken_on, words))
    return f"{day} · {words.say(VISIBILITIES[report.visibility])}"


def title(beside: SelfBeside, words: Words) -> str:
    """The finding of the figure."""
    if not beside.compared:
        return words.say("Как вы оцениваете себя по темам")
    said = []
    for code, text in (
        (SelfWord.HIGHER, mark("оцениваете себя выше, чем показал тест: %(topics)s")),
        (SelfWord.STRICTER, mark("оцениваете себя строже, чем показал тест: %(topics)s")),
    ):
        topics = tuple(inside(one.title) for one in beside.lines if one.word is code)
        if topics:
            said.append(words.say(text, topics=listed(topics, words)))
    if not said:
        return words.say("Самооценка и тест нигде не расходятся больше погрешности")
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def subtitle(beside: SelfBeside, words: Words) -> str:
    if not beside.compared:
        return words.say("Индекс от 0 до 100 по вашим ответам")
    return words.say(
        "Самооценка — индекс от 0 до 100 по вашим ответам; тест — доля возможных баллов, полоса — 8 случаев из 10"
    )


def how_to_read(beside: SelfBeside, words: Words) -> str:
    text = words.say(
        "Самооценка — ваше мнение, а не измерение: дефицитов по ней не называем и в маршрут сами собой темы не попадают."
    )
    if not beside.compared:
        return text
    rule = words.say(
        "Два результата стоят рядом и не усредняются. «Выше» или «строже» говорим, когда самооценка вне полосы "
        "точности теста и отстоит от его результата на %(gap)s пунктов и больше.",
        gap=number(beside.gap, words),
    )
    return f"{text} {rule}"


def alternative(beside: SelfBeside, words: Words) -> str:
    """What the figure says, for those who do not see it."""
    return " ".join(
        words.say(
            "%(title)s: самооценка %(own)s, тест %(test)s, %(word)s.",
            title=one.title,
            own=number(one.own, words),
            test=number(one.test, words),
            word=word(one, words),
        )
        for one in beside.lines
    )


def source_lines(report: SelfReport, words: Words) -> tuple[str, ...]:
    found = report.sources
    return (
        words.say("Анкета: %(version)s", version=version(found.instrument, words)),
        words.say("Модель компетенций: %(version)s", version=version(found.framework, words)),
        words.say("Метод расчёта: %(version)s", version=version(found.method, words)),
    )
