"""What an author of a draft can take back, and put in again: read from the log of steps."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from diagnostics.catalogue.draft_models import DraftRevision, StepKind
from diagnostics.database import session


@dataclass
class Stacks:
    """Numbers of an author's steps that can be taken back and put in again, the next one last."""

    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)


def stacks_of(draft_id: str, person_id: str) -> Stacks:
    """Read from the log: a new step forgets what was undone before it."""
    found = Stacks()
    steps = session.execute(
        sa.select(DraftRevision.number, DraftRevision.kind, DraftRevision.about)
        .where(DraftRevision.draft_id == draft_id, DraftRevision.person_id == person_id)
        .order_by(DraftRevision.number)
    )
    for number, kind, about in steps:
        _push(found, number, kind, about)
    return found


def _push(found: Stacks, number: int, kind: StepKind, about: int | None) -> None:
    if kind in (StepKind.SAVED, StepKind.CHOSEN):
        found.done.append(number)
        found.undone.clear()
    elif kind is StepKind.UNDONE and about in found.done:
        found.done.remove(about)
        found.undone.append(about)
    elif kind is StepKind.REDONE and about in found.undone:
        found.undone.remove(about)
        found.done.append(about)
