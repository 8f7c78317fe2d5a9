"""Tables about a work: the page and the spreadsheet print these very rows."""

from __future__ import annotations

from collections.abc import Sequence

from reports.contents.quality import (
    BlockQuality,
    CutQuality,
    FormQuality,
    Information,
    ItemBetween,
    PlaceComparison,
    Places,
)
from reports.tables import Column, Kind, Table, Value
from reports.wording.numbers import number
from reports.wording.quality import (
    between_word,
    block_reason,
    block_title,
    comparison_title,
    needed,
    omega_word,
)
from reports.wording.words import Words


def reliability_table(forms: Sequence[FormQuality], words: Words) -> Table:
    return Table(
        words.say("Надёжность работы"),
        (
            Column(words.say("Вариант"), share=1.4),
            Column(words.say("Работ"), Kind.COUNT, share=0.8),
            Column(words.say("Видели все задания"), Kind.COUNT, share=1.1),
            Column(words.say("Заданий"), Kind.COUNT, share=0.9),
            Column(words.say("Альфа"), Kind.NUMBER, 2, 0.8),
            Column(words.say("Альфа: интервал 95 %"), Kind.INTERVAL, 2, 1.8),
            Column(words.say("Омега"), Kind.NUMBER, 2, 0.8),
            Column(words.say("Омега: интервал 95 %"), Kind.INTERVAL, 2, 1.8),
            Column(words.say("Погрешность, баллов из 100"), Kind.NUMBER, 1, 1.3),
            Column(words.say("Почему нет омеги"), share=2, empty=""),
        ),
        tuple(
            (
                one.title, one.n, one.n_complete, one.n_items, one.alpha, one.alpha_interval, one.omega,
                one.omega_interval, one.sem, omega_word(one, words) or None,
            )
            for one in forms
        ),
    )  # fmt: skip


def decisions_table(form: FormQuality, words: Words, *, full: bool = False) -> Table:
    """Every border of every block; a block that cannot be judged keeps its row and says why.

    `full` adds what a page has no room for: tasks, reliability, both kinds of error.
    """
    columns = (
        Column(words.say("Блок"), share=3),
        Column(words.say("Граница, %"), Kind.NUMBER, share=0.9),
        Column(words.say("Верно отнесены, %"), Kind.NUMBER, share=1),
        Column(words.say("Так же при повторе, %"), Kind.NUMBER, share=1),
        Column(words.say("Погрешность, баллов"), Kind.NUMBER, 1, 1.3),
        Column(words.say("Хватает ли заданий"), share=2),
    )
    more = (
        Column(words.say("Вариант")),
        Column(words.say("Видели все задания"), Kind.COUNT),
        Column(words.say("Заданий"), Kind.COUNT, share=0.9),
        Column(words.say("Альфа"), Kind.NUMBER, 2, 0.8),
        Column(words.say("Ниже по ошибке, %"), Kind.NUMBER, share=1),
        Column(words.say("Выше по ошибке, %"), Kind.NUMBER, share=1),
    )
    return Table(
        words.say("Точность решений по границам: вариант %(form)s", form=form.title),
        (*columns, *more) if full else columns,
        tuple(
            (*_border(form, block, cut, words), *(_more(form, block, cut) if full else ()))
            for block in form.blocks
            for cut in (block.cuts or (None,))
        ),
        note=words.say(
            "Верно отнесены — ожидаемая доля людей, чья сторона границы по результату та же, что и настоящая; "
            "так же при повторе — по двум таким же работам сторона совпала бы (Ливингстон и Льюис). "
            "Хватает — верно отнесены не меньше %(goal)s %%; добавлять — такие же по качеству задания.",
            goal=number(100 * form.goal, words),
        ),
    )


def _border(
    form: FormQuality, block: BlockQuality, cut: CutQuality | None, words: Words
) -> tuple[Value, ...]:
    title = block_title(block, words)
    if cut is None:
        return (title, None, None, None, None, block_reason(block, form.least, words))
    return (
        title, cut.lower, 100 * cut.accuracy, 100 * cut.consistency, cut.sem, needed(cut, form.goal, words),
    )  # fmt: skip


def _more(form: FormQuality, block: BlockQuality, cut: CutQuality | None) -> tuple[Value, ...]:
    errors = (None, None) if cut is None else (100 * cut.false_low, 100 * cut.false_high)
    return (form.title, block.n, block.n_items, block.alpha, *errors)


def information_table(found: Information, words: Words) -> Table:
    """The borders, and the point where the work measures best."""
    lines = sorted({*found.cuts, found.peak}, key=lambda one: one.theta)
    return Table(
        words.say("Информация и погрешность у границ"),
        (
            Column(words.say("Что"), share=2),
            Column(words.say("Результат, %"), Kind.NUMBER),
            Column(words.say("Логит"), Kind.CHANGE, 2),
            Column(words.say("Информация"), Kind.NUMBER, 2),
            Column(words.say("Погрешность, логит"), Kind.NUMBER, 2),
            Column(words.say("Погрешность, баллов из 100"), Kind.NUMBER, 1),
        ),
        tuple(
            (
                words.say("граница") if one in found.cuts else words.say("точнее всего"),
                one.percent, one.theta, one.information, one.se, one.sem,
            )
            for one in lines
        ),
    )  # fmt: skip


def between_table(one: PlaceComparison, words: Words) -> Table:
    """The tasks that stand out, for the page; all of them stand in the spreadsheet."""
    return Table(
        comparison_title(one, words),
        (Column(words.say("Задание"), share=3), *_between_columns(words)),
        tuple((item.title, *_between(item, words)) for item in one.apart),
        note=_between_note(words),
    )


def all_between_table(places: Places, words: Words) -> Table:
    """Every task of every comparison."""
    return Table(
        words.say("Задания в разных муниципалитетах"),
        (
            Column(words.say("Кого сравниваем"), share=3),
            Column(words.say("Работ в первом"), Kind.COUNT),
            Column(words.say("Работ во втором"), Kind.COUNT),
            Column(words.say("Код")),
            Column(words.say("Задание"), share=3),
            *_between_columns(words),
        ),
        tuple(
            (
                comparison_title(one, words), one.n_here, one.n_there, item.code, item.title,
                *_between(item, words),
            )
            for one in places.comparisons
            for item in one.items
        ),
        note=_between_note(words),
    )  # fmt: skip


def _between_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Разница решивших, п. п."), Kind.CHANGE, 0, 1.1),
        Column(words.say("Дельта Мантеля — Хензеля"), Kind.CHANGE, 2, 1.2),
        Column(words.say("Интервал 95 %"), Kind.INTERVAL, 2, 1.8),
        Column(words.say("Прирост R² (логистическая)"), Kind.NUMBER, 3, 1.2),
        Column(words.say("p неравномерности"), Kind.NUMBER, 3, 1.1),
        Column(words.say("Вывод"), share=2),
    )


def _between(item: ItemBetween, words: Words) -> tuple[Value, ...]:
    return (item.shares, item.delta, item.interval, item.rise, item.p_uneven, between_word(item, words))


def _between_note(words: Words) -> str:
    return words.say(
        "Разница — на сколько процентных пунктов чаще решают в первом месте при равном общем результате; "
        "минус в дельте — там труднее."
    )
