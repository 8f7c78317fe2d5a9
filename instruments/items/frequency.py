"""How often something happens: a scale like likert's, with the usual five marks where the author gives none."""

from __future__ import annotations

from instruments.items.likert import OMITTED_IS_ZERO, describe, read, scorer

__all__ = ["OMITTED_IS_ZERO", "describe", "read", "scorer"]
