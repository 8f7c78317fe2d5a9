"""Sign a test client in without the form: a living sign-in row and its cookie."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session
from diagnostics.identifiers import digest, new_secret
from diagnostics.people.models import SignIn


def sign_in(client: FlaskClient, person_id: str) -> None:
    """The person must have an account; the row is committed with whatever the test has added so far."""
    secret, now = new_secret(), clock.now()
    session.add(
        SignIn(
            secret_hash=digest(secret),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(hours=1),
        )
    )
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
        cookie["_fresh"] = True
