"""«Самооценка педагога» of the second stream: how teachers see themselves, to stand beside the test."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from diagnostics.campaigns.models import WaveKind
from diagnostics.upkeep.demo.diagnoses import Walk
from diagnostics.upkeep.demo.opinions import opinion, straight, views
from diagnostics.upkeep.demo.settle import ANNA
from diagnostics.upkeep.demo.stage import Stage, Waves, hold, planned
from diagnostics.upkeep.demo.work import work_of

WORK, TITLE, FORM = "self.teacher", "Самооценка педагога", "A"
SEED = 5151
#: Everybody but each sixth fills it in; who (by number) chooses one answer from the first statement to the last.
AWAY, STRAIGHT = 6, 17
#: How high people place themselves, 0…100, and how far that follows what they can do.
USUAL, FOLLOWS = 62.0, 6.0
HIGH_ANSWER = 2  # the place in the scale that the careless one chooses: «делаю часто»


def assess(stage: Stage, walk: Walk) -> tuple[Waves, str]:
    """The same people as in the diagnosis; the id of the person who answered without reading."""
    work, rng = work_of(WORK), np.random.default_rng(SEED)
    days = {WaveKind.ENTRY: stage.calendar.self_assessment}
    prepared = stage.calendar.self_assessment[0] - timedelta(days=3)
    waves = planned(
        stage, work, TITLE, days, {WaveKind.ENTRY: FORM}, people=walk.people, prepared=prepared,
        group_id=stage.people.second_group,
    )  # fmt: skip
    careless = min(STRAIGHT, len(walk.people) - 1)
    given = []
    for number in range(len(walk.people)):
        able = float(walk.course.crowd.entry[number].mean())
        view = views({}, USUAL + FOLLOWS * able)
        given.append(opinion(work.instrument, work.scoring, FORM, view, rng))
    given[careless] = straight(work.instrument, FORM, HIGH_ANSWER)
    anna = walk.people.index(stage.people.persons[ANNA])
    present = {one for one in range(len(walk.people)) if one % AWAY != AWAY - 1} | {careless, anna}
    hold(stage, waves.ids[WaveKind.ENTRY], days[WaveKind.ENTRY], walk.people, given, present, rng)
    return waves, walk.people[careless]
