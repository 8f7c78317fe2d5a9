"""Names and texts that try to run, fetch, or break the page."""

from __future__ import annotations

import csv as standard
import io
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from pypdf import PdfReader
from report_samples import HEADING, entry_exit_report, person_report

from reports.outlines.entry_exit import entry_exit_outline
from reports.outlines.person import person_outline
from reports.render import bounded
from reports.render.csv import csv, guard, unguard
from reports.render.docx import docx
from reports.render.html import data_table
from reports.render.pdf import MOST_ROWS, TooLargeError, pdf
from reports.render.printable import breakable, cell_safe, printable
from reports.render.xlsx import xlsx
from reports.tables import Column, Table
from reports.wording.words import Words

FORMULAS = ("=1+1", "+7 900 000-00-00", "-2", "@x", "\t=1", "\r=1", "＝1", '"=1', " =1", "'=1")


def sheet_of(texts: list[str], words: Words) -> tuple[Table, bytes]:
    table = Table("т", (Column("ФИО"), Column("Школа")), tuple((text, "школа") for text in texts))
    return table, xlsx((table,), words, title="=1+1", about=("=2",), stamp=HEADING.formed_at)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_name_is_literal_text_in_a_spreadsheet(text: str, words: Words) -> None:
    book = load_workbook(io.BytesIO(sheet_of([text], words)[1]))
    cell = book["Таблица 1"]["A2"]
    assert cell.data_type == "s"
    assert unescape(cell.value) == text
    assert all(cell.data_type != "f" for sheet in book for row in sheet.rows for cell in row)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_name_is_guarded_in_csv_and_comes_back_whole(text: str, words: Words) -> None:
    table, _ = sheet_of([text], words)
    data = csv(table, words).decode("utf-8-sig")
    assert f"'{text}" == guard(text)
    rows = list(standard.reader(io.StringIO(data, newline=""), delimiter=";"))
    assert rows[1][0] == guard(text)
    assert unguard(guard(text)) == text
    assert text.strip() in guard(text)


@given(st.text(max_size=20))
def test_the_guard_never_changes_what_an_import_reads(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(alphabet="=+-@＝＋－＠ \"'\t\r\nA1", min_size=1, max_size=6))
def test_no_guarded_cell_can_start_a_formula(text: str) -> None:
    assert guard(text)[0] not in "=+-@＝＋－＠\t\r\n"


class Trap(BaseHTTPRequestHandler):
    hits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def trap() -> Iterator[str]:
    Trap.hits = []
    server = HTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def probes(address: str) -> tuple[str, ...]:
    return (
        f'<img src="{address}/img">',
        '<img src="http://169.254.169.254/latest">',
        '<img src="file:///etc/hostname">',
        f'<link rel="stylesheet" href="{address}/css">',
        f"<style>@import url({address}/import); @font-face {{ font-family: x; src: url({address}/font) }}</style>",
        f'<p style="background: url({address}/bg)">',
        f'<svg><image href="{address}/svg"/></svg>',
        '<pdf:include src="/etc/hostname">',
        "{{ 7 * 7 }}{% include '/etc/hostname' %}",
        '"]]><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>&e;',
    )


def test_markup_in_texts_fetches_nothing_and_is_printed_as_text(
    trap: str, words: Words, templates: Path
) -> None:
    rogue = " ".join(probes(trap))
    report = person_report()
    blocks = (replace(report.blocks[0], title=rogue), *report.blocks[1:])
    outline = person_outline(replace(report, full_name=rogue, school=rogue, blocks=blocks), words)
    data = pdf(outline, words, templates)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    hostname = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    assert Trap.hits == []
    assert "<img" in printed
    assert "7 * 7" in printed
    assert not hostname or hostname not in printed


def test_an_address_that_reaches_the_engine_itself_is_refused(
    trap: str, templates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from reports.render.engine import convert

    page = "<p>текст</p>" + "".join(probe for probe in probes(trap) if "pdf:" not in probe)
    with caplog.at_level(logging.WARNING):
        data = convert(page, 120)
    assert data.startswith(b"%PDF")
    assert Trap.hits == []
    assert caplog.records


def test_a_hundred_thousand_rows_are_refused_by_name(words: Words, templates: Path) -> None:
    report = entry_exit_report()
    items = (report.common_items[0],) * 100_000
    with pytest.raises(TooLargeError) as failure:
        pdf(entry_exit_outline(replace(report, common_items=items), words), words, templates)
    assert failure.value.code == "document_too_large"
    assert failure.value.rows > MOST_ROWS


def test_a_word_of_ten_thousand_letters_is_broken_inside_its_cell(words: Words, templates: Path) -> None:
    report = entry_exit_report()
    people = (replace(report.people[0], full_name="Щ" * 10_000),)
    data = pdf(entry_exit_outline(replace(report, people=people), words), words, templates)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert printed.count("Щ") == 2 * 10_000  # a line of words, and one of conclusions


def test_breaking_keeps_every_letter() -> None:
    assert breakable("Ъ" * 500, 60, 9).replace(" ", "") == "Ъ" * 500
    assert breakable("короткое слово", 200, 9) == "короткое слово"
    assert breakable("Константинопольская-Рождественская", 120, 11) == "Константинопольская- Рождественская"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ёжиков Ъ «кавычки» — № ≥ ≤ −1", "Ёжиков Ъ «кавычки» — № ≥ ≤ −1"),
        ("Анна 😀", "Анна ?"),
        ("שלום", "????"),
        ("и\u0306", "й"),
        ("a\u200bb\u00adc", "abc"),
        ("1\u202f000", "1\u00a0000"),
    ],
)
def test_signs_without_a_glyph_never_become_boxes(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_controls_do_not_break_office_files(words: Words, templates: Path) -> None:
    report = replace(person_report(), full_name="А\x00Б\x0bВ")
    assert docx(person_outline(report, words), words)
    assert cell_safe("А\x00Б\x0bВ\n") == "АБВ\n"


def test_markup_is_escaped_on_pages(words: Words, templates: Path) -> None:
    table = Table("<b>", (Column("<i>"),), (("<script>",),), note="<u>")
    html = data_table(table, words, templates)
    assert not any(tag in html for tag in ("<b>", "<i>", "<script>", "<u>"))


def test_a_document_the_engine_cannot_set_in_time_is_too_large(
    words: Words, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "PROCESSOR_SECONDS", 0.01)

    with pytest.raises(TooLargeError):
        pdf(person_outline(person_report(), words), words, templates)
