"""Published truth for the tests; skipped, saying so, where its folder is absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.numeric import FloatArray

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]


@pytest.fixture
def case(shared: Path) -> Case:
    """Data of a reference case by its name."""

    def read(name: str) -> dict[str, Any]:
        text = (shared / "reference" / f"{name}.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)["data"]
        return found

    return read


@pytest.fixture
def answers(shared: Path) -> Answers:
    """Persons × items of a reference case."""

    def read(name: str) -> FloatArray:
        return np.loadtxt(shared / "reference" / f"{name}.csv", delimiter=",")

    return read
