"""May entry and exit be compared, and by how much their forms differ: the words of the verdict."""

from __future__ import annotations

from reports.contents.entry_exit import Comparability, Comparison
from reports.wording.numbers import number, signed
from reports.wording.words import Words, mark

_COMPARISONS = {
    Comparison.SAME_VERSION: mark("На входе и на выходе была одна и та же версия диагностики."),
    Comparison.EQUIVALENT: mark(
        "Версии на входе и на выходе признаны равноценными: изменения не касались содержания заданий."
    ),
    Comparison.PARALLEL: mark(
        "Вход и выход — варианты одной спецификации, трудность заданий оценена совместно."
    ),
    Comparison.LINKED: mark("Вход и выход — варианты одной спецификации, связанные общими заданиями."),
    Comparison.REFUSED_FEW_COMMON: mark(
        "У вариантов слишком мало общих заданий: разницу результатов нельзя отличить от разницы вариантов."
    ),
    Comparison.REFUSED_FRAMEWORK: mark(
        "На входе и на выходе разные модели компетенций или шкалы: сравнивать проценты нельзя."
    ),
    Comparison.REFUSED_UNLINKED: mark(
        "Варианты не связаны: нет ни общих заданий, ни совместной оценки трудности."
    ),
}


def comparability(value: Comparability, words: Words) -> str:
    said = [words.say(_COMPARISONS[value.verdict])]
    if value.n_common:
        said.append(
            words.count(
                value.n_items,
                "Из %(n)d задания общих %(common)d.",
                "Из %(n)d заданий общих %(common)d.",
                "Из %(n)d заданий общих %(common)d.",
                common=value.n_common,
            )
        )
    if value.n_dropped:
        said.append(
            words.count(
                value.n_dropped,
                "%(n)d не в счёт: его трудность изменилась, или его решили все.",
                "%(n)d не в счёт: их трудность изменилась, или их решили все.",
                "%(n)d не в счёт: их трудность изменилась, или их решили все.",
            )
        )
    if value.correction is not None:
        said.append(correction(value, words))
    if value.linking_error is not None:
        error = number(value.linking_error, words, 1)
        said.append(
            words.say(
                "Погрешность перехода между вариантами, %(error)s балла из 100, вошла во все интервалы.",
                error=error,
            )
        )
    return " ".join(said)


def correction(value: Comparability, words: Words) -> str:
    """By how much the exit form is harder, and where that went; "" where one form was taken twice."""
    if value.correction is None:
        return ""
    shown = number(abs(value.correction), words, 1)
    if shown == number(0, words, 1):
        return words.say("Варианты одинаково трудны, поправка не понадобилась.")
    parts = {"form": value.exit_form, "points": shown, "n": value.n_common - value.n_dropped}
    if value.correction > 0:
        return words.say(
            "Вариант %(form)s труднее на %(points)s балла по %(n)d общим заданиям: "
            "поправка внесена в целое и в каждый блок поровну.",
            **parts,
        )
    return words.say(
        "Вариант %(form)s легче на %(points)s балла по %(n)d общим заданиям: "
        "поправка внесена в целое и в каждый блок поровну.",
        **parts,
    )


def corrected_note(value: Comparability, words: Words) -> str:
    """Under tables with corrected results: what was added, and which figures stay as scored."""
    if value.correction is None or number(abs(value.correction), words, 1) == number(0, words, 1):
        return ""
    return words.say(
        "Выход и изменение даны с поправкой %(points)s балла на трудность варианта, одинаковой для всех строк; "
        "уровни дефицитов — по баллам без поправки.",
        points=signed(value.correction, words),
    )


def comparability_verdict(value: Comparability, words: Words) -> str:
    return words.say("Результаты сравнимы.") if value.verdict.allowed else words.say("Результаты несравнимы.")
