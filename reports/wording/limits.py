"""Words about critical tasks that hold a result down."""

from __future__ import annotations

from reports.contents.person import PersonReport
from reports.wording.words import Words


def limits(report: PersonReport, words: Words) -> tuple[str, ...]:
    """Each critical task that took effect, with what it did."""
    return tuple(
        words.say(
            "Уровень ограничен: задание „%(task)s“ обязательное. Пока оно не выполнено, "
            "по блоку «%(block)s» уровень не благополучнее, чем «%(level)s».",
            task=one.task,
            block=one.block,
            level=one.level,
        )
        if one.level
        else words.say(
            "Блок «%(block)s» засчитан как ноль: задание „%(task)s“ обязательное и не выполнено.",
            task=one.task,
            block=one.block,
        )
        for one in report.limits
    )
