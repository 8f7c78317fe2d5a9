"""What an observer saw, as one of four descriptors 0–3. Answer and points as likert's; «не наблюдалось» is missing."""

from __future__ import annotations

from instruments.items.likert import OMITTED_IS_ZERO, describe, read, scorer

__all__ = ["OMITTED_IS_ZERO", "describe", "read", "scorer"]
