from __future__ import annotations

import pytest
from flask import Flask

from tests.support.marking import Marking, marking


@pytest.fixture
def scene(in_app: Flask) -> Marking:
    """Two experts, two marks a text."""
    return marking()
