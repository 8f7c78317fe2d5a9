"""Versions of a work or of a framework: what each changed, publishing after a trial, taking out of use."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.comparing import CLASSES as CLASS_OF
from diagnostics.catalogue.models import MET, VersionKind
from diagnostics.catalogue.queries import ClaimView, VersionView
from diagnostics.errors import Missing
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.changes import Place, places_between
from diagnostics.web.authoring.life.compared import effect_on, groups_of, is_milder, shown, side_of
from diagnostics.web.authoring.life.opened import language, me
from diagnostics.web.authoring.life.versions import body_of
from diagnostics.web.authoring.life.words import CLASSES, MODEL_CLASSES, VERSION_STATES
from diagnostics.web.guard import screen
from diagnostics.web.terms import WAVE_NAMES
from instruments.texts import say
from instruments.versions import change_between

HELD = (VersionKind.INSTRUMENT, VersionKind.FRAMEWORK)


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the list, with the one that was met before it."""

    version: VersionView
    before: VersionView | None
    claim: ClaimView | None
    places: list[Place]


@authoring.get("/instruments/<version_id>/versions")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def work_versions(version_id: str) -> str:
    version = held(version_id)
    found = [one for one in catalogue.versions_of(version.kind, version.code) if one.state in MET]
    claims = catalogue.claims(one.id for one in found)
    lines = [_line(one, found[index + 1 :], claims) for index, one in enumerate(found)]
    return render_template(
        "authoring/life/versions.html",
        lines=lines,
        version=version,
        title=title_of(version),
        is_model=version.kind is VersionKind.FRAMEWORK,
        states=VERSION_STATES,
        classes=MODEL_CLASSES if version.kind is VersionKind.FRAMEWORK else CLASSES,
    )


@authoring.get("/instruments/diff/<string(length=14):old_id>..<string(length=14):new_id>")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def work_diff(old_id: str, new_id: str) -> str:
    """Two versions of one work, the older one first whichever way they are named."""
    old, new = sorted((held(old_id), held(new_id)), key=lambda one: one.number)
    if (old.kind, old.code) != (new.kind, new.code):
        raise Missing
    is_model = new.kind is VersionKind.FRAMEWORK
    sides = None if is_model else (side_of(old), side_of(new))
    claim = catalogue.claims([new.id]).get(new.id)
    return render_template(
        "authoring/life/diff.html",
        old=old,
        new=new,
        title=title_of(new),
        is_model=is_model,
        places=places_between(body_of(old), body_of(new), language()) if is_model else [],
        found=_found(old, new),
        claim=claim if claim and claim.before_id == old.id else None,
        milder=bool(claim and is_milder(claim.claim, claim.found)),
        classes=MODEL_CLASSES if is_model else CLASSES,
        effect=effect_on(old.id, *sides) if sides else None,
        wave_names=WAVE_NAMES,
        translate=_,
        **shown(groups_of(*sides) if sides else []),
    )


@authoring.post("/instruments/<version_id>/publish")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def version_publish(version_id: str) -> Response:
    """After the trial: the very version that was tried out."""
    version = held(version_id)
    actions.publish_after_pilot(version_id, actor_id=me())
    flash(_("Версия опубликована: её можно назначать в диагностики."), "ok")
    return redirect(page_of_version(version))


@authoring.post("/instruments/<version_id>/retire")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def version_retire(version_id: str) -> Response:
    version = held(version_id)
    actions.retire(version_id, actor_id=me())
    flash(_("Версия снята: новых диагностик с ней не будет, идущие закончатся как начаты."), "ok")
    return redirect(page_of_version(version))


def held(version_id: str) -> VersionView:
    """A version of a work or of a framework that somebody has met; Missing for all else."""
    version = catalogue.one(version_id)
    if version is None or version.kind not in HELD:
        raise Missing
    return version


def title_of(version: VersionView) -> str:
    if version.kind is VersionKind.FRAMEWORK:
        return say(catalogue.framework(version.id).title, language())
    return say(catalogue.instrument(version.id).title, language())


def page_of_version(version: VersionView) -> str:
    endpoint = "authoring.framework_page" if version.kind is VersionKind.FRAMEWORK else "authoring.work_page"
    return url_for(endpoint, version_id=version.id)


def _line(version: VersionView, older: list[VersionView], claims: dict[str, ClaimView]) -> Line:
    before = older[0] if older else None
    places = places_between(body_of(before), body_of(version), language()) if before else []
    return Line(version, before, claims.get(version.id), places)


def _found(old: VersionView, new: VersionView) -> str:
    """The class of the change in words; of frameworks the list of changes speaks for itself."""
    if new.kind is VersionKind.FRAMEWORK:
        return ""
    scored = [catalogue.scoring_of(one.id, met=True) for one in (old, new)]
    before, after = (catalogue.scoring(one.id) if one else None for one in scored)
    change = change_between(catalogue.instrument(old.id), catalogue.instrument(new.id), before, after)
    return _(CLASSES[CLASS_OF[change]])
