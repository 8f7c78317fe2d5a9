"""What may happen only once the transaction is surely kept: bytes removed, a line in a journal outside the base."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from diagnostics.database import session

_KEY = "afterwards"


def when_committed(act: Callable[[], object]) -> None:
    """Run `act` after the commit of the running transaction; a rollback forgets it."""
    session.info.setdefault(_KEY, []).append(act)


@sa.event.listens_for(Session, "after_commit")
def _run(current: Session) -> None:
    for act in current.info.pop(_KEY, []):
        act()


@sa.event.listens_for(Session, "after_rollback")
def _forget(current: Session) -> None:
    current.info.pop(_KEY, None)
