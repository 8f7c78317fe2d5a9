"""The second step of signing in: a code of an authenticator, or one of ten recovery codes.

`key` is the server's secret key. A code opens once: it and all older ones are refused afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.config import Limits
from diagnostics.database import moved, session
from diagnostics.errors import Conflict, FieldRefused
from diagnostics.identifiers import digest, new_id, new_paper_code
from diagnostics.people import totp
from diagnostics.people.actions import accounts, throttling
from diagnostics.people.models import RecoveryCode, SecondStep

RECOVERY_CODES = 10
RECOVERY_LENGTH = 12  # of an alphabet of 29: 58 bits


def begin(person_id: str) -> None:
    """A new authenticator to be confirmed; one that was begun and not confirmed stays as it is.

    Raises Conflict `second_step_on` when one is in use.
    """
    accounts.opened(person_id)
    standing = session.get(SecondStep, person_id)
    if standing is None:
        session.add(SecondStep(person_id=person_id, salt=new_id(), made_at=clock.now()))
        session.flush()
    elif standing.confirmed_at is not None:
        raise Conflict("second_step_on")


def confirm(person_id: str, typed: str, *, key: str, limits: Limits) -> tuple[str, ...]:
    """The first code proves that the authenticator works; from now on it is asked for. Gives the recovery codes.

    Raises
    ------
    FieldRefused
        `code_wrong`; the caller commits the counted failure.
    TooMany
        `too_many_attempts`.
    """
    row = session.get(SecondStep, person_id)
    if row is None or row.confirmed_at is not None:
        raise Conflict("second_step_on")
    _refuse_throttled(person_id, limits)
    _judge(person_id, _fits(row, typed, key))
    row.confirmed_at = clock.now()
    session.flush()
    audit.record("second_step.on", actor_id=person_id, kind="person", object_id=person_id)
    return _new_codes(person_id)


def pass_by_code(person_id: str, typed: str, *, key: str, limits: Limits) -> None:
    """A code of the authenticator in use; raises as `confirm`."""
    _refuse_throttled(person_id, limits)
    row = session.get(SecondStep, person_id)
    _judge(person_id, row is not None and row.confirmed_at is not None and _fits(row, typed, key))


def pass_by_recovery(person_id: str, typed: str, *, limits: Limits) -> int:
    """One of the recovery codes, used up by it; returns how many are left. Raises as `confirm`."""
    _refuse_throttled(person_id, limits)
    used = moved(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == _recovery_digest(person_id, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    _judge(person_id, used)
    audit.record("second_step.recovery", actor_id=person_id, kind="person", object_id=person_id)
    return unused_codes(person_id)


def renew_codes(person_id: str) -> tuple[str, ...]:
    """Ten new recovery codes; the ones before open nothing. The caller has asked for a code."""
    audit.record("second_step.codes", actor_id=person_id, kind="person", object_id=person_id)
    return _new_codes(person_id)


def turn_off(person_id: str, *, actor_id: str | None) -> bool:
    """The password alone is enough again; false when there was nothing to turn off."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    row = session.get(SecondStep, person_id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    throttling.forget(_attempt_key(person_id))
    audit.record("second_step.off", actor_id=actor_id, kind="person", object_id=person_id)
    return True


def unused_codes(person_id: str) -> int:
    left = sa.select(sa.func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(left) or 0


def _fits(row: SecondStep, typed: str, key: str) -> bool:
    """True once a code: of two browsers that send the same one, one passes."""
    secret = totp.derived(key, row.person_id, row.salt)
    counter = totp.matching(secret, typed, clock.now())
    if counter is None:
        return False
    return moved(
        sa.update(SecondStep)
        .where(SecondStep.person_id == row.person_id, SecondStep.last_counter < counter)
        .values(last_counter=counter)
    )


def _refuse_throttled(person_id: str, limits: Limits) -> None:
    """Before the code is looked at, so that one typed too early is not used up."""
    throttling.refuse_if_throttled(_attempt_key(person_id), limits)


def _judge(person_id: str, fits: bool) -> None:  # noqa: FBT001 - the verdict
    """Counted by person, from wherever they come: who is asked here has proved the password already."""
    if not fits:
        throttling.note_failure(_attempt_key(person_id))
        raise FieldRefused("code_wrong", field="code")
    throttling.forget(_attempt_key(person_id))


def _new_codes(person_id: str) -> tuple[str, ...]:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [new_paper_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(person_id=person_id, code_hash=_recovery_digest(person_id, one)) for one in codes
    )
    session.flush()
    return tuple("-".join((one[:4], one[4:8], one[8:])) for one in codes)


def _recovery_digest(person_id: str, typed: str) -> str:
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return digest(f"{person_id}:{plain}")


def _attempt_key(person_id: str) -> str:
    return throttling.attempt_key("second_step", person_id, "")
