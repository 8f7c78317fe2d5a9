"""The demo: made whole, in the past, through ordinary actions; what is planted in it is found from answers alone."""

from __future__ import annotations

import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.app import create_app
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import queries as campaigns
from diagnostics.campaigns.models import CampaignState, Seat, SeatState, WaveKind, WaveState
from diagnostics.campaigns.queries.overview import CampaignView
from diagnostics.campaigns.queries.seats import seats_of_person
from diagnostics.campaigns.queries.self_assessments import self_assessments
from diagnostics.catalogue import actions as catalogue
from diagnostics.cohorts import items
from diagnostics.database import db, read_only, session, writing
from diagnostics.files import queries as files
from diagnostics.findings import actions as rescoring
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.improvement.queries.openings import opened_in
from diagnostics.jobs import queries as jobs
from diagnostics.jobs import transport
from diagnostics.pathways.models import Route, RouteState, StepEvidence
from diagnostics.people.models import Consent, NodeKind, OrgNode, Person, Role
from diagnostics.releases import queries as releases
from diagnostics.releases.models import Audience
from diagnostics.sittings.models import Sitting
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo import NotEmpty, Size, build, trial
from diagnostics.upkeep.demo.truths import truths
from diagnostics.upkeep.demo.visitors import PLAYED, Visitor, holding, visitors
from diagnostics.upkeep.verifying import verify
from instruments.bundled import bundled
from tests.conftest import make_config
from tests.support.demo import placed
from tests.support.jobs import run_due

#: Per cents of the official levels: high, medium, minimal deficits.
LEVELS = ((0, 60), (60, 80), (80, 101))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(placed(tmp_path_factory.mktemp("demo")))
    transport.use(None)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(made: Flask) -> Iterator[Flask]:
    """The demo read only: tests cannot disturb one another."""
    with made.app_context(), read_only():
        yield made
        session.rollback()


def finished() -> CampaignView:
    return campaigns.campaign(holding().finished_id)


def half_done() -> CampaignView:
    return campaigns.campaign(holding().open_id)


def wave_of(view: CampaignView, kind: WaveKind) -> str:
    wave = view.wave(kind)
    assert wave is not None
    return wave.id


def visitor(role: Role) -> Visitor:
    return next(one for one in visitors() if one.role is role)


def entry_results() -> list[FindingView]:
    return findings.of_wave(wave_of(finished(), WaveKind.ENTRY))


def test_the_base_says_that_it_is_a_demo(demo: Flask) -> None:
    assert marks.is_demo()


def test_it_is_a_region(demo: Flask) -> None:
    kinds = Counter(session.scalars(sa.select(OrgNode.kind)))
    assert (kinds[NodeKind.MUNICIPALITY], kinds[NodeKind.SCHOOL]) == (3, 24)
    assert holding().teachers == 180
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 236


def test_one_stream_walked_from_entry_to_exit(demo: Flask) -> None:
    view = finished()
    assert view.state is CampaignState.CLOSED
    counted = {wave.kind: (wave.expected, wave.submitted) for wave in view.waves}
    assert counted == {WaveKind.ENTRY: (121, 113), WaveKind.EXIT: (121, 98)}


def test_turnout_and_losses_are_those_of_life(demo: Flask) -> None:
    counted = {wave.kind: wave for wave in finished().waves}
    entry, leave = counted[WaveKind.ENTRY], counted[WaveKind.EXIT]
    assert 0.92 <= entry.submitted / entry.expected <= 0.94
    assert 0.12 <= 1 - leave.submitted / entry.submitted <= 0.15


def test_the_entry_is_calibrated_by_its_own_answers(demo: Flask) -> None:
    entry = finished().wave(WaveKind.ENTRY)
    assert entry is not None
    assert entry.calibration_id
    assert {one.calibration_id for one in entry_results()} == {entry.calibration_id}


def test_results_look_like_those_of_teachers(demo: Flask) -> None:
    percents = [100 * one.points / one.maximum for one in entry_results()]
    assert 62 <= statistics.mean(percents) <= 66
    assert 13 <= statistics.stdev(percents) <= 15
    levels = [sum(low <= one < high for one in percents) / len(percents) for low, high in LEVELS]
    assert levels == pytest.approx([0.35, 0.50, 0.15], abs=0.08)


def test_the_work_is_as_reliable_as_24_questions_can_be(demo: Flask) -> None:
    analysis = items.of_wave(wave_of(finished(), WaveKind.ENTRY))
    assert analysis.test is not None
    assert analysis.test.alpha is not None
    assert 0.72 <= analysis.test.alpha <= 0.80


def test_a_few_questions_were_left_empty(demo: Flask) -> None:
    blocks = [scale for one in entry_results() for scale in one.scales if scale.is_block]
    left = sum(scale.omitted for scale in blocks) / sum(scale.n_items for scale in blocks)
    assert 0.02 <= left <= 0.04


def test_who_left_had_done_worse_at_the_entry(demo: Flask) -> None:
    stayed = {one.person_id for one in findings.of_wave(wave_of(finished(), WaveKind.EXIT))}
    scores = {one.person_id: one.points / one.maximum for one in entry_results()}
    lost = [score for person, score in scores.items() if person not in stayed]
    assert statistics.mean(lost) < statistics.mean(scores.values())


def test_everything_planted_is_found(demo: Flask) -> None:
    told = truths()
    assert len(told) == 11
    assert [f"{one.code}: {one.concluded}" for one in told if not one.found] == []


def test_a_key_that_was_mended_is_no_longer_doubted(made: Flask, tmp_path: Path) -> None:
    standing = made.extensions["orientir"].database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(standing)) as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "demo.db"),))
    app = create_app(make_config(tmp_path, f"sqlite:///{tmp_path / 'demo.db'}"))
    with app.app_context(), writing():
        instrument, scoring = trial.documents()
        _, right = catalogue.publish_instrument(
            instrument, scoring, bundled("framework")["dpo"], actor_id=None
        )
        for wave_id in rescoring.rescore(right.id, reason="key"):
            rescoring.again(wave_id, reason="corrected")
        session.commit()
        wrong = next(one for one in truths() if one.code == "wrong_key")
        db.engine.dispose()
    assert not wrong.found
    assert "nothing" in wrong.concluded


def test_the_exit_of_the_second_stream_is_open_and_half_done(demo: Flask) -> None:
    wave = half_done().wave(WaveKind.EXIT)
    assert wave is not None
    assert wave.opens_at < clock.now() < wave.closes_at
    assert (wave.expected, wave.started, wave.submitted) == (59, 3, 30)


def test_the_teacher_to_play_has_a_result_and_something_to_answer(demo: Flask) -> None:
    anna = visitor(Role.TEACHER)
    assert anna.name == "Анна Петровна Соколова"
    states = {(seat.campaign_id, seat.wave_kind): seat.state for seat in seats_of_person(anna.person_id)}
    assert states[holding().open_id, WaveKind.EXIT] is SeatState.EXPECTED
    assert states[holding().open_id, WaveKind.ENTRY] is SeatState.SUBMITTED
    assert len(findings.of_person(anna.person_id)) == 2, "the test and how she sees herself"


def test_the_teacher_to_play_walks_a_route(demo: Flask) -> None:
    route = session.scalars(sa.select(Route).where(Route.person_id == visitor(Role.TEACHER).person_id)).one()
    assert route.state is RouteState.RUNNING


def test_six_roles_can_be_played(demo: Flask) -> None:
    assert [one.role for one in visitors()] == list(PLAYED)
    assert len(PLAYED) == 6


def test_what_was_closed_is_released_upward(demo: Flask) -> None:
    assert releases.latest(holding().finished_id, "entry_exit", Audience.UPWARD) is not None
    kept = files.of_owner(visitor(Role.REGIONAL_COORDINATOR).person_id, purpose="report")
    assert sorted(one.name.rsplit(".", 1)[1] for one in kept) == ["pdf", "xlsx"]


def test_one_school_has_opened_its_zones_and_one_still_collects(demo: Flask) -> None:
    region = session.scalars(sa.select(OrgNode.path).where(OrgNode.kind == NodeKind.REGION)).one()
    assert [one.campaign_id for one in opened_in([region])] == [holding().school_id]
    states = Counter(one.wave_state for one in self_assessments([region]))
    assert states == {WaveState.CLOSED: 3, WaveState.OPEN: 1}


def test_routes_stand_at_every_stage(demo: Flask) -> None:
    states = Counter(session.scalars(sa.select(Route.state)))
    assert states[RouteState.DRAFT] == 1
    for state in (RouteState.RETURNED, RouteState.SENT, RouteState.APPROVED, RouteState.RUNNING):
        assert states[state] >= 1, state


def test_evidence_of_steps_was_written_on_different_days(demo: Flask) -> None:
    days = {moment.date() for moment in session.scalars(sa.select(StepEvidence.at))}
    assert len(days) >= 5


def test_everyone_agreed_once_before_the_first_answer(demo: Flask) -> None:
    given = Counter(session.scalars(sa.select(Consent.person_id)))
    assert set(given.values()) == {1}
    answered = session.scalars(sa.select(Seat.respondent_id).join(Sitting).distinct()).all()
    assert set(given) == {one for one in answered if one is not None}


def test_nothing_happened_in_the_future_and_no_job_waits(demo: Flask) -> None:
    last = session.scalar(sa.select(sa.func.max(AuditRow.at)))
    assert last is not None
    assert last <= clock.now() + timedelta(minutes=1)
    assert jobs.due_ids() == []
    assert jobs.counts().get("failed", 0) == 0


def test_every_promise_of_a_base_holds_in_it(demo: Flask) -> None:
    assert [check.name for check in verify() if not check.holds] == []


def test_a_base_with_people_is_refused(made: Flask) -> None:
    with made.app_context(), pytest.raises(NotEmpty, match="demo_base_not_empty"):
        build(lambda: 0, made.extensions["orientir"])


@pytest.mark.slow
@pytest.mark.parametrize("base", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_an_empty_postgresql_base_takes_the_demo(app: Flask) -> None:
    with app.app_context():
        built = build(lambda: run_due(app), app.extensions["orientir"], size=Size.SMALL)
        assert built.people == 42
        assert len(visitors()) == len(PLAYED)
