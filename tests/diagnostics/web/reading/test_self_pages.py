"""A self-assessment of a teacher: a page of its own, and beside the test of the same blocks; never one number."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import pypdf
import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.findings import actions, queries
from diagnostics.people.models import Person, Role
from diagnostics.reporting.selfview import beside, counterpart
from tests.support import diagnosis, make, sitting
from tests.support.sign_in import sign_in

HIGHER, STRICTER = "оцениваете себя выше, чем показал тест", "оцениваете себя строже, чем показал тест"


@dataclass
class Two:
    """One teacher with a test and a self-assessment; the tutor of the test runs nothing of the other."""

    teacher: Person
    tutor: Person
    test: str
    own: str
    scene: diagnosis.Scene


@pytest.fixture
def two(in_app: Flask) -> Two:
    """METH wholly solved and rated low, EVAL not solved and rated high, PSYP solved and rated high."""
    with clock.frozen(diagnosis.TODAY):
        scene = diagnosis.scene()
        teacher = make.person(at=scene.school)
        make.account(teacher)
        tutor = make.staff(Role.TUTOR, scene.institute, "Громов Илья Петрович")
        tested = _opened(scene.campaign_id, scene.entry, teacher, tutor)
        own_campaign = _self_campaign(scene)
        own_wave = campaigns.add_wave(own_campaign, WaveKind.ENTRY, *diagnosis.ENTRY, scene.trainer.id)
        campaigns.assign(own_wave.id, *_work("self.teacher"), "A", actor_id=scene.trainer.id)
        rated = _opened(own_campaign, own_wave.id, teacher, None)
        found = Two(teacher, tutor, _test(tested), _own(rated), scene)
        session.commit()
        return found


def _self_campaign(scene: diagnosis.Scene, framework_code: str = "dpo", preset: str = "levels3") -> str:
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, framework_code)
    assert framework is not None
    return campaigns.create_campaign(
        title="Самооценка педагога",
        node_id=scene.institute.id,
        owner_id=scene.trainer.id,
        framework_id=framework.id,
        method_id=catalogue.published(VersionKind.METHOD)[0].id,
        preset=preset,
        actor_id=scene.trainer.id,
    ).id


def _work(code: str) -> tuple[str, str]:
    asked = catalogue.latest_published(VersionKind.INSTRUMENT, code)
    assert asked is not None
    scored = catalogue.scoring_of(asked.id)
    assert scored is not None
    return asked.id, scored.id


def _opened(campaign_id: str, wave_id: str, teacher: Person, tutor: Person | None) -> str:
    from diagnostics.campaigns.models import Campaign, Seat

    campaign = session.get_one(Campaign, campaign_id)
    if tutor is not None:
        campaign.tutor_id = tutor.id
        campaign.visibility = {**campaign.visibility, "levels_to_tutor": True}
    campaigns.seat_people(wave_id, [teacher.id], campaign.owner_id)
    campaigns.open_wave(wave_id, campaign.owner_id)
    return session.query(Seat).filter_by(wave_id=wave_id).one().id


def _test(seat_id: str) -> str:
    asked, scored = _work("test.method")
    keys = catalogue.scoring(scored).items
    solved = [
        code for code, key in keys.items() if not any(node.startswith("EVAL") for node in key.competences)
    ]
    sent = sitting.sit(seat_id, sitting.answers(asked, scored, "A", solved))
    return actions.score(sent).id


def _own(seat_id: str) -> str:
    asked, _ = _work("self.teacher")
    items = catalogue.instrument(asked).form_items("A")
    lowest = {item.code: item.scale[0].value for item in items if item.type == "likert"}
    highest = {item.code: item.scale[-1].value for item in items if item.type == "likert"}
    marks = {code: lowest[code] if code.startswith("METH") else value for code, value in highest.items()}
    del marks["FLIT01"], marks["FLIT02"]
    return actions.score(sitting.sit(seat_id, marks)).id


def enter(client: FlaskClient, person_id: str) -> None:
    for name in ("actor", "_login_user"):
        g.pop(name, None)
    sign_in(client, person_id)


def get(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_a_self_assessment_has_indices_but_no_level_no_probability_and_no_conclusion(two: Two) -> None:
    found = queries.finding(two.own)
    assert queries.is_opinion(found)
    assert not queries.is_opinion(queries.finding(two.test))
    lines = {one.competence: one for one in found.blocks}
    assert (lines["METH"].percent, lines["EVAL"].percent) == (0, 100)
    assert {one.level for one in found.blocks} == {None}
    assert lines["FLIT"].percent is None  # one of three statements answered
    assert {one.p_deficit for one in found.blocks} == {None}
    assert {one.conclusion.value for one in found.blocks} == {"no_conclusion"}


def test_the_two_are_compared_block_by_block_and_never_averaged(two: Two) -> None:
    own, test = queries.finding(two.own), queries.finding(two.test)
    lines = {one.code: one for one in beside(own, test, "ru").lines}
    assert (lines["METH"].own, lines["METH"].test, lines["METH"].word.value) == (0, 100, "stricter")
    assert (lines["EVAL"].own, lines["EVAL"].test, lines["EVAL"].word.value) == (100, 0, "higher")
    assert lines["PSYP"].word.value == "alike"
    assert lines["COMM"].word.value == "no_test"
    assert (lines["FLIT"].own, lines["FLIT"].answered, lines["FLIT"].n_items) == (None, 1, 3)
    found = counterpart(test)
    assert found is not None
    assert found.id == two.own


def test_the_page_of_a_self_assessment_names_no_deficit(client: FlaskClient, two: Two) -> None:
    enter(client, two.teacher.id)
    page = get(client, f"/me/results/{two.own}")
    for said in (
        HIGHER,
        STRICTER,
        "Ваша самооценка на",
        "не усредняются",
        "мало ответов",
        "Открыть результат теста",
    ):
        assert said in page, said
    for promised in ("Собрать маршрут", "заданий мало", "уровень профессиональных дефицитов"):
        assert promised not in page, promised


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_no_file_of_a_self_assessment_says_an_official_level(
    client: FlaskClient, two: Two, kind: str
) -> None:
    enter(client, two.teacher.id)
    content = client.get(f"/me/results/{two.own}/profile.{kind}").data
    if kind == "pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    else:
        parts = zipfile.ZipFile(BytesIO(content))
        text = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "Самооценка" in text
    assert "уровень" not in text.lower()


def test_the_page_and_the_files_of_the_test_show_both(client: FlaskClient, two: Two) -> None:
    enter(client, two.teacher.id)
    page = get(client, f"/me/results/{two.test}")
    assert HIGHER in page.lower()
    assert STRICTER in page.lower()
    book = openpyxl.load_workbook(BytesIO(client.get(f"/me/results/{two.test}/profile.xlsx").data))
    cells = [cell for sheet in book for row in sheet.values for cell in row if cell]
    assert HIGHER in cells
    assert STRICTER in cells
    for kind in ("pdf", "docx", "xlsx"):
        assert client.get(f"/me/results/{two.own}/profile.{kind}").status_code == 200


def test_a_tutor_who_may_see_the_test_only_sees_the_test_only(client: FlaskClient, two: Two) -> None:
    enter(client, two.tutor.id)
    page = get(client, f"/me/results/{two.test}")
    assert HIGHER not in page.lower()
    assert client.get(f"/me/results/{two.own}").status_code == 404
    book = openpyxl.load_workbook(BytesIO(client.get(f"/me/results/{two.test}/profile.xlsx").data))
    assert HIGHER not in [cell for sheet in book for row in sheet.values for cell in row if cell]


def test_no_route_is_proposed_from_an_opinion(client: FlaskClient, two: Two) -> None:
    enter(client, two.teacher.id)
    refused = client.post(f"/findings/{two.own}/route")
    assert refused.status_code == 422
    assert "показывает мнение, а не дефицит" in refused.text


def test_an_area_of_chosen_levels_has_its_level_and_an_opinion_has_none(in_app: Flask, two: Two) -> None:
    with clock.frozen(diagnosis.TODAY):
        scene = two.scene
        chosen = _self_campaign(scene, "digcompedu", "levels6")
        wave = campaigns.add_wave(chosen, WaveKind.ENTRY, *diagnosis.ENTRY, scene.trainer.id)
        campaigns.assign(wave.id, *_work("self.digcompedu"), "A", actor_id=scene.trainer.id)
        seat = _opened(chosen, wave.id, make.person(at=scene.school), None)
        levels = {"D11": "A2", "D12": "B1", "D13": "B1", "D14": "B2", "D21": "C2", "D22": "C2", "D23": "C2"}
        found = queries.finding(actions.score(sitting.sit(seat, levels)).id)
    told = {line.code: line.level for line in beside(found, None, "ru").lines}
    assert told == {"1": "B1 Интегратор", "2": "C2 Новатор", "3": "", "4": "", "5": "", "6": ""}
    assert {line.level for line in beside(queries.finding(two.own), None, "ru").lines} == {""}
