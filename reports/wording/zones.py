"""Sentences of a school's zones: what was found, who is hidden and why, how firm the order is."""

from __future__ import annotations

from reports.contents.zones import Direction, NoOrder, Verdict, Voice, Zone, ZonesReport
from reports.wording.numbers import NBSP, inside, listed, long_date, number, short_time
from reports.wording.terms import version
from reports.wording.voices import came, voice, voices_of
from reports.wording.words import Words, mark

_NO_ORDER = {
    NoOrder.INDEX_HIDDEN: mark(
        "Списка пока нет: он строится по общему индексу, а общий индекс выдал бы ответы скрытой группы."
    ),
    NoOrder.IMPORTANCE_HIDDEN: mark(
        "Списка пока нет: важность направлений отметили слишком мало людей, показать её нельзя."
    ),
    NoOrder.NOT_ASKED: mark("Списка нет: важность направлений никто не отметил."),
}


def headline(report: ZonesReport, words: Words) -> str:
    """The page title: the finding in about ten words."""
    if report.hidden:
        who = voices_of((one.voice for one in report.hidden), words)
        return words.say("Ответов %(who)s мало: общий вывод не делаем", who=who)
    if not any(one.index is not None for one in report.directions):
        return words.say("Ответов мало: общий вывод не делаем")
    best = report.cuts[-1].code
    strong = tuple(zone for zone in report.zones if zone.verdict is Verdict.CLASS and zone.cut == best)
    weak = weakest(report)
    if strong and weak:
        return words.say(
            "Опора школы — %(zone)s, внимания требует «%(direction)s»",
            zone=inside(strong[0].title),
            direction=weak,
        )
    if strong:
        return words.say("Опора школы — %(zone)s, проблемных направлений нет", zone=inside(strong[0].title))
    if weak:
        return words.say("Внимания прежде всего требует «%(direction)s»", direction=weak)
    return words.say("Проблемных направлений нет, есть что укреплять")


def weakest(report: ZonesReport) -> str:
    """First of the list by importance and gap, else the lowest direction below the best class."""
    best = report.cuts[-1].lower
    below = [one for one in report.directions if one.index is not None and one.index < best]
    if not below:
        return ""
    titles = {one.title for one in below}
    first = next((one.title for one in report.order if one.title in titles), "")
    return first or min(below, key=lambda one: one.index or 0).title


def meta(report: ZonesReport, words: Words) -> str:
    closed = words.say("Сбор ответов закрыт %(day)s", day=long_date(report.closed_on, words))
    if report.for_school:
        seen = words.say("видит команда школы; район увидит только то, что школа откроет")
    else:
        seen = words.say("школа открыла эти зоны району и региону")
    return f"{closed} · {seen}"


def figure_title(report: ZonesReport, words: Words) -> str:
    """How many directions stand in which class."""
    parts = []
    for cut in reversed(report.cuts):
        n = sum(1 for one in report.directions if one.verdict is Verdict.CLASS and one.cut == cut.code)
        if n:
            parts.append(f"{cut.title}{NBSP}— {n}")
    for verdict, said in (
        (Verdict.APART, mark("взгляды расходятся")),
        (Verdict.FEW_DATA, mark("мало данных")),
    ):
        n = sum(1 for one in report.directions if one.verdict is verdict)
        if n:
            parts.append(f"{words.say(said)}{NBSP}— {n}")
    n = len(report.directions)
    return words.say(
        "%(all)s: %(parts)s",
        all=words.count(n, "%(n)d направление", "%(n)d направления", "%(n)d направлений"),
        parts=", ".join(parts),
    )


def figure_subtitle(report: ZonesReport, words: Words) -> str:
    said = words.say(
        "Индекс от 0 до 100 по ответам «нет — скорее нет — скорее да — да». Черта — интервал 95 %."
    )
    if not report.asked(Voice.SHEET):
        return said
    sheet = words.say("У листа администрации его нет: это одна общая оценка.")
    return f"{said} {sheet}"


def cut_title(report: ZonesReport, code: str) -> str:
    return next((cut.title for cut in report.cuts if cut.code == code), "")


def verdict(one: Direction | Zone, report: ZonesReport, words: Words) -> str:
    if one.verdict is Verdict.APART:
        return words.say("взгляды расходятся")
    return words.say("мало данных") if one.verdict is Verdict.FEW_DATA else cut_title(report, one.cut)


def under_verdict(one: Direction, report: ZonesReport, words: Words) -> str:
    """The second line of a verdict: border, who sees it how, why there is no index."""
    if one.verdict is Verdict.APART:
        said = [f"{voice(m.voice, words)} {number(m.value, words)}" for m in one.marks
                if m.value is not None and m.voice is not Voice.SHEET]  # fmt: skip
        return ", ".join(said)
    if one.verdict is Verdict.FEW_DATA:
        hidden = bool(one.hidden) or bool(report.hidden)
        return words.say("индекс не считаем: он выдал бы скрытое") if hidden else words.say("ответов нет")
    if one.border:
        return words.say("на границе: %(other)s", other=cut_title(report, one.border))
    return ""


def sheet_note(one: Direction, words: Words) -> str:
    """Where the declaration of the administration lies far outside a group."""
    declared = one.mark(Voice.SHEET)
    if declared is None or declared.value is None or not one.beyond:
        return ""
    groups = [mark for mark in one.marks if mark.voice in one.beyond and mark.value is not None]
    higher = [mark.voice for mark in groups if (mark.value or 0) < declared.value]
    lower = [mark.voice for mark in groups if (mark.value or 0) > declared.value]
    said = []
    if higher:
        said.append(
            words.say("Лист администрации заметно выше оценок %(who)s.", who=voices_of(higher, words))
        )
    if lower:
        said.append(words.say("Лист администрации заметно ниже оценок %(who)s.", who=voices_of(lower, words)))
    return " ".join(said)


def unstable(report: ZonesReport, words: Words) -> str:
    """«Порядок 2–4 мест неустойчив: интервалы перекрываются»."""
    if not report.order:
        return ""
    if not report.unstable:
        return words.say("Порядок мест устойчив: интервалы соседей почти не перекрываются.")
    runs = tuple(f"{first}–{last}" for first, last in report.unstable)
    return words.say(
        "Порядок %(places)s мест неустойчив: интервалы перекрываются.", places=listed(runs, words)
    )


def no_order(report: ZonesReport, words: Words) -> str:
    return words.say(_NO_ORDER[report.no_order]) if report.no_order else ""


def why_hidden(report: ZonesReport, words: Words) -> tuple[str, ...]:
    """One sentence for each hidden group, one for each other group about which something cannot be told."""
    said = [
        words.say(
            "Ответов %(who)s %(came)s, для показа нужно не меньше %(least)d. Поэтому их оценок нет нигде, и "
            "общих индексов тоже нет: по ним можно было бы вычислить скрытое.",
            who=voices_of((one.voice,), words),
            came=came(one, words),
            least=one.least,
        )
        for one in report.hidden
    ]
    whole = {one.voice for one in report.hidden}
    return (
        *said,
        *(_silent_about(one, report, words) for one in Voice if one not in whole and _silent(one, report)),
    )


def _silent(one: Voice, report: ZonesReport) -> tuple[str, ...]:
    """Titles of the directions about which too little was said by the group."""
    return tuple(
        direction.title
        for direction in report.directions
        if any(mark.voice is one for mark in direction.hidden)
    )


def _silent_about(one: Voice, report: ZonesReport, words: Words) -> str:
    found = _silent(one, report)
    if one is Voice.SHEET and len(found) == len(report.directions):
        return words.say("Лист администрации отправлен без ответов: сравнить с ним нечего.")
    titles = "; ".join(f"«{title}»" for title in found)
    if one is Voice.SHEET:
        return words.say("В листе администрации нет ответа о направлениях: %(titles)s.", titles=titles)
    return words.say(
        "Ответов %(who)s слишком мало о направлениях: %(titles)s. Остальные пропустили вопросы или выбрали "
        "«Затрудняюсь ответить».",
        who=voices_of((one,), words),
        titles=titles,
    )


def differing(report: ZonesReport, words: Words) -> tuple[tuple[str, str], ...]:
    """Direction → the sentence to discuss."""
    return tuple(
        (
            one.title,
            words.say(
                "%(views)s; интервалы не перекрываются. Обсудите, что каждая группа имеет в виду.",
                views=", ".join(
                    f"{voice(m.voice, words)}{NBSP}— {number(m.value, words)}"
                    for m in one.marks
                    if m.value is not None and m.voice is not Voice.SHEET
                ),
            ),
        )
        for one in report.directions
        if one.verdict is Verdict.APART
    )


def how_counted(report: ZonesReport, words: Words) -> str:
    """The rule in words, with the numbers of this report."""
    classes = ", ".join(
        words.say("от %(lower)s — %(title)s", lower=number(cut.lower, words), title=cut.title)
        for cut in reversed(report.cuts)
        if cut.lower
    )
    lowest = report.cuts[0]
    return words.say(
        "Индекс группы — средняя отметка её участников: «нет» — 0, «да» — 100, «затрудняюсь ответить» не считается. "
        "Индекс направления — среднее по группам, группы равны; лист администрации стоит рядом и в него не входит. "
        "Классы: %(classes)s, ниже — %(lowest)s. «Взгляды расходятся» — разница %(gap)s пунктов и больше, "
        "и интервалы не перекрываются.",
        classes=classes,
        lowest=lowest.title,
        gap=number(report.views_gap, words),
    )


def alternative(report: ZonesReport, words: Words) -> str:
    """What the figure says, for those who do not see it: directions by class with values."""
    said = []
    for zone in report.zones:
        rows = "; ".join(
            f"{one.title}: {verdict(one, report, words)}"
            + (
                f", {number(one.index, words)}"
                if one.index is not None and one.verdict is Verdict.CLASS
                else ""
            )
            for one in zone.directions
        )
        said.append(f"{zone.title} ({verdict(zone, report, words)}): {rows}.")
    return " ".join(said)


def source_lines(report: ZonesReport, words: Words) -> tuple[str, ...]:
    """Everything the figures stand on, one fact a line."""
    found = report.sources
    return (
        words.say("Анкеты: %(version)s", version=version(found.instrument, words)),
        words.say("Модель зон: %(version)s", version=version(found.framework, words)),
        words.say("Метод расчёта: %(version)s", version=version(found.method, words)),
        words.say("Данные на %(moment)s", moment=short_time(found.data_cut)),
    )
