"""A closed wave publishes its calibration once; a corrected key re-scores, logged, with the past readable."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.audit import queries as audit
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.queries import wave_of
from diagnostics.catalogue import actions as catalogue_actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.database import session
from diagnostics.findings import actions, queries
from diagnostics.findings.actions.score import CORRECTED
from diagnostics.findings.errors import NotReady
from diagnostics.jobs import queries as job_queries
from diagnostics.jobs.models import Job
from diagnostics.worker.run import run_job
from tests.diagnostics.findings.conftest import Town
from tests.support.jobs import run_due

ITEMS = [f"{block}0{number}" for block in "MEP" for number in range(1, 9)]


def answered(town: Town, people: int, seed: int = 7) -> None:
    """So many teachers of different ability have sent their work, all scored."""
    chance = random.Random(seed)
    seats = town.invite(people)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    for seat in seats:
        ability = chance.uniform(0.2, 0.9)
        actions.score(town.sit(seat, [item for item in ITEMS if chance.random() < ability]))


def test_thirty_people_give_priors_difficulties_and_reliability_and_end_the_provisional(town: Town) -> None:
    answered(town, 30)
    before = {view.seat_id: view for view in queries.of_wave(town.wave_id)}
    campaigns.close_wave(town.wave_id, town.trainer.id)
    made = actions.calibrate(town.wave_id, actor_id=town.trainer.id)
    assert made.persons == 30
    assert made.version_id is not None
    assert wave_of(town.wave_id)[1].calibration_id == made.version_id
    assert actions.again(town.wave_id).done == 30
    part = catalogue.calibration(made.version_id)["scorings"][town.scoring_id]
    assert {prior["kind"] for prior in part["priors"].values()} == {"empirical"}
    assert len(part["rasch"]["items"]) == 24
    assert 0 < part["reliability"]["A"]["alpha"] < 1
    assert part["reliability"]["A"]["sem"] > 0
    for view in queries.of_wave(town.wave_id):
        assert view.reason == "calibrated"
        assert not any(block.provisional for block in view.blocks)
        assert view.points == before[view.seat_id].points
        assert [b.level for b in view.blocks] == [b.level for b in before[view.seat_id].blocks]


def test_a_calibration_narrows_the_interval(town: Town) -> None:
    answered(town, 30)
    width = sum(b.high80 - b.low80 for v in queries.of_wave(town.wave_id) for b in v.blocks)  # type: ignore[operator]
    campaigns.close_wave(town.wave_id, None)
    actions.calibrate(town.wave_id)
    actions.again(town.wave_id)
    after = sum(b.high80 - b.low80 for v in queries.of_wave(town.wave_id) for b in v.blocks)  # type: ignore[operator]
    assert after < width


def test_twenty_nine_people_give_no_calibration_and_it_is_said(town: Town) -> None:
    answered(town, 29)
    campaigns.close_wave(town.wave_id, town.trainer.id)
    made = actions.calibrate(town.wave_id, actor_id=town.trainer.id)
    assert (made.version_id, made.persons, made.reason) == (None, 29, "too_few_persons")
    assert wave_of(town.wave_id)[1].calibration_id is None
    assert actions.again(town.wave_id).done == 0
    assert "too_few_persons 29" in {line.note for line in audit.lines(about=town.wave_id)}
    assert all(block.provisional for view in queries.of_wave(town.wave_id) for block in view.blocks)


def test_an_open_wave_is_not_calibrated(open_town: Town) -> None:
    with pytest.raises(NotReady) as refused:
        actions.calibrate(open_town.wave_id)
    assert refused.value.code == "wave_not_closed"


def test_calibrating_twice_changes_nothing(town: Town) -> None:
    answered(town, 30)
    campaigns.close_wave(town.wave_id, None)
    first = actions.calibrate(town.wave_id)
    actions.again(town.wave_id)
    second = actions.calibrate(town.wave_id)
    assert second.version_id == first.version_id
    assert actions.again(town.wave_id).done == 0
    assert len(queries.history_of_seat(next(iter(town.seats.values())))) == 2


def test_chunks_end_where_one_pass_ends(town: Town) -> None:
    answered(town, 30)
    campaigns.close_wave(town.wave_id, None)
    actions.calibrate(town.wave_id)
    steps = [actions.again(town.wave_id, limit=13) for _ in range(4)]
    assert [(step.done, step.left) for step in steps] == [(13, 17), (13, 4), (4, 0), (0, 0)]


def test_a_corrected_key_makes_new_findings_logged_and_keeps_the_old_ones(town: Town) -> None:
    answered(town, 3)
    before = {view.seat_id: view for view in queries.of_wave(town.wave_id)}
    corrected = _other_key(town, "M01", "a")
    assert actions.rescore(corrected, reason="ключ M01", actor_id=town.trainer.id) == [town.wave_id]
    step = actions.again(town.wave_id, reason=CORRECTED, actor_id=town.trainer.id)
    assert (step.done, step.left) == (3, 0)
    for view in queries.of_wave(town.wave_id):
        old = before[view.seat_id]
        assert view.scoring_id == corrected
        assert view.points == old.points - (old.items["M01"].points or 0)
        assert not queries.finding(old.id).is_current
    assert wave_of(town.wave_id)[1].assignments[0].scoring_id == corrected
    assert "wave.rescore" in {line.action for line in audit.lines(about=town.wave_id)}


def test_a_corrected_key_makes_the_calibration_anew(town: Town) -> None:
    answered(town, 30)
    campaigns.close_wave(town.wave_id, None)
    first = actions.calibrate(town.wave_id)
    actions.again(town.wave_id)
    corrected = _other_key(town, "M01", "a")
    actions.rescore(corrected, reason="ключ M01")
    actions.again(town.wave_id, reason=CORRECTED)
    second = wave_of(town.wave_id)[1].calibration_id
    assert second not in {None, first.version_id}
    assert {view.calibration_id for view in queries.of_wave(town.wave_id)} == {second}


def test_an_unpublished_scoring_corrects_nothing(town: Town) -> None:
    body = catalogue.scoring(town.scoring_id).model_dump(mode="json", by_alias=True)
    body["items"]["M01"]["key"] = "a"
    draft = catalogue_actions.store(
        kind=VersionKind.SCORING, code="test.method", body=body, about_id=town.instrument_id
    )
    with pytest.raises(NotReady):
        actions.rescore(draft.id, reason="")


def _other_key(town: Town, item: str, key: str) -> str:
    body = catalogue.scoring(town.scoring_id).model_dump(mode="json", by_alias=True)
    body["items"][item]["key"] = key
    version = catalogue_actions.store(
        kind=VersionKind.SCORING, code="test.method", body=body, about_id=town.instrument_id
    )
    catalogue_actions.move(version.id, LifeState.PUBLISHED, actor_id=None)
    return version.id


def test_jobs_score_a_sitting_and_calibrate_a_closed_wave(town: Town, app: Flask) -> None:
    seats = town.invite(30)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    chance = random.Random(1)
    for seat in seats:
        town.sit(seat, [item for item in ITEMS if chance.random() < 0.6])
    campaigns.close_wave(town.wave_id, town.trainer.id)
    session.commit()
    run_due(app)  # scores in the order they were asked for, then calibrates
    views = queries.of_wave(town.wave_id)
    assert len(views) == 30
    assert job_queries.counts() == {"done": 31}
    assert all(view.calibration_id for view in views)


def test_closing_scores_what_was_sent_a_moment_before(town: Town, app: Flask) -> None:
    seats = town.invite(30)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    chance = random.Random(2)
    for seat in seats:
        town.sit(seat, [item for item in ITEMS if chance.random() < 0.6])
    assert len(queries.unscored(town.wave_id)) == 30
    campaigns.close_wave(town.wave_id, town.trainer.id)
    calibration = session.scalars(sa.select(Job.id).where(Job.kind == "findings.calibrate")).one()
    session.commit()
    assert run_job(app, calibration)
    assert {view.reason for view in queries.of_wave(town.wave_id)} == {"calibrated"}
