"""Changes of development routes, by what one does: propose, edit, agree, walk."""

from __future__ import annotations

from diagnostics.pathways.actions.agreeing import (
    Batch,
    approve,
    approve_batch,
    change_approved,
    return_,
    send,
    take_back,
    waive,
)
from diagnostics.pathways.actions.editing import add_own, add_resource, move, remove, swap
from diagnostics.pathways.actions.proposing import change_limits, propose, put_back
from diagnostics.pathways.actions.walking import (
    add_evidence,
    ask_more,
    clarify,
    complete,
    confirm_step,
    note_exit,
    note_exits,
    note_lesson,
    pause,
    postpone_step,
    resume,
    start_step,
)

__all__ = [
    "Batch",
    "add_evidence",
    "add_own",
    "add_resource",
    "approve",
    "approve_batch",
    "ask_more",
    "change_approved",
    "change_limits",
    "clarify",
    "complete",
    "confirm_step",
    "move",
    "note_exit",
    "note_exits",
    "note_lesson",
    "pause",
    "postpone_step",
    "propose",
    "put_back",
    "remove",
    "resume",
    "return_",
    "send",
    "start_step",
    "swap",
    "take_back",
    "waive",
]
