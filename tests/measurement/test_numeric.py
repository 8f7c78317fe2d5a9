from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import (
    answer_matrix,
    complete_vector,
    item_names,
    one_blas_thread,
    optional,
)


def blas_threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_blas_has_one_thread_inside_and_its_own_number_after() -> None:
    before = blas_threads()

    with one_blas_thread():
        inside = blas_threads()

    assert before
    assert set(inside) == {1}
    assert blas_threads() == before


def test_blas_gets_its_threads_back_after_an_error() -> None:
    before = blas_threads()

    with pytest.raises(ZeroDivisionError), one_blas_thread():
        _ = 1 / 0

    assert blas_threads() == before


def test_the_package_costs_no_scipy_at_import() -> None:
    modules = (
        "rasch ability growth effects posterior conclusion linking comparability classical simulate method"
    )
    names = ", ".join(f"diagnostics.measurement.{name}" for name in [*modules.split(), "allocation.plan"])
    script = f"import sys, {names}; print([m for m in sys.modules if m.split('.')[0] in {{'scipy', 'flask', 'sqlalchemy', 'pandas'}}])"

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("values", [[[1.0]], [float("nan")], [float("inf")]])
def test_a_complete_vector_has_no_gaps(values: list[float]) -> None:
    with pytest.raises(BadInputError):
        complete_vector(values, "x")


@pytest.mark.parametrize("scores", [[1.0], [[-1.0]], [[float("inf")]], [[float("nan"), -0.5]]])
def test_scores_are_a_matrix_of_points(scores: list[float]) -> None:
    with pytest.raises(BadInputError):
        answer_matrix(scores)


@pytest.mark.parametrize(("value", "expected"), [(1.5, 1.5), (np.nan, None), (np.inf, None)])
def test_what_is_not_a_number_becomes_none(value: float, expected: float | None) -> None:
    assert optional(value) == expected


def test_nameless_columns_are_numbered() -> None:
    assert item_names(None, 2) == ("i1", "i2")
