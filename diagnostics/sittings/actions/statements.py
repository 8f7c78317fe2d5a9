"""The writing statements of a save, in Core and made once: they run on every answer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from diagnostics.database.prepared import Prepared
from diagnostics.sittings.core import EVENT, KEY, LATE, SITTING
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.standing import GIVES_ANSWER

# The clock of a server may be set back: within a sitting no event is earlier than the one before it.
_NOW = sa.bindparam("now", type_=SITTING.c.touched_at.type)
_NEVER_BACK = sa.case((SITTING.c.touched_at > _NOW, SITTING.c.touched_at), else_=_NOW)
# Takes `number` positions and their moment; no row: the sitting is no longer open. It also makes writers of one
# sitting wait for one another, so that positions follow the order of commits.
ADVANCE = Prepared(
    sa.update(SITTING)
    .where(SITTING.c.id == sa.bindparam("sitting"), SITTING.c.state == SittingState.OPEN)
    .values(last_position=SITTING.c.last_position + sa.bindparam("number"), touched_at=_NEVER_BACK)
    .returning(SITTING.c.last_position, SITTING.c.touched_at)
)
# Numbers for events of a form posted without script.
NEXT_FORM_SEQ = Prepared(
    sa.update(KEY)
    .where(KEY.c.id == sa.bindparam("client"))
    .values(last_seq=KEY.c.last_seq + sa.bindparam("number"))
    .returning(KEY.c.last_seq)
)
STORED = sa.select(EVENT.c.seq, EVENT.c.position, EVENT.c.rival, EVENT.c.body_hash, EVENT.c.at).where(
    EVENT.c.sitting_id == sa.bindparam("sitting"),
    EVENT.c.client == sa.bindparam("own"),
    EVENT.c.seq.in_(sa.bindparam("seqs", expanding=True)),
)


def rival(*, sitting_id: Any, item: Any, base: Any, client: Any, seq: Any) -> sa.Select[int | None]:
    """The newest answer that whoever answers over `base` had not seen; it stays the one that counts.

    Of another client, or of the same one under a later number: a tab that lost its turn may tell late what it had
    been given before. Events of forms have numbers of the server, below 0, and come when they are given.
    """
    other = EVENT.alias("other")
    return sa.select(sa.func.max(other.c.position)).where(
        other.c.sitting_id == sitting_id,
        other.c.item == item,
        other.c.position > base,
        sa.or_(other.c.client != client, sa.and_(seq > 0, other.c.seq > seq)),
        sa.or_(*(other.c.kind == kind for kind in sorted(GIVES_ANSWER))),  # IN would be expanded at each run
    )


_RIVAL = rival(
    **{name: sa.bindparam(name) for name in ("sitting_id", "item", "base", "client", "seq")}
).scalar_subquery()


_DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def _insert_event(dialect: str, rival: sa.ScalarSelect[Any] | sa.Null) -> Any:
    columns = [column.name for column in EVENT.c if column.name != "rival"]
    values: dict[str, Any] = {name: sa.bindparam(name) for name in columns}
    statement = _DIALECTS[dialect].insert(EVENT).values(**values, rival=rival)
    return statement.on_conflict_do_nothing(index_elements=["sitting_id", "client", "seq"]).returning(
        EVENT.c.position, EVENT.c.rival
    )


INSERT_ANSWER = Prepared(make=lambda dialect: _insert_event(dialect, _RIVAL))
INSERT_MARK = Prepared(make=lambda dialect: _insert_event(dialect, sa.null()))
INSERT_LATE = {
    name: dialect.insert(LATE).on_conflict_do_nothing(index_elements=["sitting_id", "client", "seq"])
    for name, dialect in _DIALECTS.items()
}
INSERT_SITTING = {
    name: dialect.insert(SITTING).on_conflict_do_nothing(index_elements=["seat_id"]).returning(SITTING.c.id)
    for name, dialect in _DIALECTS.items()
}


def _insert_key(dialect: Any) -> Any:
    """A device that comes in again gets its key again, and one that was stopped lives anew."""
    insert = dialect.insert(KEY)
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["secret_hash"],
        set_={"token_id": given.token_id, "person_id": given.person_id, "revoked_at": None},
    ).returning(KEY.c.id)


INSERT_KEY = {name: _insert_key(dialect) for name, dialect in _DIALECTS.items()}
