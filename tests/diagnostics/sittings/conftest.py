from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.sittings.queries import Writing
from tests.support.answering import World, begin, world
from tests.support.kept import kept


@pytest.fixture
def place(in_app: Flask) -> World:
    return kept(in_app, "a sitting", world)


@pytest.fixture
def phone(place: World) -> Writing:
    """A begun sitting as one browser sees it."""
    return begin(place)
