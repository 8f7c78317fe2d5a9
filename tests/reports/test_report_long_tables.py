"""A long table begins under its heading and carries its caption to every page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from reports.outlines.entry_exit import entry_exit_outline
from reports.render.pdf import LONG_FROM, pdf
from reports.wording.words import Words
from tests.reports.report_samples import entry_exit_report


def pages(people: int, words: Words, templates: Path) -> list[str]:
    report = entry_exit_report()
    named = tuple(
        replace(report.people[0], full_name=f"Соколова Анна {number:03}") for number in range(people)
    )
    data = pdf(entry_exit_outline(replace(report, people=named), words), words, templates)
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(data)).pages]


def test_the_first_people_stand_on_the_page_of_their_heading(words: Words, templates: Path) -> None:
    found = next(page for page in pages(2 * LONG_FROM, words, templates) if "Только для внутреннего" in page)
    assert "Кому нужна поддержка" in found
    assert "000" in found


def test_every_page_of_the_list_repeats_caption_and_head(words: Words, templates: Path) -> None:
    listed = [page for page in pages(2 * LONG_FROM, words, templates) if "уровень дефицита)" in page]
    assert len(listed) > 1
    for page in listed:
        assert "— Кому нужна поддержка" in page
        assert "Что показали этапы" in page


def test_a_short_list_keeps_its_caption_once(words: Words, templates: Path) -> None:
    text = "".join(pages(3, words, templates))
    assert text.count("— Кому нужна поддержка") == 1
