"""Sentences of the entry/exit report: what changed, and what it does not prove."""

from __future__ import annotations

from reports.contents.common import Change
from reports.contents.entry_exit import (
    BlockChange,
    Caution,
    CautionNote,
    EntryExitReport,
    Transitions,
)
from reports.wording.numbers import (
    compact,
    dative,
    genitive,
    inside,
    interval,
    month,
    percent,
    signed,
)
from reports.wording.terms import CHANGES
from reports.wording.words import Words, mark

_CAUTIONS = {
    Caution.NO_CONTROL_GROUP: mark(
        "Группы сравнения не было, поэтому рост нельзя приписать только обучению."
    ),
    Caution.REGRESSION_TO_MEAN: mark(
        "У тех, кто начал с самых низких результатов, часть роста — возврат к среднему (около %(value)s из 100 баллов)."
    ),
    Caution.SMALL_GROUP: mark(
        "Пар меньше 20: интервалы широкие, отсутствие заметного изменения не значит, что его нет."
    ),
    Caution.ATTRITION: mark(
        "Выбывшие отличались от оставшихся уже на входе, поэтому вывод относится только к дошедшим до конца."
    ),
    Caution.LINKING_ERROR: mark(
        "Погрешность перехода от варианта к варианту — %(value)s балла из 100 — вошла во все интервалы."
    ),
    Caution.EXTERNAL_RELIABILITY_UNKNOWN: mark(
        "Погрешность внешнего теста неизвестна, поэтому об изменении отдельных людей выводов нет."
    ),
    Caution.NO_CALIBRATION: mark("Трудность заданий ещё не оценена, поэтому выводы предварительные."),
}


_INTERVALS = {
    "clusters": mark(
        "Интервал 95 % — бутстрэп по школам: люди одной школы похожи, поэтому заново выбирались целые школы, а не люди."
    ),
    "t": mark(
        "Интервал 95 % — t-критерий по парам людей: школ меньше пяти, сходство людей одной школы не учтено."
    ),
    "bootstrap": mark(
        "Интервал 95 % — бутстрэп по парам людей: школ меньше пяти, сходство людей одной школы не учтено."
    ),
}


def change_word(code: Change, words: Words) -> str:
    return words.say(CHANGES[code])


def headline(report: EntryExitReport, words: Words) -> str:
    """The finding in at most ten words."""
    total, grown, fallen = len(report.blocks), len(report.grown), len(report.fallen)
    if not report.comparability.verdict.allowed:
        return words.say("Вход и выход сравнивать нельзя")
    if _silent(report):
        return words.say("Данных для вывода об изменении мало")
    if grown == total:
        return words.say("По всем блокам рост больше погрешности")
    if grown:
        return words.count(
            grown,
            "По %(part)s блоку из %(total)s рост больше погрешности",
            "По %(part)s блокам из %(total)s рост больше погрешности",
            "По %(part)s блокам из %(total)s рост больше погрешности",
            part=dative(grown, words),
            total=genitive(total, words),
        )
    if fallen:
        return words.count(
            fallen,
            "По %(part)s блоку из %(total)s снижение больше погрешности",
            "По %(part)s блокам из %(total)s снижение больше погрешности",
            "По %(part)s блокам из %(total)s снижение больше погрешности",
            part=dative(fallen, words),
            total=genitive(total, words),
        )
    return words.say("Изменения по всем блокам в пределах погрешности")


def _silent(report: EntryExitReport) -> bool:
    """No block has enough pairs for an interval: then nothing is «в пределах погрешности» either."""
    return all(block.verdict is Change.UNKNOWN for block in report.blocks)


def period(report: EntryExitReport, words: Words) -> str:
    return f"{month(report.entry_on, words)} — {month(report.exit_on, words)}"


def meta(report: EntryExitReport, words: Words) -> str:
    said = words.say(
        "%(group)s · входная диагностика: %(entry)s, итоговая: %(exit)s",
        group=report.group,
        entry=month(report.entry_on, words),
        exit=month(report.exit_on, words),
    )
    if report.course_hours is None:
        return said
    return words.say("%(said)s · %(hours)s ч обучения", said=said, hours=compact(report.course_hours, words))


def attendance(report: EntryExitReport, words: Words) -> str:
    flow = report.flow
    return words.count(
        flow.entry,
        "Входную диагностику прошёл %(n)d человек из %(invited)d, итоговую — %(exit)d, обе — %(both)d.",
        "Входную диагностику прошли %(n)d человека из %(invited)d, итоговую — %(exit)d, обе — %(both)d.",
        "Входную диагностику прошли %(n)d человек из %(invited)d, итоговую — %(exit)d, обе — %(both)d.",
        invited=flow.invited,
        exit=flow.exit,
        both=flow.both,
    )


def _named(blocks: tuple[BlockChange, ...], words: Words) -> str:
    return ", ".join(f"{inside(block.title)} ({signed(block.change, words)})" for block in blocks)


def finding(report: EntryExitReport, words: Words) -> str:
    """Which blocks changed by more than the error, in points of 100."""
    if not report.comparability.verdict.allowed:
        return words.say("Изменение не считаем: результаты двух этапов несравнимы.")
    if _silent(report):
        return words.say("Пар мало, поэтому вывода об изменении нет: показаны только сами результаты.")
    said = []
    if report.grown:
        blocks = _named(report.grown, words)
        said.append(words.say("Рост больше погрешности, баллов из 100: %(blocks)s.", blocks=blocks))
    if report.fallen:
        blocks = _named(report.fallen, words)
        said.append(words.say("Снижение больше погрешности, баллов из 100: %(blocks)s.", blocks=blocks))
    if not said:
        return words.say("По всем блокам изменение в пределах погрешности.")
    if len(report.grown) + len(report.fallen) < len(report.blocks):
        said.append(words.say("По остальным блокам изменение в пределах погрешности."))
    return " ".join(said)


def level_moves(transitions: Transitions, words: Words) -> str:
    """How many left the most severe level and how many came to it; silent when a count is hidden."""
    if any(count is None for row in transitions.counts for count in row):
        return ""
    counts = [[count or 0 for count in row] for row in transitions.counts]
    left, started = sum(counts[0][1:]), sum(counts[0])
    return words.say(
        "С уровня «%(level)s» на более низкий уровень дефицитов перешли %(left)d из %(started)d чел., на него — %(came)d.",
        level=transitions.levels[0],
        left=left,
        started=started,
        came=sum(row[0] for row in counts[1:]),
    )


def attrition(report: EntryExitReport, words: Words) -> str:
    gone = report.attrition
    if not gone.n_left:
        return words.say("Все, кто прошёл входную диагностику, прошли и итоговую.")
    said = words.count(
        gone.n_left,
        "%(n)d человек из %(entry)d не прошёл итоговую диагностику.",
        "%(n)d человека из %(entry)d не прошли итоговую диагностику.",
        "%(n)d человек из %(entry)d не прошли итоговую диагностику.",
        entry=report.flow.entry,
    )
    if gone.left_entry is not None and gone.stayed_entry is not None:
        said += " " + words.say(
            "На входе у них в среднем %(left)s, у остальных — %(stayed)s.",
            left=percent(gone.left_entry, words),
            stayed=percent(gone.stayed_entry, words),
        )
    never_imputed = words.say("Недостающие итоги не достраиваем: рост относится к тем, кто дошёл до конца.")
    return f"{said} {never_imputed}"


def caution(note: CautionNote, words: Words) -> str:
    return words.say(_CAUTIONS[note.code], value=compact(note.value or 0, words))


def interval_note(report: EntryExitReport, words: Words) -> str:
    """Which interval of the change is printed; "" for releases that did not keep it."""
    lines = (*((report.whole,) if report.whole else ()), *report.blocks)
    kind = next((one.interval_kind for one in lines if one.interval_kind), None)
    return words.say(_INTERVALS[kind]) if kind in _INTERVALS else ""


def returned(report: EntryExitReport, words: Words) -> str:
    """What the choice of people by low results alone would have done; "" where they were not chosen so."""
    found = report.returned
    if found is None:
        return ""
    return words.say(
        "На итоговую диагностику звали тех, кто начал ниже остальных (%(asked)d из %(tested)d). Без всякого "
        "изменения их средний результат сместился бы на %(expected)s балла из 100 (возврат к среднему, Келли); "
        "на деле — на %(observed)s.",
        asked=found.n_asked,
        tested=found.n_tested,
        expected=signed(found.expected, words),
        observed=signed(found.observed, words),
    )


def slopes_title(report: EntryExitReport, words: Words) -> str:
    if report.grown:
        return words.say(
            "Заметный подъём: %(blocks)s", blocks=", ".join(inside(block.title) for block in report.grown)
        )
    return words.say("Заметного подъёма ни по одному блоку нет")


def change_title(report: EntryExitReport, words: Words) -> str:
    """«3 изменения из 6 выходят за серую зону»."""
    sure = len(report.grown) + len(report.fallen)
    if not sure:
        return words.say("Ни одно изменение не выходит за серую зону")
    return words.count(
        sure,
        "%(n)d изменение из %(total)d выходит за серую зону",
        "%(n)d изменения из %(total)d выходят за серую зону",
        "%(n)d изменений из %(total)d выходят за серую зону",
        total=len(report.blocks),
    )


def block_line(block: BlockChange, words: Words) -> str:
    """One block in words, for the text alternative of figures."""
    return words.say(
        "%(title)s: вход %(entry)s, выход %(exit)s, изменение %(change)s (%(interval)s), %(verdict)s.",
        title=block.title,
        entry=percent(block.entry, words, 1),
        exit=percent(block.exit, words, 1),
        change=signed(block.change, words),
        interval=interval(block.interval, words),
        verdict=change_word(block.verdict, words),
    )
