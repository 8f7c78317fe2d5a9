"""Figures as pixels in Word documents: the same marks, sharp enough for paper, told in words too."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from PIL import Image

from reports.charts.change_plot import change_plot
from reports.charts.chart import Chart
from reports.charts.dot_and_band import dot_and_band
from reports.charts.dumbbell import dumbbell
from reports.charts.flow import flow
from reports.charts.slopes import slopes
from reports.charts.svg import Mark
from reports.charts.theme import PRINT, SCREEN
from reports.outline import Figure
from reports.outlines.entry_exit import entry_exit_outline
from reports.render.docx import docx
from reports.render.png import png
from reports.wording.words import Words
from tests.reports import report_samples

WORDS = Words()
GROUP, PERSON = report_samples.entry_exit_report(), report_samples.person_report()
CHARTS = {
    "slopes": slopes(GROUP, WORDS, ident="a", theme=PRINT, width=720),
    "change": change_plot(GROUP, WORDS, ident="b", theme=PRINT, width=720),
    "dumbbell": dumbbell(GROUP, WORDS, ident="c"),
    "flow": flow(GROUP, WORDS, ident="d", theme=PRINT, width=720),
    "profile": dot_and_band(PERSON, WORDS, ident="e", theme=PRINT),
}


def picture(chart: Chart, width_mm: float = 100.0) -> Image.Image:
    return Image.open(io.BytesIO(png(chart, width_mm)))


def single(mark: Mark) -> Chart:
    return replace(CHARTS["flow"], marks=(mark,), width=100.0, height=50.0)


@pytest.mark.parametrize("name", CHARTS)
def test_every_figure_has_three_hundred_points_to_the_inch(name: str) -> None:
    found = picture(CHARTS[name], 127.0)
    assert found.width == pytest.approx(1500, abs=1)
    assert found.height / found.width == pytest.approx(
        CHARTS[name].height / CHARTS[name].width, abs=1 / found.width
    )
    assert found.info["dpi"] == pytest.approx((300, 300), abs=0.5)


@pytest.mark.parametrize("name", CHARTS)
def test_a_grey_figure_is_a_grey_file_with_ink_on_white(name: str) -> None:
    found = picture(CHARTS[name])
    low, high = found.getextrema()
    assert (found.mode, high) == ("L", 255)
    assert isinstance(low, int | float)
    assert low < 40


def test_a_coloured_figure_keeps_its_colours() -> None:
    found = picture(flow(GROUP, WORDS, ident="x", theme=SCREEN))
    colours = found.getcolors(found.width * found.height)
    assert found.mode == "RGB"
    assert colours is not None
    assert (0x12, 0x43, 0x6D) in {colour for _, colour in colours}


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert png(CHARTS["slopes"], 100) == png(CHARTS["slopes"], 100)


def test_a_rectangle_lies_where_the_drawing_says() -> None:
    """100 px across at 25,4 mm and 300 dpi: three pixels for one."""
    found = picture(
        single(Mark("rect", {"x": 10, "y": 10, "width": 20, "height": 20, "fill": "#000000"})), 25.4
    )
    assert (found.size, found.getpixel((60, 60)), found.getpixel((95, 60))) == ((300, 150), 0, 255)
    assert found.point(lambda value: 255 - value).getbbox() == pytest.approx((30, 30, 90, 90), abs=1)


@pytest.mark.parametrize(
    ("sweep", "inside", "outside"), [(0, (105, 75), (195, 75)), (1, (195, 75), (105, 75))]
)
def test_half_a_disc_is_filled_on_its_own_side(
    sweep: int, inside: tuple[int, int], outside: tuple[int, int]
) -> None:
    mark = Mark("path", {"d": f"M 50 5 A 20 20 0 0 {sweep} 50 45 Z", "fill": "#000000"})
    found = picture(single(mark), 25.4)
    assert (found.getpixel(inside), found.getpixel(outside)) == (0, 255)


def test_a_dashed_line_has_gaps() -> None:
    mark = Mark(
        "line",
        {"x1": 0, "y1": 25, "x2": 100, "y2": 25, "stroke": "#000000", "stroke_width": 4,
         "stroke_dasharray": "10 10"},
    )  # fmt: skip
    found = picture(single(mark), 25.4)
    assert [found.getpixel((x, 75)) for x in (15, 45, 75, 105)] == [0, 255, 0, 255]


def test_half_transparent_lines_that_cross_stay_even() -> None:
    mark = Mark(
        "path",
        {"d": "M0 25L100 25M50 0L50 50", "fill": "none", "stroke": "#000000", "stroke_width": 6,
         "stroke_opacity": 0.5},
    )  # fmt: skip
    found = picture(single(mark), 25.4)
    assert found.getpixel((150, 75)) == found.getpixel((30, 75)) == pytest.approx(127, abs=1)


@pytest.mark.parametrize("mark", [Mark("image", {}), Mark("path", {"d": "M0 0C1 1 2 2 3 3", "fill": "none"})])
def test_a_mark_that_it_does_not_know_is_refused(mark: Mark) -> None:
    with pytest.raises(ValueError, match="no way to draw"):
        png(single(mark), 25.4)


def test_the_word_document_holds_every_figure_with_its_words() -> None:
    outline = entry_exit_outline(GROUP, WORDS)
    document = Document(io.BytesIO(docx(outline, WORDS)))
    figures = [block.chart for block in outline.blocks if isinstance(block, Figure)]
    told = [
        (shape._inline.docPr.get("title"), shape._inline.docPr.get("descr"))
        for shape in document.inline_shapes
    ]
    assert told == [(chart.title, chart.description) for chart in figures]
    captions = [line.text for line in document.paragraphs if line.text.startswith("Рисунок")]
    assert len(captions) == len(figures) == 4


def test_no_figure_is_wider_than_the_text() -> None:
    document = Document(io.BytesIO(docx(entry_exit_outline(GROUP, WORDS), WORDS)))
    section = document.sections[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    assert page is not None
    assert left is not None
    assert right is not None
    assert all(shape.width < page - left - right for shape in document.inline_shapes)
