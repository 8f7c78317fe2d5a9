"""Costly work is slowed down per person and kind; nobody else is, and nobody for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.errors import TooMany
from diagnostics.jobs import actions
from diagnostics.jobs.quotas import QUOTAS
from diagnostics.worker.kinds import KINDS

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KIND = "campaigns.letters"
MOST = QUOTAS[KIND].most


def ask(number: int = 1, *, kind: str = KIND, asker: str | None = "one", metered: bool = True) -> None:
    for index in range(number):
        with clock.frozen(NOW + timedelta(minutes=index)):
            actions.enqueue(kind, "subject", asker_id=asker, metered=metered)


def test_every_job_that_a_person_can_ask_for_has_a_quota() -> None:
    asked_for = {name for name, kind in KINDS.items() if kind.permission is not None}
    assert asked_for - set(QUOTAS) == set(), "name the kind in diagnostics/jobs/quotas.py"


def test_the_system_own_work_has_none() -> None:
    own = {name for name, kind in KINDS.items() if kind.permission is None}
    assert own & set(QUOTAS) == set()


def test_one_more_than_the_quota_is_refused_with_the_time_to_wait(in_app: Flask) -> None:
    ask(MOST)
    with clock.frozen(NOW + timedelta(minutes=MOST)), pytest.raises(TooMany) as refused:
        actions.enqueue(KIND, "subject", asker_id="one")
    assert refused.value.code == "quota_used_up"
    assert refused.value.parameters == {"most": MOST, "minutes": QUOTAS[KIND].minutes - MOST}


def test_the_oldest_job_leaves_the_window_and_makes_room(in_app: Flask) -> None:
    ask(MOST)
    window = timedelta(minutes=QUOTAS[KIND].minutes)
    with clock.frozen(NOW + window - timedelta(seconds=1)), pytest.raises(TooMany):
        actions.enqueue(KIND, "subject", asker_id="one")
    with clock.frozen(NOW + window):
        actions.enqueue(KIND, "subject", asker_id="one")
        with pytest.raises(TooMany):
            actions.enqueue(KIND, "subject", asker_id="one")


@pytest.mark.parametrize(
    "other",
    [
        {"asker": "two"},
        {"kind": "campaigns.cards"},
        {"asker": None},
        {"metered": False},
        {"kind": "outbox.send"},
    ],
    ids=["another person", "another kind", "nobody", "on the asker's behalf", "no quota"],
)
def test_others_are_not_slowed_down(in_app: Flask, other: dict[str, object]) -> None:
    ask(MOST)
    ask(**other)  # type: ignore[arg-type]  # one keyword at a time


def test_the_same_work_pressed_again_is_not_counted(in_app: Flask) -> None:
    for _ in range(MOST + 5):
        actions.enqueue(KIND, "subject", asker_id="one", unique_key="same")
    actions.enqueue(KIND, "other", asker_id="one")
