"""The pages of those who answer; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.answering import codes, doors, lists, questions, saving, sending, starting
from diagnostics.web.answering.blueprint import answering

__all__ = ["answering", "codes", "doors", "lists", "questions", "saving", "sending", "starting"]
