"""«Апробация»: of a version, how many people are wanted and why, how many came, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.access import Permission
from diagnostics.catalogue.models import LifeState
from diagnostics.cohorts import piloting
from diagnostics.cohorts.pace import NOBODY, Spent
from diagnostics.cohorts.piloting import Pilot, pilot_of
from diagnostics.people.models import Role
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.decided import decided_of
from diagnostics.web.authoring.life.opened import language
from diagnostics.web.authoring.life.words import VERSION_STATES
from diagnostics.web.authoring.works import Work, work
from diagnostics.web.guard import actor, screen
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import WAVE_NAMES, WAVE_STATES
from instruments.texts import say

#: What a number of works allows.
ALLOWS = {
    piloting.FIGURES: N_("решаемость и выбор ответов по заданиям; меньше — только, сколько ответили"),
    piloting.VERDICTS: N_("замечания к заданиям без пометки «предварительно», надёжность, точность границ"),
    piloting.CALIBRATED: N_("трудность заданий на общей шкале: варианты и версии можно сравнивать"),
    piloting.SLOPES: N_("у каждого задания своя различающая сила на этой шкале"),
    piloting.LETTERS: N_(
        "вывод, одинаково ли работают задания в двух муниципалитетах: по сто работ в каждом"
    ),
}


@dataclass(frozen=True, slots=True)
class Timed:
    code: str
    title: str
    spent: Spent


@authoring.get("/instruments/<version_id>/pilot")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def pilot(version_id: str) -> str:
    found = work(version_id)
    forms = [form.code for form in found.instrument.forms]
    tried = pilot_of(version_id, forms, actor().paths(Role.METHODOLOGIST), keyed=found.has_keys)
    return render_template(
        "authoring/life/pilot.html",
        work=found,
        pilot=tried,
        headline=_headline(tried, found.version.state, many=len(forms) > 1),
        allows=ALLOWS,
        timed=_timed(found, tried),
        decided=decided_of(version_id),
        state=VERSION_STATES[found.version.state],
        is_tried=found.version.state is LifeState.PILOT,
        form_titles={form.code: say(form.title, language()) for form in found.instrument.forms},
        WAVE_NAMES=WAVE_NAMES,
        WAVE_STATES=WAVE_STATES,
    )


def _headline(tried: Pilot, state: LifeState, *, many: bool) -> str:
    if not tried.stages:
        return _("Апробация ещё не начата") if state is LifeState.PILOT else _("Работу ещё никто не выполнял")
    if tried.fewest >= tried.wanted:
        return _("Выборка собрана")
    missing = tried.wanted - tried.fewest
    if many:
        return ngettext(
            "В одном из вариантов не хватает %(num)s работы",
            "В одном из вариантов не хватает %(num)s работ",
            missing,
        )
    return ngettext("Не хватает %(num)s работы", "Не хватает %(num)s работ", missing)


def _timed(found: Work, tried: Pilot) -> list[Timed]:
    """Every question in the order of the document; nobody's time is a count of none."""
    return [
        Timed(one.code, say(one.title, language()), tried.pace.items.get(one.code, NOBODY))
        for one in found.instrument.asked_items
    ]
