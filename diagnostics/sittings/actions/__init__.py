"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.sittings.actions.ending import Receipt, stop, stop_of_person, submit
from diagnostics.sittings.actions.saving import Result, Saved, save_events, save_form
from diagnostics.sittings.actions.starting import Started, revoke_keys, start

__all__ = [
    "Receipt",
    "Result",
    "Saved",
    "Started",
    "revoke_keys",
    "save_events",
    "save_form",
    "start",
    "stop",
    "stop_of_person",
    "submit",
]
