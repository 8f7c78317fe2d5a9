"""How well experts agree, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from diagnostics.marking.queries import Agreement
from diagnostics.measurement.intervals import Interval as Bounds
from diagnostics.web.words import say
from reports.contents.common import Interval
from reports.tables import Column, Kind, Table


def agreement_table(rows: Iterable[Agreement]) -> Table:
    columns = (
        Column(_("Вопрос"), share=3),
        Column(_("Критерий"), share=3),
        Column(_("Ответов с двумя оценками"), Kind.COUNT),
        Column(_("Каппа"), Kind.NUMBER, 2),
        Column(_("Каппа: интервал 95 %"), Kind.INTERVAL, 2),
        Column(_("Внутриклассовая корреляция"), Kind.NUMBER, 2),
        Column(_("Внутриклассовая корреляция: интервал 95 %"), Kind.INTERVAL, 2),
        Column(_("Оценки равны, %"), Kind.NUMBER),
        Column(_("Равны или соседние, %"), Kind.NUMBER),
    )
    return Table(
        _("Согласие экспертов"),
        columns,
        tuple(
            (
                say(dict(one.title)) or one.item,
                say(dict(one.criterion)),
                one.n,
                one.kappa,
                _interval(one.kappa_interval),
                one.icc,
                _interval(one.icc_interval),
                None if one.exact is None else 100 * one.exact,
                None if one.adjacent is None else 100 * one.adjacent,
            )
            for one in rows
        ),
    )


def _interval(found: Bounds | None) -> Interval | None:
    return Interval(found.low, found.high) if found else None
