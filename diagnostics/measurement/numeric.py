"""Small ground the estimators stand on: array types, scipy on first use, one BLAS thread."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.measurement.errors import BadInputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def special() -> Any:
    """`scipy.special`, imported on first use: a web process that shows a page never pays for it."""
    return importlib.import_module("scipy.special")


def optimize() -> Any:
    """`scipy.optimize`, imported on first use (about half a second)."""
    return importlib.import_module("scipy.optimize")


@cache
def _thread_controller() -> Any:
    # Looking for the loaded libraries takes milliseconds, so it is done once a process.
    special()
    return importlib.import_module("threadpoolctl").ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread: on our small matrices a second one costs ten times what it gives."""
    with _thread_controller().limit(limits=1, user_api="blas"):
        yield


def vector(values: ArrayLike, name: str) -> FloatArray:
    """One-dimensional float array; missing values are NaN, infinities are refused.

    Raises
    ------
    BadInputError
        If `values` has another shape or holds an infinity.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or np.isinf(array).any():
        raise BadInputError(f"{name} must be one row of finite numbers", name=name)
    return array


def complete_vector(values: ArrayLike, name: str) -> FloatArray:
    """Return a `vector` in which nothing is missing.

    Raises
    ------
    BadInputError
        If a value is missing.
    """
    array = vector(values, name)
    if np.isnan(array).any():
        raise BadInputError(f"{name} has missing values", name=name)
    return array


def answer_matrix(scores: ArrayLike) -> FloatArray:
    """Persons × items of non-negative scores, NaN = not presented.

    Raises
    ------
    BadInputError
        If it is not a matrix or holds a negative or infinite score.
    """
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim != 2:  # noqa: PLR2004 - persons and items
        raise BadInputError("scores must be a matrix of persons × items")
    # fmin and fmax step over NaN without a copy of the matrix.
    least = np.fmin.reduce(array, axis=None, initial=0.0)
    if least < 0 or np.fmax.reduce(array, axis=None, initial=0.0) == np.inf:
        raise BadInputError("scores must be finite and not negative")
    return array


def optional(value: float) -> float | None:
    """Return the value, or None for what is not a number: NaN stays inside this package."""
    return float(value) if np.isfinite(value) else None


def item_names(names: tuple[str, ...] | None, count: int) -> tuple[str, ...]:
    """Names of the columns; i1, i2, … where the caller has none.

    Raises
    ------
    BadInputError
        If the number of names is not the number of columns or a name occurs twice.
    """
    found = tuple(f"i{index + 1}" for index in range(count)) if names is None else tuple(names)
    if len(found) != count or len(set(found)) != count:
        raise BadInputError("every column needs one name of its own", names=len(found), columns=count)
    return found
