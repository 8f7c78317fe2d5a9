from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import SCALE, block, change, entry_exit_report, person_report

from reports.charts.change_plot import _zone_of, change_plot, change_plot_phone
from reports.charts.chart import Chart
from reports.charts.dot_and_band import dot_and_band
from reports.charts.dot_and_band_phone import dot_and_band_phone
from reports.charts.dumbbell import dumbbell
from reports.charts.flow import flow, flow_phone
from reports.charts.marks import Dot
from reports.charts.measure import text_width
from reports.charts.profile import kind_of
from reports.charts.qr import qr
from reports.charts.scale import Scale, ticks
from reports.charts.slopes import slopes
from reports.charts.theme import PRINT, SCREEN
from reports.contents.common import Change, Conclusion, Interval
from reports.contents.entry_exit import EntryExitReport
from reports.contents.person import PersonReport
from reports.wording.words import Words

WORDS = Words()
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Проектирование индивидуальных образовательных маршрутов обучающихся с ограниченными возможностями здоровья"


def long_person() -> PersonReport:
    report = person_report()
    return replace(report, blocks=(*report.blocks, replace(report.blocks[5], code="L", title=LONG)))


def long_growth() -> EntryExitReport:
    report = entry_exit_report()
    return replace(report, blocks=(*report.blocks, replace(report.blocks[0], code="L", title=LONG)))


DRAWN = {
    "profile wide": lambda: dot_and_band(person_report(), WORDS, ident="a"),
    "profile wide, long": lambda: dot_and_band(long_person(), WORDS, ident="a"),
    "profile paper": lambda: dot_and_band(long_person(), WORDS, ident="a", theme=PRINT, width=720),
    "profile phone": lambda: dot_and_band_phone(long_person(), WORDS, ident="b"),
    "slopes wide": lambda: slopes(entry_exit_report(), WORDS, ident="c"),
    "slopes paper": lambda: slopes(long_growth(), WORDS, ident="c", theme=PRINT, width=720),
    "slopes phone": lambda: slopes(long_growth(), WORDS, ident="c", width=328),
    "change wide": lambda: change_plot(long_growth(), WORDS, ident="d"),
    "change paper": lambda: change_plot(long_growth(), WORDS, ident="d", theme=PRINT, width=720),
    "change phone": lambda: change_plot_phone(long_growth(), WORDS, ident="e"),
    "dumbbell": lambda: dumbbell(long_growth(), WORDS, ident="f"),
    "flow wide": lambda: flow(entry_exit_report(), WORDS, ident="g"),
    "flow paper": lambda: flow(entry_exit_report(), WORDS, ident="g", theme=PRINT, width=720),
    "flow phone": lambda: flow_phone(entry_exit_report(), WORDS, ident="h"),
}
ON_PAPER = {name for name in DRAWN if "paper" in name} | {"dumbbell"}
every_chart = pytest.mark.parametrize("name", DRAWN)


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: Box) -> bool:
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own figure


def labels(chart: Chart, wider: float = 1.0) -> list[Box]:
    """Boxes of all texts; `wider` imitates a reader's font that is wider than PT Sans."""
    boxes = []
    for node in parsed(chart.svg).iter(f"{SVG}text"):
        size, x, y = (float(node.get(key, 0)) for key in ("font-size", "x", "y"))
        width = text_width(node.text or "", size, bold=node.get("font-weight") == "bold") * wider
        left = x - {"middle": width / 2, "end": width}.get(node.get("text-anchor", ""), 0)
        boxes.append(Box(node.text or "", left, left + width, y - size * 0.72, y + size * 0.2))
    return boxes


def circles(chart: Chart) -> list[Box]:
    found = []
    for node in parsed(chart.svg).iter(f"{SVG}circle"):
        x, y, r = (float(node.get(key, 0)) for key in ("cx", "cy", "r"))
        found.append(Box("mark", x - r, x + r, y - r, y + r))
    return found


@every_chart
def test_a_chart_is_xml_with_a_name_and_no_inline_style(name: str) -> None:
    chart = DRAWN[name]()
    root = parsed(chart.svg)
    attributes = {key for node in root.iter() for key in node.attrib}
    idents = [node.get("id") for node in root.iter() if node.get("id")]
    assert root.get("role") == "img"
    assert "style" not in attributes
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.description
    assert root.get("aria-labelledby").split() == idents[1:]
    assert len(idents) == len(set(idents))
    assert all(ident.startswith(chart.ident) for ident in idents)


@every_chart
def test_labels_touch_neither_each_other_nor_marks(name: str) -> None:
    chart = DRAWN[name]()
    texts = labels(chart, 1.0 if name in ON_PAPER else SCREEN.slack)
    clashes = [
        (one.text, other.text)
        for index, one in enumerate(texts)
        for other in [*texts[index + 1 :], *circles(chart)]
        if one.touches(other)
    ]
    assert clashes == []


@every_chart
def test_labels_stay_inside_the_drawing(name: str) -> None:
    chart = DRAWN[name]()
    root = parsed(chart.svg)
    width, height = float(root.get("width")), float(root.get("height"))
    outside = [
        box.text
        for box in labels(chart)
        if box.left < -0.5 or box.right > width + 0.5 or box.top < -0.5 or box.bottom > height + 0.5
    ]
    assert outside == []


@every_chart
def test_a_chart_brings_its_own_table_and_description(name: str) -> None:
    chart = DRAWN[name]()
    assert chart.table.rows
    assert chart.description


@pytest.mark.parametrize(
    ("code", "provisional", "kind"),
    [
        (Conclusion.CONFIRMED, False, Dot.FULL),
        (Conclusion.SURELY_NONE, False, Dot.FULL),
        (Conclusion.CONFIRMED, True, Dot.HALF),
        (Conclusion.PROBABLE, False, Dot.HALF),
        (Conclusion.NOT_SHOWN, False, Dot.HALF),
        (Conclusion.NO_CONCLUSION, True, Dot.HOLLOW),
    ],
)
def test_the_mark_tells_how_sure_the_conclusion_is(code: Conclusion, provisional: bool, kind: Dot) -> None:
    result = replace(person_report().blocks[0], conclusion=code, provisional=provisional)
    assert kind_of(result) is kind


def test_a_missing_value_is_a_dashed_box_with_a_dash_and_no_mark() -> None:
    empty = replace(
        block("N", "Пусто", 0, 0, 1, Conclusion.NO_CONCLUSION, None, 0, 0, 0, 8), percent=None, band=None
    )
    chart = dot_and_band(replace(person_report(), blocks=(empty,)), WORDS, ident="m")
    assert circles(chart) == []
    assert [box.text for box in labels(chart)].count("–") == 2
    assert 'stroke-dasharray="2 2"' in chart.svg


def test_dots_stand_where_the_table_says() -> None:
    report = replace(person_report(), blocks=person_report().blocks[:1])
    chart = dot_and_band(report, WORDS, ident="p")
    start, end = (
        box.left + (box.right - box.left) / 2 for box in labels(chart) if box.text in {"0", "100\u00a0%"}
    )
    mark = circles(chart)[0]
    assert ((mark.left + mark.right) / 2 - start) / (end - start) * 100 == pytest.approx(88, abs=0.1)


@pytest.mark.parametrize("draw", [dot_and_band, dot_and_band_phone])
def test_the_dot_stands_at_the_estimate_inside_its_band_and_a_tick_at_the_score(
    draw: Callable[..., Chart],
) -> None:
    """A strong prior may pull the band away from what was scored: the dot goes with the band."""
    first = replace(person_report().blocks[0], percent=20.0, estimate=62.0, band=Interval(55, 70))
    chart = draw(replace(person_report(), blocks=(first,)), WORDS, ident="e")
    (shade,) = [one for one in chart.marks if one.word("fill") == SCREEN.band and one.number("width") != 30]
    mark = next(one for one in chart.marks if one.tag == "circle")
    low, high = shade.number("x"), shade.number("x") + shade.number("width")
    assert low < mark.number("cx") < high
    tick = next(one for one in chart.marks if one.tag == "line" and one.word("stroke") == SCREEN.ink)
    assert tick.number("x1") < low
    assert "черта — набрано" in chart.subtitle


def test_without_an_estimate_no_tick_is_drawn_or_named() -> None:
    chart = dot_and_band(person_report(), WORDS, ident="p")
    assert "черта" not in chart.subtitle
    assert "набрано баллов" not in chart.svg


@given(st.floats(-40, 40), st.floats(0.1, 30), st.floats(0.1, 30))
@settings(max_examples=60)
def test_a_dot_leaves_the_grey_zone_exactly_when_its_interval_misses_zero(
    delta: float, below: float, above: float
) -> None:
    line = replace(
        change("A", "А", 50, 60, 0, 1, Change.GREW, (0, 0, 0, 0, 0)),
        change=delta, interval=Interval(delta - below, delta + above),
    )  # fmt: skip
    low, high = _zone_of(line)
    assert (delta > high or delta < low) == (delta - below > 0 or delta + above < 0)


def test_single_people_are_not_drawn_above_thirty() -> None:
    crowd = tuple((50.0, 60.0) for _ in range(31))
    report = entry_exit_report()
    one = (replace(report.blocks[0], paths=crowd),)
    assert "stroke-opacity" not in slopes(replace(report, blocks=one), WORDS, ident="x").svg


def test_a_level_name_that_does_not_fit_is_left_out() -> None:
    tight = replace(SCALE, levels=(*SCALE.levels, replace(SCALE.levels[2], lower=98)))
    chart = dot_and_band(replace(person_report(), scale=tight), WORDS, ident="t")
    assert "от 98\u00a0%" not in chart.svg


def test_names_are_escaped() -> None:
    rogue = replace(person_report().blocks[0], title="<script>&\"'")
    chart = dot_and_band(replace(person_report(), blocks=(rogue,)), WORDS, ident="r")
    assert "<script" not in chart.svg
    assert "<script>&\"'" in [box.text for box in labels(chart)]


@given(st.floats(-500, 500), st.floats(0.5, 500))
def test_ticks_are_few_round_and_inside(low: float, span: float) -> None:
    values = ticks(low, low + span, 5)
    assert 1 <= len(values) <= 7
    assert all(low - 1e-6 <= value <= low + span + 1e-6 for value in values)


def test_an_empty_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="low < high"):
        Scale(5, 5, 0, 100)


def test_a_qr_code_carries_its_link_and_no_style() -> None:
    svg = qr("https://orientir.example/k/abc", ident="q", title="Ссылка")
    assert parsed(svg).find(f"{SVG}desc").text == "https://orientir.example/k/abc"
    assert "style=" not in svg
