"""The shipped catalogue of what helps, into the base."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.resources import actions
from diagnostics.resources.document import shipped
from diagnostics.resources.models import Resource


def install(today: date, *, actor_id: str | None = None) -> int:
    """Add every shipped resource that does not stand yet, its runs counted from `today`.

    Run again, it changes nothing: a resource that a methodologist has edited stays as edited.
    The answer is the number added.
    """
    standing = set(session.scalars(sa.select(Resource.code)))
    missing = [one for one in shipped() if one.code not in standing]
    for one in missing:
        actions.add(one, today, actor_id=actor_id)
    return len(missing)
