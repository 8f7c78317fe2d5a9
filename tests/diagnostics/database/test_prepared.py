"""Statements of the hot path: the same types and errors as SQLAlchemy's own, one transaction with the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock, database
from diagnostics.database import Base, direct_transaction, prepared, session, writing
from diagnostics.database.prepared import Prepared
from diagnostics.sittings.core import SITTING, WAVE
from diagnostics.sittings.models import SittingState
from diagnostics.upkeep.marks import Mark, put, value_of
from tests.support.answering import begin, statements, world

MARKS = Base.metadata.tables["mark"]
PUT = Prepared(
    sa.insert(MARKS)
    .values(name=sa.bindparam("named"), value=sa.bindparam("said"), at=sa.bindparam("moment"))
    .returning(MARKS.c.value, MARKS.c.at)
)
GET = Prepared(sa.select(MARKS.c.value).where(MARKS.c.name == sa.bindparam("named")))


def given(name: str) -> dict[str, object]:
    return {"named": name, "said": "да", "moment": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)}


@pytest.mark.usefixtures("in_app")
def test_rows_come_with_the_types_of_their_columns() -> None:
    writing_key = begin(world())
    facts = Prepared(
        sa.select(SITTING.c.state, SITTING.c.started_at, WAVE.c.closes_at, SITTING.c.receipt)
        .join_from(SITTING, WAVE, sa.true())
        .where(SITTING.c.id == sa.bindparam("id"), SITTING.c.state == SittingState.OPEN)
    )
    row = facts.first(session.connection(), {"id": writing_key.sitting_id})
    assert row is not None
    state, started, closes, receipt = row
    assert state is SittingState.OPEN
    assert started.tzinfo is not None
    assert closes > clock.now()
    assert receipt is None


@pytest.mark.usefixtures("in_app")
def test_what_is_written_is_read_back_by_the_orm() -> None:
    row = PUT.first(session.connection(), given("one"))
    assert row == ("да", datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC))
    mark = session.get(Mark, "one")
    assert mark is not None
    assert (mark.value, mark.at) == row


@pytest.mark.usefixtures("in_app")
def test_a_naive_time_is_refused_here_too() -> None:
    with pytest.raises(ValueError, match="naive"):
        PUT.first(session.connection(), given("one") | {"moment": datetime(2026, 1, 2)})  # noqa: DTZ001


@pytest.mark.usefixtures("in_app")
def test_no_row_is_none_and_each_run_is_seen_by_listeners() -> None:
    session.connection()
    with statements() as sent:
        assert GET.first(session.connection(), {"named": "nothing"}) is None
    assert len(sent) == 1


@pytest.mark.usefixtures("in_app")
def test_errors_are_those_of_sqlalchemy_and_tell_no_values() -> None:
    PUT.first(session.connection(), given("secret name"))
    with pytest.raises(sa.exc.IntegrityError) as caught:
        PUT.first(session.connection(), given("secret name") | {"said": "private"})
    assert "private" not in str(caught.value)


def test_a_direct_transaction_is_kept_when_its_block_ends(app: Flask) -> None:
    with app.app_context(), writing():
        with direct_transaction():
            PUT.first(database.connection(), given("kept"))
        assert value_of("kept") == "да"


def fail_after(*works: Callable[[], object]) -> None:
    with direct_transaction():
        for work in works:
            work()
        raise ZeroDivisionError


def test_a_direct_transaction_is_undone_by_an_exception(app: Flask) -> None:
    with app.app_context(), writing():
        with pytest.raises(ZeroDivisionError):
            fail_after(lambda: PUT.first(database.connection(), given("undone")))
        assert value_of("undone") is None


def test_a_session_used_inside_joins_the_direct_transaction(app: Flask) -> None:
    """On SQLite a second transaction would wait for the first for ever."""
    with app.app_context(), writing():
        with direct_transaction():
            PUT.first(database.connection(), given("first"))
            assert value_of("first") == "да"
            put("second", "тоже")
        assert (value_of("first"), value_of("second")) == ("да", "тоже")


def test_with_a_direct_transaction_the_session_is_undone_too(app: Flask) -> None:
    with app.app_context(), writing():
        with pytest.raises(ZeroDivisionError):
            fail_after(lambda: put("third", "нет"), lambda: PUT.first(database.connection(), given("fourth")))
        assert (value_of("third"), value_of("fourth")) == (None, None)


def test_an_unused_direct_transaction_opens_nothing(app: Flask) -> None:
    with app.app_context(), writing(), statements() as sent, direct_transaction():
        pass
    assert sent == []


def end(engine: sa.Engine, connection: sa.Connection) -> None:
    """As a restarted server ends a connection, behind its owner's back."""
    pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    connection.rollback()
    with engine.connect() as ender:
        ender.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")


@pytest.mark.parametrize("base", ["postgres"], indirect=True)
def test_connections_that_died_at_rest_are_replaced_unseen(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.database.engines.RESTED_SECONDS", 0.0)
    with app.app_context():
        engine = database.db.engine
        with engine.connect() as one, engine.connect() as two:
            end(engine, one)
            end(engine, two)
        with engine.connect() as one, engine.connect() as two, engine.connect() as three:
            for again in (one, two, three):
                assert again.exec_driver_sql("SELECT 1").scalar() == 1


@pytest.mark.parametrize("base", ["postgres"], indirect=True)
def test_a_connection_that_dies_in_use_is_thrown_away(app: Flask) -> None:
    with app.app_context():
        engine = database.db.engine
        with engine.connect() as one:
            end(engine, one)
            one.begin()
            with pytest.raises(sa.exc.OperationalError):
                prepared.run(one, "SELECT 1")
            assert one.invalidated
        with engine.connect() as again:
            assert again.exec_driver_sql("SELECT 1").scalar() == 1
