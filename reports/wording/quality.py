"""Sentences about a work: how reliable, how surely it decides, whether its tasks work alike everywhere."""

from __future__ import annotations

from reports.contents.quality import (
    BlockQuality,
    CutQuality,
    FormQuality,
    Information,
    ItemBetween,
    PlaceComparison,
    Places,
)
from reports.wording.numbers import inside, number, percent
from reports.wording.words import Words, mark

_GOOD, _POOR = 0.75, 0.64  # guides of reliability, not gates
_ALPHA_REASONS = {
    "too_few_persons": mark("надёжность не оценить: работ мало"),
    "too_few_items": mark("надёжность не оценить: задание одно"),
    "no_variance": mark("надёжность не оценить: у всех один результат"),
    "incomplete": mark("надёжность не оценить: никто не видел всех заданий"),
    "unreversed_items": mark("надёжность не оценить: часть заданий идёт против остальных"),
    "negative_alpha": mark("надёжность не оценить: задания не связаны между собой"),
}
_OMEGA_REASONS = {
    "too_few_items": mark("заданий меньше трёх"),
    "too_few_persons": mark("работ меньше, чем заданий"),
    "constant_items": mark("есть задание с одним и тем же результатом у всех"),
    "not_converged": mark("общий фактор не найден"),
    "improper": mark("модель одного фактора не подходит"),
    "mixed_signs": mark("есть задания, которые идут против остальных"),
}
_BLOCK_REASONS = {
    "too_few_persons": mark("работ меньше %(least)d: вывода о границах нет"),
    "too_few_items": mark("заданий меньше трёх: вывода о границах нет"),
    "no_variance": mark("у всех один результат: вывода о границах нет"),
    "unreliable": mark("задания блока почти не связаны между собой: вывода о границах нет"),
}
_NO_CURVE = {
    "not_calibrated": mark(
        "Трудность заданий ещё не оценена: кривая появится, когда этап закроют и работ наберётся не меньше 30."
    ),
    "not_estimated": mark("Трудность заданий по этим ответам оценить не удалось, поэтому кривой нет."),
    "collapsed": mark("В одном из заданий промежуточный балл не получил никто, поэтому кривой нет."),
}
_LETTERS = {
    "A": mark("разница мала"),
    "B": mark("разница умеренная"),
    "C": mark("разница большая: перечитайте задание"),
}


def reliability_word(form: FormQuality, words: Words) -> str:
    """Why there is no alpha, or what it is worth by the usual guides."""
    if form.alpha is None:
        return words.say(_ALPHA_REASONS.get(form.alpha_reason or "", _ALPHA_REASONS["too_few_persons"]))
    if form.alpha >= _GOOD:
        return words.say("хорошая")
    return words.say("низкая") if form.alpha < _POOR else words.say("средняя")


def omega_word(form: FormQuality, words: Words) -> str:
    """Why there is no omega; "" where there is one."""
    if form.omega is not None:
        return ""
    return words.say(_OMEGA_REASONS.get(form.omega_reason or "", _OMEGA_REASONS["not_converged"]))


def needed(cut: CutQuality, goal: float, words: Words) -> str:
    """«хватает», or how many tasks like these would bring the accuracy to the goal and keep it there."""
    if cut.more is None:
        return words.say("такими заданиями не достичь: не хватит и в 20 раз большего числа")
    if not cut.more:
        return words.say("хватает")
    tasks = words.count(cut.more, "ещё %(n)d задание", "ещё %(n)d задания", "ещё %(n)d заданий")
    return words.say("на грани: %(tasks)s для запаса", tasks=tasks) if cut.accuracy >= goal else tasks


def block_title(block: BlockQuality, words: Words) -> str:
    return block.title or words.say("Вся работа")


def block_reason(block: BlockQuality, least: int, words: Words) -> str:
    return words.say(_BLOCK_REASONS[block.reason], least=least) if block.reason else ""


def decisions_lead(form: FormQuality, words: Words) -> str:
    """The weakest border in one sentence; why nothing is said where no border could be judged."""
    judged = [(block, cut) for block in form.blocks for cut in block.cuts]
    if judged:
        weak, cut = min(judged, key=lambda one: one[1].accuracy)
        return words.say(
            "Слабее всего граница %(border)s: %(block)s, верно отнесены %(share)s.",
            border=percent(cut.lower, words),
            block=inside(block_title(weak, words)),
            share=percent(100 * cut.accuracy, words),
        )
    if form.n_complete >= form.least:
        return words.say("Вывода о границах нет: задания слишком слабо связаны между собой.")
    return words.count(
        form.n_complete,
        "Вывода о границах пока нет: целиком работу видел %(n)d человек, нужно не меньше %(least)d.",
        "Вывода о границах пока нет: целиком работу видели %(n)d человека, нужно не меньше %(least)d.",
        "Вывода о границах пока нет: целиком работу видели %(n)d человек, нужно не меньше %(least)d.",
        least=form.least,
    )


def curve_title(found: Information, words: Words) -> str:
    """«Точнее всего работа различает людей около 52 %»."""
    return words.say(
        "Точнее всего работа различает людей около %(peak)s", peak=percent(found.peak.percent, words)
    )


def curve_subtitle(words: Words) -> str:
    return words.say(
        "Информация работы по шкале трудности; внизу ожидаемый результат, пунктир — границы уровней"
    )


def curve_source(found: Information, words: Words) -> str:
    said = words.count(
        found.persons,
        "Модель Раша, %(n)d работа",
        "Модель Раша, %(n)d работы",
        "Модель Раша, %(n)d работ",
    )
    items = words.count(found.n_items, "%(n)d задание", "%(n)d задания", "%(n)d заданий")
    early = words.say("предварительно: работ меньше 100") if found.provisional else ""
    return " · ".join(filter(None, (said, items, early)))


def curve_alternative(found: Information, words: Words) -> str:
    cuts = "; ".join(
        words.say(
            "у границы %(border)s погрешность %(sem)s балла из 100",
            border=percent(one.percent, words),
            sem=number(one.sem, words, 1),
        )
        for one in found.cuts
    )
    return f"{curve_title(found, words)}. {cuts}."


def no_curve(reason: str | None, words: Words) -> str:
    return words.say(_NO_CURVE[reason]) if reason in _NO_CURVE else ""


def comparison_title(one: PlaceComparison, words: Words) -> str:
    if one.other:
        return words.say("%(place)s и %(other)s", place=one.place, other=one.other)
    return words.say("%(place)s и все остальные", place=one.place)


def comparison_lead(one: PlaceComparison, places: Places, words: Words) -> str:
    """What is seen, and that silence proves nothing."""
    seen = len(one.apart)
    people = words.say("Работ: %(here)d и %(there)d.", here=one.n_here, there=one.n_there)
    if seen:
        said = words.count(
            seen,
            "При равном общем результате %(n)d задание решают неодинаково часто.",
            "При равном общем результате %(n)d задания решают неодинаково часто.",
            "При равном общем результате %(n)d заданий решают неодинаково часто.",
        )
    else:
        said = words.say(
            "Ни у одного задания разница не вышла за погрешность. Это не доказывает, что её нет."
        )
    if min(one.n_here, one.n_there) >= places.lettered:
        return f"{people} {said}"
    few = words.say(
        "В одной из групп меньше %(n)d работ, поэтому вывода нет, только оценки.", n=places.lettered
    )
    return f"{people} {said} {few}"


def between_word(one: ItemBetween, words: Words) -> str:
    """The verdict of both methods: the graver letter; none without a letter."""
    letters = sorted(filter(None, (one.letter, one.rise_letter)))
    if not letters:
        return words.say("оценка без вывода") if one.delta is not None else words.say("сравнить не удалось")
    return f"{letters[-1]}: {words.say(_LETTERS[letters[-1]])}"
