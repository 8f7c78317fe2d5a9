from __future__ import annotations

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.models import (
    ConsentDocument,
)


def publish_consent(operator_id: str, actor_id: str) -> str:
    made = ConsentDocument(
        operator_id=operator_id,
        version=1,
        body={},
        content_hash="x",
        published_at=clock.now(),
        published_by=actor_id,
    )
    session.add(made)
    session.flush()
    return made.id
