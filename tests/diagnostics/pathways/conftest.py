from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from diagnostics import clock
from tests.support.kept import begun
from tests.support.routes import Scene, make_scene

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def scene(app: Flask, today: None) -> Iterator[Scene]:
    with begun(app, "a route", make_scene) as made:
        yield made
