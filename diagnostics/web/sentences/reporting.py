"""Why a paper around a diagnosis cannot be made."""

from __future__ import annotations

from diagnostics.reporting.papers.sentences import REASONS

SENTENCES: dict[str, str] = {f"paper_{code}": words for code, words in REASONS.items()}
