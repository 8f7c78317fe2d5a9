"""The page reader itself: each rule catches its own mistake and a sound page passes."""

from __future__ import annotations

import pytest

from tests.support.pages import problems_of, tables_without_a_file

SOUND = """<!doctype html><html lang="ru"><head><title>Проба</title></head><body><h1>Проба</h1>
<form><label for="a">Имя</label><input id="a" name="a">
<fieldset><legend>Ответ</legend><label><input type="radio" name="r" value="1">Да</label></fieldset>
<ul><li>раз<li>два</ul></form></body></html>"""


def test_a_sound_page_has_no_problems() -> None:
    assert problems_of(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<!doctype html>", "", "no doctype"),
        ('lang="ru"', "", "language"),
        ("<title>Проба</title>", "<title></title>", "no title"),
        ("<h1>Проба</h1>", "", "0 main headings"),
        ("<h1>Проба</h1>", "<h1>А</h1><h1>Б</h1>", "2 main headings"),
        ('<label for="a">', "<label>", "no label"),
        ("<legend>Ответ</legend>", "", "no legend"),
        ("<ul>", '<ul id="a">', "stands 2 times"),
        ("<ul>", '<ul style="color:red">', "carries style="),
        ("<ul>", '<ul onclick="x()">', "carries onclick="),
        ("<ul>", '<img src="/a.png"><ul>', "without alt"),
        ("<ul>", '<script src="https://cdn.example/x.js"></script><ul>', "another host"),
        ("раз", "%(num)s ответов", "left over"),
        ("раз", "None", "left over"),
        ("<ul>", "<ul data-error-summary>", "does not begin with the mistake"),
        ("</form>", "", "never closed"),
        ("</form>", "</form></section>", "closes nothing"),
    ],
)
def test_each_mistake_is_named(old: str, new: str, problem: str) -> None:
    assert problem in "; ".join(problems_of(SOUND.replace(old, new)))


TABLE = '<table class="table" id="a"{about}><caption id="a-caption">А</caption></table>'
OWN = '<a href="?excel=a" aria-describedby="a-caption">Скачать в Excel</a>'
REPORT = '<table class="table"><caption>А</caption></table>'


@pytest.mark.parametrize(
    "html",
    [
        OWN + TABLE.format(about=""),
        '<a id="all" href="/all.xlsx">Скачать</a>' + TABLE.format(about=' data-excel="all"'),
        '<a href="/report.xlsx">Скачать</a>' + REPORT,
        "<button>Excel</button>" + REPORT,
    ],
)
def test_a_table_that_gives_its_rows_as_a_file_is_sound(html: str) -> None:
    assert tables_without_a_file(html) == []


@pytest.mark.parametrize(
    "html",
    [
        TABLE.format(about=""),
        OWN + OWN + TABLE.format(about=""),
        TABLE.format(about=' data-excel="all"'),
        '<a href="/report.pdf">Скачать</a>' + REPORT,
    ],
)
def test_a_table_without_a_file_or_with_two_is_named(html: str) -> None:
    assert len(tables_without_a_file(html)) == 1
