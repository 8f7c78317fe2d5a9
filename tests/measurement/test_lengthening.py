from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.ability import abilities
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.lengthening import more_items
from diagnostics.measurement.simulate import rasch_answers

PLACES = np.linspace(-1.5, 1.5, 10)
ITEMS = [LatentItem(f"i{number}", 1.0, (float(place),)) for number, place in enumerate(PLACES)]


def test_the_accuracy_is_that_of_simulated_persons() -> None:
    rng = np.random.default_rng(2)
    truth = rng.normal(size=20_000)
    steps = [(float(place),) for place in np.repeat(PLACES, 3)]
    items = [
        CalibratedItem(f"i{number}", step[0], 0.1, step, (0.1,), 0, (0.0, -step[0]))
        for number, step in enumerate(steps)
    ]
    theta = np.array(
        abilities(rasch_answers(truth, [one[0] for one in steps], rng), items).theta, dtype=float
    )

    found = more_items(of_calibrated(items), -0.5)

    assert found.accuracy == pytest.approx(((theta < -0.5) == (truth < -0.5)).mean(), abs=0.02)


def test_the_goal_is_reached_with_the_items_and_not_with_one_less() -> None:
    found = more_items(ITEMS, -0.5)

    assert found.more is not None
    assert found.more > 0
    assert found.accuracy < 0.85 <= (found.reached or 0)
    assert more_items(ITEMS, -0.5, goal=found.reached).more == found.more


def test_twice_the_items_need_fewer_more() -> None:
    longer = [LatentItem(f"{item.name}-{turn}", 1.0, item.thresholds) for item in ITEMS for turn in (1, 2)]
    first, second = (more_items(items, -0.5, goal=0.9).more for items in (ITEMS, longer))
    assert first is not None
    assert second == first - 10


def test_a_goal_that_is_reached_needs_nothing_and_one_out_of_reach_is_not_promised() -> None:
    assert more_items(ITEMS, -0.5, goal=0.6).more == 0
    beyond = more_items(ITEMS, -0.5, goal=0.999)
    assert (beyond.more, beyond.reached, beyond.reliability) == (None, None, None)


def test_a_scale_moved_as_a_whole_needs_the_same() -> None:
    moved = [item.moved(2.0, 3.0) for item in ITEMS]
    found, same = more_items(ITEMS, -0.5), more_items(moved, 2.0, Population(3.0, 2.0))
    assert found.more == same.more
    assert found.reliability == pytest.approx(same.reliability)


@pytest.mark.parametrize(
    ("items", "cut", "goal", "error"),
    [
        ([], 0.0, 0.85, EmptyDataError),
        (ITEMS, float("nan"), 0.85, BadInputError),
        (ITEMS, 0.0, 1.0, BadInputError),
        (ITEMS, 0.0, 0.0, BadInputError),
    ],
)
def test_what_cannot_be_asked_is_refused(
    items: list[LatentItem], cut: float, goal: float, error: type[Exception]
) -> None:
    with pytest.raises(error):
        more_items(items, cut, STANDARD, goal)
