"""A route in words, from the codes of its reasons: the page and the printed plan say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from diagnostics.pathways.models import StepKind
from diagnostics.pathways.proposal import CLARIFY_TITLE, EXIT_TITLE
from instruments.texts import say
from reports.wording.numbers import NBSP, compact, hours, inside, number, short_date
from reports.wording.papers import quoted
from reports.wording.words import Words, mark

FORMATS: dict[str, str] = {
    "cpd_programme": mark("программа повышения квалификации"),
    "module": mark("модуль"),
    "practicum": mark("практикум"),
    "placement": mark("стажировка"),
    "mentoring": mark("наставничество"),
    "lesson_visit": mark("взаимное посещение уроков"),
    "masterclass": mark("мастер-класс"),
    "webinar": mark("вебинар"),
    "self_study": mark("самообразование"),
}
CATEGORIES: dict[str, str] = {
    "none": mark("без категории"),
    "first": mark("первая категория"),
    "highest": mark("высшая категория"),
}
EDUCATION: dict[str, str] = {
    "higher": mark("высшее"),
    "secondary": mark("среднее профессиональное"),
}
MODES: dict[str, str] = {
    "distance": mark("дистанционно"),
    "onsite": mark("очно"),
    "mixed": mark("очно и дистанционно"),
}
KINDS: dict[StepKind, str] = {
    StepKind.CLARIFY: mark("решение тьютора, посещение урока"),
    StepKind.OWN: mark("своими силами"),
    StepKind.EXIT: mark("диагностика"),
}
_TITLES = (mark("Уточнить вывод"), mark("Итоговая диагностика"))
_MOST_TASKS = 4

Reason = Mapping[str, Any]


def step_title(kind: StepKind, title: str, reason: Reason, words: Words, language: str = "ru") -> str:
    """The stored title; for clarifying with the blocks it is about."""
    if kind is StepKind.CLARIFY:
        blocks = "», «".join(say(one["title"], language) for one in reason["because"])
        return f"{words.say(CLARIFY_TITLE)}: «{blocks}»"
    return words.say(EXIT_TITLE) if kind is StepKind.EXIT else title


def what_to_do(kind: StepKind, content: str, words: Words) -> str:
    """What stands under the title where the resource does not say it itself."""
    if kind is StepKind.CLARIFY:
        return words.say(
            "Разберите с тьютором два случая из практики или пригласите его на урок. "
            "Если вывод не подтвердится, шаги по этим блокам уберём."
        )
    if kind is StepKind.EXIT:
        return words.say("Задания другого варианта, темы те же. Можно с перерывами.")
    return content


def first_sentence(text: str) -> str:
    """Up to the first full stop that a new sentence follows."""
    return re.split(r"(?<=[.!?…])\s+(?=[А-ЯЁA-Z«])", text, maxsplit=1)[0]


def why(reason: Reason, words: Words, language: str = "ru") -> str:
    """Why the step is there: the deficit in the words of the profile."""
    first: Reason = next(iter(reason.get("because", ())), {})
    code = first.get("code")
    if code == "confirmed":
        return inside(say(first["title"], language))
    if code == "probable":
        return words.say("вывод предварительный: %(blocks)s", blocks=_blocks(reason, "probable", language))
    if code == "official":
        return words.say(
            "уровень по Положению, вывод не подтверждён: %(blocks)s",
            blocks=_blocks(reason, "official", language),
        )
    if code == "undecided":
        return words.say("заданий мало, решает тьютор: %(blocks)s", blocks=_blocks(reason, code, language))
    return words.say(_OTHER.get(str(code), _OTHER["teacher"]))


_OTHER = {
    "teacher": mark("добавлено педагогом"),
    "tutor": mark("так решил тьютор"),
    "exit": mark("чтобы увидеть изменение, а не только посещение"),
}


def evidence(reason: Reason, words: Words, language: str = "ru") -> str:
    """What the deficit rests on: tasks lost on this step, or the per cent with the cut it reaches over."""
    found = reason.get("evidence")
    if not found:
        first: Reason = next(iter(reason.get("because", ())), {})
        return _figures(first, words) if first.get("percent") is not None else ""
    if found["node"] and found["wrong"]:
        number, topic = found["tasks"], inside(say(found["title"], language))
        return words.count(
            number,
            "потеряно %(wrong)s из %(n)s задания: %(topic)s",
            "потеряно %(wrong)s из %(n)s заданий: %(topic)s",
            "потеряно %(wrong)s из %(n)s заданий: %(topic)s",
            wrong=found["wrong"],
            topic=topic,
        ).replace(f" {number} ", f" {number}{NBSP}")
    return _figures(found, words)


def category(code: str, words: Words) -> str:
    """Words of the code; what was typed as words stays."""
    return words.say(CATEGORIES[code]) if code in CATEGORIES else code


def education(code: str, words: Words) -> str:
    return words.say(EDUCATION[code]) if code in EDUCATION else code


def years(number: int, words: Words) -> str:
    """«18 лет»."""
    return words.count(number, "%(n)s год", "%(n)s года", "%(n)s лет").replace(" ", NBSP)


def tasks(reason: Reason, words: Words, language: str = "ru") -> str:
    """The tasks by number and short name, at most four."""
    items = (reason.get("evidence") or {}).get("items", ())
    named = [
        f"№{NBSP}{item['number']} {quoted(say(item['title'], language))}" for item in items[:_MOST_TASKS]
    ]
    if len(items) > _MOST_TASKS:
        named.append(words.say("ещё %(number)s", number=len(items) - _MOST_TASKS))
    return ", ".join(named)


def why_this(reason: Reason, words: Words, language: str = "ru") -> str:
    """Why this resource and not another; empty for what people chose themselves."""
    found = reason.get("why") or {}
    code = found.get("code")
    titles = {
        one["block"]: say(one["title"], language) for one in reason.get("because", ()) if "block" in one
    }
    if code == "two_blocks":
        first, second = (inside(titles.get(block, block)) for block in found["blocks"])
        return words.say("охватывает сразу два блока: %(a)s и %(b)s", a=first, b=second)
    if code == "continues":
        return words.say("продолжает шаг «%(title)s»", title=say(found["title"], language))
    if code == "soonest":
        return words.say("ближайшее начало %(day)s", day=short_date(date.fromisoformat(found["day"])))
    if code == "wish":
        return words.say("по пожеланию: %(wish)s", wish=form(found["format"], found["mode"], words))
    if code == "fits":
        return words.say("подходит по уровню и помещается в %(hours)s", hours=hours(found["hours"], words))
    return words.say(_WHY_THIS[code]) if code in _WHY_THIS else ""


_WHY_THIS = {
    "today": mark("можно начать сегодня"),
    "most": mark("больше других занимается тем, где терялись баллы"),
    "shortest": mark("из подходящих занимает меньше всего времени"),
    "chosen": mark("выбрано педагогом"),
}


def one_line(reason: Reason, words: Words, language: str = "ru") -> str:
    """The whole reason as the document prints it."""
    parts = [why(reason, words, language), evidence(reason, words, language)]
    line = ", ".join(part for part in parts if part)
    this = why_this(reason, words, language)
    return f"{line}; {this}" if this else line


def form(code: str, mode: str, words: Words) -> str:
    said = words.say(FORMATS[code])
    return f"{said}, {words.say(MODES[mode])}" if mode in MODES else said


def unmet(
    summary: Reason, titles: Mapping[str, str], *, budget: float, steps: int, until: date, words: Words
) -> tuple[str, ...]:
    """What did not fit and the smallest change that would help, one sentence a block or a limit."""
    named: dict[str, list[str]] = defaultdict(list)
    for one in summary.get("open", ()):
        named[one["reason"]].append(titles.get(one["block"], one["block"]))
    said = [
        words.say(
            "По блоку «%(block)s» в каталоге пока нет подходящего. С тьютором можно записать своё.",
            block=block,
        )
        for block in named.get("no_resource", ())
    ]
    if left := named.get("limits", []):
        blocks = "», «".join(left)
        said.append(
            words.say(
                "В %(hours)s и %(steps)s строк маршрута не поместилось: «%(blocks)s».",
                hours=hours(budget, words), steps=steps, blocks=blocks,
            )
        )  # fmt: skip
        said += [
            text
            for change in summary.get("relaxations", ())[:2]
            if (text := relaxation(change, until, words))
        ]
    return tuple(said)


def relaxation(change: Mapping[str, float], until: date, words: Words) -> str:
    """One smallest change, as an offer."""
    said = {
        "hours": lambda size: words.say("ещё %(hours)s", hours=hours(size, words)),
        "steps": lambda size: words.say("ещё строк: %(number)s", number=round(size)),
        "period": lambda size: words.say(
            "срок после %(day)s ещё на %(days)s дн.", day=short_date(until), days=round(size)
        ),
        "formats": lambda size: words.say("занятий другой формы: %(number)s", number=round(size)),
    }
    offers = [said[limit](size) for limit, size in change.items() if limit in said]
    return words.say("Поможет: %(offers)s.", offers=", ".join(offers)) if offers else ""


def _blocks(reason: Reason, code: str, language: str) -> str:
    found = [say(one["title"], language) for one in reason["because"] if one.get("code") == code]
    return ", ".join(inside(one) for one in found)


def _figures(found: Reason, words: Words) -> str:
    if found.get("percent") is None:
        return ""
    return words.say(
        "%(points)s из %(maximum)s баллов, %(percent)s%%",
        points=compact(found["points"], words),
        maximum=compact(found["maximum"], words),
        percent=f"{number(round(found['percent']), words)}{NBSP}",
    )
