"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.sittings.actions.attaching import Attachment, attach, let_go_unused
from diagnostics.sittings.actions.deciding import decide_late
from diagnostics.sittings.actions.ending import Receipt, close_by_time, stop, stop_of_person, submit
from diagnostics.sittings.actions.filing import NotTaken, Taken, take_file
from diagnostics.sittings.actions.saving import Result, Saved, save_events, save_form
from diagnostics.sittings.actions.starting import Started, come_late, revoke_keys, start
from diagnostics.sittings.actions.throttling import (
    attempt_keys,
    note_failure,
    refuse_crowd,
    refuse_if_throttled,
)

__all__ = [
    "Attachment",
    "NotTaken",
    "Receipt",
    "Result",
    "Saved",
    "Started",
    "Taken",
    "attach",
    "attempt_keys",
    "close_by_time",
    "come_late",
    "decide_late",
    "let_go_unused",
    "note_failure",
    "refuse_crowd",
    "refuse_if_throttled",
    "revoke_keys",
    "save_events",
    "save_form",
    "start",
    "stop",
    "stop_of_person",
    "submit",
    "take_file",
]
