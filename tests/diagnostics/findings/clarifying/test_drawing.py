"""Clarifying tasks of a sitting: offered where a block is in doubt, drawn by the server, counted by the conclusion alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, Wave, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import DomainError, Missing
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as found
from diagnostics.findings.actions.clarifying import Further, draw_next, further
from diagnostics.findings.models import Finding
from diagnostics.measurement.adaptive.clarifying import Clarified
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, EventKind
from diagnostics.sittings.queries import Writing
from tests.support.answering import LIMITS, World, begin, event, fresh, save, world
from tests.support.calibrations import publish_calibration
from tests.support.kept import kept
from tests.support.sitting import half, right


@pytest.fixture
def place(in_app: Flask) -> World:
    return kept(in_app, "a clarified sitting", lambda: world(shipped=True, clarify=4))


def scoring_of(place: World) -> str:
    view = reading.invitation(place.seats[0]).seat
    assert view.scoring_id is not None
    return view.scoring_id


def fill(place: World, *, seat: int = 0) -> Writing:
    """Form A answered, each second task rightly."""
    writing = begin(place, seat=seat)
    given = half(writing.instrument_id, scoring_of(place), "A")
    rows = [event(number, item, answer) for number, (item, answer) in enumerate(given.items(), 1)]
    for start in range(0, len(rows), 20):
        save(writing, *rows[start : start + 20])
    return fresh(writing)


def drawn(writing: Writing) -> Further:
    now = draw_next(writing.sitting_id)
    assert now is not None
    return now


def test_a_form_with_gaps_is_offered_nothing(place: World) -> None:
    assert further(begin(place).sitting_id) is None


def test_a_doubtful_block_is_offered_and_the_draw_is_the_servers_event(place: World) -> None:
    writing = fill(place)
    offered = further(writing.sitting_id)
    assert offered is not None
    assert (offered.most, offered.drawn, offered.open) == (4, 0, None)
    assert offered.blocks
    now = drawn(writing)
    assert now.open == offered.next.item, "what was offered is what is drawn"
    row = session.scalars(sa.select(AnswerEvent).where(AnswerEvent.kind == EventKind.DRAWN)).one()
    assert (row.item, row.client, row.value) == (now.open, "server", None)
    assert now.open not in catalogue.instrument(writing.instrument_id).form("A").item_codes
    assert drawn(writing).open == now.open, "the same until it is answered"


def test_nobody_answers_or_draws_what_was_not_drawn(place: World) -> None:
    writing = fill(place)
    spare = next(
        code
        for code in catalogue.instrument(writing.instrument_id).form("B").item_codes
        if code not in catalogue.instrument(writing.instrument_id).form("A").item_codes
    )
    with pytest.raises((Missing, DomainError)):
        save(writing, event(90, spare, "a"))
    with pytest.raises(DomainError, match="unknown_kind"):
        save(writing, event(90, spare, kind="drawn"))


def finish(place: World, writing: Writing) -> tuple[int, Finding]:
    """Answer all that is drawn rightly, send, score; how many were drawn, and the finding."""
    number, scoring = 0, scoring_of(place)
    while (now := drawn(writing)).open is not None:
        number += 1
        assert number <= 4
        seen = reading.standing_of(writing.sitting_id).last_position
        save(writing, event(200 + number, now.open, right(scoring, now.open), base=seen))
    assert now.next.state is not Clarified.ASK
    sittings.submit(fresh(writing), without_answers=False, limits=LIMITS)
    return number, findings.score(writing.sitting_id)


def test_the_conclusion_uses_them_and_the_official_layer_does_not(place: World) -> None:
    writing = fill(place)
    plain = fill(place, seat=1)
    number, with_more = finish(place, writing)
    sittings.submit(plain, without_answers=False, limits=LIMITS)
    without = findings.score(plain.sitting_id)
    assert number
    assert with_more.items == without.items
    assert (with_more.points, with_more.maximum) == (without.points, without.maximum)
    more, bare = found.finding(with_more.id), found.finding(without.id)
    assert [(one.percent, one.level) for one in more.blocks] == [
        (one.percent, one.level) for one in bare.blocks
    ]
    assert with_more.clarified is not None
    assert len(with_more.clarified["items"]) == number
    asked = [code for code, one in with_more.clarified["blocks"].items() if one["asked"]]
    assert asked
    for code in asked:
        now, before = more.scale(code), bare.scale(code)
        assert now is not None
        assert before is not None
        assert now.p_deficit is not None
        assert before.p_deficit is not None
        assert now.p_deficit < before.p_deficit, "right answers speak against a deficit"
        assert not now.provisional
        assert before.p_deficit == with_more.clarified["blocks"][code]["before"]


def test_a_re_score_keeps_what_clarifying_found(place: World) -> None:
    _number, first = finish(place, fill(place))
    assert findings.score(first.sitting_id or "") is first


def test_forms_of_a_stage_to_come_are_kept_apart(in_app: Flask) -> None:
    """Whoever meets a task of the exit at the entry would answer it better there: entry against exit stays fair."""
    place = world(shipped=True)
    today = clock.now().date()
    view = reading.invitation(place.seats[0]).seat
    scoring = scoring_of(place)
    instrument = view.instrument_id or ""
    exit_ = campaigns.add_wave(
        place.campaign_id, WaveKind.EXIT, today + timedelta(days=40), today + timedelta(days=50), None
    )
    campaigns.assign(exit_.id, instrument, scoring, "B")
    _clarify_now(place, instrument, scoring)
    writing = fill(place)
    assert further(writing.sitting_id) is None, "the parallel form is the exit's"


def _clarify_now(place: World, instrument: str, scoring: str) -> None:
    wave = session.get_one(Wave, place.wave_id)
    wave.clarify_id = publish_calibration(instrument, scoring)
    session.get_one(Campaign, place.campaign_id).clarify_most = 6
    session.flush()
