"""Publish the next version from two uploaded files; a published one is never edited."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.catalogue import actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.errors import DocumentRefused, VersionFrozen
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import read_only, session
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.works import work
from diagnostics.web.guard import actor, screen
from instruments.checking import check_instrument, check_scoring
from instruments.document import Instrument
from instruments.formats.yaml import Document, read_document
from instruments.framework import Framework
from instruments.problems import DocumentError, Problem, error, has_errors
from instruments.scoring import Scoring
from instruments.versions import Change, change_between

Wanted = TypeVar("Wanted", Instrument, Scoring)
KINDS: dict[type, str] = {Instrument: "instrument", Scoring: "scoring"}


class PublishForm(FlaskForm):
    instrument = FileField(
        lazy_gettext("Работа: задания и варианты"), [FileRequired(lazy_gettext("Выберите файл работы"))]
    )
    scoring = FileField(
        lazy_gettext("Ключи: баллы, компетенции, пояснения"),
        [FileRequired(lazy_gettext("Выберите файл ключей"))],
    )


@dataclass(frozen=True, slots=True)
class Package:
    """What was read from the two files: all problems with the name of their file, whole documents if sound."""

    instrument: Instrument | None
    scoring: Scoring | None
    framework: Framework | None
    problems: tuple[tuple[str, Problem], ...]

    @property
    def sound(self) -> bool:
        return None not in (self.instrument, self.scoring, self.framework) and not has_errors(
            problem for _file, problem in self.problems
        )


@authoring.get("/instruments/publish")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def publish() -> str:
    return _page(PublishForm())


@authoring.post("/instruments/publish")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def publish_now() -> Redirect | tuple[str, int]:
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with read_only():
        package = _read(form.instrument.data.read(), form.scoring.data.read())
        before = _standing(package.instrument)
        session.rollback()
    if not package.sound or not (package.instrument and package.scoring and package.framework):
        return _page(form, package), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        asked, _scored = actions.publish_instrument(
            package.instrument, package.scoring, package.framework, actor_id=actor().person_id
        )
    except DocumentRefused as refused:
        session.rollback()
        told = tuple((_("работа или ключи"), problem) for problem in refused.problems)
        return _page(form, Package(None, None, None, told)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_change_words(before, package), "ok")
    return redirect(url_for("authoring.work_page", version_id=asked.id))


@authoring.post("/instruments/<version_id>")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def edit(version_id: str) -> Redirect:
    """An old form or a script that would edit a published version: refused, whatever it carries."""
    work(version_id)
    raise VersionFrozen


def _read(instrument: bytes, scoring: bytes) -> Package:
    problems: list[tuple[str, Problem]] = []
    asked = _document(instrument, Instrument, _("работа"), problems)
    keyed = _document(scoring, Scoring, _("ключи"), problems)
    framework = _framework(keyed, problems) if keyed else None
    if asked:
        problems += [(_("работа"), problem) for problem in check_instrument(asked)]
    if asked and keyed and framework:
        problems += [(_("ключи"), problem) for problem in check_scoring(asked, keyed, framework)]
    return Package(asked, keyed, framework, tuple(problems))


def _document(
    content: bytes, kind: type[Wanted], file: str, problems: list[tuple[str, Problem]]
) -> Wanted | None:
    try:
        found: Document = read_document(content)
    except DocumentError as wrong:
        problems += [(file, problem) for problem in wrong.problems]
        return None
    if not isinstance(found, kind):
        problems.append((file, error("kind", "kind_unknown", kinds=KINDS[kind])))
        return None
    return found


def _framework(keyed: Scoring, problems: list[tuple[str, Problem]]) -> Framework | None:
    version = catalogue.latest_published(VersionKind.FRAMEWORK, keyed.framework)
    if version is None:
        known = ", ".join(one.code for one in catalogue.published(VersionKind.FRAMEWORK))
        problems.append((_("ключи"), error("framework", "not_one_of", expected=known)))
        return None
    return catalogue.framework(version.id)


def _standing(asked: Instrument | None) -> tuple[Instrument, Scoring | None] | None:
    """The newest published version of the same code, to say what changed."""
    version = catalogue.latest_published(VersionKind.INSTRUMENT, asked.code) if asked else None
    if version is None:
        return None
    scored = catalogue.scoring_of(version.id)
    return catalogue.instrument(version.id), catalogue.scoring(scored.id) if scored else None


def _change_words(before: tuple[Instrument, Scoring | None] | None, package: Package) -> str:
    if before is None or package.instrument is None:
        return _("Работа опубликована.")
    change = change_between(before[0], package.instrument, before[1], package.scoring)
    return {
        Change.NONE: _("Ничего не изменилось: эта версия уже опубликована."),
        Change.COSMETIC: _("Новая версия опубликована. Изменения не затрагивают ни ответы, ни баллы."),
        Change.EQUIVALENT: _("Новая версия опубликована. Результаты сравнимы с прежними."),
        Change.BREAKING: _(
            "Новая версия опубликована. Сравнивать её с прежней можно только по неизменным общим заданиям."
        ),
    }[change]


def _page(form: PublishForm, package: Package | None = None) -> str:
    problems = package.problems if package else ()
    return render_template("authoring/publish.html", form=form, problems=problems, translate=_)
