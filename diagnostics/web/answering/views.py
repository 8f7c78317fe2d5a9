"""The pages of those who answer; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.answering import (
    circles,
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
    starting,
    uploading,
)
from diagnostics.web.answering.blueprint import answering

__all__ = [
    "answering",
    "circles",
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
    "starting",
    "uploading",
]
