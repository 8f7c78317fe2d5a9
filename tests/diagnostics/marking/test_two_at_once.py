"""Two experts save at one moment: each takes a place of their own, and the one who is not needed is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.database import session, set_reading
from diagnostics.errors import DomainError
from diagnostics.jobs.models import Job
from diagnostics.marking import actions
from diagnostics.marking.models import ExpertMark, TextState
from tests.support.jobs import run_due
from tests.support.marking import AT_ONCE, HIGH, LOW, MIDDLE, Marking


def at_once(app: Flask, *acts: Callable[[], object]) -> list[str]:
    """Each act in a thread and a transaction of its own; "ok" or the code of the refusal."""
    gate, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            set_reading(False)
            gate.wait()
            try:
                act()
                session.commit()
                told.append("ok")
            except DomainError as refused:
                session.rollback()
                told.append(refused.code)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    session.rollback()
    return sorted(told)


def saving(text_id: str, person_id: str, levels: dict[str, int], seen: int = 0) -> Callable[[], object]:
    return lambda: actions.mark(
        text_id, levels=levels, remark="", seen=seen, actor_id=person_id, limits=AT_ONCE
    )


def ready(scene: Marking, app: Flask) -> tuple[str, str]:
    """(sitting, text), committed, with nothing left to run."""
    sitting_id = scene.send()
    text_id = scene.text(sitting_id).id
    run_due(app)
    session.commit()
    return sitting_id, text_id


@pytest.mark.parametrize("rule", [1, 2])
def test_two_experts_at_one_text(scene: Marking, in_app: Flask, rule: int) -> None:
    scene.rule(rule)
    sitting_id, text_id = ready(scene, in_app)
    first, second = scene.experts
    told = at_once(in_app, saving(text_id, first, MIDDLE), saving(text_id, second, HIGH))
    assert told == (["ok", "ok"] if rule == 2 else ["ok", "text_taken"])
    places = session.scalars(sa.select(ExpertMark.place)).all()
    assert sorted(places) == list(range(1, rule + 1))
    text = scene.text(sitting_id)
    assert text.state is TextState.SETTLED
    waiting = sa.select(sa.func.count()).where(Job.subject_id == sitting_id, Job.state == "queued")
    assert session.scalar(waiting) == 1, "the last of them brings the scoring, once"


def test_one_expert_saves_twice_from_two_windows(scene: Marking, in_app: Flask) -> None:
    _sitting_id, text_id = ready(scene, in_app)
    expert = scene.experts[0]
    told = at_once(in_app, saving(text_id, expert, LOW), saving(text_id, expert, HIGH))
    assert Counter(told) == Counter(["ok", "mark_stale"])
    assert session.scalar(sa.select(sa.func.count()).select_from(ExpertMark)) == 1


def test_a_correction_beside_the_scoring_is_wholly_before_it_or_refused(
    scene: Marking, in_app: Flask
) -> None:
    scene.rule(1)
    sitting_id, text_id = ready(scene, in_app)
    expert = scene.experts[0]
    scene.mark(text_id, expert, LOW)
    session.commit()
    told = at_once(in_app, saving(text_id, expert, HIGH, seen=1), lambda: run_due(in_app))
    run_due(in_app)
    points = scene.result().items["W1"].points
    assert (told, points) in [(["ok", "ok"], 3.0), (["ok", "results_given"], 0.0)]
    assert scene.text(sitting_id).state is TextState.GIVEN


def test_the_first_draft_of_two_windows_is_kept_once(scene: Marking, in_app: Flask) -> None:
    _sitting_id, text_id = ready(scene, in_app)
    expert = scene.experts[0]

    def kept(levels: dict[str, int]) -> Callable[[], object]:
        return lambda: actions.keep_draft(text_id, levels=levels, remark="", seen=0, actor_id=expert)

    told = at_once(in_app, kept(LOW), kept(HIGH))
    assert told == ["mark_stale", "ok"]
