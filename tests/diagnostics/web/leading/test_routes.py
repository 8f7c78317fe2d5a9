"""State of the routes by name: what people were told the school would see, and nothing besides."""

from __future__ import annotations

import io

import openpyxl
import pytest

from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Assignment, Privacy
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.pathways.models import RouteState
from tests.diagnostics.web.leading.conftest import Place


def row_of(page: str, name: str) -> str:
    return page.split(f"{name} ")[1].split("</tr>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RouteState.DRAFT, "черновик"),
        (RouteState.SENT, "на согласовании"),
        (RouteState.RUNNING, "идёт: 2 из 5"),
        (RouteState.PAUSED, "приостановлен: 2 из 5"),
        (RouteState.COMPLETED, "завершён"),
        (RouteState.CANCELLED, "нет"),
    ],
)
def test_each_state_is_said_in_words(place: Place, state: RouteState, words: str) -> None:
    place.route("Абрамова", state, confirmed=2)
    row = row_of(place.client.get(f"{place.home}/routes").text, "Абрамова")
    assert words in row


def test_hours_dates_and_tutor_stand_beside(place: Place) -> None:
    place.route("Абрамова", RouteState.RUNNING, confirmed=2)
    row = row_of(place.client.get(f"{place.home}/routes").text, "Абрамова")
    assert "20" in row
    assert "22.11.2026 – 20.02.2027" in row
    assert "Белова Мария Игоревна" in row


def test_levels_and_contents_are_nowhere(place: Place) -> None:
    place.route("Абрамова", RouteState.RUNNING)
    for address in (f"{place.home}/routes", "/school", place.home):
        page = place.client.get(address).text
        for words in ("высокий", "METH", "Методическ", "дефицит", "Шаг<"):
            assert words not in page


@pytest.mark.parametrize(
    "told", [{"privacy": Privacy.CONFIDENTIAL}, {"visibility": {"levels_to_tutor": False}}]
)
def test_where_only_turnout_was_promised_routes_are_not_shown(place: Place, told: dict[str, object]) -> None:
    place.route("Абрамова", RouteState.RUNNING)
    for name, value in told.items():
        setattr(place.campaign(), name, value)
    session.commit()
    page = place.client.get(f"{place.home}/routes").text
    assert "Абрамова" not in page
    assert "школа увидит только явку: Работа с неуспевающими" in page
    assert "Абрамова" in place.client.get(place.turnout).text


def test_a_consent_taken_back_looks_like_no_route_yet(place: Place) -> None:
    actions.mark_submitted(place.seats["Белов"])
    place.route("Абрамова", RouteState.RUNNING, confirmed=2)
    place.consent("Абрамова", levels=False)
    place.withdraw("Абрамова")
    page = place.client.get(f"{place.home}/routes").text
    without = {name: row_of(page, name).split("</th>")[1] for name in ("Абрамова", "Белов")}
    assert without["Абрамова"] == without["Белов"]
    assert "отозва" not in page
    assert "причину система не называет" in page


def test_states_filter_and_go_to_excel(place: Place) -> None:
    place.route("Абрамова", RouteState.RUNNING, confirmed=2)
    page = place.client.get(f"{place.home}/routes?only=walked").text
    assert "Абрамова" in page
    assert "Белов Борис" not in page
    book = openpyxl.load_workbook(io.BytesIO(place.client.get(f"{place.home}/routes.xlsx?only=walked").data))
    row = [cell.value for cell in book.worksheets[1][2]]
    assert row[0] == "Абрамова Анна Петровна"
    assert row[4:7] == [5, 2, 20]


def test_the_home_counts_people_by_state(place: Place) -> None:
    place.route("Абрамова", RouteState.RUNNING)
    page = place.client.get("/school").text
    assert f"/schools/{place.school.id}/routes?only=walked" in page
    assert f"/schools/{place.school.id}/routes?only=none" in page


def test_a_self_assessment_of_teachers_promises_no_routes(place: Place) -> None:
    work = catalogue.latest_published(VersionKind.INSTRUMENT, "self.teacher")
    assert work is not None
    scored = catalogue.scoring_of(work.id)
    assert scored is not None
    assignment = session.query(Assignment).filter_by(wave_id=place.scene.entry).one()
    assignment.instrument_id, assignment.scoring_id = work.id, scored.id
    assignment.form = catalogue.instrument(work.id).forms[0].code
    session.commit()
    page = place.client.get(f"{place.home}/routes").text
    assert "Абрамова" not in page
    assert "Маршруты появятся после входной диагностики" in page
