"""Forms of different difficulty: one correction for the whole and every block, shown true by known growth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from diagnostics.cohorts.linking import Linked, find_link
from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.growth import group_change
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import rasch_answers

BLOCKS = ("EVAL", "METH", "PSYP", "SUBJ")
DIFFICULTIES = (-0.8, 0.6, -1.2, -0.3, 0.2, 1.1)  # of a block's tasks, logits; the first two are common
COMMON, HARDER = 2, 0.5
GROWTH = {"METH": 0.33}  # logits: about 6 points of 100; the other blocks stand still
RUNS, PEOPLE = 200, 60


def form(letter: str, harder: float = 0.0) -> dict[str, float]:
    """Item code → difficulty; common tasks are the same in every form."""
    return {
        f"{block}{number}" if number < COMMON else f"{block}{number}{letter}": (
            value if number < COMMON else value + harder
        )
        for block in BLOCKS
        for number, value in enumerate(DIFFICULTIES)
    }


ENTRY, EXIT = form("a"), form("b", HARDER)
ANCHORS = tuple(code for code in ENTRY if code in EXIT)
BLOCK_OF = {code: code[:4] for code in (*ENTRY, *EXIT)}


def answers(
    able: FloatArray, taken: dict[str, float], grown: dict[str, float], drawn: np.random.Generator
) -> WaveMatrix:
    items = tuple(sorted(taken))
    # A person who grew in a block meets its tasks as if they were easier.
    points = rasch_answers(able, [taken[code] - grown.get(code[:4], 0.0) for code in items], drawn)
    people = tuple(map(str, range(able.size)))
    return WaveMatrix(
        finding_ids=people,
        seat_ids=people,
        person_ids=people,
        forms=("",) * able.size,
        items=items,
        points=points,
        omitted=np.zeros(points.shape, dtype=bool),
        maxima=np.ones(len(items)),
    )


def percents(one: WaveMatrix, block: str) -> FloatArray:
    columns = [index for index, code in enumerate(one.items) if code.startswith(block)]
    return np.asarray(100 * one.points[:, columns].mean(axis=1))


def true_changes() -> dict[str, float]:
    """Expected change on the form of the entry, points of 100, among people without number."""
    able = np.random.default_rng(5).normal(0.2, 0.9, 100_000)

    def expected(code: str, gain: float) -> float:
        return float(np.mean(1 / (1 + np.exp(ENTRY[code] - gain - able))))

    found = {}
    for block in BLOCKS:
        codes = [code for code in ENTRY if code.startswith(block)]
        gains = [expected(code, GROWTH.get(block, 0.0)) - expected(code, 0.0) for code in codes]
        found[block] = 100 * float(np.mean(gains))
    return {**found, "": float(np.mean(list(found.values())))}


@dataclass(frozen=True, slots=True)
class Estimates:
    """Per line ("" = the whole): estimated changes, and how often the interval held the truth."""

    truth: dict[str, float]
    changes: dict[str, list[float]]
    held: dict[str, list[bool]]


@pytest.fixture(scope="module")
def truth() -> dict[str, float]:
    return true_changes()


@pytest.fixture(scope="module")
def estimates(truth: dict[str, float]) -> Estimates:
    found = Estimates(truth, {line: [] for line in truth}, {line: [] for line in truth})
    drawn = np.random.default_rng(20261122)
    for _ in range(RUNS):
        able = drawn.normal(0.2, 0.9, PEOPLE)
        first, second = answers(able, ENTRY, {}, drawn), answers(able, EXIT, GROWTH, drawn)
        link = find_link(first, second, ANCHORS, METHOD, BLOCK_OF)
        assert link is not None
        for line, true in truth.items():
            means = group_change(
                percents(first, line),
                percents(second, line),
                correction=link.correction,
                link_error=link.link_percent,
            ).means
            assert means is not None
            assert means.interval is not None
            found.changes[line].append(means.change)
            found.held[line].append(means.interval.low <= true <= means.interval.high)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("line", [*BLOCKS, ""])
def test_growth_is_neither_erased_nor_invented(estimates: Estimates, line: str) -> None:
    """Three standard errors of the mean of all runs; the planted growth of METH is six points."""
    changes = np.array(estimates.changes[line])
    error = changes.std(ddof=1) / np.sqrt(changes.size)
    assert abs(changes.mean() - estimates.truth[line]) < 3 * error
    assert error < 0.5


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say(estimates: Estimates) -> None:
    held = np.concatenate([np.array(one) for one in estimates.held.values()])
    assert 0.93 <= held.mean() <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("line", [*BLOCKS, ""])
def test_no_single_line_is_far_from_its_coverage(estimates: Estimates, line: str) -> None:
    """Two hundred runs tell a coverage to ± 3 points."""
    assert 0.91 <= np.mean(estimates.held[line]) <= 0.99


def test_without_the_correction_every_block_would_seem_to_fall(truth: dict[str, float]) -> None:
    """The forms of this file are really unequal: else the tests above would prove nothing."""
    able = np.random.default_rng(3).normal(0.2, 0.9, 4000)
    drawn = np.random.default_rng(4)
    first, second = answers(able, ENTRY, {}, drawn), answers(able, EXIT, GROWTH, drawn)
    for block in ("EVAL", "PSYP", "SUBJ"):
        assert (percents(second, block) - percents(first, block)).mean() < truth[block] - 4


def linked(leave: dict[str, float]) -> Linked:
    drawn = np.random.default_rng(1)
    able = drawn.normal(0.2, 0.9, 200)
    found = find_link(
        answers(able, ENTRY, {}, drawn), answers(able, leave, {}, drawn), ANCHORS, METHOD, BLOCK_OF
    )
    assert found is not None
    return found


def test_a_harder_form_adds_points_and_an_easier_one_takes_them() -> None:
    assert linked(form("b", 1.0)).correction > 4
    assert linked(form("b", -1.0)).correction < -4
