from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, Wave
from diagnostics.config import Limits
from diagnostics.database import Base, session
from diagnostics.errors import Missing
from diagnostics.people.actions import accounts, tokens
from diagnostics.people.models import Role
from diagnostics.sittings import actions as sittings
from diagnostics.upkeep import erasing, own_data, own_queries
from tests.support import make

#: Tables of rows about a person that the export leaves out, each with its reason.
LEFT_OUT = {
    **dict.fromkeys(
        ("draft_revision", "draft_approval", "item_decision", "version_claim"),
        "history of a work of the operator; what the person did to it stands among their acts",
    ),
    "account_token": "secrets of links",
    "mark_draft": "a mark that the expert has not saved yet; once saved it stands among the marks given",
    "marking_expert": "who is asked to mark for the operator; what the expert did stands among the marks given",
    "recovery_code": "hashes of codes; how many are left stands on the page of the second step",
    "sitting_key": "secrets of browsers",
}


def _data(person_id: str) -> dict[str, list[dict[str, own_data.Cell]]]:
    return own_data.as_json(own_data.collect(person_id))


def test_a_person_gets_what_is_known_about_them(in_app: Flask) -> None:
    school = make.school(make.region(), "Школа № 5")
    teacher = make.person("Ёжикова Алевтина Тихоновна", at=school, email="e@example.org")
    data = _data(teacher.id)
    assert data["person"][0]["surname"] == "Ёжикова"
    assert data["memberships"][0]["place"] == "Школа № 5"


def test_nothing_of_other_people_is_in_it(in_app: Flask) -> None:
    school = make.school(make.region())
    make.person("Чужая Ольга Ивановна", at=school)
    mine = make.person("Своя Анна Петровна", at=school)
    assert "Чужая" not in json.dumps(_data(mine.id), ensure_ascii=False)


def test_no_secret_is_in_it(in_app: Flask) -> None:
    teacher = make.person()
    accounts.open_account(person_id=teacher.id, login="e@example.org", actor_id=None)
    accounts.set_password(teacher.id, "$argon2id$canary", actor_id=None)
    tokens.invite(person_id=teacher.id, limits=Limits(), actor_id=None)
    text = json.dumps(_data(teacher.id), ensure_ascii=False)
    assert "e@example.org" in text
    assert "canary" not in text
    assert "hash" not in text


def test_answers_come_with_the_words_of_their_questions(in_app: Flask) -> None:
    region = make.region()
    teacher = make.person(at=make.school(region))
    trainer = make.staff(Role.TRAINER, region)
    today = clock.now().date()
    campaign = make.campaign(trainer, region, entry=(today - timedelta(days=1), today + timedelta(days=7)))
    wave_id = session.scalars(sa.select(Wave.id).where(Wave.campaign_id == campaign.id)).one()
    campaigns.seat_people(wave_id, [teacher.id], trainer.id)
    campaigns.open_wave(wave_id, trainer.id)
    seat_id = session.scalars(sa.select(Seat.id).where(Seat.respondent_id == teacher.id)).one()
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=teacher.id)
    session.execute(
        sa.text(
            "INSERT INTO answer_event (sitting_id, position, kind, item, value, client, seq, base, body_hash, at)"
            " VALUES (:sitting, 1, 'answer', 'M01', '\"b\"', :client, 1, 0, 'x', :at)"
        ).bindparams(sa.bindparam("at", clock.now(), type_=sa.DateTime(timezone=True))),
        {"sitting": started.sitting_id, "client": started.key_id},
    )
    data = _data(teacher.id)
    assert [(row["item"], row["answer"]) for row in data["answers"]] == [("M01", "b")]
    assert data["answers"][0]["question"]
    assert data["diagnoses"][0]["state"] == "started"


def test_every_table_about_a_person_is_exported_or_left_out_for_a_reason(in_app: Flask) -> None:
    about = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in {"person_id", "respondent_id", "to_person_id"}
    }
    read = {table.name for part in own_queries.PARTS for table in _tables(part.of("nobody"))}
    assert about - read == set(LEFT_OUT)


def _tables(query: sa.Select[object]) -> set[sa.Table]:
    return {
        one
        for source in query.get_final_froms()
        for one in sa.sql.visitors.iterate(source)
        if isinstance(one, sa.Table)
    }  # type: ignore[misc]


def test_an_erased_person_has_nothing_to_get(in_app: Flask) -> None:
    teacher = make.person()
    erasing.erase(teacher.id, actor_id=None)
    with pytest.raises(Missing):
        own_data.collect(teacher.id)
