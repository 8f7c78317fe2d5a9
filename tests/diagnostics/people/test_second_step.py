from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.config import Limits
from diagnostics.database import Base, session
from diagnostics.errors import Conflict, FieldRefused, TooMany
from diagnostics.people import totp
from diagnostics.people.actions import accounts, second_step
from diagnostics.people.models import RecoveryCode, Role, SecondStep
from diagnostics.people.queries import second_step as reads
from tests.support import make

KEY = "key of the server " * 3
LIMITS = Limits()
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def _person() -> str:
    person = make.person()
    accounts.open_account(person_id=person.id, login="anna@example.org", actor_id=None)
    return person.id


def _code(person_id: str) -> str:
    row = session.get_one(SecondStep, person_id)
    return totp.code(totp.derived(KEY, person_id, row.salt), totp.counter_at(clock.now()))


def _on(person_id: str, at: datetime = NOW) -> tuple[str, ...]:
    with clock.frozen(at):
        second_step.begin(person_id)
        return second_step.confirm(person_id, _code(person_id), key=KEY, limits=LIMITS)


def _pass(person_id: str, typed: str) -> None:
    second_step.pass_by_code(person_id, typed, key=KEY, limits=LIMITS)


def test_it_is_on_only_after_the_first_right_code(in_app: Flask) -> None:
    person_id = _person()
    second_step.begin(person_id)
    with pytest.raises(FieldRefused, match="code_wrong"):
        second_step.confirm(person_id, "000000", key=KEY, limits=LIMITS)
    assert reads.state(person_id, setting="nobody").since is None
    codes = _on(person_id)
    assert reads.state(person_id, setting="nobody").since == NOW
    assert len(set(codes)) == 10


def test_an_authenticator_that_is_begun_twice_is_the_same(in_app: Flask) -> None:
    person_id = _person()
    second_step.begin(person_id)
    first = reads.set_up(person_id, key=KEY, issuer="O")
    second_step.begin(person_id)
    assert reads.set_up(person_id, key=KEY, issuer="O") == first


def test_one_in_use_is_not_begun_anew_and_its_secret_is_not_shown(in_app: Flask) -> None:
    person_id = _person()
    _on(person_id)
    with pytest.raises(Conflict, match="second_step_on"):
        second_step.begin(person_id)
    with pytest.raises(Exception, match="missing"):
        reads.set_up(person_id, key=KEY, issuer="O")


def test_a_code_opens_once_and_older_ones_never(in_app: Flask) -> None:
    person_id = _person()
    _on(person_id)
    with clock.frozen(NOW + timedelta(seconds=60)):
        early, late = _code(person_id), None
    with clock.frozen(NOW + timedelta(seconds=90)):
        late = _code(person_id)
        _pass(person_id, late)
        for replayed in (late, early):
            with pytest.raises(FieldRefused, match="code_wrong"):
                _pass(person_id, replayed)


def test_the_code_that_turned_it_on_does_not_sign_in_too(in_app: Flask) -> None:
    person_id = _person()
    _on(person_id)
    with clock.frozen(NOW), pytest.raises(FieldRefused):
        _pass(person_id, _code(person_id))


def test_after_five_wrong_codes_even_the_right_one_waits_and_is_not_used_up(in_app: Flask) -> None:
    person_id = _person()
    _on(person_id)
    later = NOW + timedelta(minutes=5)
    with clock.frozen(later):
        for _ in range(5):
            with pytest.raises(FieldRefused):
                _pass(person_id, "000000")
        with pytest.raises(TooMany):
            _pass(person_id, _code(person_id))
        with pytest.raises(TooMany):
            second_step.pass_by_recovery(person_id, "whatever", limits=LIMITS)
    with clock.frozen(later + timedelta(minutes=15, seconds=1)):
        _pass(person_id, _code(person_id))


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_recovery_code_opens_once_however_it_is_spelled(in_app: Flask, spelling: object) -> None:
    person_id = _person()
    first = _on(person_id)[0]
    typed = spelling(first)  # type: ignore[operator]
    assert second_step.pass_by_recovery(person_id, typed, limits=LIMITS) == 9
    with pytest.raises(FieldRefused, match="code_wrong"):
        second_step.pass_by_recovery(person_id, typed, limits=LIMITS)


def test_a_recovery_code_is_of_its_person_only(in_app: Flask) -> None:
    mine = _on(_person())[0]
    other = make.person("Другой Человек")
    accounts.open_account(person_id=other.id, login="other@example.org", actor_id=None)
    _on(other.id)
    with pytest.raises(FieldRefused):
        second_step.pass_by_recovery(other.id, mine, limits=LIMITS)


def test_new_recovery_codes_end_the_old_ones(in_app: Flask) -> None:
    person_id = _person()
    old = _on(person_id)
    new = second_step.renew_codes(person_id)
    assert not set(old) & set(new)
    with pytest.raises(FieldRefused):
        second_step.pass_by_recovery(person_id, old[0], limits=LIMITS)
    assert second_step.pass_by_recovery(person_id, new[0], limits=LIMITS) == 9


def test_turned_off_it_leaves_nothing_behind_and_the_next_has_another_secret(in_app: Flask) -> None:
    person_id = _person()
    second_step.begin(person_id)
    first = reads.set_up(person_id, key=KEY, issuer="O")
    assert second_step.turn_off(person_id, actor_id="boss")
    assert not second_step.turn_off(person_id, actor_id="boss")
    assert session.scalars(sa.select(RecoveryCode)).all() == []
    second_step.begin(person_id)
    assert reads.set_up(person_id, key=KEY, issuer="O") != first
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "second_step.off")).one()
    assert (row.actor_id, row.object_id) == ("boss", person_id)


def test_neither_the_secret_nor_a_recovery_code_lies_in_the_base(in_app: Flask) -> None:
    person_id = _person()
    second_step.begin(person_id)
    secret = reads.set_up(person_id, key=KEY, issuer="O").secret.replace(" ", "")
    codes = _on(person_id)
    kept = " ".join(
        str(row) for table in Base.metadata.sorted_tables for row in session.execute(sa.select(table))
    )
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


@pytest.mark.parametrize(
    ("setting", "role", "expected"),
    [
        ("nobody", Role.ADMINISTRATOR, False),
        ("administrators", Role.ADMINISTRATOR, True),
        ("administrators", Role.METHODOLOGIST, False),
        ("staff", Role.METHODOLOGIST, True),
        ("staff", Role.MUNICIPAL_COORDINATOR, True),
        ("staff", Role.TEACHER, False),
    ],
)
def test_who_must_have_it_is_a_setting(in_app: Flask, setting: str, role: Role, expected: bool) -> None:
    somebody = make.staff(role, make.region())
    assert reads.is_required(somebody.id, setting=setting) is expected
