from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.clustered_effects import clustered_effects
from diagnostics.measurement.effects import PairedEffects, paired_effects
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import FloatArray


def plain(entry: FloatArray, leave: FloatArray) -> PairedEffects:
    found = paired_effects(entry, leave, 0.95)
    assert found is not None
    return found


def drawn(entry: FloatArray, leave: FloatArray, schools: object) -> PairedEffects:
    found = clustered_effects(plain(entry, leave), entry, leave, np.asarray(schools))
    assert found is not None
    return found


@pytest.mark.parametrize(("schools", "people"), [(6, 10), (25, 12)])
def test_intervals_cover_where_people_of_one_school_change_alike(schools: int, people: int) -> None:
    """Persons drawn one by one would cover the true effect in three cases of four."""
    rng = np.random.default_rng(schools)
    school = np.repeat(np.arange(schools), people)
    truth, hits, single = 6 / ((np.sqrt(136) + np.sqrt(216)) / 2), [], []
    for _ in range(150):
        entry = 50 + rng.normal(0, 6, schools)[school] + rng.normal(0, 10, school.size)
        leave = entry + 6 + rng.normal(0, 4, schools)[school] + rng.normal(0, 8, school.size)
        one, other = drawn(entry, leave, school).d_av.interval, plain(entry, leave).d_av.interval
        hits.append(one.low <= truth <= one.high)
        single.append(other.low <= truth <= other.high)

    assert 0.90 <= np.mean(hits) <= 0.99
    assert np.mean(single) < 0.88


def test_effects_themselves_stay_and_each_lies_in_its_interval() -> None:
    rng = np.random.default_rng(1)
    entry = rng.normal(50, 10, 60)
    leave = entry + rng.normal(5, 8, 60)

    before, after = plain(entry, leave), drawn(entry, leave, np.arange(60) % 9)

    for name in ("d_z", "g_z", "d_av", "g_av"):
        one, other = getattr(before, name), getattr(after, name)
        assert other.value == one.value
        assert other.interval.low < other.value < other.interval.high


def test_each_person_a_school_gives_about_the_interval_of_persons() -> None:
    rng = np.random.default_rng(2)
    entry = rng.normal(50, 10, 120)
    leave = entry + rng.normal(5, 8, 120)

    one, other = plain(entry, leave).d_z.interval, drawn(entry, leave, np.arange(120)).d_z.interval

    assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.06)


def test_the_same_data_give_the_same_interval_and_far_results_too() -> None:
    rng = np.random.default_rng(3)
    entry, schools = rng.normal(50, 10, 40), [f"school {place % 7}" for place in range(40)]
    leave = entry + rng.normal(5, 8, 40)

    assert drawn(entry, leave, schools) == drawn(entry, leave, schools)
    far, near = drawn(entry + 1e6, leave + 1e6, schools), drawn(entry, leave, schools)
    assert far.g_av.interval.low == pytest.approx(near.g_av.interval.low, rel=1e-6)


def test_one_school_has_no_interval() -> None:
    entry, leave = np.arange(6.0), np.array([2.0, 1, 5, 4, 7, 9])

    assert clustered_effects(plain(entry, leave), entry, leave, ["a"] * 6) is None


def test_schools_without_spread_inside_have_no_interval() -> None:
    """A draw of one school only has people who all changed alike: there is no spread to divide by."""
    entry, leave = np.array([1.0, 2, 1, 2]), np.array([2.0, 3, 4, 5])

    assert clustered_effects(plain(entry, leave), entry, leave, ["a", "a", "b", "b"]) is None


@pytest.mark.parametrize(
    ("leave", "schools"),
    [([2.0, 1, 5], ["a", "b"]), ([2.0, 1], ["a", "b", "c"]), ([2.0, 1, float("nan")], ["a", "b", "c"])],
)
def test_rows_of_other_people_are_refused(leave: list[float], schools: list[str]) -> None:
    effects = plain(np.arange(3.0), np.array([2.0, 1, 5]))

    with pytest.raises(BadInputError):
        clustered_effects(effects, np.arange(3.0), leave, schools)
