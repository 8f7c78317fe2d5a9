"""The reading journal: who saw exact figures of a group or somebody's result. The one thing a page may write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from diagnostics.audit import actions as audit
from diagnostics.database import session, set_reading
from diagnostics.releases import actions as releases
from diagnostics.web import guard


def note_exact_reading(campaign_id: str, kind: str) -> None:
    """Exact figures of a group were seen."""
    actor_id = guard.actor().person_id
    with _own_transaction():
        releases.record_access(campaign_id=campaign_id, kind=kind, actor_id=actor_id)


def note_result_reading(finding_id: str, kind: str) -> None:
    """Somebody else's result was opened (`kind` "page" or the format of a file): who, whose, when."""
    actor_id = guard.actor().person_id
    with _own_transaction():
        audit.record("finding.read", actor_id=actor_id, kind="finding", object_id=finding_id, note=kind)


@contextmanager
def _own_transaction() -> Iterator[None]:
    """A short transaction on a connection of its own; the page's own one stays a reading one."""
    with current_app.app_context():
        set_reading(False)
        try:
            yield
            session.commit()
        finally:
            set_reading(True)
