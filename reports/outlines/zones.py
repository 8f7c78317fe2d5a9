"""A school's zones on paper: who answered, what was found, one figure a zone, the list, the tables."""

from __future__ import annotations

from reports.charts.theme import PRINT
from reports.charts.zones_plot import zones_plot
from reports.contents.zones import ZonesReport
from reports.outline import Block, Bullets, Facts, Figure, Outline, Paragraph, Section
from reports.tabulate.zones import (
    directions_table,
    free_table,
    marks_table,
    order_table,
    turnout_table,
)
from reports.wording import zones as wording
from reports.wording.numbers import long_date, short_time
from reports.wording.words import Words

_PRINT_WIDTH = 860  # drawn wider than the page and set at 170 mm


def zones_outline(report: ZonesReport, words: Words) -> Outline:
    return Outline(
        heading=report.heading,
        title=words.say("Самооценка школы: зоны"),
        subtitle=(wording.headline(report, words),),
        blocks=(
            _about(report, words),
            *_hidden(report, words),
            turnout_table(report, words),
            directions_table(report, words),
            *_figures(report, words),
            Paragraph(wording.how_counted(report, words), lead=words.say("Как это читать."), small=True),
            *_differing(report, words),
            *_order(report, words),
            *_details(report, words),
            Paragraph(
                ". ".join(wording.source_lines(report, words)) + ".",
                lead=words.say("Источники."),
                small=True,
            ),
        ),
        foot=_foot(report, words),
    )


def _about(report: ZonesReport, words: Words) -> Facts:
    return Facts((
        (words.say("Школа"), report.school),
        (words.say("Самооценка"), report.title),
        (words.say("Сбор закрыт"), long_date(report.closed_on, words)),
    ))  # fmt: skip


def _hidden(report: ZonesReport, words: Words) -> tuple[Block, ...]:
    return tuple(Paragraph(said) for said in wording.why_hidden(report, words))


def _figures(report: ZonesReport, words: Words) -> tuple[Block, ...]:
    return tuple(
        Figure(
            zones_plot(report, words, ident=f"zone-{place}", zones=(zone,), theme=PRINT, width=_PRINT_WIDTH),
            wording.figure_subtitle(report, words) if place == 1 else "",
        )
        for place, zone in enumerate(report.zones, 1)
    )


def _differing(report: ZonesReport, words: Words) -> tuple[Block, ...]:
    found = wording.differing(report, words)
    if not found:
        return ()
    lines = tuple(f"{title}: {said}" for title, said in found)
    return Section(words.say("Взгляды расходятся")), Bullets(lines)


def _order(report: ZonesReport, words: Words) -> tuple[Block, ...]:
    title = Section(words.say("С чего начать"))
    if not report.order:
        return title, Paragraph(wording.no_order(report, words))
    return title, Paragraph(order_rule(words)), order_table(report, words)


def order_rule(words: Words) -> str:
    return words.say(
        "Приоритет = важность × разрыв : 100, разрыв — сколько индексу не хватает до 100. "
        "Важность отметили те, кого о ней спросили. Выбирает команда школы, а не формула."
    )


def _details(report: ZonesReport, words: Words) -> tuple[Block, ...]:
    found: list[Block] = [Section(words.say("Оценки групп")), marks_table(report.zones, words)]
    if any(one.statements for one in report.directions):
        said = words.say("Оценки отдельных утверждений — в этом же отчёте в Excel.")
        found.append(Paragraph(said, small=True))
    if report.free:
        found += [Section(words.say("Своими словами")), free_table(report, words)]
    return tuple(found)


def _foot(report: ZonesReport, words: Words) -> tuple[str, ...]:
    first = words.say(
        "Самооценка школы, анкеты версии %(version)s · метод расчёта %(method)s · сформировано %(moment)s",
        version=report.sources.instrument.version,
        method=report.sources.method.version,
        moment=short_time(report.heading.formed_at),
    )
    return first, words.say("Код проверки %(code)s", code=report.heading.check_code)
