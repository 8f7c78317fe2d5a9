"""A school in autumn: three zones told, one with views apart; and the same with too few parents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from reports.contents.common import Heading, Interval, Sources, Version
from reports.contents.zones import (
    Cut,
    Direction,
    FreeWords,
    Mark,
    NoOrder,
    Priority,
    Statement,
    Turnout,
    Verdict,
    Voice,
    Zone,
    ZonesReport,
)

_AT = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
LEAST = {Voice.SHEET: 1, Voice.TEACHER: 5, Voice.PUPIL: 10, Voice.PARENT: 5}


def mark(voice: Voice, value: float | None, half: float = 4, n: int = 20) -> Mark:
    told = value is not None and voice is not Voice.SHEET
    return Mark(
        voice=voice,
        value=value,
        interval=Interval(max(0, (value or 0) - half), min(100, (value or 0) + half)) if told else None,
        n=None if value is None else n,
        least=LEAST[voice],
    )


def direction(
    title: str,
    marks: tuple[float | None, ...],
    index: float | None,
    cut: str = "sound",
    border: str = "",
    verdict: Verdict = Verdict.CLASS,
) -> Direction:
    made = tuple(mark(voice, value) for voice, value in zip(Voice, marks, strict=False))
    apart = ((Voice.TEACHER, Voice.PUPIL),) if verdict is Verdict.APART else ()
    return Direction(
        code=title,
        title=title,
        description="Что сюда входит.",
        marks=made,
        index=index,
        interval=None if index is None else Interval(index - 3, index + 3),
        verdict=verdict,
        cut=cut,
        border=border,
        apart=apart,
        beyond=(Voice.PUPIL,) if apart else (),
        statements=(Statement(text="На уроке есть время задать вопрос.", marks=made),),
    )


def zone(title: str, cut: str, *directions: Direction, verdict: Verdict = Verdict.CLASS) -> Zone:
    return Zone(code=title, title=title, verdict=verdict, cut=cut, border="", directions=directions)


REPORT = ZonesReport(
    heading=Heading(organisation="Школа № 12, посёлок Берёзовка", check_code="7K4P-2XM8", formed_at=_AT),
    school="Школа № 12, посёлок Берёзовка",
    title="Осень 2026 года",
    closed_on=date(2026, 11, 13),
    turnout=(
        Turnout(
            voice=Voice.SHEET,
            n=1,
            expected=1,
            least=1,
            hidden=False,
            people=("директор", "завуч", "педагог-психолог"),
            agreed_on=date(2026, 10, 21),
        ),
        Turnout(voice=Voice.TEACHER, n=31, expected=34, least=5, hidden=False),
        Turnout(voice=Voice.PUPIL, n=212, expected=248, least=10, hidden=False),
        Turnout(voice=Voice.PARENT, n=96, expected=240, least=5, hidden=False, by_link=True),
    ),
    cuts=(
        Cut(code="problem", title="проблемная", lower=0),
        Cut(code="attention", title="зона внимания", lower=50),
        Cut(code="sound", title="благополучная", lower=70),
    ),
    zones=(
        zone(
            "Школьный климат и уклад",
            "sound",
            direction("Безопасность и правила", (85, 81, 72, 77), 77),
            direction("Отношения и уважение", (80, 74, 68, 75), 72, border="attention"),
            direction(
                "Участие учеников и родителей", (74, 66, None, 64), None, "few_data", verdict=Verdict.FEW_DATA
            ),
        ),
        zone(
            "Планирование и организация обучения",
            "attention",
            direction("Цель и план урока", (78, 80, 66, 70), 72, border="attention"),
            direction(
                "Оценивание и обратная связь", (83, 82, 55, 58), 65, "views_apart", verdict=Verdict.APART
            ),
        ),
        zone(
            "Методическая работа",
            "attention",
            direction("Учителя учатся друг у друга", (62, 52), 52, "attention", border="problem"),
            direction("Планирование методической работы", (52, 38), 38, "problem"),
        ),
    ),
    order=(
        Priority(
            title="Планирование методической работы",
            importance=79,
            gap=62,
            value=49,
            interval=Interval(43, 55),
        ),
        Priority(
            title="Учителя учатся друг у друга", importance=59, gap=48, value=28, interval=Interval(23, 34)
        ),
        Priority(title="Цель и план урока", importance=83, gap=28, value=23, interval=Interval(20, 27)),
    ),
    unstable=((2, 3),),
    no_order=None,
    free=(FreeWords(voice=Voice.PUPIL, question="Что изменить в школе?", texts=("Перемены подлиннее.",)),),
    views_gap=17.0,
    sources=Sources(
        instrument=Version(title="Самооценка школы", version="1"),
        scoring=Version(title="Самооценка школы", version="1"),
        framework=Version(title="Зоны работы школы", version="1"),
        method=Version(title="Методика расчёта", version="2"),
        calibration=None,
        data_cut=_AT,
    ),
)


def without_parents(report: ZonesReport = REPORT) -> ZonesReport:
    """The same school with four parents: nothing of them is in the contents."""

    def cleared(one: Direction) -> Direction:
        marks = tuple(mark(m.voice, None) if m.voice is Voice.PARENT else m for m in one.marks)
        lines = tuple(replace(line, marks=marks) for line in one.statements)
        return replace(
            one,
            marks=marks,
            statements=lines,
            index=None,
            interval=None,
            verdict=Verdict.FEW_DATA,
            cut="few_data",
        )

    zones = tuple(
        replace(
            one,
            verdict=Verdict.FEW_DATA,
            cut="few_data",
            directions=tuple(cleared(inside) for inside in one.directions),
        )
        for one in report.zones
    )
    parents = replace(report.turnout[3], n=4, expected=30, hidden=True, by_link=True)
    return replace(
        report,
        zones=zones,
        turnout=(*report.turnout[:3], parents),
        order=(),
        unstable=(),
        no_order=NoOrder.INDEX_HIDDEN,
    )
