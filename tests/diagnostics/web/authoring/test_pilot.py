"""The trial of a version and its calibrations, by their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session, set_reading
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as results
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import PEOPLE, Planted, planted
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def found(app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY), begun(app, "good keys", lambda: planted(PEOPLE, wrong_key=False)) as made:
        yield made


@pytest.fixture
def author(client: FlaskClient, found: Planted) -> FlaskClient:
    sign_in(client, found.methodologist_id)
    return client


@pytest.fixture
def version(found: Planted) -> str:
    return results.of_wave(found.wave_id)[0].instrument_id or ""


def test_the_pilot_says_how_many_works_came_and_what_they_allow(
    author: FlaskClient, found: Planted, version: str
) -> None:
    page = author.get(f"/instruments/{version}/pilot").text
    assert "не хватает" in page
    assert f"{PEOPLE} из {PEOPLE}" in page
    assert f"/waves/{found.wave_id}/turnout" in page
    assert "Времени пока нет" in page
    assert f"/diagnoses/new?work={version}" in page


def test_a_new_diagnosis_is_filled_in_for_the_version(author: FlaskClient, version: str) -> None:
    page = author.get(f"/diagnoses/new?work={version}").text
    assert re.search(rf'<option selected value="{version}"', page)


def test_a_stage_in_progress_has_no_calibration_and_says_why(
    author: FlaskClient, found: Planted, version: str
) -> None:
    page = author.get(f"/instruments/{version}/calibrations").text
    assert "Калибровок пока нет" in page
    assert "этап ещё идёт" in page
    answer = author.post(f"/waves/{found.wave_id}/calibration", follow_redirects=True)
    assert "Сбор ещё идёт" in answer.text


def test_a_methodologist_publishes_the_calibration_of_a_closed_trial(
    author: FlaskClient, found: Planted, version: str
) -> None:
    campaigns.close_wave(found.wave_id, found.trainer_id)
    session.commit()
    assert "Опубликовать калибровку" in author.get(f"/instruments/{version}/calibrations").text
    answer = author.post(f"/waves/{found.wave_id}/calibration", follow_redirects=True)
    assert "Считаем калибровку" in answer.text
    findings.calibrate(found.wave_id)
    findings.again(found.wave_id)
    page = author.get(f"/instruments/{version}/calibrations").text
    assert "модель Раша" in page
    assert f"{PEOPLE} результатов" in page
    assert "Сравнить пока не с чем" in page


def test_a_calibration_is_compared_with_another_one_of_its_version_only(
    author: FlaskClient, found: Planted, version: str
) -> None:
    set_reading(False)
    campaigns.close_wave(found.wave_id, found.trainer_id)
    made = findings.calibrate(found.wave_id).version_id
    session.commit()
    same = author.get(f"/instruments/calibrations/{made}..{made}")
    assert same.status_code == HTTPStatus.NOT_FOUND
    other = author.get(f"/instruments/calibrations/{made}..{version}")
    assert other.status_code == HTTPStatus.NOT_FOUND


def test_a_trainer_has_no_door_to_it(client: FlaskClient, found: Planted, version: str) -> None:
    sign_in(client, found.trainer_id)
    for page in ("pilot", "calibrations"):
        assert client.get(f"/instruments/{version}/{page}").status_code == HTTPStatus.FORBIDDEN
