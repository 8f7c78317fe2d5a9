"""From the form of a new diagnosis to its rows: the diagnosis, its waves, what they ask, whom."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Campaign, WaveKind
from diagnostics.campaigns.queries.audience import members_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.errors import Missing
from diagnostics.web.form_fields import day
from diagnostics.web.running.forms import DiagnosisForm
from diagnostics.web.running.words import rules_of


def make_diagnosis(form: DiagnosisForm, node_id: str, me: str) -> Campaign:
    """A draft by a valid form; FieldRefused by the actions' names of fields."""
    trial = is_tried_out(form.work.data)
    scored = _found(catalogue.scoring_of(form.work.data, met=trial))
    scoring = catalogue.scoring(scored.id)
    privacy, visibility = rules_of(form.sees.data)
    made = actions.create_campaign(
        title=_named(_title_of(form), trial=trial),
        node_id=node_id,
        owner_id=me,
        framework_id=_found(catalogue.latest_published(VersionKind.FRAMEWORK, scoring.framework)).id,
        method_id=catalogue.published(VersionKind.METHOD)[0].id,
        preset=form.preset.data,
        privacy=privacy,
        visibility=visibility,
        preset_basis=form.preset_basis.data or "",
        group_id=form.group.data or None,
        tutor_id=form.tutor.data or None,
        actor_id=me,
        trial=trial,
    )
    entry, leaving = forms_of(form.work.data, form.plan.data)
    _add_wave(
        made.id,
        WaveKind.ENTRY,
        form.entry_first.data,
        form.entry_last.data,
        form.work.data,
        scored.id,
        entry,
        me,
    )
    if form.has_exit:
        _add_wave(
            made.id,
            WaveKind.EXIT,
            form.exit_first.data,
            form.exit_last.data,
            form.work.data,
            scored.id,
            leaving,
            me,
        )
    actions.set_conduct(
        made.id, clarify_most=form.clarify_most.data or 0, watch=bool(form.watch.data), actor_id=me
    )
    if form.group.data:
        actions.seat_audience(made.id, members_of(form.group.data), me)
    return made


def _title_of(form: DiagnosisForm) -> str:
    return (form.title.data or "").strip() or catalogue.instrument(form.work.data).title["ru"]


def is_tried_out(work_id: str) -> bool:
    """Whether the version of the work is in its trial: then so is the diagnosis that asks it."""
    version = catalogue.one(work_id)
    return version is not None and version.state is LifeState.PILOT


def _named(title: str, *, trial: bool) -> str:
    """Everything that is printed of a trial says so: invitations, lists, results."""
    said = _("Апробация")
    return f"{said}: {title}" if trial and said.casefold() not in title.casefold() else title


def forms_of(work_id: str, plan: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of the forms at the entry and at the exit; a work of one form gives it twice."""
    codes = tuple(form.code for form in catalogue.instrument(work_id).forms)
    if plan == "random":
        return codes, codes
    return (codes[0],), (codes[0],) if plan == "same" else (codes[1 if len(codes) > 1 else 0],)


def _add_wave(
    campaign_id: str,
    kind: WaveKind,
    first: date | None,
    last: date | None,
    work_id: str,
    scoring_id: str,
    forms: tuple[str, ...],
    me: str,
) -> None:
    wave = actions.add_wave(campaign_id, kind, day(first), day(last), me)
    for code in forms:
        actions.assign(wave.id, work_id, scoring_id, code, actor_id=me)


def _found(version: VersionView | None) -> VersionView:
    if version is None:
        raise Missing
    return version
