from __future__ import annotations

from pathlib import Path

import pytest

from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.scoring import Scoring

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def workshop() -> Instrument:
    document = read_document(SAMPLES / "workshop.yaml")
    assert isinstance(document, Instrument)
    return document


@pytest.fixture(scope="session")
def keyed() -> Instrument:
    """The types whose keys are more than a code or a number."""
    document = read_document(SAMPLES / "keyed.yaml")
    assert isinstance(document, Instrument)
    return document


@pytest.fixture(scope="session")
def workshop_scoring() -> Scoring:
    document = read_document(SAMPLES / "workshop.scoring.yaml")
    assert isinstance(document, Scoring)
    return document


@pytest.fixture(scope="session")
def workshop_framework() -> Framework:
    document = read_document(SAMPLES / "workshop.framework.yaml")
    assert isinstance(document, Framework)
    return document
