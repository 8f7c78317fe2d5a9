"""Reads of the stage: frozen dataclasses, never rows."""

from __future__ import annotations

from diagnostics.sittings.queries.consents import consent_to_ask, texts_for
from diagnostics.sittings.queries.files import File, given_files, named_files
from diagnostics.sittings.queries.invitations import Invitation, invitation
from diagnostics.sittings.queries.keys import Writing, writing
from diagnostics.sittings.queries.late import (
    DecisionView,
    LateWork,
    decisions_in,
    decisions_of,
    waiting_counts,
    waiting_in,
    waiting_of,
)
from diagnostics.sittings.queries.late_nameless import (
    Decided,
    Waiting,
    decided_in_wave,
    taken_in,
    waiting_in_wave,
)
from diagnostics.sittings.queries.many import answers_of_many, exits_among, standings_of
from diagnostics.sittings.queries.sittings import (
    SittingView,
    answers,
    late_of,
    many,
    of_seat,
    one,
    receipt_of,
    shown,
    standing_of,
)
from diagnostics.sittings.standing import Given, Standing

__all__ = [
    "Decided",
    "DecisionView",
    "File",
    "Given",
    "Invitation",
    "LateWork",
    "SittingView",
    "Standing",
    "Waiting",
    "Writing",
    "answers",
    "answers_of_many",
    "consent_to_ask",
    "decided_in_wave",
    "decisions_in",
    "decisions_of",
    "exits_among",
    "given_files",
    "invitation",
    "late_of",
    "many",
    "named_files",
    "of_seat",
    "one",
    "receipt_of",
    "shown",
    "standing_of",
    "standings_of",
    "taken_in",
    "texts_for",
    "waiting_counts",
    "waiting_in",
    "waiting_in_wave",
    "waiting_of",
    "writing",
]
