"""How sure the borders of a version proved in closed stages: what its methodologist sees before going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import get_locale
from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.cohorts.trials import Trial, trials_of
from diagnostics.people.models import Role
from diagnostics.reporting.language import words_of
from diagnostics.web import guard
from reports.render.html import data_table
from reports.tabulate.quality import decisions_table
from reports.wording.quality import decisions_lead
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Tried:
    """One form in the stage that says most of it; `diagnosis` is a link to its analysis of tasks."""

    form: str
    campaign_id: str
    diagnosis: str
    closed_on: date
    n: int
    lead: str
    table: Markup


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`waiting` results lie in open stages; `least` are needed before a border is judged."""

    forms: list[Tried]
    waiting: int
    least: int


def accuracy_of(version_id: str) -> Accuracy:
    """Stages at the methodologist's own places only."""
    found = trials_of(version_id, guard.actor().paths(Role.METHODOLOGIST))
    words = words_of(str(get_locale() or "ru"))
    return Accuracy([_tried(one, words) for one in found.forms], found.waiting, found.least)


def _tried(one: Trial, words: Words) -> Tried:
    table = decisions_table(one.form, words)
    return Tried(
        form=one.form.title,
        campaign_id=one.campaign_id,
        diagnosis=one.diagnosis,
        closed_on=one.closed_on,
        n=one.form.n,
        lead=decisions_lead(one.form, words),
        table=data_table(table, words, path_of("templates")),
    )
