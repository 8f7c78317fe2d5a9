"""Published truth, where its folder lies beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.numeric import FloatArray

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "reference"


def case(name: str) -> dict[str, Any]:
    """Data of a case; the test is skipped, saying so, where the folder is absent."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"reference case {name} is left out: there is no folder {FOLDER}")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return found


def answers(name: str) -> FloatArray:
    """Persons × items of a case."""
    case(name)
    return np.loadtxt(FOLDER / f"{name}.csv", delimiter=",")
