from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from tests.conftest import Base
from tests.support import assessment
from tests.support.assessment import Scene
from tests.support.kept import begun


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(assessment.TODAY):
        yield


@pytest.fixture
def autumn(app: Flask) -> Iterator[Scene]:
    """An open self-assessment of one school; "today" is 22 November 2026."""
    with begun(app, "autumn", assessment.scene) as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def base(request: pytest.FixtureRequest) -> Base:
    """Whole schools answer here: SQLite each time, both databases in the slow tier and where locks matter."""
    found: Base = request.getfixturevalue(f"{request.param}_base")
    return found
