"""The server of the base goes away in the middle of a transaction: here its connection is cut by another one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask, Response
from flask.testing import FlaskClient

from diagnostics.database import db, session

pytestmark = pytest.mark.parametrize(
    "base", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
ASKED = sa.text("SELECT 1")


def cut_connection() -> None:
    """Of the session, which has begun a transaction with it."""
    number = session.scalar(sa.text("SELECT pg_backend_pid()"))
    other = sa.create_engine(db.engine.url)
    with other.connect() as connection:
        assert connection.scalar(sa.text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
    other.dispose()


def test_a_page_that_is_made_already_is_served(app: Flask, client: FlaskClient) -> None:
    @app.after_request
    def cut_behind(response: Response) -> Response:
        cut_connection()
        return response

    assert [client.get("/login").status_code for _ in range(2)] == [200, 200]


def test_what_was_open_counts_as_rolled_back_and_the_next_transaction_gets_a_new_connection(
    in_app: Flask,
) -> None:
    cut_connection()
    session.rollback()
    assert session.scalar(ASKED) == 1


def test_the_end_of_a_session_lets_the_dead_connection_go(in_app: Flask) -> None:
    cut_connection()
    session.remove()
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of the pool that both bases have
    assert session.scalar(ASKED) == 1


def test_a_commit_is_never_taken_for_done(in_app: Flask) -> None:
    cut_connection()
    with pytest.raises(sa.exc.DBAPIError):
        session.commit()
