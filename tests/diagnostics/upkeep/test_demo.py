"""The demo: made whole, in the past, through ordinary actions; the same people every time."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from diagnostics import clock
from diagnostics.app import create_app
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import queries as campaigns
from diagnostics.campaigns.models import CampaignState, SeatState, WaveKind
from diagnostics.campaigns.queries.overview import CampaignView
from diagnostics.campaigns.queries.seats import seats_of_person
from diagnostics.cli.demo import demo as demo_command
from diagnostics.database import db, read_only, session
from diagnostics.findings import queries as findings
from diagnostics.jobs import queries as jobs
from diagnostics.jobs import transport
from diagnostics.pathways.models import Route, RouteState, StepEvidence
from diagnostics.people.models import Consent, Role
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo import NotEmpty, build, shelf
from diagnostics.upkeep.demo.crowd import Crowd, answers
from diagnostics.upkeep.demo.visitors import PLAYED, Visitor, holding, visitors
from diagnostics.upkeep.verifying import verify
from instruments.bundled import bundled
from instruments.items import read
from tests.conftest import Base, make_config
from tests.support.jobs import run_due

INSTRUMENT = bundled("instrument")["test.method"]
SCORING = bundled("scoring")["test.method"]


@pytest.fixture(scope="module")
def made(sqlite_base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("demo")
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, folder / "demo.db")
    app = create_app(make_config(folder, f"sqlite:///{folder / 'demo.db'}"))
    transport.use(None)
    with app.app_context():
        build(lambda: run_due(app))
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


def collecting() -> CampaignView:
    return campaigns.campaign(holding().open_id)


def visitor(role: Role) -> Visitor:
    return next(one for one in visitors() if one.role is role)


def percents(view: CampaignView, kind: WaveKind) -> list[float]:
    wave = view.wave(kind)
    assert wave is not None
    return [100 * one.points / one.maximum for one in findings.of_wave(wave.id)]


def test_the_base_says_that_it_is_a_demo(demo: Flask) -> None:
    assert marks.is_demo()


def test_one_group_walked_from_entry_to_exit_and_two_were_lost(demo: Flask) -> None:
    view = finished()
    assert view.state is CampaignState.CLOSED
    counted = {wave.kind: (wave.expected, wave.submitted) for wave in view.waves}
    assert counted == {WaveKind.ENTRY: (30, 30), WaveKind.EXIT: (30, 28)}


def test_the_entry_is_calibrated_by_its_own_answers(demo: Flask) -> None:
    entry = finished().wave(WaveKind.ENTRY)
    assert entry is not None
    assert entry.calibration_id
    assert {one.calibration_id for one in findings.of_wave(entry.id)} == {entry.calibration_id}


def test_results_look_like_those_of_teachers(demo: Flask) -> None:
    entry = percents(finished(), WaveKind.ENTRY)
    assert 60 <= statistics.mean(entry) <= 68
    assert 12 <= statistics.stdev(entry) <= 18


def test_some_tasks_were_left_empty(demo: Flask) -> None:
    entry = finished().wave(WaveKind.ENTRY)
    assert entry is not None
    blocks = [scale for one in findings.of_wave(entry.id) for scale in one.scales if scale.is_block]
    assert sum(scale.omitted for scale in blocks) == 6


def test_methods_grew_and_knowledge_of_pupils_did_not(demo: Flask) -> None:
    changes = block_changes()
    assert changes["METH"] > 10
    assert abs(changes["PSYP"]) < 5


def block_changes() -> dict[str, float]:
    by_wave = []
    for kind in (WaveKind.ENTRY, WaveKind.EXIT):
        wave = finished().wave(kind)
        assert wave is not None
        by_wave.append({one.person_id: one for one in findings.of_wave(wave.id)})
    entry, leaving = by_wave
    found: dict[str, list[float]] = {}
    for person, after in leaving.items():
        before = {scale.competence: scale.percent for scale in entry[person].scales}
        for scale in after.scales:
            if scale.is_block and scale.percent is not None:
                found.setdefault(scale.competence, []).append(
                    scale.percent - (before[scale.competence] or 0.0)
                )
    return {block: statistics.mean(values) for block, values in found.items()}


def test_who_left_had_done_worse_at_the_entry(demo: Flask) -> None:
    entry, leaving = finished().wave(WaveKind.ENTRY), finished().wave(WaveKind.EXIT)
    assert entry is not None
    assert leaving is not None
    stayed = {one.person_id for one in findings.of_wave(leaving.id)}
    scores = {one.person_id: one.points / one.maximum for one in findings.of_wave(entry.id)}
    lost = [score for person, score in scores.items() if person not in stayed]
    assert statistics.mean(lost) < statistics.mean(scores.values())


def test_a_second_diagnosis_collects_answers_now(demo: Flask) -> None:
    wave = collecting().wave(WaveKind.ENTRY)
    assert wave is not None
    assert wave.opens_at < clock.now() < wave.closes_at
    assert (wave.expected, wave.started, wave.submitted) == (13, 2, 7)


def test_the_teacher_to_play_has_a_result_and_something_to_answer(demo: Flask) -> None:
    anna = visitor(Role.TEACHER)
    assert anna.name == "Анна Петровна Соколова"
    states = {(seat.campaign_id, seat.wave_kind): seat.state for seat in seats_of_person(anna.person_id)}
    assert states[holding().open_id, WaveKind.ENTRY] is SeatState.EXPECTED
    assert states[holding().finished_id, WaveKind.ENTRY] is SeatState.SUBMITTED
    assert findings.of_person(anna.person_id)


def test_five_roles_can_be_played(demo: Flask) -> None:
    assert [one.role for one in visitors()] == list(PLAYED)


def test_routes_stand_at_every_stage(demo: Flask) -> None:
    states = Counter(session.scalars(sa.select(Route.state)))
    assert states[RouteState.DRAFT] == states[RouteState.RETURNED] == 1
    assert min(states[one] for one in (RouteState.SENT, RouteState.APPROVED, RouteState.RUNNING)) >= 1


def test_evidence_of_steps_was_written_on_different_days(demo: Flask) -> None:
    days = {moment.date() for moment in session.scalars(sa.select(StepEvidence.at))}
    assert len(days) >= 5


def test_everyone_agreed_once_before_the_first_answer(demo: Flask) -> None:
    given = Counter(session.scalars(sa.select(Consent.person_id)))
    assert set(given.values()) == {1}
    assert len(given) == 30


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
        build(lambda: 0)


@pytest.mark.parametrize("base", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_an_empty_postgresql_base_takes_the_demo(app: Flask) -> None:
    with app.app_context():
        built = build(lambda: run_due(app))
        assert built.people == 42
        assert len(visitors()) == len(PLAYED)


def test_the_same_seed_gives_the_same_crowd_and_another_seed_another() -> None:
    first, again, other = (Crowd.drawn(5, INSTRUMENT, SCORING, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.entry, again.entry)
    assert first.difficulties == again.difficulties
    assert not np.array_equal(first.entry, other.entry)


def test_every_simulated_answer_is_one_that_the_player_takes() -> None:
    crowd = Crowd.drawn(40, INSTRUMENT, SCORING)
    for form in ("A", "B"):
        for person in answers(crowd, crowd.entry, INSTRUMENT, SCORING, form):
            refused = [code for code, given in person.items() if read(INSTRUMENT.item(code), given).problems]
            assert refused == []
            assert set(person) == set(INSTRUMENT.form(form).item_codes)


def test_a_reset_puts_the_fresh_copy_in_place_and_forgets_files(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    make_base(tmp_path / shelf.NEW, day="2026-11-22")
    shelf.put_in_place(tmp_path)
    assert shelf.made_on(tmp_path) == "2026-11-22"
    with closing(sqlite3.connect(tmp_path / shelf.BASE)) as connection, connection:
        connection.execute("UPDATE mark SET value = 'changed by a visitor'")
    shelf.put_back(tmp_path)
    with closing(sqlite3.connect(tmp_path / shelf.BASE)) as connection:
        assert connection.execute("SELECT value FROM mark").fetchall() == [("2026-11-22",)]
    assert sorted(one.name for one in tmp_path.iterdir()) == [shelf.FRESH, shelf.BASE]


def test_without_a_fresh_copy_there_is_no_day(tmp_path: Path) -> None:
    assert shelf.made_on(tmp_path) == ""


def make_base(path: Path, *, day: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE mark (name TEXT, value TEXT)")
        connection.execute("INSERT INTO mark VALUES ('demo_day', ?)", (day,))


def test_a_given_base_is_never_reset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    found = CliRunner().invoke(demo_command, ["--reset"])
    assert found.exit_code == 2
    assert "demo file only" in found.output
    assert not (tmp_path / "own.db").exists()
