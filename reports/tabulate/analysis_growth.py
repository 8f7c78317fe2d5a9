"""Tables of the change between two files."""

from __future__ import annotations

from reports.contents.analysis import GrowthAnalysis, ItemChange
from reports.tables import Column, Kind, Table, Value
from reports.tabulate.analysis import chance, without_silent
from reports.wording.analysis import reason
from reports.wording.words import Words


def change_table(of: GrowthAnalysis, words: Words) -> Table:
    """Means, change and its size."""
    rows: tuple[tuple[Value, ...], ...] = (
        (words.say("Вход, %"), of.mean_entry, None, ""),
        (words.say("Выход, %"), of.mean_exit, None, words.say("с поправкой на вариант") if of.joined else ""),
        (
            words.say("Изменение, баллов из 100"),
            of.change.value,
            of.change.interval,
            reason(of.change.reason, words),
        ),
        (words.say("g Хеджеса"), of.hedges_g.value, of.hedges_g.interval, ""),
        (words.say("d по разностям"), of.d_z.value, of.d_z.interval, ""),
        (words.say("Доля роста"), of.normalised_gain, None, ""),
        (words.say("Критерий Уилкоксона, p"), chance(of.wilcoxon_p, words), None, ""),
        (words.say("Альфа Кронбаха на входе"), of.alpha_entry, None, ""),
        (words.say("Альфа Кронбаха на выходе"), of.alpha_exit, None, ""),
    )
    found = Table(
        words.say("Результат прошедших оба этапа"),
        (
            Column(words.say("Показатель"), share=2.4),
            Column(words.say("Значение"), Kind.NUMBER, 2),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, 2, 1.8, empty=""),
            Column(words.say("Примечание"), share=2, empty=""),
        ),
        rows,
    )
    return without_silent(found)


def people_table(of: GrowthAnalysis, words: Words) -> Table:
    """Who took part and whose result moved."""
    rows: tuple[tuple[Value, ...], ...] = (
        (words.say("На входе"), of.n_entry),
        (words.say("На выходе"), of.n_exit),
        (words.say("На обоих этапах"), of.origin.n),
        (words.say("Результат выше"), of.improved),
        (words.say("Результат тот же"), of.same),
        (words.say("Результат ниже"), of.worse),
        (words.say("Надёжно выше"), of.reliably_improved),
        (words.say("Надёжно ниже"), of.reliably_worse),
    )
    return Table(
        words.say("Люди"),
        (Column(words.say("Кто"), share=3), Column(words.say("Людей"), Kind.COUNT)),
        rows,
        crossed=True,
    )


def item_changes(of: GrowthAnalysis, words: Words) -> tuple[ItemChange, ...]:
    """The whole, then the common tasks in their order."""
    whole = ItemChange(
        name=words.say("Вся работа"), entry=of.mean_entry, exit=of.mean_exit, change=of.change.value
    )
    return whole, *of.items


def item_change_table(of: GrowthAnalysis, words: Words) -> Table:
    linked = of.joined is not None
    drift = (
        Column(words.say("Сдвиг трудности, логиты"), Kind.CHANGE, 2, 1.3, empty=""),
        Column(words.say("В счёт"), share=0.8, empty=""),
    )
    return Table(
        words.say("Вся работа и общие задания, % возможных баллов"),
        (
            Column(words.say("Задание"), share=2),
            Column(words.say("Вход"), Kind.NUMBER, 1),
            Column(words.say("Выход"), Kind.NUMBER, 1),
            Column(words.say("Изменение"), Kind.CHANGE, 1),
            *(drift if linked else ()),
        ),
        tuple(
            (one.name, one.entry, one.exit, one.change, *((one.drift, _kept(one, words)) if linked else ()))
            for one in item_changes(of, words)
        ),
        strong=frozenset({0}),
    )


def _kept(one: ItemChange, words: Words) -> str | None:
    if one.kept is None:
        return None
    return words.say("да") if one.kept else words.say("нет")
