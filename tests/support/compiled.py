"""What every test would make anew for an engine of its own: compiled statements, and connections to PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa

#: Of each kind of database, the first engine of the process; what it compiled is keyed by its dialect.
_FIRST: dict[str, sa.Engine] = {}


def share(engine: sa.Engine) -> None:
    """Let this engine read and fill the cache of the first one of its kind; before it has connected.

    A process of PostgreSQL reads the catalogue for each table it meets: with one that has met
    them all the tests take a third less. A base of SQLite is another file in each test.
    """
    first = _FIRST.setdefault(engine.name, engine)
    if first is engine:
        engine.connect().close()  # a dialect learns of its server at the first connection
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    if engine.name == "postgresql" and engine.url == first.url:
        engine.pool = first.pool


def let_go(engine: sa.Engine) -> None:
    """Close what is open, but not the connections that the next test uses."""
    if engine.name != "postgresql" or engine.pool is not _FIRST[engine.name].pool:
        engine.dispose()
