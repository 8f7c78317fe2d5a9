"""The foot of every page: versions, when it was made, the check code."""

from __future__ import annotations

from reports.contents.common import Heading, Sources
from reports.wording.numbers import short_time
from reports.wording.papers import within
from reports.wording.words import Words


def foot(heading: Heading, sources: Sources, words: Words) -> tuple[str, ...]:
    first = words.say(
        "Диагностика «%(title)s», версия %(version)s",
        title=within(sources.instrument.title),
        version=sources.instrument.version,
    )
    if sources.forms:
        first = f"{first}, {', '.join(sources.forms)}"
    second = words.say(
        "Модель компетенций %(framework)s · метод расчёта %(method)s · сформировано %(moment)s",
        framework=sources.framework.version,
        method=sources.method.version,
        moment=short_time(heading.formed_at),
    )
    if not heading.check_code:
        return first, second
    return first, second, words.say("Код проверки %(code)s", code=heading.check_code)
