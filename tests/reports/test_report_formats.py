"""One contents object, many formats: the same numbers, the same bytes."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from report_samples import access_sheet, entry_exit_report, person_report, route_plan

from reports.charts.change_plot import change_plot, change_plot_phone
from reports.contents.common import Interval
from reports.contents.entry_exit import EntryExitReport
from reports.outlines.entry_exit import entry_exit_outline
from reports.outlines.person import person_outline
from reports.outlines.route import route_outline
from reports.render.csv import csv
from reports.render.docx import docx
from reports.render.html import data_table, figure
from reports.render.pdf import pdf
from reports.render.slips import slips_pdf
from reports.render.xlsx import xlsx
from reports.tabulate.entry_exit import change_table, tables
from reports.tabulate.slips import cards_table
from reports.wording.slips import message
from reports.wording.words import Words

OUTLINES = {
    "person": lambda words: person_outline(person_report(), words),
    "route": lambda words: route_outline(route_plan(), words),
    "entry_exit": lambda words: entry_exit_outline(entry_exit_report(), words),
}
every_document = pytest.mark.parametrize("name", OUTLINES)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pdf_text(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def workbook(words: Words, report: EntryExitReport | None = None) -> bytes:
    report = report or entry_exit_report()
    return xlsx(
        tables(report, words), words, title="Отчёт", about=("Строка",), stamp=report.heading.formed_at
    )


@every_document
def test_every_cell_of_every_table_reaches_pdf(name: str, words: Words, templates: Path) -> None:
    outline = OUTLINES[name](words)
    printed = pdf_text(pdf(outline, words, templates))
    missing = [
        text
        for table in outline.tables
        for row in table.texts(words)
        for text in row
        if squeezed(text) not in printed
    ]
    assert missing == []


@every_document
def test_tables_of_word_equal_the_contents_cell_by_cell(name: str, words: Words) -> None:
    outline = OUTLINES[name](words)
    document = Document(io.BytesIO(docx(outline, words)))
    grids = [table for table in document.tables if table.style.name == "Table Grid"]
    read = [[tuple(cell.text for cell in row.cells) for row in grid.rows] for grid in grids]
    wanted = [
        [tuple(column.title for column in table.columns), *table.texts(words)] for table in outline.tables
    ]
    assert read == wanted


def test_numbers_of_a_spreadsheet_are_numbers_with_the_digits_shown(words: Words) -> None:
    sheet = load_workbook(io.BytesIO(workbook(words)))["Таблица 2"]
    head, first = ([cell.value for cell in row] for row in list(sheet.rows)[:2])
    assert head == [
        "Блок",
        "Пар",
        "Вход",
        "Выход",
        "Изменение",
        "Интервал 95\u00a0%, от",
        "Интервал 95\u00a0%, до",
        "Вывод",
    ]
    assert first == ["Формирующее оценивание", 20, 56.6, 71.1, 14.5, 5.6, 23.5, "выросло"]


def test_a_spreadsheet_knows_no_more_digits_than_the_paper(words: Words) -> None:
    report = entry_exit_report()
    exact = replace(report.blocks[2], entry=56.5963, change=14.54999, interval=Interval(5.64, 23.46))
    sheet = load_workbook(io.BytesIO(workbook(words, replace(report, blocks=(exact,)))))["Таблица 2"]
    values = [cell.value for cell in list(sheet.rows)[1]][2:7]
    assert values == [56.6, 71.1, 14.5, 5.6, 23.5]


def test_page_figure_shows_the_numbers_of_the_table(words: Words, templates: Path) -> None:
    report = entry_exit_report()
    html = figure(
        change_plot(report, words, ident="d"), words, templates,
        narrow=change_plot_phone(report, words, ident="e"), foot="20 пар", reading="Так", download="/x.xlsx",
    )  # fmt: skip
    for row in change_table(report, words).texts(words)[:-1]:
        assert f'<td class="number" data-label="Изменение">{row[4]}</td>' in html
        assert html.count(f">{row[4]}</text>") == 2
    assert "style=" not in html
    assert html.count('href="/x.xlsx"') == 1


def test_csv_carries_the_same_digits_with_a_decimal_comma(words: Words) -> None:
    lines = csv(change_table(entry_exit_report(), words), words).decode("utf-8-sig").splitlines()
    assert lines[1] == "Формирующее оценивание;20;56,6;71,1;14,5;5,6;23,5;выросло"
    assert lines[-2] == "Планирование урока;20;75,3;72,1;-3,2;-12,8;6,3;в пределах погрешности"


@every_document
def test_the_same_contents_give_the_same_bytes(name: str, words: Words, templates: Path) -> None:
    assert pdf(OUTLINES[name](words), words, templates) == pdf(OUTLINES[name](words), words, templates)
    assert docx(OUTLINES[name](words), words) == docx(OUTLINES[name](words), words)


def test_the_same_tables_give_the_same_spreadsheet(words: Words) -> None:
    assert workbook(words) == workbook(words)


@every_document
def test_pages_are_numbered_and_the_document_stays_short(name: str, words: Words, templates: Path) -> None:
    reader = PdfReader(io.BytesIO(pdf(OUTLINES[name](words), words, templates)))
    total = len(reader.pages)
    assert total <= {"person": 2, "route": 2, "entry_exit": 7}[name]
    for number, page in enumerate(reader.pages, 1):
        assert f"Страница{number}из{total}" in squeezed(page.extract_text())


@every_document
def test_no_sign_is_lost_and_pt_sans_is_embedded(
    name: str, words: Words, templates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        data = pdf(OUTLINES[name](words), words, templates)
    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(io.BytesIO(data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert [record.getMessage() for record in caplog.records] == []
    assert {font.strip("/").split("+")[-1] for font in fonts} <= {
        "PTSans-Regular",
        "PTSans-Bold",
        "Helvetica",
    }


def test_the_report_opens_with_the_approval_and_numbers_tables_and_figures(
    words: Words, templates: Path
) -> None:
    printed = pdf_text(pdf(OUTLINES["entry_exit"](words), words, templates))
    assert printed.index("УТВЕРЖДАЮ") < printed.index("ОТЧЁТ")
    for caption in ("Таблица1—Среднийрезультат", "Рисунок1—Среднийрезультат", "Таблица8—", "Рисунок4—"):
        assert caption in printed
    assert "Кодпроверки7K4P-20M8" in printed


def test_a_long_table_repeats_its_head_on_every_page(words: Words, templates: Path) -> None:
    report = entry_exit_report()
    items = tuple(replace(report.common_items[0], title=f"Задание {n}") for n in range(120))
    outline = entry_exit_outline(replace(report, common_items=items), words)
    reader = PdfReader(io.BytesIO(pdf(outline, words, templates)))
    pages = [
        text for page in reader.pages if "Вопрос" not in (text := page.extract_text()) and "Задание 5" in text
    ]
    assert pages
    assert all("В сравнении" in page for page in pages)


def test_word_repeats_table_heads_and_counts_pages_itself(words: Words) -> None:
    document = Document(io.BytesIO(docx(OUTLINES["entry_exit"](words), words)))
    grids = [table for table in document.tables if table.style.name == "Table Grid"]
    assert all("w:tblHeader" in grid.rows[0]._tr.xml for grid in grids)
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot


def test_word_has_the_margins_of_the_standard_and_real_headings(words: Words) -> None:
    document = Document(io.BytesIO(docx(OUTLINES["entry_exit"](words), words)))
    section = document.sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [20, 10, 20, 20]
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[:2] == ["1 Главное", "2 Кто участвовал"]


def test_the_route_has_three_signatures_and_the_columns_of_the_form(words: Words, templates: Path) -> None:
    printed = pdf_text(pdf(OUTLINES["route"](words), words, templates))
    for title in (
        "Профессиональныйдефицит",
        "Образовательнаязадача",
        "Форма",
        "Сроки",
        "Часы",
        "Отметкаовыполнении",
    ):
        assert title in printed
    assert (
        printed.index("Педагог") < printed.index("ТьюторМ.") if "ТьюторМ." in printed else "Тьютор" in printed
    )
    assert "Руководительобразовательнойорганизации" in printed


def test_cards_are_printed_eight_to_a_page(words: Words, templates: Path) -> None:
    reader = PdfReader(io.BytesIO(slips_pdf(access_sheet(17), words, templates)))
    texts = [page.extract_text() for page in reader.pages]
    assert [text.count("Ваш код") for text in texts] == [8, 8, 1]
    assert all(f"K7M{n}-4QX{n}" in texts[n // 8] for n in range(17))


def test_cards_exist_as_a_table_and_as_a_message(words: Words) -> None:
    sheet = access_sheet(2)
    assert [row[3] for row in cards_table(sheet, words).rows] == ["K7M0-4QX0", "K7M1-4QX1"]
    assert message(sheet, 0, words).endswith(sheet.cards[0].link)


def test_a_data_table_marks_row_heads_and_the_total(words: Words, templates: Path) -> None:
    from reports.tabulate.entry_exit import flow_table

    html = data_table(flow_table(entry_exit_report(), words), words, templates)
    assert html.count('scope="row"') == 4
    assert html.count("table__total") == 1


def test_the_whole_work_is_the_last_row_and_bold(words: Words) -> None:
    table = change_table(entry_exit_report(), words)
    assert table.texts(words)[-1][:5] == ("Вся работа", "20", "66,2", "72,0", "+5,8")
    assert table.strong == {len(table.rows) - 1}
