"""Tasks between municipalities: estimates for whoever is many enough, letters from a hundred, nothing of the few."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns.models import Seat
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.by_place import places_of
from diagnostics.database import session
from diagnostics.findings import queries as results
from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.dif.mantel_haenszel import mantel_haenszel
from diagnostics.measurement.method import METHOD
from diagnostics.people.models import OrgNode
from reports.contents.quality import Places
from tests.support import make
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import Planted, planted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

PEOPLE, ITEMS = 40, 12


@pytest.fixture
def found(app: Flask) -> Iterator[Planted]:
    with (
        clock.frozen(TODAY),
        begun(app, f"right keys {PEOPLE}", lambda: planted(PEOPLE, wrong_key=False)) as made,
    ):
        yield made


def moved(wave_id: str, sizes: dict[str, int]) -> list[OrgNode]:
    """Seats of the wave shared out among new municipalities, in the order of seats."""
    region = session.scalars(sa.select(OrgNode).where(OrgNode.parent_id.is_(None))).one()
    seats = session.scalars(sa.select(Seat).where(Seat.wave_id == wave_id).order_by(Seat.id)).all()
    nodes = []
    for name, size in sizes.items():
        node = make.municipality(region, name=name)
        nodes.append(node)
        for seat in seats[:size]:
            seat.municipality_id = node.id
        seats = seats[size:]
    session.flush()
    return nodes


def answers(wave_id: str, harder: int = 0) -> WaveMatrix:
    """The people of the wave with drawn answers; the first half finds item 0 harder by `harder` logits."""
    real = results.matrix(wave_id)
    rng = np.random.default_rng(7)
    ability = rng.normal(0, 1, len(real.seat_ids))
    difficulty = np.tile(np.linspace(-1, 1, ITEMS), (len(real.seat_ids), 1))
    difficulty[: len(real.seat_ids) // 2, 0] += harder
    points = (rng.random(difficulty.shape) < 1 / (1 + np.exp(difficulty - ability[:, None]))).astype(float)
    return WaveMatrix(
        real.finding_ids, real.seat_ids, real.person_ids, real.forms,
        tuple(f"Q{place}" for place in range(ITEMS)), points, np.zeros(points.shape, dtype=bool), np.ones(ITEMS),
    )  # fmt: skip


def compared(wave_id: str, matrix: WaveMatrix) -> Places | None:
    return places_of(wave_id, matrix, {"Q0": "Первое"}, METHOD)


def test_one_municipality_is_compared_with_nothing(found: Planted) -> None:
    assert compared(found.wave_id, answers(found.wave_id)) is None


def test_of_two_the_smaller_is_compared_with_the_larger(found: Planted) -> None:
    moved(found.wave_id, {"Первый район": 25, "Второй район": 15})
    places = compared(found.wave_id, answers(found.wave_id))
    assert places is not None
    (only,) = places.comparisons
    assert (only.place, only.other, only.n_here, only.n_there) == ("Второй район", "Первый район", 15, 25)


def test_of_three_each_is_compared_with_all_others_and_the_few_with_nobody(found: Planted) -> None:
    moved(found.wave_id, {"А": 18, "Б": 17, "В": 5})
    places = compared(found.wave_id, answers(found.wave_id))
    assert places is not None
    assert [(one.place, one.other, one.n_here, one.n_there) for one in places.comparisons] == [
        ("А", "", 18, 22), ("Б", "", 17, 23),
    ]  # fmt: skip
    assert (places.left_out, places.least) == (1, 10)


def test_the_rest_must_be_many_enough_too(found: Planted) -> None:
    moved(found.wave_id, {"А": 36, "Б": 4})
    places = compared(found.wave_id, answers(found.wave_id))
    assert places is not None
    assert (places.comparisons, places.left_out) == ((), 1)


def test_below_a_hundred_there_is_an_estimate_with_its_interval_and_no_letter(found: Planted) -> None:
    moved(found.wave_id, {"Первый район": 20, "Второй район": 20})
    places = compared(found.wave_id, answers(found.wave_id))
    assert places is not None
    lines = places.comparisons[0].items
    assert {(one.letter, one.rise_letter) for one in lines} == {(None, None)}
    assert [one for one in lines if one.delta is not None and one.interval is not None]


def test_figures_are_those_of_the_estimator_with_purification(found: Planted) -> None:
    nodes = moved(found.wave_id, {"Первый район": 20, "Второй район": 20})
    matrix = answers(found.wave_id, harder=4)
    places = compared(found.wave_id, matrix)
    assert places is not None
    (only,) = places.comparisons
    here = next(one for one in nodes if one.name == only.place)
    at = {one.id: one.municipality_id for one in session.scalars(sa.select(Seat))}
    focal = np.array([at[seat] == here.id for seat in matrix.seat_ids])
    expected = mantel_haenszel(matrix.points, focal, matrix.items, purify=True)
    assert [one.delta for one in only.items] == [one.delta for one in expected.items]
    assert (only.items[0].title, only.items[1].title) == ("Первое", "Q1")


def test_tasks_with_partial_points_are_counted_and_not_compared(found: Planted) -> None:
    moved(found.wave_id, {"Первый район": 20, "Второй район": 20})
    matrix = answers(found.wave_id)
    matrix.points[3, 5] = 0.5
    places = compared(found.wave_id, matrix)
    assert places is not None
    assert places.partial == 1
    assert "Q5" not in {one.code for one in places.comparisons[0].items}


def test_real_tasks_of_a_work_are_compared_without_a_word_of_their_absence(found: Planted) -> None:
    moved(found.wave_id, {"Первый район": 20, "Второй район": 20})
    matrix = results.matrix(found.wave_id)
    titles = {one.code: one.title["ru"] for one in catalogue.instrument(catalogue_id(found)).items}
    places = places_of(found.wave_id, matrix, titles, METHOD)
    assert places is not None
    assert {one.title for one in places.comparisons[0].items} <= set(titles.values())


def catalogue_id(found: Planted) -> str:
    return results.of_wave(found.wave_id)[0].instrument_id or ""
