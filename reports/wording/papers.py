"""Sentences of the papers around a diagnosis."""

from __future__ import annotations

from reports.contents.common import OfficialScale, Stage
from reports.contents.papers.common import PaperHead, Unnamed
from reports.contents.papers.schedule import Act
from reports.contents.person import Visibility
from reports.wording.numbers import long_date, number, short_time
from reports.wording.words import Words, mark

HAND = "______________________"
STAGES_OF = {
    Stage.ENTRY: mark("входной диагностики"),
    Stage.INTERIM: mark("промежуточной диагностики"),
    Stage.EXIT: mark("итоговой диагностики"),
}
STAGES_IN = {
    Stage.ENTRY: mark("во входной диагностике"),
    Stage.INTERIM: mark("в промежуточной диагностике"),
    Stage.EXIT: mark("в итоговой диагностике"),
}
ACTS = {
    Act.TELL: mark("Ознакомить участников с инструкцией и согласием, выдать ссылки и карточки доступа"),
    Act.TAKE: mark("Участники выполняют диагностическую работу"),
    Act.REMIND: mark("Напомнить тем, кто ещё не отправил ответы"),
    Act.CLOSE: mark("Закрыть этап, сформировать сводную ведомость и протокол"),
    Act.ROUTES: mark("Составить и согласовать индивидуальные образовательные маршруты"),
}
WHO_SEES = {
    Visibility.PERSON: mark(
        "Результат видит только сам педагог. Тьютор и руководитель школы видят, что диагностика пройдена."
    ),
    Visibility.PERSON_AND_TUTOR: mark(
        "Результат видят сам педагог, его тьютор и тренер группы. Руководитель школы видит, кто прошёл диагностику "
        "и на каком этапе индивидуальный маршрут."
    ),
    Visibility.PERSON_TUTOR_AND_SCHOOL: mark(
        "Результат видят сам педагог, его тьютор и тренер группы. Уровни по блокам видит руководитель школы, "
        "если педагог отметил это в согласии."
    ),
}


def sentence(text: str) -> str:
    """One full stop at the end: a date ends with its own («2026 г.»)."""
    return text if text.endswith(".") else f"{text}."


def quoted(title: str) -> str:
    """«Работа „Чтение“»: quotes inside quotes are of the other kind."""
    return f"«{within(title)}»"


def within(title: str) -> str:
    """A title for a sentence that puts it into «…» itself."""
    return title.replace("«", "„").replace("»", "“")


def period(head: PaperHead, words: Words) -> str:
    return words.say(
        "с %(starts)s по %(ends)s",
        starts=long_date(head.starts, words),
        ends=long_date(head.ends, words),
    )


def draft_lines(head: PaperHead, words: Words) -> tuple[str, ...]:
    """The mark of a paper with results before the stage is closed; nothing after it."""
    if head.closed:
        return ()
    as_of = words.say("Диагностика не закрыта: сведения на %(moment)s", moment=short_time(head.formed_at))
    return words.say("ПРОЕКТ"), as_of


def data_note(head: PaperHead, words: Words) -> str:
    return words.say("Данные на %(moment)s", moment=short_time(head.formed_at))


def scale_words(scale: OfficialScale, words: Words) -> str:
    """The scale, its cuts and what approved it; «по умолчанию» while nothing did."""
    parts = []
    for level in reversed(scale.levels):
        if level.lower > 0:
            parts.append(
                words.say("%(level)s — от %(lower)s %%", level=level.title, lower=number(level.lower, words))
            )
        else:
            above = min(scale.borders, default=100.0)
            parts.append(
                words.say("%(level)s — ниже %(border)s %%", level=level.title, border=number(above, words))
            )
    basis = (
        words.say("утверждено: %(basis)s", basis=scale.approved)
        if scale.approved
        else words.say("по умолчанию, отдельным документом не утверждена")
    )
    return words.say(
        "Шкала уровней (%(basis)s), доля возможных баллов: %(levels)s.", basis=basis, levels="; ".join(parts)
    )


def unnamed_lines(unnamed: Unnamed, words: Words) -> tuple[str, ...]:
    """How many people with a result are not named, and why."""
    said = []
    if unnamed.withdrawn:
        said.append(
            words.count(
                unnamed.withdrawn,
                "Не назван %(n)d человек: согласие на обработку данных отозвано.",
                "Не названы %(n)d человека: согласие на обработку данных отозвано.",
                "Не названы %(n)d человек: согласие на обработку данных отозвано.",
            )
        )
    if unnamed.without_consent:
        said.append(
            words.count(
                unnamed.without_consent,
                "Не назван %(n)d человек: согласия на обработку данных нет.",
                "Не названы %(n)d человека: согласия на обработку данных нет.",
                "Не названы %(n)d человек: согласия на обработку данных нет.",
            )
        )
    return tuple(said)


def works_words(titles: tuple[str, ...]) -> str:
    return "; ".join(quoted(title) for title in titles)


def minutes_words(minutes: int, words: Words) -> str:
    return words.count(minutes, "%(n)d минута", "%(n)d минуты", "%(n)d минут")


def people_words(people: int, words: Words) -> str:
    return words.count(people, "%(n)d человек", "%(n)d человека", "%(n)d человек")
