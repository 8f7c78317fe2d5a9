"""How often a page was left and how often something was pasted: counts that a browser tells, nothing else.

A count is no event of the sitting: it has no position, no moment and no task, so nobody can say later when or where
somebody looked away. The browser sends its whole count, so a request that came twice or late changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from diagnostics.campaigns.models import Privacy
from diagnostics.database import session
from diagnostics.sittings.errors import EventRefused
from diagnostics.sittings.models import PageSignal, SittingState
from diagnostics.sittings.queries.keys import Writing

MOST = 200  # beyond it a count says nothing more
KINDS = ("leave", "paste")
_INSERT = {
    name: dialect.insert(PageSignal).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def count_signals(writing: Writing, told: Mapping[str, object]) -> bool:
    """Keep the greater of what stands and what is told; False where the diagnosis counts nothing.

    Raises
    ------
    EventRefused
        `unknown_field`; `bad_count`.
    """
    for name, value in told.items():
        if name not in KINDS:
            raise EventRefused("unknown_field", field=name[:64])
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise EventRefused("bad_count", field=name)
    counts = {name: min(MOST, int(str(told.get(name, 0)))) for name in KINDS}
    if writing.state is not SittingState.OPEN or not is_watched(writing):
        return False
    _keep(writing, counts["leave"], counts["paste"])
    return True


def is_watched(writing: Writing) -> bool:
    """Whether this diagnosis counts, and said so on its start page."""
    return writing.privacy is not Privacy.ANONYMOUS and bool(writing.watch)


def _keep(writing: Writing, leaves: int, pastes: int) -> None:
    connection = session.connection()
    insert = _INSERT[connection.dialect.name]
    connection.execute(
        insert, {"sitting_id": writing.sitting_id, "client": writing.client, "leaves": 0, "pastes": 0}
    )
    session.execute(
        sa.update(PageSignal)
        .where(PageSignal.sitting_id == writing.sitting_id, PageSignal.client == writing.client)
        .values(
            leaves=sa.case((PageSignal.leaves < leaves, leaves), else_=PageSignal.leaves),
            pastes=sa.case((PageSignal.pastes < pastes, pastes), else_=PageSignal.pastes),
        )
        .execution_options(synchronize_session=False)
    )
