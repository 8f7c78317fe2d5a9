from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from tests.support import diagnosis


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(diagnosis.TODAY):
        yield


@pytest.fixture
def scene(in_app: Flask) -> diagnosis.Scene:
    return diagnosis.scene()
