"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.marking.actions.experts import assign, remove, set_experts
from diagnostics.marking.actions.marks import Given, keep_draft, mark
from diagnostics.marking.actions.queueing import Waiting, give_out, hold, hold_wave, queue

__all__ = [
    "Given",
    "Waiting",
    "assign",
    "give_out",
    "hold",
    "hold_wave",
    "keep_draft",
    "mark",
    "queue",
    "remove",
    "set_experts",
]
