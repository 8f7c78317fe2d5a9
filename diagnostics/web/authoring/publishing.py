"""Two ready files become a draft: who loads them does not publish them alone (security.md P7)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.drafting import Checked
from diagnostics.catalogue.errors import VersionFrozen
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.database import Json, read_only, session
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.new_views import home_node
from diagnostics.web.authoring.life.opened import me
from diagnostics.web.authoring.works import work
from diagnostics.web.guard import screen
from instruments.checking import check_instrument, check_scoring
from instruments.document import Instrument
from instruments.formats.yaml import Document, read_document
from instruments.framework import Framework
from instruments.problems import DocumentError, Problem, error
from instruments.scoring import Scoring
from instruments.versions import Change, canonical_json, change_between

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


@authoring.get("/instruments/publish")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def publish() -> str:
    return _page(PublishForm())


@authoring.post("/instruments/publish")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def publish_now() -> Redirect | tuple[str, int]:
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with read_only():
        package = _read(form.instrument.data.read(), form.scoring.data.read())
        before = _standing(package.instrument)
        session.rollback()
    if not package.sound or not (package.instrument and package.scoring):
        return _page(form, package), HTTPStatus.UNPROCESSABLE_ENTITY
    draft, removed = drafts.create(
        DraftKind.INSTRUMENT,
        {"instrument": _plain(package.instrument), "scoring": _plain(package.scoring)},
        node_id=home_node(),
        actor_id=me(),
        based_on_id=before.id if before else None,
    )
    if removed:
        what = ", ".join(one.what for one in removed)
        flash(_("Из текста убрана разметка: %(what)s", what=what), "caution")
    flash(_change_words(before, package), "ok")
    return redirect(url_for("authoring.draft_review", draft_id=draft.id))


@authoring.post("/instruments/<version_id>")
@screen(Permission.INSTRUMENT_PUBLISH, of_object=False)
def edit(version_id: str) -> Redirect:
    """An old form or a script that would edit a published version: refused, whatever it carries."""
    work(version_id)
    raise VersionFrozen


def _read(instrument: bytes, scoring: bytes) -> Checked:
    """What was read from the two files; problems come with the name of their file."""
    problems: list[tuple[str, Problem]] = []
    asked = _document(instrument, Instrument, _("работа"), problems)
    keyed = _document(scoring, Scoring, _("ключи"), problems)
    framework = _framework(keyed, problems) if keyed else None
    if asked:
        problems += [(_("работа"), problem) for problem in check_instrument(asked)]
    if asked and keyed and framework:
        problems += [(_("ключи"), problem) for problem in check_scoring(asked, keyed, framework)]
    return Checked(asked, keyed, framework, tuple(problems))


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


def _plain(document: Instrument | Scoring) -> Json:
    body: Json = json.loads(canonical_json(document))
    return body


def _standing(asked: Instrument | None) -> VersionView | None:
    """The newest published version of the same code: the draft is its next version."""
    return catalogue.latest_published(VersionKind.INSTRUMENT, asked.code) if asked else None


def _change_words(before: VersionView | None, package: Checked) -> str:
    if before is None or package.instrument is None:
        return _("Черновик создан. Опубликует его второй человек, который проверит работу.")
    scored = catalogue.scoring_of(before.id)
    keyed = catalogue.scoring(scored.id) if scored else None
    change = change_between(catalogue.instrument(before.id), package.instrument, keyed, package.scoring)
    return {
        Change.NONE: _("Черновик создан, но в нём то же, что в опубликованной версии."),
        Change.COSMETIC: _("Черновик новой версии создан. Изменения не затрагивают ни ответы, ни баллы."),
        Change.EQUIVALENT: _("Черновик новой версии создан. Результаты будут сравнимы с прежними."),
        Change.BREAKING: _(
            "Черновик новой версии создан. Сравнивать её с прежней можно будет только по неизменным общим заданиям."
        ),
    }[change]


def _page(form: PublishForm, package: Checked | None = None) -> str:
    problems = package.problems if package else ()
    return render_template("authoring/publish.html", form=form, problems=problems, translate=_)
