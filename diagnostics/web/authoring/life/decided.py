"""Decisions about the tasks of a version, as its pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import Verdict
from diagnostics.web.authoring.life.opened import language, names_of
from diagnostics.web.terms import DECISIONS
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Decided:
    """`is_last`: this one holds, the others are kept to be read."""

    item: str
    title: str
    verdict: Verdict
    words: str
    reason: str
    who: str
    at: datetime
    is_last: bool


def decided_of(version_id: str) -> list[Decided]:
    """By task, the newest decision of each first."""
    logs = catalogue.decisions(version_id)
    names = names_of(one.person_id for log in logs.values() for one in log)
    titles = {one.code: say(one.title, language()) for one in catalogue.instrument(version_id).items}
    return [
        Decided(
            item, titles.get(item, item), one.verdict, _(DECISIONS[one.verdict]), one.reason,
            names[one.person_id], one.at, one is log[0],
        )
        for item, log in sorted(logs.items())
        for one in log
    ]  # fmt: skip
