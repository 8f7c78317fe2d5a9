"""A fresh worker loads its report engine before anybody waits for it."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics.worker import warming

ROOT = Path(__file__).resolve().parents[3]


def test_warming_leaves_an_engine_that_waits_in_a_process_of_its_own_and_says_nothing() -> None:
    code = (
        "import sys; from diagnostics.worker.warming import warm; from reports.render import bounded\n"
        "before = len(bounded._idle); warm(); print(before, len(bounded._idle), 'xhtml2pdf' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (told.stdout.strip(), told.stderr) == ("0 1 False", "")


def test_a_worker_that_cannot_warm_itself_works_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> bytes:
        raise OSError("no fonts")

    monkeypatch.setattr(warming, "pdf", broken)
    monkeypatch.setattr(logging.getLogger("orientir"), "propagate", True)
    warming.warm()
    assert "could not be loaded" in caplog.text
