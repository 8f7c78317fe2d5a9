"""Values that several actions check before they store them."""

from __future__ import annotations

import zoneinfo
from datetime import date

from email_validator import EmailNotValidError, validate_email

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people.models import OrgNode, Person, PersonState

EARLIEST_DAY, LATEST_DAY = date(1950, 1, 1), date(2100, 12, 31)


def email(text: str, *, field: str = "email") -> str:
    """The address in its normal form; FieldRefused `email_wrong`."""
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=True).normalized
    except EmailNotValidError:
        raise FieldRefused("email_wrong", field=field) from None


def day(value: date | None, *, field: str) -> date:
    """The day, today when none is given; FieldRefused `day_impossible`."""
    found = value or clock.now().date()
    if not EARLIEST_DAY <= found <= LATEST_DAY:
        raise FieldRefused("day_impossible", field=field)
    return found


def zone(name: str | None) -> str | None:
    """A name of the IANA list, or None: as the place above; FieldRefused `zone_unknown`."""
    if not name:
        return None
    if name not in zoneinfo.available_timezones():
        raise FieldRefused("zone_unknown", field="zone")
    return name


def living(person_id: str) -> Person:
    """A person who is not erased, or Missing."""
    person = session.get(Person, person_id)
    if person is None or person.state is not PersonState.ACTIVE:
        raise Missing
    return person


def open_place(node_id: str) -> OrgNode:
    """A place that is not closed, or Missing."""
    node = session.get(OrgNode, node_id)
    if node is None or node.closed_on is not None:
        raise Missing
    return node
