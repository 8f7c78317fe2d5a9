"""Pages run on SQLite; every stage below them runs on both databases, and `make test-slow` crosses them in full."""

from __future__ import annotations

import pytest

from tests.conftest import Base


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def base(request: pytest.FixtureRequest) -> Base:
    found: Base = request.getfixturevalue(f"{request.param}_base")
    return found
