from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from tests.conftest import Base
from tests.support import assessment
from tests.support.assessment import Scene


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(assessment.TODAY):
        yield


@pytest.fixture
def autumn(in_app: Flask) -> Scene:
    """An open self-assessment of one school; "today" is 22 November 2026."""
    return assessment.scene()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def base(request: pytest.FixtureRequest) -> Base:
    """Whole schools answer here: SQLite each time, both databases in the slow tier and where locks matter."""
    found: Base = request.getfixturevalue(f"{request.param}_base")
    return found
