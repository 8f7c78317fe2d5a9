"""The change between two files: may they be compared, what changed, who moved, which tasks."""

from __future__ import annotations

from reports.charts.item_dumbbell import Dumbbells, item_dumbbell, item_dumbbell_phone
from reports.contents.analysis import GrowthAnalysis
from reports.outline import Block, Figure, Outline, Paragraph
from reports.outlines.analysis import FIGURES, ROWS, Document, Look, assembled
from reports.tabulate import analysis_growth as tables
from reports.wording import analysis_findings as said
from reports.wording.words import Words


def growth_outline(report: GrowthAnalysis, words: Words, look: Look) -> Outline:
    document = Document(
        title=words.say("ИЗМЕНЕНИЕ МЕЖДУ ВХОДОМ И ВЫХОДОМ"),
        parts=(
            (words.say("Можно ли сравнивать"), (Paragraph(said.growth_verdict(report, words)),)),
            (
                words.say("Что изменилось"),
                (Paragraph(said.growth_main(report, words)), tables.change_table(report, words)),
            ),
            (
                words.say("Кто участвовал"),
                (Paragraph(said.growth_people(report, words)), tables.people_table(report, words)),
            ),
            (
                words.say("Общие задания"),
                (*_figures(report, words, look), tables.item_change_table(report, words)),
            ),
        ),
        reading=said.growth_reading(words),
    )
    return assembled(report, document, words)


def _figures(report: GrowthAnalysis, words: Words, look: Look) -> tuple[Block, ...]:
    whole, *items = tables.item_changes(report, words)
    parts = [items[start : start + ROWS] for start in range(0, len(items), ROWS)][:FIGURES] or [[]]
    found = []
    for number, rows in enumerate(parts, 1):
        of = Dumbbells(
            rows=(whole, *rows),
            title=words.say("Вход и выход: вся работа и общие задания"),
            subtitle=words.say(
                "Средняя доля возможных баллов тех, кто прошёл оба этапа; пустой кружок — вход"
            ),
            description=said.growth_described((whole, *rows), words),
            table=tables.item_change_table(report, words),
        )
        key = f"growth-{number}"
        wide = item_dumbbell(of, words, ident=key, theme=look.theme, width=look.width)
        narrow = (
            item_dumbbell_phone(of, words, ident=f"{key}-phone", theme=look.theme) if look.phone else None
        )
        found.append(Figure(wide, f"{of.subtitle}.", narrow))
    return tuple(found)
