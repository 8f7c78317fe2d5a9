"""Jobs in tests: run everything that is due, inline, through the real worker code."""

from __future__ import annotations

from flask import Flask

from diagnostics.worker import run


def run_due(app: Flask) -> int:
    return run.run_due(app)
