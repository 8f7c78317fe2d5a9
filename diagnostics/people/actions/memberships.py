"""Who works where, by date: `since` and `until` are the first and the last day, both worked."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import Conflict, FieldRefused, Missing
from diagnostics.people import checks, names
from diagnostics.people.models import Membership

LONGEST = 200


def join(
    *,
    person_id: str,
    node_id: str,
    position: str = "",
    subject: str = "",
    since: date | None = None,
    actor_id: str | None,
) -> Membership:
    """The person works at the place from a day on (today when none is given).

    Raises
    ------
    FieldRefused
        `value_too_long`, `bad_character`, `day_impossible`.
    Conflict
        `works_there_already`: with the same position and subject.
    """
    checks.living(person_id)
    checks.open_place(node_id)
    membership = Membership(
        person_id=person_id,
        node_id=node_id,
        position=names.clean(position, field="position", required=False, longest=LONGEST),
        subject=names.clean(subject, field="subject", required=False, longest=LONGEST),
        since=checks.day(since, field="since"),
    )
    _refuse_double(membership)
    session.add(membership)
    session.flush()
    audit.record(
        "membership.join",
        actor_id=actor_id,
        kind="person",
        object_id=person_id,
        after={"node": node_id, "since": membership.since.isoformat()},
    )
    return membership


def leave(membership_id: str, *, last_day: date | None = None, actor_id: str | None) -> None:
    """The last day there; nothing of what was done is lost.

    Raises FieldRefused `leaves_before_joining`, Conflict `left_already`.
    """
    membership = _standing(membership_id)
    day = checks.day(last_day, field="last_day")
    if day < membership.since:
        raise FieldRefused("leaves_before_joining", field="last_day")
    membership.until = day
    session.flush()
    audit.record(
        "membership.leave",
        actor_id=actor_id,
        kind="person",
        object_id=membership.person_id,
        after={"node": membership.node_id, "until": day.isoformat()},
    )


def move_to(
    membership_id: str,
    *,
    node_id: str,
    since: date | None = None,
    position: str | None = None,
    subject: str | None = None,
    actor_id: str | None,
) -> Membership:
    """To another place from a day on; the day before is the last one here. Earlier years stay as they were."""
    membership = _standing(membership_id)
    first = checks.day(since, field="since")
    if first <= membership.since:
        raise FieldRefused("leaves_before_joining", field="since")
    if node_id == membership.node_id:
        raise Conflict("works_there_already")
    leave(membership_id, last_day=first - timedelta(days=1), actor_id=actor_id)
    return join(
        person_id=membership.person_id,
        node_id=node_id,
        position=membership.position if position is None else position,
        subject=membership.subject if subject is None else subject,
        since=first,
        actor_id=actor_id,
    )


def _standing(membership_id: str) -> Membership:
    membership = session.get(Membership, membership_id)
    if membership is None:
        raise Missing
    if membership.until is not None:
        raise Conflict("left_already")
    return membership


def _refuse_double(new: Membership) -> None:
    double = session.scalar(
        sa.select(Membership.id)
        .where(
            Membership.person_id == new.person_id,
            Membership.node_id == new.node_id,
            Membership.position == new.position,
            Membership.subject == new.subject,
            sa.or_(Membership.until.is_(None), Membership.until >= new.since),
        )
        .limit(1)
    )
    if double is not None:
        raise Conflict("works_there_already")
