"""Zones and self-assessments in words, figures and tables: what is hidden is not in any of them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from zones_samples import REPORT, without_parents

from reports.charts.measure import text_width
from reports.charts.theme import PRINT
from reports.charts.zones_plot import zones_plot
from reports.charts.zones_plot_phone import zones_plot_phone
from reports.contents.zones import NoOrder, Verdict, Voice
from reports.outlines.zones import zones_outline
from reports.render.docx import docx
from reports.tabulate.zones import directions_table, marks_table, tables
from reports.wording import voices
from reports.wording import zones as wording
from reports.wording.words import Words

WORDS = Words()
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314 - our own figure


@pytest.mark.parametrize("report", [REPORT, without_parents()], ids=["told", "hidden"])
@pytest.mark.parametrize("draw", [zones_plot, zones_plot_phone], ids=["wide", "phone"])
def test_words_of_the_figure_stay_inside_it(report: object, draw: object) -> None:
    svg = draw(report, WORDS, ident="z").svg  # type: ignore[operator]
    width = float(ET.fromstring(svg).get("width", "0"))  # noqa: S314 - our own figure
    for one in texts(svg):
        size, x = float(one.get("font-size", "14")), float(one.get("x", "0"))
        across = text_width(one.text or "", size, bold=one.get("font-weight") == "bold")
        shift = {"end": 1.0, "middle": 0.5}.get(one.get("text-anchor", ""), 0.0)
        assert x - shift * across >= -1, one.text
        assert x + (1 - shift) * across <= width + 1, one.text


def test_the_figure_of_a_hidden_group_has_a_pill_and_no_mark_of_it() -> None:
    told, hidden = (zones_plot(one, WORDS, ident="z").svg for one in (REPORT, without_parents()))
    parents = "#801650"
    assert parents in told
    assert parents not in hidden
    assert "родители: скрыто: ответов меньше 5" in hidden


def test_grey_print_tells_groups_by_shape_alone() -> None:
    svg = zones_plot(REPORT, WORDS, ident="z", theme=PRINT).svg
    assert not re.search(r"#F46A25|#28A197|#801650|#12436D", svg)
    assert svg.count("<circle") == len(REPORT.directions)


def test_the_headline_names_the_strong_zone_and_the_first_of_the_list() -> None:
    assert wording.headline(REPORT, WORDS) == (
        "Опора школы — школьный климат и уклад, внимания требует «Планирование методической работы»"
    )
    assert wording.headline(without_parents(), WORDS) == "Ответов родителей мало: общий вывод не делаем"


def test_a_direction_with_views_apart_shows_views_instead_of_an_index() -> None:
    table = directions_table(REPORT, WORDS)
    row = next(row for row in table.rows if row[1] == "Оценивание и обратная связь")
    assert row[2:] == (None, None, "взгляды расходятся", "учителя 82, ученики 55, родители 58")


def test_unstable_places_are_said_as_runs() -> None:
    assert wording.unstable(REPORT, WORDS) == "Порядок 2–3 мест неустойчив: интервалы перекрываются."
    two = replace(REPORT, unstable=((1, 2), (4, 9)))
    assert wording.unstable(two, WORDS) == "Порядок 1–2 и 4–9 мест неустойчив: интервалы перекрываются."
    assert "устойчив:" in wording.unstable(replace(REPORT, unstable=()), WORDS)


@pytest.mark.parametrize("reason", list(NoOrder))
def test_a_missing_list_says_why(reason: NoOrder) -> None:
    report = replace(REPORT, order=(), no_order=reason)
    assert wording.no_order(report, WORDS).endswith(".")
    assert wording.unstable(report, WORDS) == ""


def test_tables_of_a_hidden_group_hold_words_instead_of_numbers() -> None:
    rows = [row for row in marks_table(without_parents().zones, WORDS).rows if row[1] == "родители"]
    assert rows
    assert {row[2:] for row in rows} == {("скрыто: ответов меньше 5", None, None)}
    names = [table.title for table in tables(without_parents(), WORDS)]
    assert "С чего начать: важность и разрыв" not in names


def test_returns_are_said_with_what_they_do_not_prove() -> None:
    sheet, teachers, _, parents = REPORT.turnout
    assert voices.came(sheet, WORDS) == "3 человека, один лист"
    assert (voices.came(teachers, WORDS), voices.rate(teachers, WORDS)) == ("31 из 34", "91\u00a0%")
    assert "ответили 4 из 10: мнения остальных мы не знаем" in voices.turnout_note(parents, WORDS)
    assert "один человек мог ответить дважды" in voices.turnout_note(parents, WORDS)
    nobody = replace(teachers, n=0)
    assert voices.turnout_note(nobody, WORDS) == "никто не ответил: показываем без этой группы"


def test_more_answers_than_people_are_never_more_than_all() -> None:
    assert voices.rate(replace(REPORT.turnout[3], n=300, expected=240), WORDS) == "100\u00a0%"


def test_a_declaration_far_from_a_group_is_said_in_words() -> None:
    apart = next(one for one in REPORT.directions if one.verdict is Verdict.APART)
    assert wording.sheet_note(apart, WORDS) == "Лист администрации заметно выше оценок учеников."
    assert wording.sheet_note(replace(apart, beyond=()), WORDS) == ""


def test_a_group_that_was_not_asked_gets_no_lane() -> None:
    methodical = REPORT.zones[-1]
    assert methodical.not_asked == (Voice.PUPIL, Voice.PARENT)
    svg = zones_plot(REPORT, WORDS, ident="z", zones=(methodical,)).svg
    assert "учеников и родителей не спрашивали" in svg


def test_the_same_contents_give_the_same_document() -> None:
    outline = zones_outline(REPORT, WORDS)
    assert docx(outline, WORDS) == docx(zones_outline(REPORT, WORDS), WORDS)
