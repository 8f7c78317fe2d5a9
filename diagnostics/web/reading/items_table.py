"""The tasks of a stage as a sheet: every figure of the page, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from diagnostics.cohorts.items import ItemAnalysis, ItemFacts
from diagnostics.measurement.intervals import Interval as Bounds
from diagnostics.web.reading.items_log import Said
from diagnostics.web.reading.items_words import VERDICTS
from reports.contents.common import Interval
from reports.tables import Column, Kind, Table, Value


def items_table(analysis: ItemAnalysis, logs: Mapping[str, tuple[Said, ...]]) -> Table:
    columns = (
        Column(_("Задание")),
        Column(_("О чём"), share=3),
        Column(_("Блок"), share=2),
        Column(_("Ответивших"), Kind.COUNT),
        Column(_("Без ответа"), Kind.COUNT),
        Column(_("Решаемость, %"), Kind.NUMBER),
        Column(_("Решаемость: интервал 95 %"), Kind.INTERVAL),
        Column(_("Различающая способность"), Kind.NUMBER, 2),
        Column(_("Различающая способность: интервал 95 %"), Kind.INTERVAL, 2),
        Column(_("Время, медиана, секунд"), Kind.NUMBER),
        Column(_("Замечания"), share=3),
        Column(_("Особенности"), share=2, empty=""),
        Column(_("Решение"), empty=""),
        Column(_("Почему"), share=3, empty=""),
    )
    fit = (Column(_("Инфит"), Kind.NUMBER, 2), Column(_("Аутфит"), Kind.NUMBER, 2))
    return Table(
        _("Как сработали задания"),
        (*columns, *fit) if analysis.fitted else columns,
        tuple(
            (
                *_row(one),
                *_decided(logs.get(one.code, ())),
                *((one.infit, one.outfit) if analysis.fitted else ()),
            )
            for one in analysis.items
        ),
    )


def decisions_table(analysis: ItemAnalysis, logs: Mapping[str, tuple[Said, ...]]) -> Table:
    """Every decision about every task, the newest of each first."""
    titles = {one.code: one.title for one in analysis.items}
    return Table(
        _("Журнал решений"),
        (
            Column(_("Задание")),
            Column(_("О чём"), share=3),
            Column(_("Когда"), Kind.DATE),
            Column(_("Решение")),
            Column(_("Почему"), share=3),
            Column(_("Кто"), share=2),
        ),
        tuple(
            (code, titles.get(code, ""), one.at.date(), one.words, one.reason, one.who)
            for code, log in sorted(logs.items())
            for one in log
        ),
    )


def _decided(log: tuple[Said, ...]) -> tuple[Value, Value]:
    return (log[0].words, log[0].reason) if log else (None, None)


def _row(one: ItemFacts) -> tuple[Value, ...]:
    words = "; ".join(_(VERDICTS[verdict]) for verdict in one.verdicts)
    apart = ((one.conditional, _("по условию")), (one.critical, _("критическое")))
    return (
        one.code,
        one.title,
        one.block,
        one.n,
        one.omitted,
        None if one.p is None else 100 * one.p,
        _interval(one.p_interval, 100),
        one.r_rest,
        _interval(one.r_interval, 1),
        one.seconds,
        words,
        ", ".join(word for is_so, word in apart if is_so) or None,
    )


def _interval(found: Bounds | None, unit: float) -> Interval | None:
    return None if found is None else Interval(unit * found.low, unit * found.high)
