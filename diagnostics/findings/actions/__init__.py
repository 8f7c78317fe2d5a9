"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.findings.actions.calibrate import Calibrated, calibrate, measure
from diagnostics.findings.actions.importing import Imported, Upload, apply_import, choose, keep_import
from diagnostics.findings.actions.ordering import order_calibration
from diagnostics.findings.actions.rescore import again, rescore
from diagnostics.findings.actions.score import score, score_many

__all__ = [
    "Calibrated",
    "Imported",
    "Upload",
    "again",
    "apply_import",
    "calibrate",
    "choose",
    "keep_import",
    "measure",
    "order_calibration",
    "rescore",
    "score",
    "score_many",
]
