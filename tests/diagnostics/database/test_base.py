from __future__ import annotations

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, CampaignPurpose, Seat
from diagnostics.database import db, moved, read_only, session
from diagnostics.database.frozen import declared, installed
from diagnostics.upkeep.marks import Mark
from tests.support import diagnosis, make


def test_a_migrated_base_has_every_declared_trigger(in_app: Flask) -> None:
    standing = installed(session.connection())
    assert standing == [trigger.name for trigger in declared()]


def test_models_and_migrations_agree(in_app: Flask) -> None:
    flask_migrate.check()


@pytest.mark.parametrize("change", ["UPDATE audit_row SET note = 'x'", "DELETE FROM audit_row"])
def test_a_frozen_table_refuses_every_change(in_app: Flask, change: str) -> None:
    audit.record("test.made", actor_id=None, kind="thing", object_id="1")
    session.flush()
    with pytest.raises(sa.exc.DBAPIError, match="frozen: audit_row"):
        session.execute(sa.text(change))


def test_a_move_is_seen_by_what_the_session_had_not_written_yet(in_app: Flask) -> None:
    mark = Mark(name="made", value="before", at=clock.now())
    session.add(mark)
    assert moved(sa.update(Mark).where(Mark.name == "made").values(value="after"))
    assert mark.value == "after"


def test_a_reading_request_cannot_write(in_app: Flask) -> None:
    with read_only():
        session.add(Mark(name="made", value="", at=clock.now()))
        with pytest.raises(RuntimeError, match="tried to write"):
            session.flush()


def test_a_reading_request_cannot_write_past_the_session_either(in_app: Flask) -> None:
    with read_only(), pytest.raises(RuntimeError, match="tried to write"):
        audit.record("test.made", actor_id=None, kind="thing", object_id="1")


def test_time_comes_back_aware(in_app: Flask) -> None:
    audit.record("test.made", actor_id=None, kind="thing", object_id="1")
    session.commit()
    row = session.scalars(sa.select(AuditRow)).one()
    assert row.at.tzinfo is not None
    assert abs((clock.now() - row.at).total_seconds()) < 60


def test_migrations_go_down_and_up_again(in_app: Flask) -> None:
    session.remove()
    flask_migrate.downgrade(revision="base")
    assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert installed(connection) == [trigger.name for trigger in declared()]


@pytest.mark.parametrize("release", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_a_filled_base_of_an_earlier_release_keeps_its_rows_and_its_triggers(
    in_app: Flask, release: str
) -> None:
    with clock.frozen(diagnosis.TODAY):
        scene = diagnosis.scene()
        people = make.people(2, scene.school)
        seats = campaigns.seat_people(scene.entry, people, scene.trainer.id).seats
        session.commit()
    session.remove()
    flask_migrate.downgrade(revision=release)
    flask_migrate.upgrade()
    with read_only():
        campaign = session.get_one(Campaign, scene.campaign_id)
        assert (campaign.purpose, campaign.title) == (CampaignPurpose.DIAGNOSIS, "Работа с неуспевающими")
        assert set(session.scalars(sa.select(Seat.id))) == set(seats.values())
        assert installed(session.connection()) == [trigger.name for trigger in declared()]
