"""The console command `orientir`."""

from __future__ import annotations

from diagnostics.cli.main import main

__all__ = ["main"]
