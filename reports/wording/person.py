"""Sentences of one person's result: tasks, topics and next steps, never the person."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from reports.contents.common import UNSAID, Conclusion, OfficialScale, Stage
from reports.contents.person import BlockResult, Need, NextStep, PersonReport, Strength
from reports.wording.clarifying import clarified
from reports.wording.limits import limits
from reports.wording.numbers import (
    NBSP,
    capitalised,
    compact,
    day_and_month,
    hours,
    inside,
    listed,
    long_date,
    nominative,
    number,
    percent,
)
from reports.wording.terms import VISIBILITIES, conclusion
from reports.wording.words import Words, mark

FEWEST_ITEMS = 3  # below it neither a level nor a conclusion
_SHOWN_NEEDS = 3
_WHOSE = {
    Stage.ENTRY: mark("Ваш профиль на %(day)s"),
    Stage.INTERIM: mark("Ваш промежуточный профиль на %(day)s"),
    Stage.EXIT: mark("Ваш итоговый профиль на %(day)s"),
}
_PARTS = (
    (Conclusion.SURELY_NONE, mark("опора")),
    (Conclusion.CONFIRMED, mark("что развивать")),
    (Conclusion.PROBABLE, mark("уточним")),
    (Conclusion.NOT_SHOWN, mark("дефицит не выявлен")),
    (Conclusion.NO_CONCLUSION, mark("заданий мало")),
    (Conclusion.AWAITING, mark("ждёт проверки эксперта")),
)
_MOST_PARTS = 3


def headline(report: PersonReport, words: Words) -> str:
    """The page title: what was found, in the fewest words."""
    sure = [need for need in report.develop if not need.probable]
    if sure:
        return words.say("Главный резерв — %(topic)s", topic=inside(sure[0].title))
    if report.develop:
        return words.say("Похоже, резерв — %(topic)s: уточним", topic=inside(report.develop[0].title))
    if report.strengths:
        return words.say("Опора — %(topic)s", topic=inside(report.strengths[0].title))
    said = {block.conclusion for block in report.blocks}
    if said <= UNSAID and Conclusion.AWAITING in said:
        return words.say("Выводы — после проверки эксперта")
    if said <= UNSAID:
        return words.say("Заданий мало, выводов не делаем")
    return words.say("Явных тем для развития не видно")


def meta(report: PersonReport, words: Words) -> str:
    day = words.say(_WHOSE[report.stage], day=long_date(report.taken_on, words))
    return f"{day} · {words.say(VISIBILITIES[report.visibility])}"


def figure_title(blocks: tuple[BlockResult, ...], words: Words) -> str:
    """«Два блока — опора, один — что развивать, один — уточним»."""
    found = Counter(block.conclusion for block in blocks)
    parts: list[str] = []
    for code, tail in _PARTS:
        n = found[code]
        if not n or len(parts) == _MOST_PARTS:
            continue
        noun = words.count(n, "блок", "блока", "блоков") if not parts else ""
        who = f"{nominative(n, words)} {noun}".strip()
        parts.append(f"{who}{NBSP}— {words.say(tail)}")
    return capitalised(", ".join(parts))


def figure_subtitle(blocks: tuple[BlockResult, ...], words: Words) -> str:
    """What the marks are; a tick is named only where it is drawn."""
    if any(block.estimate is not None for block in blocks):
        return words.say(
            "Доля возможных баллов; точка — оценка, полоса — её точность (8 случаев из 10), черта — набрано"
        )
    return words.say("Доля возможных баллов; полоса — точность, 8 случаев из 10")


def how_to_read(blocks: tuple[BlockResult, ...], words: Words) -> str:
    said = words.say(
        "Полоса показывает точность: если бы задания были немного другими, "
        "результат в 8 случаях из 10 попал бы в неё."
    )
    if not any(block.estimate is not None for block in blocks):
        return said
    marks = words.say(
        "Черта — набранная доля баллов, по ней стоит уровень по шкале. Точка — оценка: она учитывает и ответы всей "
        "группы, поэтому при немногих заданиях сдвинута от черты к среднему; вывод сделан по ней и по полосе."
    )
    return f"{said} {marks}"


def strength(value: Strength, words: Words) -> str:
    return words.say(
        "%(topic)s: решено %(solved)d из %(n)d",
        topic=value.title,
        solved=value.solved,
        n=value.n_items,
    )


def need(value: Need, words: Words) -> str:
    """Where points were lost, task by task; nothing is claimed where no topic stands out."""
    text = (
        words.say("Похоже, есть что развивать: %(topic)s. Уточним", topic=inside(value.title))
        if value.probable
        else value.title
    )
    if not value.topic:
        return text
    lost = words.count(
        value.n_items,
        "%(lost)d из %(n)d задания",
        "%(lost)d из %(n)d заданий",
        "%(lost)d из %(n)d заданий",
        lost=value.lost,
    )
    return words.say(
        "%(text)s. Баллы терялись: %(topic)s (%(lost)s)", text=text, topic=inside(value.topic), lost=lost
    )


def needs(values: tuple[Need, ...], words: Words) -> tuple[str, ...]:
    return tuple(need(value, words) for value in values[:_SHOWN_NEEDS])


def next_step(step: NextStep, words: Words) -> str:
    """«Модуль «…», 6 ч, с 1 декабря. И 6 уточняющих заданий, около 8 минут»."""
    facts = [step.title]
    if step.hours:
        facts.append(hours(step.hours, words))
    if step.starts:
        facts.append(words.say("с %(day)s", day=day_and_month(step.starts, words)).replace(" ", NBSP))
    text = ", ".join(facts)
    if not step.clarifying_items:
        return text
    asked = words.count(
        step.clarifying_items,
        "%(n)d уточняющее задание",
        "%(n)d уточняющих задания",
        "%(n)d уточняющих заданий",
    )
    time = words.count(
        step.clarifying_minutes, "около %(n)d минуты", "около %(n)d минут", "около %(n)d минут"
    )
    return words.say("%(text)s. И %(asked)s, %(time)s", text=text, asked=asked, time=time)


def level_ranges(scale: OfficialScale, words: Words) -> tuple[str, ...]:
    """«ниже 60 %», «60–79 %», «от 80 %» from the lowest level up."""
    borders = scale.borders
    if not borders:
        return ()
    middle = tuple(f"{number(low, words)}–{percent(high - 1, words)}" for low, high in pairwise(borders))
    return (
        words.say("ниже %(border)s", border=percent(borders[0], words)),
        *middle,
        words.say("от %(border)s", border=percent(borders[-1], words)),
    )


def items_used(block: BlockResult, words: Words) -> str:
    """«8», or «2 из 8» where tasks were not reached."""
    if block.n_items == block.n_planned:
        return str(block.n_items)
    return words.say("%(n)d из %(planned)d", n=block.n_items, planned=block.n_planned)


def official(block: BlockResult, words: Words) -> str:
    """The official layer in one phrase; below three items, or before all of them are marked, no level is set."""
    if block.conclusion is Conclusion.AWAITING:
        return words.say("уровень — после проверки эксперта")
    if block.n_items >= FEWEST_ITEMS and block.level:
        return block.level
    return words.say(
        "показано для сведения (%(n)d из %(planned)d), уровень не устанавливаем",
        n=block.n_items,
        planned=block.n_planned,
    )


def both_layers(block: BlockResult, words: Words) -> str:
    """One block in a document: points, per cent, official level, conclusion and its certainty."""
    if block.percent is None:
        return words.say("%(title)s: результата нет.", title=block.title)
    text = words.say(
        "%(title)s: %(points)s из %(maximum)s, %(percent)s — %(level)s.",
        title=block.title,
        points=compact(block.points, words),
        maximum=compact(block.maximum, words),
        percent=percent(block.percent, words),
        level=official(block, words),
    )
    if block.conclusion is Conclusion.AWAITING:
        return text
    said = conclusion(block.conclusion, words)
    tail = (
        words.say(
            "Вывод предварительный (%(conclusion)s): при других заданиях такой же сложности "
            "уровень мог быть иным.",
            conclusion=said,
        )
        if block.provisional or block.conclusion in {Conclusion.PROBABLE, Conclusion.NOT_SHOWN}
        else words.say("Вывод: %(conclusion)s.", conclusion=said)
    )
    return f"{text} {tail}"


def gaps(report: PersonReport, words: Words) -> tuple[str, ...]:
    """What was left without an answer, counted apart."""
    said = []
    if report.n_omitted:
        said.append(
            words.count(
                report.n_omitted,
                "%(n)d задание осталось без ответа. Мы не знаем, дело в теме или во времени: оно засчитано как ноль.",
                "%(n)d задания остались без ответа. Мы не знаем, дело в теме или во времени: они засчитаны как ноль.",
                "%(n)d заданий остались без ответа. Мы не знаем, дело в теме или во времени: они засчитаны как ноль.",
            )
        )
    if report.n_unreached:
        said.append(
            words.count(
                report.n_unreached,
                "%(n)d задание не успели открыть: в результат оно не входит.",
                "%(n)d задания не успели открыть: в результат они не входят.",
                "%(n)d заданий не успели открыть: в результат они не входят.",
            )
        )
    return tuple(said)


def left_out(report: PersonReport, words: Words) -> tuple[str, ...]:
    """What a document says below the figure: gaps, and answers that wait for an expert."""
    waiting = awaiting(report, words)
    said = (*clarified(report, words), *limits(report, words), *gaps(report, words))
    return (*said, waiting) if waiting else said


def awaiting(report: PersonReport, words: Words) -> str:
    """Which answers an expert has not marked yet, by their short names; "" where none waits."""
    if not report.awaiting:
        return ""
    return words.count(
        len(report.awaiting),
        "%(n)d ответ ждёт проверки эксперта: %(tasks)s. До проверки он в результат не входит.",
        "%(n)d ответа ждут проверки эксперта: %(tasks)s. До проверки они в результат не входят.",
        "%(n)d ответов ждут проверки эксперта: %(tasks)s. До проверки они в результат не входят.",
        tasks=listed(tuple(f"«{title}»" for title in report.awaiting), words),
    )


def scale_note(scale: OfficialScale, words: Words) -> str:
    borders = listed(tuple(number(border, words) for border in scale.borders), words)
    if scale.approved:
        return words.say(
            "Границы %(borders)s %% — шкала: %(approved)s", borders=borders, approved=scale.approved
        )
    return words.say(
        "Границы %(borders)s %% — шкала «%(title)s», по умолчанию", borders=borders, title=scale.title
    )


def alternative(report: PersonReport, words: Words) -> str:
    """What the figure says, for those who do not see it."""
    groups = (
        (mark("Опора: %(topics)s."), {Conclusion.SURELY_NONE}),
        (mark("Есть что развивать: %(topics)s."), {Conclusion.CONFIRMED}),
        (mark("Похоже, есть что развивать, уточним: %(topics)s."), {Conclusion.PROBABLE}),
        (mark("Дефицит не выявлен: %(topics)s."), {Conclusion.NOT_SHOWN}),
        (mark("Заданий мало, вывода не делаем: %(topics)s."), {Conclusion.NO_CONCLUSION}),
        (mark("Вывод после проверки эксперта: %(topics)s."), {Conclusion.AWAITING}),
    )
    n = len(report.blocks)
    said = [words.count(n, "%(n)d блок.", "%(n)d блока.", "%(n)d блоков.")]
    for sentence, codes in groups:
        topics = tuple(
            f"{inside(block.title)} {percent(block.percent, words)}"
            for block in report.blocks
            if block.conclusion in codes
        )
        if topics:
            said.append(words.say(sentence, topics=", ".join(topics)))
    return " ".join(said)
