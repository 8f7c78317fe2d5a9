"""Many sittings scored in a few statements give what each would give by itself."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings import actions, queries
from diagnostics.findings.errors import NotReady
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from instruments.scoring import Scorer
from tests.diagnostics.findings.conftest import Town
from tests.support.jobs import run_due, run_one

ITEMS = [f"{block}0{number}" for block in "MEP" for number in range(1, 9)]
PEOPLE = 12
LEFT_OUT = ("M08", "P08")


@pytest.fixture
def sent(town: Town) -> list[str]:
    """Sent works of different people, some of whom never saw the last tasks."""
    chance, seats = random.Random(3), town.invite(PEOPLE)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    return [
        town.sit(
            seat,
            [item for item in ITEMS if chance.random() < 0.6],
            never_shown=LEFT_OUT if place % 3 == 0 else (),
        )
        for place, seat in enumerate(seats)
    ]


def stored() -> list[dict[str, Any]]:
    """All that findings and their scales hold, but the ids by chance, in the order of sittings."""
    found = []
    for finding in session.scalars(sa.select(Finding).order_by(Finding.sitting_id)):
        lines = sa.select(FindingScale).where(FindingScale.finding_id == finding.id)
        rows = session.scalars(lines.order_by(FindingScale.competence)).all()
        found.append(columns(finding) | {"scales": [columns(row) for row in rows]})
    return found


def columns(row: object) -> dict[str, Any]:
    names = [column.key for column in sa.inspect(type(row)).columns]
    return {name: getattr(row, name) for name in names if name not in {"id", "finding_id"}}


def states() -> dict[str, JobState]:
    """Sitting → the state of its scoring."""
    rows = session.execute(sa.select(Job.subject_id, Job.state).where(Job.kind == "findings.score"))
    return {row.subject_id: row.state for row in rows}


def test_many_at_once_give_what_each_gives_by_itself(sent: list[str]) -> None:
    session.commit()
    for sitting_id in sent:
        actions.score(sitting_id)
    session.flush()
    alone = stored()
    session.rollback()
    assert len(actions.score_many(sent)) == PEOPLE
    assert stored() == alone
    assert len(alone) == PEOPLE


def test_many_scored_again_make_nothing_new(sent: list[str]) -> None:
    actions.score(sent[0])
    assert len(actions.score_many(sent)) == PEOPLE - 1
    assert actions.score_many([*sent, sent[0]]) == []
    assert len(stored()) == PEOPLE


def test_one_open_sitting_refuses_all_of_the_call(town: Town, sent: list[str]) -> None:
    seat = town.invite(1)[0]
    begun = sittings.start(seat_id=seat, token_id=None, person_id=None)
    with pytest.raises(NotReady):
        actions.score_many([*sent, begun.sitting_id])
    assert stored() == []


def test_a_sitting_that_is_not_there_is_said(sent: list[str]) -> None:
    with pytest.raises(Missing):
        actions.score_many([*sent, "nowhere"])


def test_one_job_takes_along_all_that_wait_for_their_first_try(in_app: Flask, sent: list[str]) -> None:
    session.commit()
    first = session.scalars(sa.select(Job.id).where(Job.kind == "findings.score").limit(1)).one()
    assert run_one(in_app, first)
    session.expire_all()
    assert states() == dict.fromkeys(sent, JobState.DONE)
    assert {row["sitting_id"] for row in stored()} == set(sent)
    assert run_one(in_app, first) is False


def test_a_failing_sitting_fails_alone(
    in_app: Flask, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session.commit()
    bad, score = sent[4], Scorer.score
    given = reading.answers(bad)
    assert [one for one in sent if reading.answers(one) == given] == [bad]

    def broken(self: Scorer, answers: Any, shown: Any, marks: Any) -> object:
        if answers == given:
            raise OSError("disk")
        return score(self, answers, shown, marks)

    monkeypatch.setattr(Scorer, "score", broken)
    run_due(in_app)
    assert states() == dict.fromkeys(sent, JobState.DONE) | {bad: JobState.QUEUED}
    assert {row["sitting_id"] for row in stored()} == set(sent) - {bad}


def test_what_failed_once_is_tried_again_alone(in_app: Flask, sent: list[str]) -> None:
    session.commit()
    tried = session.scalars(sa.select(Job).where(Job.kind == "findings.score").limit(1)).one()
    tried.attempts = 1
    again = tried.id
    session.commit()
    run_one(in_app, again)
    session.expire_all()
    assert sorted(states().values()) == sorted([JobState.DONE] + [JobState.QUEUED] * (PEOPLE - 1))


def test_closing_a_wave_scores_what_still_waits_and_passes_over_what_cannot_be(
    in_app: Flask, town: Town, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session.commit()
    bad = sent[4]
    monkeypatch.setattr(
        "diagnostics.findings.reading._refuse_unsent",
        lambda sitting: refuse() if sitting.id == bad else None,
    )
    for job_id in session.scalars(sa.select(Job.id)).all():
        jobs.cancel(job_id)
    campaigns.close_wave(town.wave_id, town.trainer.id)
    run_due(in_app)
    assert queries.unscored(town.wave_id) == [bad]
    state = session.scalars(sa.select(Job.state).where(Job.kind == "findings.calibrate")).one()
    assert state is JobState.DONE


def refuse() -> None:
    raise NotReady("sitting_not_submitted")
