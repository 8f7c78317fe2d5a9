"""Codes of contents in the words of the vocabulary."""

from __future__ import annotations

from reports.contents.common import UNSAID, Change, Conclusion, Sources, Stage, Version
from reports.contents.person import Visibility
from reports.contents.route import RouteState, StepState
from reports.wording.numbers import short_date, short_time
from reports.wording.words import Words, mark

CONCLUSIONS = {
    Conclusion.CONFIRMED: mark("есть что развивать"),
    Conclusion.PROBABLE: mark("похоже, есть что развивать: уточним"),
    Conclusion.NOT_SHOWN: mark("дефицит не выявлен"),
    Conclusion.SURELY_NONE: mark("опора"),
    Conclusion.NO_CONCLUSION: mark("заданий мало, вывода не делаем"),
    Conclusion.AWAITING: mark("вывод — после проверки эксперта"),
}
CHANGES = {
    Change.GREW: mark("выросло"),
    Change.FELL: mark("снизилось"),
    Change.WITHIN_ERROR: mark("в пределах погрешности"),
    Change.UNKNOWN: mark("мало данных"),
}
STAGES = {
    Stage.ENTRY: mark("входная диагностика"),
    Stage.INTERIM: mark("промежуточная диагностика"),
    Stage.EXIT: mark("итоговая диагностика"),
}
ROUTE_STATES = {
    RouteState.DRAFT: mark("черновик"),
    RouteState.AGREED: mark("согласован"),
    RouteState.APPROVED: mark("утверждён"),
    RouteState.WALKED: mark("идёт"),
    RouteState.COMPLETED: mark("завершён"),
    RouteState.EXTENDED: mark("продлён"),
    RouteState.CANCELLED: mark("отменён"),
}
STEP_STATES = {
    StepState.PLANNED: mark("не начат"),
    StepState.STARTED: mark("в работе"),
    StepState.REVIEW: mark("на проверке"),
    StepState.CONFIRMED: mark("подтверждён"),
    StepState.POSTPONED: mark("отложен"),
}
VISIBILITIES = {
    Visibility.PERSON: mark("Видите только вы; тьютор, директор и регион — только обобщённо."),
    Visibility.PERSON_AND_TUTOR: mark(
        "Видите вы, ваш тьютор и тренер группы; директор и регион — только обобщённо."
    ),
    Visibility.PERSON_TUTOR_AND_SCHOOL: mark(
        "Видите вы, ваш тьютор, тренер группы и руководитель школы; регион — только обобщённо."
    ),
}


def conclusion(code: Conclusion, words: Words, *, provisional: bool = False) -> str:
    """The exact words of the conclusion; without a calibration «(предварительно)» follows."""
    text = words.say(CONCLUSIONS[code])
    if provisional and code not in UNSAID:
        return words.say("%(conclusion)s (предварительно)", conclusion=text)
    return text


def version(value: Version, words: Words) -> str:
    return words.say("%(title)s, версия %(version)s", title=value.title, version=value.version)


def source_lines(sources: Sources, words: Words) -> tuple[str, ...]:
    """Everything a figure stands on, one fact a line."""
    calibration = (
        words.say("Калибровка: %(version)s", version=version(sources.calibration, words))
        if sources.calibration
        else words.say("Калибровки ещё нет: выводы предварительные")
    )
    forms = (words.say("Варианты: %(forms)s", forms=", ".join(sources.forms)),) if sources.forms else ()
    return (
        words.say("Диагностика: %(version)s", version=version(sources.instrument, words)),
        *forms,
        words.say("Ключи и баллы: %(version)s", version=version(sources.scoring, words)),
        words.say("Модель компетенций: %(version)s", version=version(sources.framework, words)),
        words.say("Метод расчёта: %(version)s", version=version(sources.method, words)),
        calibration,
        words.say("Данные на %(moment)s", moment=short_time(sources.data_cut)),
    )


def source_foot(sources: Sources, words: Words) -> str:
    """One line under a figure."""
    return words.say(
        "%(title)s, версия %(version)s · метод %(method)s · %(day)s",
        title=sources.instrument.title,
        version=sources.instrument.version,
        method=sources.method.version,
        day=short_date(sources.data_cut.date()),
    )
