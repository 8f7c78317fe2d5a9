"""The second step of a person as pages need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people import totp
from diagnostics.people.models import Account, RecoveryCode, Role, SecondStep
from diagnostics.people.queries.actors import roles_of

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
STAFF = ADMINISTRATORS | {Role.REGIONAL_COORDINATOR, Role.MUNICIPAL_COORDINATOR, Role.METHODOLOGIST}
#: The setting SECOND_STEP → whose password alone is not enough.
ASKED: dict[str, frozenset[Role]] = {
    "nobody": frozenset(),
    "administrators": ADMINISTRATORS,
    "staff": frozenset(STAFF),
}


@dataclass(frozen=True, slots=True)
class SecondStepState:
    since: datetime | None  # None: not in use
    codes_left: int
    required: bool


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the page of a new authenticator shows."""

    address: str  # in the QR code
    secret: str  # to be typed where there is no camera


def state(person_id: str, *, setting: str) -> SecondStepState:
    row = session.get(SecondStep, person_id)
    left = sa.select(sa.func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return SecondStepState(
        since=row.confirmed_at if row else None,
        codes_left=session.scalar(left) or 0,
        required=is_required(person_id, setting=setting),
    )


def is_required(person_id: str, *, setting: str) -> bool:
    held = {one.role for one in roles_of(person_id, clock.now().date())}
    return bool(held & ASKED[setting])


def set_up(person_id: str, *, key: str, issuer: str) -> SetUp:
    """Of an authenticator that was begun and is not confirmed yet; else Missing."""
    row = session.get(SecondStep, person_id)
    login = session.scalar(sa.select(Account.login).where(Account.person_id == person_id))
    if row is None or row.confirmed_at is not None or login is None:
        raise Missing
    secret = totp.derived(key, person_id, row.salt)
    return SetUp(totp.address(secret, login=login, issuer=issuer), totp.spelled(secret))
