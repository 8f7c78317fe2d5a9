"""Words for single people of the entry/exit report: both layers, never merged; internal copy only."""

from __future__ import annotations

from reports.contents.common import Change, Conclusion
from reports.contents.entry_exit import PersonLine
from reports.wording.numbers import number, percent
from reports.wording.words import Words, mark

_SHORT = {
    Conclusion.CONFIRMED: mark("развивать"),
    Conclusion.PROBABLE: mark("уточнить"),
    Conclusion.NOT_SHOWN: mark("не выявлен"),
    Conclusion.SURELY_NONE: mark("опора"),
    Conclusion.NO_CONCLUSION: mark("–"),
    Conclusion.AWAITING: mark("–"),
}
_LEAST_P = 0.001  # smaller ones are said as «< 0,001»


def person_line(line: PersonLine, words: Words, *, compared: bool = True) -> str:
    """Both layers of one person: official levels, then (where results are `compared`) the error of the change."""
    said = words.say(
        "Было %(entry)s (%(before)s), стало %(exit)s (%(after)s уровень дефицита)",
        entry=percent(line.entry, words),
        before=line.entry_level,
        exit=percent(line.exit, words),
        after=line.exit_level,
    )
    if not compared:
        return said
    told = {
        Change.GREW: words.say("%(said)s; рост больше погрешности", said=said),
        Change.FELL: words.say("%(said)s; снижение больше погрешности", said=said),
        Change.WITHIN_ERROR: words.say("%(said)s; изменение в пределах точности", said=said),
        Change.UNKNOWN: words.say("%(said)s; точность неизвестна", said=said),
    }[line.verdict]
    return (
        words.say("%(said)s, подтвердить: %(check)s", said=told, check=line.next_check)
        if line.next_check
        else told
    )


def conclusion_move(pair: tuple[Conclusion, Conclusion] | None, words: Words) -> str:
    """«уточнить / опора»; one word where nothing moved."""
    if pair is None:
        return "–"
    before, after = (words.say(_SHORT[one]) for one in pair)
    return before if before == after else f"{before} / {after}"


def p_value(value: float, words: Words) -> str:
    least = number(_LEAST_P, words, 3)
    return f"< {least}" if value < _LEAST_P else number(value, words, 3)
