from __future__ import annotations

from pathlib import Path

import pytest

from reports.wording.words import Words

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture
def templates() -> Path:
    return TEMPLATES


@pytest.fixture
def words() -> Words:
    return Words()
