"""«Новая диагностика»: one page, all filled in beforehand; and mending the rules of a standing one."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.queries.audience import tutors
from diagnostics.campaigns.queries.groups import groups
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.web.form_fields import choices, put_error
from diagnostics.web.guard import require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.forms import DiagnosisForm, RulesForm
from diagnostics.web.running.making import make_diagnosis
from diagnostics.web.running.words import COORDINATORS_SEE, SEES, rules_of, sees_of
from instruments.framework import Framework
from instruments.scoring import Scoring

WEEKS = {"entry_first": 0, "entry_last": 2, "exit_first": 10, "exit_last": 12}


@running.get("/diagnoses/new")
@screen(Permission.CAMPAIGN_CREATE, of_object=False)
def diagnosis_new() -> str:
    form = _new_form()
    _fill_in(form)
    return _new_page(form)


@running.post("/diagnoses/new")
@screen(Permission.CAMPAIGN_CREATE, of_object=False)
def diagnosis_create() -> Redirect | tuple[str, int]:
    form = _new_form()
    if not form.validate_on_submit():
        return _new_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        made = make_diagnosis(form, asking.home_node_id(), asking.person_id())
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {"first_day": "exit_first", "last_day": "entry_last"})
        return _new_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Черновик диагностики создан."), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=made.id))


@running.get("/diagnoses/<campaign_id>/rules")
@screen(Permission.CAMPAIGN_RUN)
def diagnosis_rules(campaign_id: str) -> str:
    require(Permission.CAMPAIGN_RUN, things.campaign(campaign_id))
    found = campaign(campaign_id)
    form = _rules_form()
    form.title.data, form.tutor.data = found.title, found.tutor_id or ""
    form.sees.data = sees_of(found.privacy, found.visibility)
    form.preset_basis.data = found.preset_basis
    form.clarify_most.data, form.watch.data = found.clarify_most, found.watch
    return _rules_page(campaign_id, form)


@running.post("/diagnoses/<campaign_id>/rules")
@screen(Permission.CAMPAIGN_RUN)
def diagnosis_change(campaign_id: str) -> Redirect | tuple[str, int]:
    require(Permission.CAMPAIGN_RUN, things.campaign(campaign_id))
    form = _rules_form()
    if not form.validate_on_submit():
        return _rules_page(campaign_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    privacy, visibility = rules_of(form.sees.data)
    try:
        actions.change_campaign(
            campaign_id,
            title=form.title.data,
            privacy=privacy,
            visibility=visibility,
            preset_basis=form.preset_basis.data or "",
            tutor_id=form.tutor.data or None,
            actor_id=asking.person_id(),
        )
        actions.set_conduct(
            campaign_id,
            clarify_most=form.clarify_most.data or 0,
            watch=bool(form.watch.data),
            actor_id=asking.person_id(),
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {"privacy": "sees"})
        return _rules_page(campaign_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Изменения сохранены."), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=campaign_id))


def _new_form() -> DiagnosisForm:
    form = DiagnosisForm()
    works = [(version.id, _work_words(version)) for version, _scoring, _framework in _works()]
    mine = groups(asking.group_scope(), person_id=asking.person_id())
    form.work.choices = choices([("", _("Выберите работу")), *works])
    form.group.choices = choices(
        [("", _("Выберу участников на следующем шаге")), *((one.id, one.title) for one in mine)]
    )
    form.tutor.choices = choices([("", _("Назначить позже")), *tutors(asking.region())])
    form.preset.choices = choices(_presets())
    return form


def _presets() -> list[tuple[str, str]]:
    """Scales of the frameworks that published works are scored against; a work's own scale comes first."""
    found: dict[str, str] = {}
    for _version, scoring, framework in _works():
        for code in (scoring.preset, *framework.scales):
            found.setdefault(code, framework.scales[code].title["ru"])
    return list(found.items())


def _works() -> list[tuple[VersionView, Scoring, Framework]]:
    """What can be asked of teachers, with its scoring: tests before questionnaires, trials at the end."""
    found = []
    for version in (*catalogue.published(VersionKind.INSTRUMENT), *catalogue.tried_out()):
        scored = catalogue.scoring_of(version.id, met=version.state is LifeState.PILOT)
        scoring = catalogue.scoring(scored.id) if scored else None
        against = catalogue.latest_published(VersionKind.FRAMEWORK, scoring.framework) if scoring else None
        framework = catalogue.framework(against.id) if against else None
        if scoring and framework and framework.about == "teacher":
            found.append((version, scoring, framework))
    return sorted(found, key=lambda work: (work[0].state is LifeState.PILOT, _asks_opinions(work[1])))


def _asks_opinions(scoring: Scoring) -> bool:
    return all(entry.key is None for entry in scoring.items.values())


def _work_words(version: VersionView) -> str:
    title = catalogue.instrument(version.id).title["ru"]
    if version.state is LifeState.PILOT:
        return _("%(title)s, версия %(n)s: апробация", title=title, n=version.number)
    return _("%(title)s, версия %(n)s", title=title, n=version.number)


def _fill_in(form: DiagnosisForm) -> None:
    first = clock.now().date() + timedelta(days=1)
    for name, weeks in WEEKS.items():
        form[name].data = first + timedelta(weeks=weeks)
    form.plan.data, form.sees.data = "turn", "tutor"
    asked = request.args.get("work", "")  # from the page of a version; otherwise nothing is chosen beforehand
    form.work.data = asked if any(one.value == asked for one in form.work.choices) else ""
    if form.preset.choices:
        form.preset.data = form.preset.choices[0].value
    form.group.data = request.args.get("group", "")
    form.tutor.data = ""


def _new_page(form: DiagnosisForm) -> str:
    return render_template(
        "running/diagnosis_new.html", form=form, told=_told(), coordinators=_(COORDINATORS_SEE)
    )


def _rules_form() -> RulesForm:
    form = RulesForm()
    form.tutor.choices = choices([("", _("Назначить позже")), *tutors(asking.region())])
    return form


def _rules_page(campaign_id: str, form: RulesForm) -> str:
    return render_template(
        "running/diagnosis_rules.html",
        form=form,
        campaign=campaign(campaign_id),
        told=_told(),
        fixed=sentence("privacy_is_told"),
    )


def _told() -> dict[str, str]:
    return {code: _(told) for code, (_title, told) in SEES.items()}
