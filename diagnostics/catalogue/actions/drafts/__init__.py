"""The life of a draft: made, written by several at once, spoken about, checked by a second person, frozen."""

from __future__ import annotations

from diagnostics.catalogue.actions.drafts.commenting import comment, reopen, resolve
from diagnostics.catalogue.actions.drafts.making import (
    create,
    create_copy,
    create_empty,
    create_from_ready,
    create_from_version,
)
from diagnostics.catalogue.actions.drafts.moving import drop, restore
from diagnostics.catalogue.actions.drafts.reviewing import CHECKLIST, approve, return_, submit, take_back
from diagnostics.catalogue.actions.drafts.saving import Saved, choose, save
from diagnostics.catalogue.actions.drafts.undoing import redo, undo

__all__ = [
    "CHECKLIST",
    "Saved",
    "approve",
    "choose",
    "comment",
    "create",
    "create_copy",
    "create_empty",
    "create_from_ready",
    "create_from_version",
    "drop",
    "redo",
    "reopen",
    "resolve",
    "restore",
    "return_",
    "save",
    "submit",
    "take_back",
    "undo",
]
