"""The reading journal: who saw exact figures of a group. The one thing a page may write, apart from the page."""

from __future__ import annotations

from flask import current_app

from diagnostics.database import session, set_reading
from diagnostics.releases import actions as releases
from diagnostics.web import guard


def note_exact_reading(campaign_id: str, kind: str) -> None:
    """A short transaction on a connection of its own; the page's own one stays a reading one."""
    actor_id = guard.actor().person_id
    with current_app.app_context():
        set_reading(False)
        try:
            releases.record_access(campaign_id=campaign_id, kind=kind, actor_id=actor_id)
            session.commit()
        finally:
            set_reading(True)
