"""Calibrations of a version: the list, two of them compared, one published from a closed trial."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries import wave_of
from diagnostics.cohorts import piloting
from diagnostics.cohorts.calibrations import calibrations_of, line
from diagnostics.cohorts.recalibrated import Comparison, compare
from diagnostics.database import session
from diagnostics.errors import DomainError, Missing
from diagnostics.findings.actions import order_calibration
from diagnostics.measurement.method import METHOD
from diagnostics.people.models import OrgNode, Role
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.opened import language, me
from diagnostics.web.authoring.works import Work, work
from diagnostics.web.guard import actor, require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import WAVE_NAMES
from instruments.texts import say

MODELS = {"rasch": N_("модель Раша"), "pcm": N_("модель частичных баллов")}
#: Why there is nothing on the page that two calibrations could be compared by.
NO_EFFECT = {
    "other_key": N_(
        "Калибровки сделаны по разным ключам, поэтому выводы отдельных людей по ним не сравниваем: при исправлении ключа результаты пересчитываются целиком."
    ),
    "nobody": N_("На первой из калибровок не стоит ни один результат: выводы людей не изменятся."),
    "too_many": N_(
        "На первой из калибровок стоит больше 2000 результатов: сколько выводов изменилось бы, на странице не считаем."
    ),
}
DRIFTS = {
    "logit": N_("сместилось: разница больше половины логита и больше своей погрешности"),
    "robust_z": N_("сместилось: разница необычно велика рядом с остальными заданиями"),
}


@dataclass(frozen=True, slots=True)
class Uncalibrated:
    """A closed stage without a calibration; `may`: enough people, and the reader may publish."""

    stage: piloting.Stage
    may: bool


@authoring.get("/instruments/<version_id>/calibrations")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def calibrations(version_id: str) -> str:
    found = work(version_id)
    scope = actor().paths(Role.METHODOLOGIST)
    lines = calibrations_of(version_id)
    return render_template(
        "authoring/life/calibrations.html",
        work=found,
        lines=lines,
        named=_named([user.node_id for one in lines for user in (*one.users, one.source) if user]),
        waiting=_waiting(version_id, found, scope),
        least=METHOD.min_prior_persons,
        models=MODELS,
        WAVE_NAMES=WAVE_NAMES,
    )


@authoring.get("/instruments/calibrations/<string(length=14):old_id>..<string(length=14):new_id>")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def calibrations_diff(old_id: str, new_id: str) -> str:
    """The older one first whichever way they are named."""
    (asked, one), (other, two) = line(old_id), line(new_id)
    if asked != other or old_id == new_id:
        raise Missing
    first, second = sorted((one, two), key=lambda found: (found.created_at, found.version.number))
    found, compared = work(asked), compare(first, second)
    return render_template(
        "authoring/life/calibrations_diff.html",
        work=found,
        first=first,
        second=second,
        compared=compared,
        headline=_headline(compared),
        titles={item.code: say(item.title, language()) for item in found.instrument.items},
        blocks=_block_titles(found, compared),
        forms={form.code: say(form.title, language()) for form in found.instrument.forms},
        drifts=DRIFTS,
        no_effect=NO_EFFECT,
        models=MODELS,
    )


@authoring.post("/waves/<wave_id>/calibration")
@screen(Permission.ITEMS_DECIDE)
def calibration_publish(wave_id: str) -> Response:
    campaign, wave = wave_of(wave_id)
    require(Permission.ITEMS_DECIDE, things.campaign(campaign.id))
    about = next((one.instrument_id for one in wave.assignments if one.instrument_id), None)
    if about is None:
        raise Missing
    try:
        order_calibration(wave_id, actor_id=me())
    except DomainError as refused:
        session.rollback()
        flash(sentence(refused.code, refused.parameters), "caution")
    else:
        flash(_("Считаем калибровку: она появится здесь через минуту-другую, обновите страницу."), "ok")
    return redirect(url_for("authoring.calibrations", version_id=about))


def _waiting(version_id: str, found: Work, scope: tuple[str, ...]) -> list[Uncalibrated]:
    if not found.has_keys:
        return []
    forms = [form.code for form in found.instrument.forms]
    stages = piloting.pilot_of(version_id, forms, scope, keyed=True).stages
    return [
        Uncalibrated(one, one.state is WaveState.CLOSED and one.submitted >= METHOD.min_prior_persons)
        for one in stages
        if one.calibration_id is None and one.state is not WaveState.PLANNED
    ]


def _named(nodes: list[str]) -> frozenset[str]:
    """Places whose diagnoses the reader may see by name."""
    paths = actor().paths(Role.METHODOLOGIST)
    found = ((one, session.get(OrgNode, one)) for one in set(nodes))
    return frozenset(one for one, node in found if node is not None and node.path.startswith(paths))


def _block_titles(found: Work, compared: Comparison) -> dict[str, str]:
    return {one.block: found.competence(one.block, language()) for one in compared.priors}


def _headline(compared: Comparison) -> str:
    if not compared.shifts:
        return _("Трудность заданий не сравнить")
    if not compared.drifted:
        return _("Ни одно задание не сместилось")
    return _("Сместились задания: %(n)s из %(all)s", n=len(compared.drifted), all=len(compared.shifts))
