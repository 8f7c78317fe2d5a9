"""Statements compiled once for all tests of a process: every test makes an engine of its own."""

from __future__ import annotations

import sqlalchemy as sa

#: Of each kind of database, the first engine of the process; what it compiled is keyed by its dialect.
_FIRST: dict[str, sa.Engine] = {}


def share(engine: sa.Engine) -> None:
    """Let this engine read and fill the cache of the first one of its kind; before it has connected."""
    first = _FIRST.setdefault(engine.name, engine)
    if first is engine:
        engine.connect().close()  # a dialect learns of its server at the first connection
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
