"""Tables of analyses of one file, each also the data table of a figure."""

from __future__ import annotations

from dataclasses import replace

from reports.contents.analysis import (
    AgreementAnalysis,
    CalibrationAnalysis,
    DifAnalysis,
    Estimate,
    ItemsAnalysis,
)
from reports.tables import Column, Kind, Table, Value
from reports.wording.analysis import EXCLUDED, calibrated_remark, dif_remark, item_remark, reason
from reports.wording.entry_exit_people import p_value
from reports.wording.words import Words

_TWO = 2


def chance(p: float | None, words: Words) -> float | str | None:
    """A probability; one that would print as nothing is told as less than the smallest printed."""
    return p if p is None or p >= 0.001 else p_value(p, words)  # noqa: PLR2004 - three decimals


def scale_table(of: ItemsAnalysis, words: Words) -> Table:
    """The test as a whole."""
    found = Table(
        words.say("Работа в целом"),
        _figure_columns(words),
        (
            _figure(words.say("Надёжность: альфа Кронбаха"), of.alpha, words),
            _figure(words.say("Надёжность: омега"), of.omega, words),
            _figure(words.say("Средний итог, баллов"), Estimate(of.mean), words),
            _figure(words.say("Стандартное отклонение, баллов"), Estimate(of.sd), words),
            _figure(words.say("Стандартная ошибка измерения, баллов"), Estimate(of.sem), words),
        ),
    )
    return without_silent(found)


def _figure_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Показатель"), share=2.6),
        Column(words.say("Значение"), Kind.NUMBER, _TWO),
        Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 1.6, empty=""),
        Column(words.say("Примечание"), share=2.4, empty=""),
    )


def without_silent(table: Table) -> Table:
    """The table without the columns in which nothing is said."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.empty or not table.rows or any(row[place] for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def _figure(title: str, one: Estimate, words: Words) -> tuple[Value, ...]:
    note = reason(one.reason, words) if one.value is None else ""
    return title, one.value, one.interval, note


def items_table(of: ItemsAnalysis, words: Words) -> Table:
    found = Table(
        words.say("Задания: решаемость и связь с остальными"),
        (
            Column(words.say("Задание"), share=1.8),
            Column(words.say("Ответов"), Kind.COUNT),
            Column(words.say("Пропусков"), Kind.COUNT, share=1.1),
            Column(words.say("Решаемость"), Kind.NUMBER, _TWO, 1.2),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 2),
            Column(words.say("Связь с остальными"), Kind.NUMBER, _TWO, 1.2),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 2),
            Column(words.say("Замечание"), share=2, empty=""),
        ),
        tuple(
            (
                one.name, one.n, one.missing, one.p.value, one.p.interval, one.rest.value, one.rest.interval,
                item_remark(one, words),
            )
            for one in of.items
        ),
        note=words.say(
            "Решаемость — доля возможных баллов. Интервал решаемости даём для заданий «верно — неверно»."
        ),
    )  # fmt: skip
    return without_silent(found)


def calibration_table(of: CalibrationAnalysis, words: Words) -> Table:
    """Difficulties; slopes where the model has them."""
    slopes = any(one.se_a is not None or one.a != 1 for one in of.items)
    slope = (
        Column(words.say("Наклон"), Kind.NUMBER, _TWO),
        Column(words.say("Ошибка наклона"), Kind.NUMBER, _TWO),
    )
    found = Table(
        words.say("Трудность заданий, логиты"),
        (
            Column(words.say("Задание"), share=1.8),
            *(slope if slopes else ()),
            Column(words.say("Трудность"), Kind.NUMBER, _TWO, 1.1),
            Column(words.say("Ошибка"), Kind.NUMBER, _TWO, empty=""),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 2, empty=""),
            Column(words.say("Согласие с моделью"), Kind.NUMBER, _TWO, 1.1),
            Column(words.say("То же без весов"), Kind.NUMBER, _TWO),
            Column(words.say("Замечание"), share=2, empty=""),
        ),
        tuple(
            (
                one.name, *((one.a, one.se_a) if slopes else ()), one.b.value, one.se_b, one.b.interval,
                one.infit, one.outfit, calibrated_remark(one, words),
            )
            for one in of.items
        ),
    )  # fmt: skip
    return without_silent(found)


def steps_table(of: CalibrationAnalysis, words: Words) -> Table | None:
    """Thresholds of the steps; None where all tasks are right or wrong."""
    most = max((len(one.thresholds) for one in of.items), default=0)
    if most < 2:  # noqa: PLR2004 - one step is the difficulty itself
        return None
    return Table(
        words.say("Шаги заданий, логиты"),
        (
            Column(words.say("Задание"), share=1.8),
            *(
                Column(words.say("Шаг %(n)d", n=step + 1), Kind.NUMBER, _TWO, empty="")
                for step in range(most)
            ),
        ),
        tuple((one.name, *one.thresholds, *[None] * (most - len(one.thresholds))) for one in of.items),
    )


def excluded_table(of: CalibrationAnalysis, words: Words) -> Table:
    return Table(
        words.say("Задания без оценки трудности"),
        (Column(words.say("Задание")), Column(words.say("Почему"), share=3)),
        tuple((name, words.say(EXCLUDED[code])) for name, code in of.excluded),
        crossed=True,
    )


def people_table(of: CalibrationAnalysis, words: Words) -> Table:
    """Data of the map: people and steps by half logits."""
    from_steps: dict[float, int] = {}
    for one in of.items:
        for step in one.thresholds:
            if step is not None:
                edge = min(max(step, -8.0), 7.99) // 0.5 * 0.5
                from_steps[edge] = from_steps.get(edge, 0) + 1
    people = dict(of.people)
    return Table(
        words.say("Люди и шаги заданий по полулогитам"),
        (
            Column(words.say("От, логитов"), Kind.NUMBER, 1),
            Column(words.say("Людей"), Kind.COUNT),
            Column(words.say("Шагов"), Kind.COUNT),
        ),
        tuple(
            (edge, people.get(edge, 0), from_steps.get(edge, 0)) for edge in sorted({*people, *from_steps})
        ),
    )


def information_table(of: CalibrationAnalysis, words: Words) -> Table:
    return Table(
        words.say("Информация и погрешность по способности"),
        (
            Column(words.say("Способность, логиты"), Kind.NUMBER, 1),
            Column(words.say("Информация"), Kind.NUMBER, _TWO),
            Column(words.say("Погрешность, логиты"), Kind.NUMBER, _TWO),
            Column(words.say("Ожидаемый результат, %"), Kind.NUMBER, 1),
        ),
        tuple((one.theta, one.information, one.se, one.percent) for one in of.information or ()),
    )


def dif_table(of: DifAnalysis, words: Words) -> Table:
    found = Table(
        words.say("Задания: разница при равном результате"),
        (
            Column(words.say("Задание"), share=1.6),
            Column(words.say("Размер D"), Kind.CHANGE, _TWO, 1.1),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 2.2),
            Column(words.say("Отношение шансов"), Kind.NUMBER, _TWO, 1.3),
            Column("p", Kind.NUMBER, 3),
            Column(words.say("Класс"), share=0.8),
            Column(words.say("D после очистки"), Kind.CHANGE, _TWO, 1.2),
            Column(words.say("Класс после очистки"), share=1.1),
            Column(words.say("p: разница зависит от результата"), Kind.NUMBER, 3, 1.3),
            Column(words.say("Замечание"), share=2, empty=""),
        ),
        tuple(
            (
                one.name, one.delta.value, one.delta.interval, one.odds.value, chance(one.p, words), one.letter,
                one.pure_delta, one.pure_letter, chance(one.nonuniform_p, words), dif_remark(one, words),
            )
            for one in of.items
        ),
    )  # fmt: skip
    return without_silent(found)


def agreement_table(of: AgreementAnalysis, words: Words) -> Table:
    found = Table(
        words.say("Согласие в целом"),
        _figure_columns(words),
        (
            _figure(words.say("Каппа с квадратичными весами"), of.kappa, words),
            _figure(words.say("Внутриклассовая корреляция одной отметки, ICC(2,1)"), of.single, words),
            _figure(words.say("Внутриклассовая корреляция среднего, ICC(2,k)"), of.mean, words),
            _figure(words.say("Доля равных отметок"), of.exact, words),
            _figure(words.say("Доля отметок, различных не больше чем на шаг"), of.adjacent, words),
        ),
    )
    return without_silent(found)


def pairs_table(of: AgreementAnalysis, words: Words) -> Table:
    return Table(
        words.say("Согласие каждой пары"),
        (
            Column(words.say("Первый"), share=1.4),
            Column(words.say("Второй"), share=1.4),
            Column(words.say("Работ"), Kind.COUNT),
            Column(words.say("Каппа"), Kind.NUMBER, _TWO),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 2),
            Column(words.say("Равных"), Kind.NUMBER, _TWO),
            Column(words.say("В пределах шага"), Kind.NUMBER, _TWO, 1.2),
        ),
        tuple(
            (one.first, one.second, one.n, one.kappa.value, one.kappa.interval, one.exact, one.adjacent)
            for one in of.pairs
        ),
    )


def raters_table(of: AgreementAnalysis, words: Words) -> Table:
    return Table(
        words.say("Строгость проверяющих, баллов"),
        (
            Column(words.say("Проверяющий"), share=2),
            Column(words.say("Работ"), Kind.COUNT),
            Column(words.say("Строже на"), Kind.CHANGE, _TWO),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, _TWO, 1.6),
        ),
        tuple((one.name, one.n, one.severity.value, one.severity.interval) for one in of.raters),
    )
