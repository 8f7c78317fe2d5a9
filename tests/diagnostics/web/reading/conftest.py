from __future__ import annotations

from tests.diagnostics.findings.conftest import Town, open_town, town

__all__ = ["Town", "open_town", "town"]
