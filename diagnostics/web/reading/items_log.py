"""The log of decisions about the tasks of a version, in words; and what a refused decision had said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from diagnostics.campaigns.queries.audience import name_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import Verdict
from diagnostics.web.terms import DECISIONS


@dataclass(frozen=True, slots=True)
class Said:
    """One decision as the page and the file show it."""

    verdict: Verdict
    words: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that could not be taken: everything that was typed, and why."""

    wave_id: str
    item: str
    verdict: str
    reason: str
    field: str
    words: str


def logs_of(version_id: str) -> Mapping[str, tuple[Said, ...]]:
    """Task → its decisions, the newest first."""
    return {
        item: tuple(
            Said(
                one.verdict,
                _(DECISIONS[one.verdict]),
                one.reason,
                name_of(one.person_id) or _("автор"),
                one.at,
            )
            for one in log
        )
        for item, log in catalogue.decisions(version_id).items()
    }
