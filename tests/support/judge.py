"""After the faults: «nothing lost», N1–N4 and N6, read from the base and compared with what clients were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from flask import Flask

from diagnostics.audit.models import AuditRow
from diagnostics.database import compact_json, db, session, set_reading
from diagnostics.sittings import queries as reading
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from diagnostics.sittings.standing import GIVES_ANSWER
from tests.support.history import TOLD_AWAY, Batch, Client, Operation

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
    late: int = 0  # refused, and kept apart
    same: int = 0  # repeated answers to one request, each as the first

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged}, lost {self.lost}, doubled {self.doubled}, "
            f"committed but unacknowledged and recognised {self.recognised}, sent again {self.sent_again}, "
            f"refused {self.refused} (kept as late {self.late}), never answered {self.open_end}, "
            f"answers to repeated requests compared {self.same}"
        )


ALL = Figures()  # of every trial that this process has judged


def _counted(figures: Figures) -> None:
    for one in fields(Figures):
        setattr(ALL, one.name, getattr(ALL, one.name) + getattr(figures, one.name))


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
            own = [one for one in clients if one.sitting_id == sitting_id]
            _order(sitting_id, own)
            _end(sitting_id, own)
        session.remove()
        db.engine.dispose()
    _counted(figures)
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
    kept = sa.select(LateEvent.seq, LateEvent.body).where(LateEvent.client == one.client)
    late = {row.seq: row.body for row in session.execute(kept)}
    stored: dict[int, list[Row]] = defaultdict(list)
    for seq, *row in rows:
        stored[seq].append(tuple(row))
    figures.doubled += sum(len(found) - 1 for found in stored.values())
    figures.doubled += len(set(stored) - {made.seq for made in one.history})  # nobody asked for these
    figures.doubled += len(set(late) & set(stored))
    for made in one.history:
        _one_save(made, stored.get(made.seq, []), figures)
        if made.outcome == "fail" and made.kept:
            figures.late += 1
            body = late.get(made.seq, {})
            figures.lost += (body.get("item"), body.get("value")) != (made.item, made.value)
            figures.doubled += made.seq in stored
    for batch in one.batches:
        _same_word(batch)
        figures.same += max(0, len(batch.answers) - 1)


def _same_word(batch: Batch) -> None:
    """N2: however often a request is sent, it is answered as the first time."""
    said = {
        (status, compact_json(told if status == 200 else [told.get("code"), told.get("kept")]))
        for status, told in batch.answers
    }
    assert len(said) <= 1, said


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


def _order(sitting_id: str, clients: Sequence[Client]) -> None:
    """N3: one order of events, nobody's but the clients' own; who contradicts whom, and the current answer, by it."""
    events = session.execute(
        sa.select(
            AnswerEvent.position,
            AnswerEvent.kind,
            AnswerEvent.item,
            AnswerEvent.value,
            AnswerEvent.client,
            AnswerEvent.seq,
            AnswerEvent.base,
            AnswerEvent.rival,
            AnswerEvent.at,
        )
        .where(AnswerEvent.sitting_id == sitting_id)
        .order_by(AnswerEvent.position)
    ).all()
    assert len({one.position for one in events}) == len(events)
    moments = [one.at for one in events]
    assert moments == sorted(moments), "time runs backwards within a sitting"
    assert {one.client for one in events} <= {one.client for one in clients}
    current: dict[str, object] = {}
    given = [one for one in events if one.kind in GIVES_ANSWER]
    for place, one in enumerate(given):
        unseen = [
            other.position
            for other in given[:place]
            if other.item == one.item
            and other.position > one.base
            and (other.client != one.client or 0 < one.seq < other.seq)
        ]
        assert one.rival == max(unseen, default=None), (one, unseen)
        if one.rival is None:
            current[one.item] = one.value
    assert reading.answers(sitting_id) == {
        item: value for item, value in current.items() if value is not None
    }
    assert all(one.position <= session.get_one(Sitting, sitting_id).last_position for one in events)


def _end(sitting_id: str, clients: Sequence[Client]) -> None:
    """N3, N4, N6: no event after the sending, one receipt over the answers that stand, one audit row each."""
    sitting = session.get_one(Sitting, sitting_id)
    is_sent = sitting.state is SittingState.SUBMITTED
    actions = Counter(
        session.scalars(sa.select(AuditRow.action).where(AuditRow.object_id == sitting_id)).all()
    )
    assert actions["sitting.start"] == 1
    assert actions["sitting.submit"] == is_sent
    told = [one.ended for one in clients if one.ended is not None]
    shown = {receipt for one in clients for receipt in one.receipts}
    if not is_sent:
        assert told == []
        assert shown == set()
        return
    assert sitting.submitted_at is not None
    assert sitting.answers_hash == answers_hash(sitting_id, reading.answers(sitting_id))
    stands = f"{sitting.receipt} {sitting.answers_hash}"
    assert shown <= {stands}, (shown, stands)
    at = sa.select(sa.func.max(AnswerEvent.at)).where(AnswerEvent.sitting_id == sitting_id)
    last = session.scalar(at)
    assert last is None or last <= sitting.submitted_at
    for made in (made for one in clients for made in one.history):
        # Told somewhere that it was sent, and only then begun: such a save may not be taken.
        assert made.outcome != "ok" or made.sent[0] <= min(told, default=made.sent[0]), made
