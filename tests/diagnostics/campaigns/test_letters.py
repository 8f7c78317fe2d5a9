"""Letters: one invitation, two reminders at most, only to those who have not finished."""

from __future__ import annotations

import pytest

from diagnostics.campaigns import actions
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.queries.roll import Participant
from diagnostics.database import session
from diagnostics.outbox.models import Letter
from tests.support import make
from tests.support.diagnosis import Scene

ME = None


def compose(to: Participant, link: str) -> tuple[str, str]:
    return "Приглашение", f"{to.address_name} {link}"


def test_each_known_address_is_invited_once(scene: Scene) -> None:
    _people(scene, "a@example.org", None)
    sent = actions.invite(scene.entry, compose, ME)
    assert (sent.letters, sent.without_address) == (1, 1)
    assert actions.invite(scene.entry, compose, ME).letters == 0
    (letter,) = session.query(Letter)
    name, link = letter.text.rsplit(" ", 1)
    assert (letter.to_address, name) == ("a@example.org", "Анна Петровна")
    assert actions.find_by_link(link).person_id == letter.to_person_id


def test_two_reminders_and_no_more(scene: Scene) -> None:
    _people(scene, "a@example.org")
    actions.invite(scene.entry, compose, ME)
    assert [actions.remind(scene.entry, compose, turn, ME).letters for turn in (1, 1, 2, 2)] == [1, 0, 1, 0]
    with pytest.raises(MoveRefused):
        actions.remind(scene.entry, compose, 3, ME)


def test_who_has_sent_or_declined_is_not_reminded(scene: Scene) -> None:
    first, second, third = _people(scene, "a@example.org", "b@example.org", "c@example.org")
    actions.invite(scene.entry, compose, ME)
    actions.mark_submitted(first)
    actions.decline(second)
    assert [one.seat_id for one in actions.to_remind(scene.entry)] == [third]
    assert actions.remind(scene.entry, compose, 1, ME).letters == 1


def test_nobody_is_invited_before_the_wave_is_open(scene: Scene) -> None:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), ME)
    with pytest.raises(MoveRefused):
        actions.invite(scene.entry, compose, ME)


def _people(scene: Scene, *emails: str | None) -> list[str]:
    """Seats of people with these addresses, in an open wave."""
    people = [
        make.person(f"Соколова{number} Анна Петровна", at=scene.school, email=email).id
        for number, email in enumerate(emails)
    ]
    seats = actions.seat_people(scene.entry, people, ME).seats
    actions.open_wave(scene.entry, ME)
    return [seats[person] for person in people]
