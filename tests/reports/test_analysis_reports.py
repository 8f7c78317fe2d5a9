"""Reports of analyses: figures inside their frames, words of the vocabulary, reasons where figures are missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from analysis_samples import (
    LONG,
    agreement_analysis,
    calibration_analysis,
    dif_analysis,
    growth_analysis,
    items_analysis,
)
from test_report_charts import circles, labels
from test_report_wording import BANNED

from reports.charts.chart import Chart
from reports.charts.forest import tick_decimals
from reports.charts.information_plot import cut_words
from reports.charts.person_item_map import counted
from reports.contents.analysis import CutPoint, Estimate
from reports.outline import Bullets, Figure, Outline, Paragraph
from reports.outlines.analysis import ON_PAPER, ON_SCREEN, Look, about_lines, data_tables
from reports.outlines.analysis_growth import growth_outline
from reports.outlines.analysis_items import agreement_outline, dif_outline, items_outline
from reports.outlines.analysis_models import calibration_outline
from reports.render.page import page
from reports.render.png import png
from reports.wording.analysis_findings import growth_main, named
from reports.wording.words import Words

SVG = "{http://www.w3.org/2000/svg}"
OUTLINES: dict[str, Callable[[Words, Look], Outline]] = {
    "items": lambda words, look: items_outline(items_analysis(), words, look),
    "calibrate": lambda words, look: calibration_outline(calibration_analysis(), words, look),
    "dif": lambda words, look: dif_outline(dif_analysis(), words, look),
    "growth": lambda words, look: growth_outline(growth_analysis(), words, look),
    "agreement": lambda words, look: agreement_outline(agreement_analysis(), words, look),
}
every_report = pytest.mark.parametrize("name", OUTLINES)
every_look = pytest.mark.parametrize("look", [ON_SCREEN, ON_PAPER], ids=["screen", "paper"])


def charts(outline: Outline) -> list[Chart]:
    figures = [block for block in outline.blocks if isinstance(block, Figure)]
    return [chart for one in figures for chart in (one.chart, one.narrow) if chart is not None]


def said(outline: Outline) -> str:
    """Every word that a reader sees."""
    texts = [outline.title, *outline.subtitle, *outline.foot, *about_lines(outline)]
    for table in data_tables(outline):
        texts += [table.title, table.note, *(column.title for column in table.columns)]
        texts += [cell for row in table.texts(Words()) for cell in row]
    for chart in charts(outline):
        texts += [chart.title, chart.subtitle, chart.description]
        texts += [mark.text for mark in chart.marks if mark.text]
    return "\n".join(texts)


@every_report
@every_look
def test_every_mark_stays_inside_its_drawing(name: str, look: Look, words: Words) -> None:
    for chart in charts(OUTLINES[name](words, look)):
        boxes = [*labels(chart), *circles(chart)]
        outside = [
            (chart.ident, box.text)
            for box in boxes
            if box.left < -1 or box.right > chart.width + 1 or box.top < -1 or box.bottom > chart.height + 1
        ]
        assert outside == []


@every_report
@every_look
def test_labels_touch_neither_each_other_nor_marks(name: str, look: Look, words: Words) -> None:
    for chart in charts(OUTLINES[name](words, look)):
        texts = labels(chart, look.theme.slack)
        clashes = [
            (chart.ident, one.text, other.text)
            for index, one in enumerate(texts)
            for other in [*texts[index + 1 :], *circles(chart)]
            if one.touches(other)
        ]
        assert clashes == []


@every_report
def test_phones_get_drawings_of_their_own_and_paper_does_not(name: str, words: Words) -> None:
    screen = [block for block in OUTLINES[name](words, ON_SCREEN).blocks if isinstance(block, Figure)]
    paper = [block for block in OUTLINES[name](words, ON_PAPER).blocks if isinstance(block, Figure)]

    assert {one.narrow.width for one in screen if one.narrow} == {328}
    assert {one.narrow for one in paper} == {None}
    assert len(screen) == len(paper) > 0


@every_report
def test_drawings_are_whole_svg_with_a_title_and_words_for_those_who_do_not_see(
    name: str, words: Words
) -> None:
    for chart in charts(OUTLINES[name](words, ON_SCREEN)):
        found = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
        assert found.findtext(f"{SVG}title") == chart.title
        assert found.findtext(f"{SVG}desc")


@every_report
def test_every_figure_can_become_pixels(name: str, words: Words) -> None:
    for chart in charts(OUTLINES[name](words, ON_PAPER)):
        assert png(chart, 60, dpi=40).startswith(b"\x89PNG")


@every_report
@every_look
def test_nothing_is_said_outside_the_vocabulary(name: str, look: Look, words: Words) -> None:
    text = said(OUTLINES[name](words, look)).lower()

    assert [word for word in BANNED if word in text] == []
    assert re.findall(r"\b(nan|none|inf)\b", text) == []


@every_report
def test_the_page_escapes_names_and_numbers_its_parts(name: str, words: Words, templates: Path) -> None:
    outline = OUTLINES[name](words, ON_SCREEN)

    text = page(outline, words, templates, language="ru")

    assert "<b>&<" not in text
    assert [int(one) for one in re.findall(r"Рисунок (\d+) —", text)] == list(
        range(1, 1 + sum(isinstance(block, Figure) for block in outline.blocks))
    )


def test_a_figure_that_is_not_given_has_its_reason(words: Words) -> None:
    text = said(items_outline(items_analysis(), words, ON_PAPER))

    assert "не даём: часть заданий идёт против остальных" in text
    assert "Против остальных идут задания: q1" in text
    assert "слишком лёгкое, не различает" in text


def test_an_extreme_difficulty_is_printed_whole_and_drawn_at_the_edge(words: Words) -> None:
    outline = calibration_outline(calibration_analysis(), words, ON_PAPER)
    chart = next(one for one in charts(outline) if one.ident == "b-1")

    assert "14,00" in [mark.text for mark in chart.marks]
    assert max(mark.number("cx") for mark in chart.marks if mark.tag == "circle") <= chart.width * 0.9


def test_small_groups_are_told_once_and_never_called_equal(words: Words) -> None:
    report = dif_analysis()
    small = replace(
        report,
        items=tuple(
            replace(one, letter=None, pure_letter=None, delta=Estimate(0.1, None, "too_few_persons"))
            for one in report.items
        ),
    )

    text = said(dif_outline(small, words, ON_PAPER))

    assert "В группах меньше ста человек" in text
    assert "Заметной разницы ни в одном задании не найдено" not in text


def test_probabilities_that_would_print_as_nothing_are_told_as_small(words: Words) -> None:
    tables = data_tables(dif_outline(dif_analysis(), words, ON_PAPER))

    assert "< 0,001" in tables[0].texts(words)[0]


def test_a_change_without_an_interval_says_why(words: Words) -> None:
    report = replace(growth_analysis(), change=Estimate(3.0, None, "too_few_pairs"), change_kind=None)

    assert growth_main(report, words).endswith("интервал не даём: меньше пяти человек прошли оба этапа.")


def test_the_spreadsheet_gets_the_data_of_every_figure(words: Words) -> None:
    outline = calibration_outline(calibration_analysis(), words, ON_PAPER)

    titles = [table.title for table in data_tables(outline)]

    assert "Люди и шаги заданий по полулогитам" in titles
    assert "Информация и погрешность по способности" in titles
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("cut", "text"),
    [
        (CutPoint(60.0, 0.4, 0.5, 7.42), "Граница 60\u00a0%: погрешность 7,4 балла из 100"),
        (
            CutPoint(99.0, None, None, None),
            "Граница 99\u00a0%: на этих заданиях её никто не достигает",
        ),
    ],
)
def test_a_cut_is_told_with_its_error(cut: CutPoint, text: str, words: Words) -> None:
    assert cut_words(cut, words) == text


def test_steps_are_counted_by_half_logits_and_the_far_ones_at_the_edge() -> None:
    assert counted((0.1, 0.49, 0.5, -0.1, -40.0, 40.0)) == (
        (-8.0, 1), (-0.5, 1), (0.0, 2), (0.5, 1), (7.5, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "decimals"), [((0.0, 1.0, 2.0), 0), ((0.0, 0.5), 1), ((0.25, 0.5), 2), ((0.125,), 3)]
)
def test_ticks_get_as_many_decimals_as_tell_them_apart(values: tuple[float, ...], decimals: int) -> None:
    assert tick_decimals(values) == decimals


def test_a_long_list_of_names_is_cut_with_its_rest(words: Words) -> None:
    assert named(tuple("abcdefghij"), words) == "a, b, c, d, e, f, g, h и ещё 2"


def test_sentences_of_the_document_open_the_spreadsheet(words: Words) -> None:
    outline = growth_outline(growth_analysis(), words, ON_PAPER)
    blocks = [block for block in outline.blocks if isinstance(block, Paragraph | Bullets)]

    lines = about_lines(outline)

    assert len(lines) >= len(blocks)
    assert any("Результаты сравнимы" in line for line in lines)
    assert any(LONG in cell for table in data_tables(outline) for row in table.texts(words) for cell in row)


def test_steps_without_an_error_of_their_middle_promise_no_interval(words: Words) -> None:
    report = calibration_analysis()
    graded = replace(
        report, items=tuple(replace(one, b=Estimate(one.b.value), se_b=None) for one in report.items)
    )

    outline = calibration_outline(graded, words, ON_PAPER)

    figure = next(block for block in outline.blocks if isinstance(block, Figure))
    difficulties = next(table for table in outline.tables if table.title.startswith("Трудность"))
    assert "интервал" not in figure.note
    assert "Ошибка" not in [column.title for column in difficulties.columns]
