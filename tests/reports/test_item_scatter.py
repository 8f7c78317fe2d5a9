"""The map of tasks: names for remarked tasks only, over nothing else, and the same in words and in a table."""

from __future__ import annotations

import pytest

from reports.charts.item_scatter import NARROW, WIDE, item_scatter
from reports.contents.item_scatter import ItemPoint, ItemScatter
from reports.wording.words import Words

CALM = tuple(
    ItemPoint(number=f"M{at:02}", title=f"Спокойное {at}", p=30 + 2 * at, r=0.3 + at / 50) for at in range(15)
)
KEY = ItemPoint(number="K07", title="С чего начать", p=34, r=-0.04, remark="проверьте ключ")
EASY = ItemPoint(number="K02", title="Что показывает", p=95, r=0.14, remark="слишком лёгкое")
FOUND = ItemScatter(points=(*CALM, KEY, EASY), people=164)


def texts(found: ItemScatter, width: float = WIDE) -> list[str]:
    return [mark.text for mark in item_scatter(found, Words(), ident="s", width=width).marks if mark.text]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_only_remarked_tasks_have_names(width: float) -> None:
    said = texts(FOUND, width)
    assert any(one.startswith("K07") for one in said)
    assert any(one.startswith("K02") for one in said)
    assert not any(one.startswith("M") for one in said)


def test_the_words_tell_what_the_picture_shows() -> None:
    chart = item_scatter(FOUND, Words(), ident="s")
    assert chart.title == "Из общей картины выпадают 2 задания"
    assert "С чего начать: решаемость 34" in chart.description
    assert "Без замечаний 15 заданий." in chart.description


def test_the_table_holds_every_task_with_the_remarked_first() -> None:
    rows = item_scatter(FOUND, Words(), ident="s").table.rows
    assert len(rows) == len(FOUND.points)
    assert {rows[0][0], rows[1][0]} == {"С чего начать", "Что показывает"}


def test_names_of_dots_in_one_heap_do_not_lie_over_one_another() -> None:
    heap = tuple(
        ItemPoint(number=f"H{at:02}", title=f"В куче {at}", p=50 + at, r=0.1, remark="не различает")
        for at in range(20)
    )
    chart = item_scatter(ItemScatter(points=heap, people=40), Words(), ident="s")
    marks = [one for one in chart.marks if one.text.startswith("H")]
    assert 0 < len(marks) < len(heap)
    places = [(one.number("x"), one.number("y")) for one in marks]
    assert len(set(places)) == len(places)


def test_a_task_below_the_axis_makes_the_axis_longer() -> None:
    against = ItemPoint(number="K01", title="Наоборот", p=50, r=-0.6, remark="проверьте ключ")
    chart = item_scatter(ItemScatter(points=(*CALM, against), people=40), Words(), ident="s")
    assert "−0,6" in [one.text for one in chart.marks] or "−0,5" in [one.text for one in chart.marks]


def test_without_remarks_the_title_says_so() -> None:
    assert (
        item_scatter(ItemScatter(points=CALM, people=40), Words(), ident="s").title
        == "Замечаний нет ни к одному заданию"
    )
