"""What the page of one answer shows: an allow-list, so that nothing about the writer can slip in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from diagnostics.marking.queries import TextView
from diagnostics.reporting.language import words_of
from instruments.texts import Texts, say
from reports.wording.numbers import compact


@dataclass(frozen=True, slots=True)
class Level:
    place: int
    points: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CriterionField:
    """One criterion as a group of answers: its levels side by side."""

    code: str
    title: str
    levels: tuple[Level, ...]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer before its expert. `words`: paragraphs of the answer as they were typed."""

    text_id: str
    code: str
    work: str
    question: tuple[str, ...]
    case_title: str
    case: tuple[str, ...]
    words: tuple[str, ...]
    criteria: tuple[CriterionField, ...]
    remark: str
    seen: int
    draft: int
    shut: str


def spoken(texts: Texts | None) -> str:
    return say(texts, str(get_locale() or "ru"))


def sheet_of(view: TextView, levels: Mapping[str, int], remark: str, missing: Sequence[str] = ()) -> Sheet:
    """`levels` and `remark`: what stands chosen on the page; `missing`: criteria told to be without a level."""
    case = view.stimulus
    return Sheet(
        text_id=view.text_id,
        code=view.code,
        work=spoken(view.work),
        question=paragraphs(spoken(view.item.text)),
        case_title=spoken(case.title) if case else "",
        case=paragraphs(spoken(case.text)) if case else (),
        words=paragraphs(view.words),
        criteria=tuple(
            CriterionField(
                code=one.code,
                title=spoken(one.title),
                levels=tuple(
                    Level(
                        place, points_words(level.points), spoken(level.text), levels.get(one.code) == place
                    )
                    for place, level in enumerate(one.levels)
                ),
                wrong=one.code in missing,
            )
            for one in view.rubric.criteria
        ),
        remark=remark,
        seen=view.seen,
        draft=view.draft,
        shut=view.shut,
    )


def paragraphs(words: str) -> tuple[str, ...]:
    return tuple(line for line in words.splitlines() if line.strip())


def points_words(points: float) -> str:
    """«2 балла»; a fraction is said with its comma."""
    if points == int(points):
        return ngettext("%(num)s балл", "%(num)s баллов", int(points))
    return _("%(n)s балла", n=compact(points, words_of(str(get_locale() or "ru"))))
