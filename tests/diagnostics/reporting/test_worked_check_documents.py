"""The worked check of the field through the whole chain: rows → job → PDF, DOCX, XLSX, and the page."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session
from diagnostics.files import queries as files
from diagnostics.jobs import actions as jobs
from diagnostics.people.models import Role
from diagnostics.releases import queries as releases
from diagnostics.releases.models import Audience
from diagnostics.reporting.entry_exit import MOST_NAMED, on_paper
from reports.wording.words import Words
from tests.reports import report_samples
from tests.support import make, results
from tests.support.jobs import run_due
from tests.support.sign_in import sign_in

CHANGE = ("Методические компетенции", "4", "56,3", "61,3", "+5,0", "мало данных")


@dataclass(frozen=True)
class Check:
    campaign_id: str
    trainer_id: str


@pytest.fixture
def check(in_app: Flask) -> Check:
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, place)
    campaign = results.diagnosis(trainer, place)
    results.outside(campaign)
    people = make.people(4, school)
    for kind, points in ((WaveKind.ENTRY, (40, 55, 70, 60)), (WaveKind.EXIT, (60, 65, 70, 50))):
        wave = results.seat(campaign, kind, people)
        results.block_points(
            wave, {one: {"METH": (got, 100)} for one, got in zip(people, points, strict=True)}
        )
    session.commit()
    return Check(campaign.id, trainer.id)


def document(app: Flask, check: Check, kind: str) -> bytes:
    """Order the exact report and take its bytes, as the worker stored them."""
    jobs.enqueue(
        "reporting.entry_exit",
        check.campaign_id,
        asker_id=check.trainer_id,
        parameters={"audience": "own", "format": kind},
    )
    session.commit()
    assert run_due(app) == 1
    stored = files.of_owner(check.trainer_id, purpose="report")
    return files.bytes_path(app.extensions["orientir"].files_dir, stored[0].id).read_bytes()


def test_the_spreadsheet_holds_the_numbers_of_the_check(in_app: Flask, check: Check) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(document(in_app, check, "xlsx")))
    rows = [
        row
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if row[0] == "Методические компетенции"
    ]
    change, effect, deficits = rows
    assert change[1:5] == (4, 56.3, 61.3, 5)
    assert change[-1] == "мало данных"
    assert effect[4:8] == (0.11, 2, 1, 1)  # gain of the means, improved, same, worse
    assert deficits[1:] == (2, 2, 0, 1, 1)


def test_the_word_document_holds_the_numbers_of_the_check(in_app: Flask, check: Check) -> None:
    from docx import Document

    found = Document(io.BytesIO(document(in_app, check, "docx")))
    rows = [tuple(cell.text for cell in row.cells) for table in found.tables for row in table.rows]
    assert ("Методические компетенции", "4", "56,3", "61,3", "+5,0", "–", "мало данных") in rows
    assert ("Методические компетенции", "2", "2", "0", "1", "1") in rows


def test_the_pdf_holds_the_numbers_and_the_check_code_of_its_release(in_app: Flask, check: Check) -> None:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(document(in_app, check, "pdf"))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    release = releases.latest(check.campaign_id, "entry_exit", Audience.OWN)
    assert release is not None
    assert f"Код проверки {release.check_code}" in text
    for words in CHANGE:
        assert words in text
    assert "Пар мало" in text
    assert "УТВЕРЖДАЮ" in text


def test_the_page_holds_the_numbers_of_the_check(in_app: Flask, check: Check, client: FlaskClient) -> None:
    sign_in(client, check.trainer_id)
    text = client.get(f"/diagnoses/{check.campaign_id}/growth").get_data(as_text=True)
    for words in CHANGE[1:]:
        assert words in text
    assert "Дефицитов снято: 2, появилось новых: 1" in text
    assert "Погрешность внешнего теста неизвестна" in text


def test_the_same_results_make_the_same_bytes(in_app: Flask, check: Check) -> None:
    assert document(in_app, check, "xlsx") == document(in_app, check, "xlsx")


def test_a_release_holds_no_name_and_no_line_of_a_person(in_app: Flask, check: Check) -> None:
    document(in_app, check, "xlsx")
    release = releases.latest(check.campaign_id, "entry_exit", Audience.OWN)
    assert release is not None
    assert "Учитель" not in str(release.body)
    assert all(block["paths"] == [] for block in release.body["blocks"])


def test_four_people_make_no_upward_document(in_app: Flask, check: Check) -> None:
    job = jobs.enqueue(
        "reporting.entry_exit",
        check.campaign_id,
        asker_id=check.trainer_id,
        parameters={"audience": "upward", "format": "pdf"},
    )
    session.commit()
    run_due(in_app)
    session.refresh(job)
    assert (job.state.value, job.error) == ("failed", "group_too_small")


def test_a_list_too_long_for_paper_is_left_to_the_spreadsheet_and_said_so() -> None:
    report = report_samples.entry_exit_report()
    long = replace(report, people=report.people * (MOST_NAMED + 1))
    printed = on_paper(long, Words())
    assert printed.people == ()
    assert "в Excel" in printed.recommendations[-1]
    assert on_paper(report, Words()) == report
