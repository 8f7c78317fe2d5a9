"""The pages of those who answer; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.answering import (
    circles,
    clarifying,
    codes,
    doors,
    filing,
    held,
    lists,
    pack,
    questions,
    requests,
    saving,
    sending,
    sheet,
    signals,
    starting,
    uploading,
)
from diagnostics.web.answering.blueprint import answering

__all__ = [
    "answering",
    "circles",
    "clarifying",
    "codes",
    "doors",
    "filing",
    "held",
    "lists",
    "pack",
    "questions",
    "requests",
    "saving",
    "sending",
    "sheet",
    "signals",
    "starting",
    "uploading",
]
