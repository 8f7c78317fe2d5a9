"""After the faults: «nothing lost», N1–N4 and N6, read from the base and compared with what clients were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from diagnostics.audit.models import AuditRow
from diagnostics.database import db, session, set_reading
from diagnostics.sittings import queries as reading
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from tests.support.history import TOLD_AWAY, Client, Operation

Row = tuple[str, object, int, object]


@dataclass
class Figures:
    """What the faults did. `recognised`: stored by a try whose answer never came, and told so by a later one."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    recognised: int = 0
    refused: int = 0
    open_end: int = 0  # never answered, whether stored or not
    sent_again: int = 0

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged}, lost {self.lost}, doubled {self.doubled}, "
            f"committed but unacknowledged and recognised {self.recognised}, sent again {self.sent_again}, "
            f"refused {self.refused}, never answered {self.open_end}"
        )


def judge(app: Flask, clients: Sequence[Client], *, expected: frozenset[str] = frozenset()) -> Figures:
    """Raise AssertionError when anything was lost, doubled or said wrongly; else the figures.

    `expected`: codes that a refusal may carry in this trial, beside those of a base that is away.
    """
    figures = Figures()
    with app.app_context():
        set_reading(True)
        if db.engine.dialect.name == "sqlite":
            assert session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        for one in clients:
            assert one.errors == [], one.errors
            assert set(one.codes) <= expected | TOLD_AWAY, one.codes
            _saves(one, figures)
        for sitting_id in {one.sitting_id for one in clients}:
            _sitting(sitting_id)
        session.remove()
        db.engine.dispose()
    assert figures.lost == 0, str(figures)
    assert figures.doubled == 0, str(figures)
    return figures


def _saves(one: Client, figures: Figures) -> None:
    """N1: an acknowledged save stands once, as it was; N2: what was not answered stands once or not at all."""
    rows = session.execute(
        sa.select(
            AnswerEvent.seq, AnswerEvent.item, AnswerEvent.value, AnswerEvent.position, AnswerEvent.at
        ).where(AnswerEvent.client == one.client, AnswerEvent.seq > 0)
    ).all()
    late = session.scalars(sa.select(LateEvent.seq).where(LateEvent.client == one.client)).all()
    stored: dict[int, list[Row]] = defaultdict(list)
    for seq, *row in rows:
        stored[seq].append(tuple(row))
    figures.doubled += sum(len(found) - 1 for found in stored.values())
    figures.doubled += len(set(stored) - {made.seq for made in one.history})  # nobody asked for these
    figures.doubled += sum(count - 1 for count in Counter(late).values()) + len(set(late) & set(stored))
    for made in one.history:
        _one_save(made, stored.get(made.seq, []), figures)


def _one_save(made: Operation, found: list[Row], figures: Figures) -> None:
    figures.sent_again += len(made.sent) > 1
    if made.outcome == "ok":
        figures.acknowledged += 1
        expected = (made.item, made.value, made.position)
        figures.lost += not any(row[:3] == expected for row in found)
        # Stored before the last try began: an earlier one did it, and its answer never came.
        if len(made.sent) > 1 and found and found[0][3] < made.sent[-1]:  # type: ignore[operator]
            figures.recognised += 1
    elif made.outcome == "fail":
        figures.refused += 1
        figures.doubled += len(found) > 0 and len(made.sent) == 1
    else:
        figures.open_end += 1


def _sitting(sitting_id: str) -> None:
    """N3 and N4: one order, the current answer by it, one receipt over the answers that stand, one audit row each."""
    events = session.execute(
        sa.select(
            AnswerEvent.position, AnswerEvent.item, AnswerEvent.value, AnswerEvent.rival, AnswerEvent.at
        )
        .where(AnswerEvent.sitting_id == sitting_id)
        .order_by(AnswerEvent.position)
    ).all()
    assert len({position for position, *_ in events}) == len(events)
    current = {item: value for _, item, value, rival, _ in events if rival is None and value is not None}
    assert reading.answers(sitting_id) == current
    sitting = session.get_one(Sitting, sitting_id)
    assert all(position <= sitting.last_position for position, *_ in events)
    actions = Counter(
        session.scalars(sa.select(AuditRow.action).where(AuditRow.object_id == sitting_id)).all()
    )
    assert actions["sitting.start"] == 1
    assert actions["sitting.submit"] == (sitting.state is SittingState.SUBMITTED)
    if sitting.state is SittingState.SUBMITTED:
        assert sitting.submitted_at is not None
        assert sitting.answers_hash == answers_hash(sitting_id, current)
        assert all(at <= sitting.submitted_at for *_, at in events)
