"""Snapshots are numbered, frozen and do not follow one another by a handful of people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.people.models import Role
from diagnostics.releases import actions, queries
from diagnostics.releases.errors import GroupTooSmall, MinimumLowered, WouldReveal
from diagnostics.releases.minimum import minimum, set_minimum
from diagnostics.releases.models import Audience, Release
from tests.support import make

PEOPLE = [f"person{index:08d}" for index in range(60)]


@pytest.fixture
def campaign(in_app: Flask) -> Campaign:
    place = make.institute(make.region())
    return make.campaign(make.staff(Role.TRAINER, place), place)


def publish(
    campaign: Campaign, mean: float, members: Sequence[str], audience: Audience = Audience.UPWARD,
    *, closed: bool = False, kind: str = "entry_exit",
) -> Release:  # fmt: skip
    return actions.publish(
        campaign_id=campaign.id, kind=kind, audience=audience, body={"mean": mean}, sources={},
        members=members, closed=closed, actor_id=None,
    )  # fmt: skip


def test_the_same_figures_are_the_standing_release(campaign: Campaign) -> None:
    assert publish(campaign, 56, PEOPLE[:20]).id == publish(campaign, 56, PEOPLE[:20]).id


def test_each_audience_counts_its_own_numbers(campaign: Campaign) -> None:
    publish(campaign, 56, PEOPLE[:20])
    assert publish(campaign, 57, PEOPLE[:20]).number == 2
    assert publish(campaign, 56.25, PEOPLE[:20], Audience.OWN).number == 1


def test_nothing_goes_upward_about_four_people(campaign: Campaign) -> None:
    with pytest.raises(GroupTooSmall):
        publish(campaign, 56, PEOPLE[:4])
    assert publish(campaign, 56, PEOPLE[:4], Audience.OWN).people == 4


def test_one_newcomer_does_not_change_what_is_released(campaign: Campaign) -> None:
    publish(campaign, 56, PEOPLE[:20])
    with pytest.raises(WouldReveal):
        publish(campaign, 57, PEOPLE[:21])
    assert publish(campaign, 57, PEOPLE[:30]).number == 2


def test_at_the_close_of_the_window_the_final_figures_come_out_once(campaign: Campaign) -> None:
    publish(campaign, 56, PEOPLE[:20])
    assert publish(campaign, 57, PEOPLE[:21], closed=True).number == 2
    with pytest.raises(WouldReveal):
        publish(campaign, 58, PEOPLE[:22], closed=True)


def test_figures_of_two_kinds_do_not_single_out_those_between_them(campaign: Campaign) -> None:
    publish(campaign, 56, PEOPLE[:22], kind="entry")
    with pytest.raises(WouldReveal):
        publish(campaign, 57, PEOPLE[:20])


def test_a_release_is_frozen_and_audited(campaign: Campaign) -> None:
    row = publish(campaign, 56, PEOPLE[:20])
    assert (
        session.scalar(sa.select(AuditRow.object_id).where(AuditRow.action == "releases.publish")) == row.id
    )
    with pytest.raises(sa.exc.DatabaseError):
        session.execute(sa.update(Release).values(people=1))


def test_the_check_code_comes_from_the_content(campaign: Campaign) -> None:
    publish(campaign, 56, PEOPLE[:20])
    publish(campaign, 57, PEOPLE[:20])
    newest = queries.latest(campaign.id, "entry_exit", Audience.UPWARD)
    assert newest is not None
    assert newest.body == {"mean": 57}
    assert newest.check_code != queries.one(publish(campaign, 56, PEOPLE[:30]).id).check_code


def test_the_minimum_group_is_raised_and_never_falls_below_the_shipped_one(campaign: Campaign) -> None:
    set_minimum(adults=10, pupils=15, actor_id=None)
    assert (minimum().adults, minimum().pupils) == (10, 15)
    with pytest.raises(GroupTooSmall):
        publish(campaign, 56, PEOPLE[:9])
    set_minimum(adults=7, pupils=10, actor_id=None)  # no answers yet
    with pytest.raises(MinimumLowered):
        set_minimum(adults=4, pupils=10, actor_id=None)
