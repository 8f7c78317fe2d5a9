"""One sealing job chains the rows' hashes in order; a changed or missing row breaks every later head."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit.actions import own_hash
from diagnostics.audit.models import AuditRow, AuditSeal
from diagnostics.database import session


@dataclass(frozen=True, slots=True)
class ChainProblem:
    number: int
    what: str  # row_changed | seal_broken


def seal() -> AuditSeal | None:
    """Chain all rows since the last seal; returns the new head, or None when nothing is new."""
    last = session.scalars(sa.select(AuditSeal).order_by(AuditSeal.up_to.desc()).limit(1)).first()
    head, since = (last.chain_hash, last.up_to) if last else ("", 0)
    rows = session.execute(
        sa.select(AuditRow.number, AuditRow.own_hash).where(AuditRow.number > since).order_by(AuditRow.number)
    ).all()
    if not rows:
        return None
    for _, row_hash in rows:
        head = _chain(head, row_hash)
    made = AuditSeal(up_to=rows[-1][0], chain_hash=head, sealed_at=clock.now())
    session.add(made)
    session.flush()
    return made


def check() -> list[ChainProblem]:
    """Recompute every row's own hash and every sealed head."""
    seals = {one.up_to: one.chain_hash for one in session.scalars(sa.select(AuditSeal))}
    problems: list[ChainProblem] = []
    head = ""
    for row in session.scalars(sa.select(AuditRow).order_by(AuditRow.number)):
        expected = own_hash(
            row.at,
            row.actor_id,
            row.action,
            row.object_kind,
            row.object_id,
            row.before_hash,
            row.after_hash,
            row.note,
        )
        if expected != row.own_hash:
            problems.append(ChainProblem(row.number, "row_changed"))
        head = _chain(head, row.own_hash)
        if row.number in seals and seals.pop(row.number) != head:
            problems.append(ChainProblem(row.number, "seal_broken"))
    problems.extend(ChainProblem(number, "seal_broken") for number in seals)
    return problems


def _chain(head: str, row_hash: str) -> str:
    return hashlib.sha256((head + row_hash).encode()).hexdigest()
