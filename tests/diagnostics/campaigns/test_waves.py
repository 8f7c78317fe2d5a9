"""Waves: their dates, their order, what may be opened and closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from diagnostics import clock
from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.errors import MoveRefused, TokenGone, WaveNotReady
from diagnostics.campaigns.models import CampaignState, SeatState, WaveKind, WaveState
from diagnostics.campaigns.moves import CAMPAIGN_MOVES, SEAT_MOVES, WAVE_MOVES
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.windows import window
from diagnostics.catalogue.actions import move as move_version
from diagnostics.catalogue.models import LifeState
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.jobs import queries as jobs
from diagnostics.jobs.models import Job
from tests.support import make
from tests.support.diagnosis import EXIT, Scene

ME = None


@pytest.mark.parametrize(
    ("first", "last", "code", "field"),
    [
        (date(1, 1, 1), date(2026, 1, 2), "date_impossible", "first_day"),
        (date(2026, 1, 1), date(9999, 12, 31), "date_impossible", "last_day"),
        (date(2026, 12, 15), date(2026, 12, 1), "end_before_start", "last_day"),
        (date(2026, 1, 1), date(2027, 12, 31), "window_too_long", "last_day"),
    ],
)
def test_impossible_dates_are_refused_with_their_field(
    first: date, last: date, code: str, field: str
) -> None:
    with pytest.raises(FieldRefused) as refused:
        window(first, last, "Europe/Moscow")
    assert (refused.value.code, refused.value.field) == (code, field)


def test_one_day_is_a_window() -> None:
    opens, closes = window(date(2026, 12, 1), date(2026, 12, 1), "Europe/Moscow")
    assert closes - opens == timedelta(hours=23, minutes=59, seconds=59)


def test_a_deadline_is_the_last_second_of_the_day_at_the_place(scene: Scene) -> None:
    far = make.region("Дальний край")
    far.zone = "Asia/Kamchatka"
    campaign = make.campaign(scene.trainer, far, entry=(date(2026, 12, 1), date(2026, 12, 5)))
    wave = queries.campaign(campaign.id).waves[0]
    assert wave.closes_at == datetime(2026, 12, 5, 11, 59, 59, tzinfo=UTC)
    assert wave.zone == "Asia/Kamchatka"


@pytest.mark.parametrize(
    ("kind", "dates", "field"),
    [
        (WaveKind.INTERIM, (date(2026, 11, 30), date(2026, 12, 5)), "first_day"),
        (WaveKind.INTERIM, (date(2026, 12, 1), date(2027, 2, 1)), "last_day"),
    ],
)
def test_a_later_wave_begins_after_the_earlier_one_ended(
    scene: Scene, kind: WaveKind, dates: tuple[date, date], field: str
) -> None:
    with pytest.raises(FieldRefused) as refused:
        actions.add_wave(scene.campaign_id, kind, *dates, ME)
    assert (refused.value.code, refused.value.field) == ("exit_before_entry", field)


def test_the_same_kind_twice_is_refused(scene: Scene) -> None:
    with pytest.raises(FieldRefused) as refused:
        actions.add_wave(scene.campaign_id, WaveKind.EXIT, *EXIT, ME)
    assert refused.value.code == "wave_kind_taken"


def test_all_reasons_against_opening_are_told_at_once(scene: Scene) -> None:
    bare = make.campaign(scene.trainer, scene.institute)
    wave = actions.add_wave(bare.id, WaveKind.ENTRY, date(2026, 11, 1), date(2026, 11, 10), ME)
    with pytest.raises(WaveNotReady) as refused:
        actions.open_wave(wave.id, ME)
    assert set(refused.value.reasons) == {"no_assignment", "window_over", "no_audience"}


def test_a_wave_without_people_is_not_opened(scene: Scene) -> None:
    with pytest.raises(WaveNotReady) as refused:
        actions.open_wave(scene.entry, ME)
    assert refused.value.reasons == ("no_audience",)


def test_the_exit_is_not_opened_while_the_entry_is_open(scene: Scene) -> None:
    _open_entry(scene)
    with pytest.raises(WaveNotReady) as refused:
        actions.open_wave(scene.exit, ME)
    assert refused.value.reasons == ("entry_not_closed",)


def test_a_retired_work_is_not_opened(scene: Scene) -> None:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), ME)
    (assigned,) = queries.campaign(scene.campaign_id).waves[0].assignments
    assert assigned.instrument_id
    move_version(assigned.instrument_id, LifeState.RETIRED, actor_id=None)
    with pytest.raises(WaveNotReady) as refused:
        actions.open_wave(scene.entry, ME)
    assert refused.value.reasons == ("instrument_not_published",)


def test_the_first_opened_wave_opens_the_diagnosis(scene: Scene) -> None:
    _open_entry(scene)
    view = queries.campaign(scene.campaign_id)
    assert (view.state, view.waves[0].state) == (CampaignState.OPEN, WaveState.OPEN)


def test_closing_asks_once_for_a_calibration(scene: Scene) -> None:
    _open_entry(scene)
    actions.close_wave(scene.entry, ME)
    found = [jobs.one(job.id) for job in session.query(Job).filter_by(kind="findings.calibrate")]
    assert [job.subject_id for job in found if job] == [scene.entry]
    with pytest.raises(MoveRefused):
        actions.close_wave(scene.entry, ME)


def test_closing_the_exit_ends_the_diagnosis(scene: Scene) -> None:
    _open_entry(scene)
    actions.close_wave(scene.entry, ME)
    actions.open_wave(scene.exit, ME)
    actions.close_wave(scene.exit, ME)
    view = queries.campaign(scene.campaign_id)
    assert view.state is CampaignState.CLOSED
    assert view.closed_at == clock.now()


def test_a_diagnosis_called_off_opens_for_nobody(scene: Scene) -> None:
    seat_id = _open_entry(scene)
    link = actions.mint_link(seat_id)
    actions.withdraw(scene.campaign_id, ME)
    with pytest.raises(TokenGone) as gone:
        actions.find_by_link(link)
    assert gone.value.code == "link_revoked"
    with pytest.raises(MoveRefused):
        actions.add_wave(scene.campaign_id, WaveKind.INTERIM, date(2026, 12, 2), date(2026, 12, 3), ME)


def test_an_extended_wave_keeps_its_links_alive(scene: Scene) -> None:
    link = actions.mint_link(_open_entry(scene))
    actions.reschedule_wave(scene.entry, date(2026, 1, 1), date(2026, 12, 10), ME)
    with clock.frozen(datetime(2026, 12, 5, tzinfo=UTC)):
        assert actions.find_by_link(link).seat_id
    assert seats.seat(actions.find_by_link(link).seat_id).opens_at.date() == date(2026, 11, 19)


def test_an_open_wave_does_not_end_in_the_past(scene: Scene) -> None:
    _open_entry(scene)
    with pytest.raises(FieldRefused) as refused:
        actions.reschedule_wave(scene.entry, date(2026, 11, 20), date(2026, 11, 21), ME)
    assert (refused.value.code, refused.value.field) == ("window_over", "last_day")


def test_who_sees_what_is_fixed_once_people_were_told(scene: Scene) -> None:
    view = queries.campaign(scene.campaign_id)
    _open_entry(scene)
    with pytest.raises(FieldRefused) as refused:
        actions.change_campaign(
            scene.campaign_id,
            title=view.title,
            privacy=view.privacy,
            visibility={"levels_to_school": True},
            preset_basis="",
            tutor_id=None,
            actor_id=ME,
        )
    assert refused.value.code == "privacy_is_told"


@pytest.mark.parametrize(
    ("last", "moves"),
    [
        ({CampaignState.CLOSED, CampaignState.WITHDRAWN}, CAMPAIGN_MOVES),
        ({WaveState.CLOSED}, WAVE_MOVES),
        ({SeatState.SUBMITTED, SeatState.WITHDRAWN}, SEAT_MOVES),
    ],
)
def test_nothing_leaves_a_last_state(last: set[object], moves: dict[object, frozenset[object]]) -> None:
    assert {state for state, targets in moves.items() if not targets} == last


@pytest.mark.parametrize("again", [actions.mark_started, actions.mark_submitted])
def test_marking_a_seat_twice_changes_nothing(scene: Scene, again: Callable[[str], None]) -> None:
    seat_id = _open_entry(scene)
    again(seat_id)
    state = seats.seat(seat_id).state
    again(seat_id)
    assert seats.seat(seat_id).state is state


def test_a_submitted_seat_does_not_start_again(scene: Scene) -> None:
    seat_id = _open_entry(scene)
    actions.mark_submitted(seat_id)
    with pytest.raises(MoveRefused):
        actions.mark_started(seat_id)


def _open_entry(scene: Scene) -> str:
    """Seat one person, open the entry; the id of the seat."""
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), ME)
    actions.open_wave(scene.entry, ME)
    return seats.seats_of_wave(scene.entry)[0].seat_id
