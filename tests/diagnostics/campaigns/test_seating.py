"""Seats: one a person, with the place of work frozen and a form dealt fairly."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.errors import CampaignError, MoveRefused
from diagnostics.campaigns.models import Privacy, Seat, WaveKind
from diagnostics.campaigns.queries import seats
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.people.models import Membership
from tests.support import make
from tests.support.diagnosis import ENTRY, EXIT, Scene

ME = None


def test_a_seat_freezes_school_municipality_position_and_subject(scene: Scene) -> None:
    person = make.person(at=scene.school, position="завуч", subject="химия")
    seat_id = actions.seat_people(scene.entry, [person.id], ME).seats[person.id]
    seat = session.get_one(Seat, seat_id)
    assert (seat.school_id, seat.municipality_id) == (scene.school.id, scene.municipality.id)
    assert (seat.position, seat.subject_taught) == ("завуч", "химия")


def test_opening_reads_the_places_anew(scene: Scene) -> None:
    person = make.person(at=scene.school)
    actions.seat_audience(scene.campaign_id, [person.id], ME)
    other = make.school(scene.municipality, "Школа № 3")
    standing = session.query(Membership).filter_by(person_id=person.id).one()
    standing.until = date(2026, 11, 1)
    session.add(Membership(person_id=person.id, node_id=other.id, since=date(2026, 11, 2)))
    actions.open_wave(scene.entry, ME)
    assert seats.seats_of_wave(scene.entry)[0].school_id == other.id


def test_a_teacher_who_moves_later_stays_in_the_report(scene: Scene) -> None:
    person = make.person(at=scene.school)
    actions.seat_audience(scene.campaign_id, [person.id], ME)
    actions.open_wave(scene.entry, ME)
    session.query(Membership).filter_by(person_id=person.id).one().until = date(2026, 11, 25)
    session.flush()
    assert seats.seats_of_wave(scene.entry)[0].school_id == scene.school.id


def test_a_person_is_seated_once(scene: Scene) -> None:
    (person,) = make.people(1, scene.school)
    first = actions.seat_people(scene.entry, [person, person], ME)
    again = actions.seat_people(scene.entry, [person], ME)
    assert (first.added, again.added) == (1, 0)
    assert first.seats == again.seats


def test_the_audience_sits_in_every_wave(scene: Scene) -> None:
    assert actions.seat_audience(scene.campaign_id, make.people(3, scene.school), ME) == 3
    assert [wave.expected for wave in queries.campaign(scene.campaign_id).waves] == [3, 3]


def test_forms_are_dealt_evenly_and_differ_at_the_exit(scene: Scene) -> None:
    campaign = make.campaign(scene.trainer, scene.institute, entry=ENTRY, exit_=EXIT)
    asked, scored = make.work()
    entry, leaving = (wave.id for wave in queries.campaign(campaign.id).waves)
    actions.assign(entry, asked, scored, "B", actor_id=ME)
    actions.assign(leaving, asked, scored, "A", actor_id=ME)
    actions.seat_audience(campaign.id, make.people(9, scene.school), ME)
    had = {one.respondent_id: one.form for one in seats.seats_of_wave(entry)}
    gets = {one.respondent_id: one.form for one in seats.seats_of_wave(leaving)}
    assert sorted(Counter(had.values()).values()) == [4, 5]
    assert all(gets[person] != form for person, form in had.items())


def test_strangers_are_not_seated(scene: Scene) -> None:
    with pytest.raises(CampaignError) as refused:
        actions.seat_people(scene.entry, ["nobody"], ME)
    assert refused.value.code == "person_unknown"


def test_a_wave_without_a_work_takes_nobody(scene: Scene) -> None:
    bare = make.campaign(scene.trainer, scene.institute)
    wave = actions.add_wave(bare.id, WaveKind.ENTRY, *ENTRY, ME)
    with pytest.raises(CampaignError) as refused:
        actions.seat_people(wave.id, make.people(1, scene.school), ME)
    assert refused.value.code == "no_assignment"


def test_an_anonymous_diagnosis_has_no_persons(scene: Scene) -> None:
    view = queries.campaign(scene.campaign_id)
    actions.change_campaign(
        scene.campaign_id,
        title=view.title,
        privacy=Privacy.ANONYMOUS,
        visibility={},
        preset_basis="",
        tutor_id=None,
        actor_id=ME,
    )
    with pytest.raises(CampaignError) as refused:
        actions.seat_people(scene.entry, make.people(1, scene.school), ME)
    assert refused.value.code == "anonymous_has_no_persons"


@pytest.mark.parametrize("factor", [0, -1, 0.99, 3.01, 1e6, float("nan")])
def test_impossible_extra_time_is_refused(scene: Scene, factor: float) -> None:
    with pytest.raises(FieldRefused):
        actions.set_extra_time(_seat(scene), factor, ME)


def test_extra_time_is_kept_until_the_work_is_sent(scene: Scene) -> None:
    seat_id = _seat(scene)
    actions.set_extra_time(seat_id, 1.5, ME)
    assert seats.seat(seat_id).extra_time == 1.5
    actions.mark_submitted(seat_id)
    with pytest.raises(MoveRefused):
        actions.set_extra_time(seat_id, 2, ME)


def test_a_person_taken_out_leaves_the_turnout(scene: Scene) -> None:
    seat_id = _seat(scene)
    actions.withdraw_seat(seat_id, ME)
    assert queries.turnout(scene.entry) == []
    assert seats.seats_of_wave(scene.entry) == []


def _seat(scene: Scene) -> str:
    (person,) = make.people(1, scene.school)
    return actions.seat_people(scene.entry, [person], ME).seats[person]
