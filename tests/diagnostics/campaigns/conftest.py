from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from tests.support import diagnosis
from tests.support.kept import begun


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(diagnosis.TODAY):
        yield


@pytest.fixture
def scene(app: Flask, _today: None) -> Iterator[diagnosis.Scene]:
    with begun(app, "a diagnosis", diagnosis.scene) as made:
        yield made
