"""Явка by name: exact, without levels, and with the reason why there are none."""

from __future__ import annotations

import io
from http import HTTPStatus

import openpyxl
import pytest

from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Privacy
from diagnostics.database import session
from tests.diagnostics.web.leading.conftest import Place
from tests.support import make


def test_states_are_exact_and_by_name(place: Place) -> None:
    page = place.client.get(place.turnout).text
    assert "Прошли 1 из 4." in page
    assert "Ещё 1 начали." in page
    for name in ("Абрамова Анна Петровна", "Белов Борис Ильич", "Дорохов Глеб Олегович"):
        assert name in page


@pytest.mark.parametrize(
    ("only", "there", "not_there"),
    [
        ("unfinished", "Белов", "Абрамова Анна"),
        ("finished", "Абрамова Анна", "Белов"),
        ("whatever", "Белов", "никого"),
    ],
)
def test_the_filter_shows_who_has_not_come(place: Place, only: str, there: str, not_there: str) -> None:
    page = place.client.get(f"{place.turnout}?only={only}").text
    assert there in page
    assert not_there not in page


def test_excel_holds_the_filtered_rows(place: Place) -> None:
    book = openpyxl.load_workbook(io.BytesIO(place.client.get(f"{place.turnout}.xlsx?only=unfinished").data))
    names = [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert names[:3] == ["Белов Борис Ильич", "Дорохов Глеб Олегович", "Серёгина Вера Львовна"]


def test_the_reminder_can_go_to_a_chat(place: Place) -> None:
    page = place.client.get(place.turnout).text
    text = page.split('id="chat"')[1].split("</textarea>")[0]
    assert "до 30\u00a0ноября" in text
    assert "Белов" not in text
    assert "http" not in text


def test_eighty_teachers_are_paged_and_found_by_name(place: Place) -> None:
    actions.seat_people(place.scene.entry, make.people(76, place.school), None)
    session.commit()
    first = place.client.get(place.turnout).text
    assert "1–40 из 80" in first
    assert "Учитель7 " not in first
    found = place.client.get(f"{place.turnout}?q=серегина").text
    assert "Серёгина Вера Львовна" in found
    assert "Белов" not in found
    assert "41–80 из 80" in place.client.get(f"{place.turnout}?page=2").text
    assert "41–80 из 80" in place.client.get(f"{place.turnout}?page=900").text
    assert "1–40 из 80" in place.client.get(f"{place.turnout}?page=-1").text
    assert "Никого не нашли" in place.client.get(f"{place.turnout}?q=Эйнштейн").text
    assert place.client.get(f"{place.turnout}?q={'я' * 300}").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("privacy", "visibility", "why"),
    [
        (Privacy.NAMED, {}, "Уровни видит только учитель и тьютор: так сказано участникам до начала"),
        (Privacy.NAMED, {"levels_to_tutor": False}, "Результат видит только сам учитель"),
        (Privacy.CONFIDENTIAL, {}, "Результат видит только сам учитель"),
        (Privacy.NAMED, {"levels_to_school": True}, "открыт школе только там, где учитель отдельно отметил"),
    ],
)
def test_the_page_says_why_there_are_no_levels(
    place: Place, privacy: Privacy, visibility: dict[str, bool], why: str
) -> None:
    campaign = place.campaign()
    campaign.privacy, campaign.visibility = privacy, campaign.visibility | visibility
    session.commit()
    page = place.client.get(place.turnout).text
    assert why in page
    assert "уровень профессиональных" not in page
    assert "/results/" not in page


def test_a_result_opens_only_for_who_ticked_the_box(place: Place) -> None:
    campaign = place.campaign()
    campaign.visibility = campaign.visibility | {"levels_to_school": True}
    actions.mark_submitted(place.seats["Белов"])
    place.consent("Абрамова", levels=True)
    place.consent("Белов", levels=False)
    page = place.client.get(place.turnout).text
    assert f"/me/results/of/{place.seats['Абрамова']}" in page
    assert place.seats["Белов"] not in page


def test_a_consent_taken_back_looks_like_a_box_never_ticked(place: Place) -> None:
    campaign = place.campaign()
    campaign.visibility = campaign.visibility | {"levels_to_school": True}
    actions.mark_submitted(place.seats["Белов"])
    actions.mark_submitted(place.seats["Дорохов"])
    for surname, levels in (("Абрамова", True), ("Белов", True), ("Дорохов", False)):
        place.consent(surname, levels=levels)
    place.withdraw("Белов")
    page = place.client.get(place.turnout).text
    assert "отозва" not in page
    rows = {name: page.split(f"{name} ")[1].split("</tr>")[0] for name in ("Белов", "Дорохов")}
    tails = {name: row.split("математика", 1)[1] for name, row in rows.items()}
    assert tails["Белов"] == tails["Дорохов"]
    assert place.client.get(f"/me/results/of/{place.seats['Белов']}").status_code == HTTPStatus.NOT_FOUND
