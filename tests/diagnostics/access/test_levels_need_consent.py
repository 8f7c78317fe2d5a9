"""Whether levels are open depends on the diagnosis and on what the person agreed to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.access import things
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.database import session
from diagnostics.people.actions import consents
from diagnostics.people.models import ConsentDocument, Person, Role
from tests.support import make

REQUISITES = dict.fromkeys(
    ("operator_name", "operator_address", "operator_inn", "operator_ogrn", "operator_contact"), "x"
)


class World:
    def __init__(self) -> None:
        region = make.region()
        region.requisites = REQUISITES
        self.document: ConsentDocument = consents.publish(region.id, actor_id=None)
        self.teacher: Person = make.person(at=make.school(region))
        trainer = make.staff(Role.TRAINER, region)
        today = clock.now().date()
        self.campaign: Campaign = make.campaign(trainer, region, entry=(today, today + timedelta(days=7)))
        self.campaign.visibility = {"levels_to_tutor": True, "levels_to_school": True}
        wave_id = session.scalars(sa.select(Wave.id).where(Wave.campaign_id == self.campaign.id)).one()
        campaigns.seat_people(wave_id, [self.teacher.id], trainer.id)
        self.seat_id = session.scalars(sa.select(Seat.id).where(Seat.wave_id == wave_id)).one()

    def agree(self, *, school: bool) -> None:
        consents.give(
            person_id=self.teacher.id,
            document_id=self.document.id,
            options={"levels_to_school": school},
            actor_id=self.teacher.id,
        )

    def open_to(self) -> tuple[bool, bool]:
        """(tutor, school)"""
        thing = things.seat(self.seat_id)
        return thing.levels_to_tutor, thing.levels_to_school


@pytest.fixture
def world(in_app: Flask) -> World:
    return World()


@pytest.mark.parametrize("ticked", [True, False])
def test_the_school_sees_levels_only_with_the_persons_own_tick(world: World, ticked: bool) -> None:
    world.agree(school=ticked)
    assert world.open_to() == (True, ticked)


def test_the_tick_does_not_open_what_the_diagnosis_keeps_closed(world: World) -> None:
    world.campaign.visibility = {"levels_to_tutor": True, "levels_to_school": False}
    session.flush()
    world.agree(school=True)
    assert world.open_to() == (True, False)


def test_a_withdrawn_consent_closes_the_levels_to_everybody(world: World) -> None:
    world.agree(school=True)
    consents.withdraw(world.teacher.id, world.document.operator_id, actor_id=world.teacher.id)
    assert world.open_to() == (False, False)


def test_a_diagnosis_as_a_whole_is_not_closed_by_one_person(world: World) -> None:
    world.agree(school=True)
    consents.withdraw(world.teacher.id, world.document.operator_id, actor_id=world.teacher.id)
    assert things.campaign(world.campaign.id).levels_to_tutor
