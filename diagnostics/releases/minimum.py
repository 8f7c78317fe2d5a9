"""The minimum group in force: the shipped one or a higher one that the operator has set."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.releases.errors import MinimumLowered
from diagnostics.releases.models import GroupMinimum


@dataclass(frozen=True, slots=True)
class Minimum:
    """People with a valid result below whom nothing is said about a group."""

    adults: int
    pupils: int


def minimum() -> Minimum:
    """The rule in force: never below the shipped one."""
    shipped = Limits()
    row = session.scalars(sa.select(GroupMinimum).order_by(GroupMinimum.set_at.desc()).limit(1)).first()
    if row is None:
        return Minimum(shipped.group_minimum_adults, shipped.group_minimum_pupils)
    return Minimum(
        max(row.adults, shipped.group_minimum_adults), max(row.pupils, shipped.group_minimum_pupils)
    )


def set_minimum(*, adults: int, pupils: int, actor_id: str | None) -> GroupMinimum:
    """Set the minimum group; once there are answers it can only be raised.

    Raises
    ------
    MinimumLowered
        Below the shipped minimum, or below the standing one where findings exist.
    """
    standing, shipped = minimum(), Limits()
    answered = session.scalar(sa.select(sa.exists().where(Finding.id.is_not(None))))
    floor = standing if answered else Minimum(shipped.group_minimum_adults, shipped.group_minimum_pupils)
    for asked, least in ((adults, floor.adults), (pupils, floor.pupils)):
        if asked < least:
            raise MinimumLowered(least)
    row = GroupMinimum(adults=adults, pupils=pupils, set_at=clock.now(), set_by=actor_id)
    session.add(row)
    session.flush()
    audit.record(
        "releases.minimum",
        actor_id=actor_id,
        kind="group_minimum",
        object_id=row.id,
        before=[standing.adults, standing.pupils],
        after=[adults, pupils],
    )
    return row
