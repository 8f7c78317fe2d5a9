"""«Попросить продлить» and «Не могу участвовать»: from the letter's links to the organiser's answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.models import Seat, Wave
from diagnostics.campaigns.queries.requests import requests
from diagnostics.database import session
from diagnostics.jobs.models import Job, JobState
from diagnostics.outbox.models import Letter
from diagnostics.people.models import OrgNode
from diagnostics.web.running import letters as letter_pages
from diagnostics.worker import letters as letter_jobs
from tests.support import make
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def links(trainer: FlaskClient, scene: Scene) -> dict[str, str]:
    """What the last reminder to «Соколова» links to: start, extend, decline."""
    _opened(scene, "Соколова Анна Петровна")
    trainer.post(f"/waves/{scene.entry}/invite")
    trainer.post(f"/waves/{scene.entry}/remind", data={"turn": "2"})
    session.expire_all()
    text = session.scalars(sa.select(Letter.text).where(Letter.about == "reminder")).one()
    found = re.findall(r"/i/\w+(?:/\w+)?", text)
    return {link.split("/")[3] if link.count("/") > 2 else "start": link for link in found}


@pytest.fixture
def stranger(app: Flask, scene: Scene) -> FlaskClient:
    """Nobody is signed in: the links must work all the same."""
    del scene  # it comes first and makes each request ask anew who it is
    return app.test_client()


def test_only_the_last_reminder_carries_the_two_links(
    trainer: FlaskClient, scene: Scene, links: dict[str, str]
) -> None:
    assert set(links) == {"start", "extend", "decline"}
    _add(scene, "Ёлкин Пётр Ильич")
    trainer.post(f"/waves/{scene.entry}/invite")
    trainer.post(f"/waves/{scene.entry}/remind", data={"turn": "1"})
    session.expire_all()
    texts = session.scalars(sa.select(Letter.text)).all()
    assert sum("/decline" in text for text in texts) == sum("/extend" in text for text in texts) == 1


def test_after_the_last_reminder_nobody_is_written_to_again(
    trainer: FlaskClient, scene: Scene, links: dict[str, str]
) -> None:
    for turn in ("1", "2", "3"):
        trainer.post(f"/waves/{scene.entry}/remind", data={"turn": turn})
    session.expire_all()
    assert session.scalar(sa.select(sa.func.count()).where(Letter.about == "reminder")) == 1


def test_opening_the_links_changes_nothing(stranger: FlaskClient, links: dict[str, str]) -> None:
    for wish in ("decline", "extend"):
        assert stranger.get(links[wish]).status_code == HTTPStatus.OK
    seat = _seat()
    assert (seat.declined_at, seat.extension_asked_at) == (None, None)


def test_a_refusal_stops_letters_and_is_seen_by_the_organiser(
    stranger: FlaskClient, trainer: FlaskClient, scene: Scene, links: dict[str, str]
) -> None:
    page = stranger.post(links["decline"], follow_redirects=True).text
    assert "Писем больше не будет" in page
    stranger.post(links["decline"])
    assert _audited("seat.decline") == 1
    page = trainer.get(f"/diagnoses/{scene.campaign_id}").text
    assert "Не может участвовать: 1 человек" in page
    assert "Соколова Анна Петровна" in page
    assert stranger.get(links["start"]).status_code == HTTPStatus.OK


def test_a_request_is_answered_with_one_click(
    stranger: FlaskClient, trainer: FlaskClient, scene: Scene, links: dict[str, str]
) -> None:
    for _ in range(2):
        stranger.post(links["extend"])
    assert _audited("seat.ask_extension") == 1
    assert "Просьба продлить отправлена" in stranger.get(links["extend"]).text
    page = trainer.get(f"/diagnoses/{scene.campaign_id}").text
    assert "Продлить этап до 7 декабря" in page.replace("\u00a0", " ")
    trainer.post(f"/waves/{scene.entry}/extend", data={"until": "2026-12-07"})
    session.expire_all()
    wave = session.get_one(Wave, scene.entry)
    assert clock.local(wave.closes_at, wave.zone).date() == date(2026, 12, 7)
    letter = session.scalars(sa.select(Letter).where(Letter.about == "extended")).one()
    assert "до 7 декабря" in letter.text.replace("\u00a0", " ")
    assert "Просят продлить" not in trainer.get(f"/diagnoses/{scene.campaign_id}").text
    assert "срок — до 7 декабря" in stranger.get(links["extend"]).text.replace("\u00a0", " ")


def test_a_request_after_the_deadline_brings_the_same_link_back_to_life(
    stranger: FlaskClient, app: Flask, scene: Scene, links: dict[str, str]
) -> None:
    with clock.frozen(session.get_one(Wave, scene.entry).closes_at + timedelta(hours=2)):
        page = stranger.get(links["start"])
        assert (page.status_code, links["extend"] in page.text) == (HTTPStatus.GONE, True)
        stranger.post(links["extend"])
        assert "Просьба продлить отправлена" in stranger.get(links["start"]).text
        organiser = app.test_client()
        sign_in(organiser, scene.trainer.id)
        assert "этап ещё можно продлить" in organiser.get(f"/diagnoses/{scene.campaign_id}").text
        organiser.post(f"/waves/{scene.entry}/extend", data={"until": "2026-12-07"})
        assert stranger.get(links["start"]).status_code == HTTPStatus.OK


def test_a_refused_extension_is_told_and_may_be_asked_for_again(
    stranger: FlaskClient, trainer: FlaskClient, scene: Scene, links: dict[str, str]
) -> None:
    stranger.post(links["extend"])
    trainer.post(f"/waves/{scene.entry}/keep")
    trainer.post(f"/waves/{scene.entry}/keep")
    assert _audited("wave.keep_deadline") == 1
    assert requests(scene.entry).askers == ()
    assert "Организатор ответил" in stranger.get(links["extend"]).text
    stranger.post(links["extend"])
    session.expire_all()
    assert len(requests(scene.entry).askers) == 1


def test_a_closed_wave_promises_nothing(stranger: FlaskClient, scene: Scene, links: dict[str, str]) -> None:
    actions.close_wave(scene.entry, None)
    session.commit()
    assert "продлить его нельзя" in stranger.get(links["extend"]).text
    assert stranger.post(links["extend"]).status_code == HTTPStatus.CONFLICT
    stranger.post(links["decline"])
    seat = _seat()
    assert (seat.declined_at, seat.extension_asked_at) == (None, None)


def test_who_has_sent_has_nothing_to_ask(stranger: FlaskClient, links: dict[str, str]) -> None:
    actions.mark_submitted(_seat().id)
    session.commit()
    for wish in ("decline", "extend"):
        assert "уже отправлены" in stranger.get(links[wish]).text
        stranger.post(links[wish])
    seat = _seat()
    assert (seat.declined_at, seat.extension_asked_at) == (None, None)


@pytest.mark.parametrize("wish", ["decline", "extend"])
def test_a_wrong_or_revoked_link_asks_for_nothing(
    stranger: FlaskClient, links: dict[str, str], wish: str
) -> None:
    wrong = links[wish].replace("/i/", "/i/x")
    assert {stranger.get(wrong).status_code, stranger.post(wrong).status_code} == {HTTPStatus.NOT_FOUND}
    actions.revoke(_seat().id, None)
    session.commit()
    assert stranger.post(links[wish]).status_code == HTTPStatus.GONE
    seat = _seat()
    assert (seat.declined_at, seat.extension_asked_at) == (None, None)


def test_somebody_else_who_is_signed_in_cannot_decline_for_the_person(
    trainer: FlaskClient, links: dict[str, str]
) -> None:
    assert trainer.post(links["decline"]).status_code == HTTPStatus.CONFLICT
    assert _seat().declined_at is None


def test_a_teacher_who_is_signed_in_asks_without_a_letter(
    app: Flask, scene: Scene, links: dict[str, str]
) -> None:
    seat = _seat()
    make.account(session.get_one(make.Person, seat.respondent_id))
    session.commit()
    teacher = app.test_client()
    with clock.frozen(session.get_one(Wave, scene.entry).closes_at + timedelta(hours=2)):
        sign_in(teacher, str(seat.respondent_id))
        page = teacher.get(f"/t/{seat.id}/start")
        assert f"/seat/{seat.id}/extend" in page.text
        teacher.post(f"/seat/{seat.id}/extend")
        assert "Просьба продлить отправлена" in teacher.get(f"/t/{seat.id}/start").text


@pytest.mark.parametrize(
    "until", ["", "31.02.2026", "2026-02-31", "2026-11-30", "2026-11-01", "9999-12-31", "0001-01-01"]
)
def test_an_impossible_new_day_moves_nothing(
    trainer: FlaskClient, scene: Scene, links: dict[str, str], until: str
) -> None:
    before = queries.campaign(scene.campaign_id).waves
    answer = trainer.post(f"/waves/{scene.entry}/extend", data={"until": until})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    session.expire_all()
    assert queries.campaign(scene.campaign_id).waves == before


def test_the_offered_day_leaves_room_for_the_next_wave(scene: Scene, trainer: FlaskClient) -> None:
    _opened(scene, "Соколова Анна Петровна")
    actions.reschedule_wave(scene.exit, date(2026, 12, 3), date(2026, 12, 20), None)
    session.commit()
    assert requests(scene.entry).until == date(2026, 12, 2)
    actions.reschedule_wave(scene.exit, date(2026, 12, 1), date(2026, 12, 20), None)
    session.commit()
    assert requests(scene.entry).until is None


def test_strangers_do_not_prolong(other_trainer: FlaskClient, scene: Scene) -> None:
    for act in ("extend", "keep"):
        answer = other_trainer.post(f"/waves/{scene.entry}/{act}", data={"until": "2026-12-07"})
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_page_says_how_each_wave_ends(trainer: FlaskClient, scene: Scene) -> None:
    _opened(scene, "Соколова Анна Петровна")
    address = f"/diagnoses/{scene.campaign_id}"
    page = trainer.get(address).text.replace("\u00a0", " ")
    assert "закроется сам 30 ноября в 23:59 (время региона)" in page
    assert "Откроется сама 1 февраля" in page
    wave = session.get_one(Wave, scene.entry)
    with clock.frozen(wave.closes_at + timedelta(days=1)):
        actions.close_wave(scene.entry, None)
        session.commit()
    assert "Закрыт по сроку, 1 декабря" in trainer.get(address).text.replace("\u00a0", " ")


def test_many_letters_are_written_by_a_job_each_once(
    trainer: FlaskClient, scene: Scene, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_pages, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(letter_jobs, "CHUNK", 2)
    _opened(scene, *(f"Учитель{number} Имя Отчество" for number in range(5)))
    for _ in range(2):
        assert "/jobs/" in trainer.post(f"/waves/{scene.entry}/invite").location
    job = session.scalars(sa.select(Job).where(Job.kind == "campaigns.letters")).one()
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0
    run_due(app)
    assert (job.state, job.done, job.total) == (JobState.DONE, 5, 5)
    trainer.post(f"/waves/{scene.entry}/remind", data={"turn": "2"})
    run_due(app)
    about = session.execute(sa.select(Letter.about, sa.func.count()).group_by(Letter.about)).all()
    assert sorted(tuple(row) for row in about) == [("invitation", 5), ("reminder", 5)]
    text = session.scalars(sa.select(Letter.text).where(Letter.about == "reminder")).first()
    assert "Не могу участвовать" in str(text)


def test_letters_of_a_closed_wave_are_refused_before_a_job_is_made(
    trainer: FlaskClient, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_pages, "MOST_AT_ONCE", 0)
    _opened(scene, "Соколова Анна Петровна")
    actions.close_wave(scene.entry, None)
    session.commit()
    assert trainer.post(f"/waves/{scene.entry}/invite").status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("zone", "first", "last", "opens", "closes"),
    [
        # Clocks jump over midnight: the day begins at 01:00.
        ("Africa/Cairo", "2027-04-30", "2027-04-30", "2027-04-30 01:00", "2027-04-30 23:59"),
        # The last hour of the day does not exist: the deadline is the second before it.
        ("America/Scoresbysund", "2027-03-27", "2027-03-27", "2027-03-27 00:00", "2027-03-27 22:59"),
        # An hour comes twice: the deadline is the later one.
        ("Africa/Cairo", "2026-10-29", "2027-10-28", "2026-10-29 00:00", "2027-10-28 23:59"),
    ],
)
def test_a_deadline_in_a_gap_of_the_clocks_stays_on_its_day(
    trainer: FlaskClient, scene: Scene, zone: str, first: str, last: str, opens: str, closes: str
) -> None:
    session.get_one(OrgNode, scene.institute.id).zone = zone
    made = make.campaign(scene.trainer, scene.institute, entry=(date(2026, 12, 1), date(2026, 12, 2)))
    session.commit()
    (wave,) = queries.campaign(made.id).waves
    answer = trainer.post(f"/waves/{wave.id}/dates", data={"first_day": first, "last_day": last})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    session.expire_all()
    (wave,) = queries.campaign(made.id).waves
    local = [f"{clock.local(one, zone):%Y-%m-%d %H:%M}" for one in (wave.opens_at, wave.closes_at)]
    assert (wave.zone, local) == (zone, [opens, closes])


def test_a_day_that_the_place_skipped_is_refused_at_its_field(trainer: FlaskClient, scene: Scene) -> None:
    session.get_one(OrgNode, scene.institute.id).zone = "Pacific/Apia"
    made = make.campaign(scene.trainer, scene.institute, entry=(date(2026, 12, 1), date(2026, 12, 2)))
    session.commit()
    (wave,) = queries.campaign(made.id).waves
    answer = trainer.post(
        f"/waves/{wave.id}/dates", data={"first_day": "2011-12-29", "last_day": "2011-12-30"}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="last_day-error"' in answer.text
    assert "Такого дня" in answer.text


def _opened(scene: Scene, *names: str) -> None:
    _add(scene, *names)
    actions.open_wave(scene.entry, None)
    session.commit()


def _add(scene: Scene, *names: str) -> None:
    people = [
        make.person(name, at=scene.school, email=f"p{number}{len(name)}@example.org").id
        for number, name in enumerate(names)
    ]
    actions.seat_people(scene.entry, people, None)
    session.commit()


def _seat() -> Seat:
    session.expire_all()
    return session.scalars(sa.select(Seat)).one()


def _audited(action: str) -> int:
    return session.scalar(sa.select(sa.func.count()).where(AuditRow.action == action)) or 0


def test_nobody_is_written_to_when_the_time_is_over(app: Flask, scene: Scene, trainer: FlaskClient) -> None:
    _opened(scene, "Соколова Анна Петровна")
    with clock.frozen(session.get_one(Wave, scene.entry).closes_at + timedelta(hours=1)):
        organiser = app.test_client()
        sign_in(organiser, scene.trainer.id)
        page = organiser.get(f"/waves/{scene.entry}/letters").text
        assert "Срок вышел" in page
        assert "Пригласить" not in page
        for act in ("invite", "remind"):
            answer = organiser.post(f"/waves/{scene.entry}/{act}", data={"turn": "1"})
            assert (answer.status_code, "Срок вышел" in answer.text) == (HTTPStatus.CONFLICT, True)
    session.expire_all()
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0
