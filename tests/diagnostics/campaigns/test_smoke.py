from __future__ import annotations

from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.models import SeatState, WaveState
from diagnostics.campaigns.queries import seats
from tests.diagnostics.campaigns.conftest import Scene
from tests.support import make


def test_a_wave_is_seated_opened_entered_and_closed(scene: Scene) -> None:
    ids = make.people(3, scene.school)
    assert actions.seat_audience(scene.campaign_id, ids, scene.trainer.id) == 3
    actions.open_wave(scene.entry, scene.trainer.id)
    seat_id = seats.seats_of_wave(scene.entry)[0].seat_id
    code = actions.mint_paper_code(seat_id)
    assert actions.find_by_paper("001012", code.lower()).seat_id == seat_id
    assert actions.find_by_link(actions.mint_link(seat_id)).seat_id == seat_id
    actions.mark_started(seat_id)
    actions.mark_submitted(seat_id)
    assert seats.seat(seat_id).state is SeatState.SUBMITTED
    (line,) = queries.turnout(scene.entry)
    assert (line.expected, line.started, line.submitted) == (3, 0, 1)
    actions.close_wave(scene.entry, scene.trainer.id)
    assert seats.seat(seat_id).wave_state is WaveState.CLOSED
