"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.findings.actions.calibrate import Calibrated, calibrate, measure
from diagnostics.findings.actions.rescore import again, rescore
from diagnostics.findings.actions.score import score

__all__ = ["Calibrated", "again", "calibrate", "measure", "rescore", "score"]
