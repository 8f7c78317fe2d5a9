"""«Диагностические работы»: the list, one work with its forms, keys for methodologists, a form on paper."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.errors import Missing
from diagnostics.sittings.typed import tokens
from diagnostics.web import guard
from diagnostics.web.authoring.accuracy import accuracy_of
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.conditions import conditions_of, conditions_on_paper
from diagnostics.web.authoring.keys import key_rows
from diagnostics.web.authoring.life.decided import decided_of
from diagnostics.web.authoring.life.new_views import READY
from diagnostics.web.authoring.life.shelf import desk, known_of
from diagnostics.web.authoring.life.words import VERSION_STATES
from diagnostics.web.authoring.specification import specifications
from diagnostics.web.authoring.works import (
    Work,
    form_rows,
    printed,
    problems_of,
    published_works,
    tried_works,
    work,
)
from diagnostics.web.guard import screen
from diagnostics.web.spreadsheets import spreadsheet
from instruments.formats.yaml import write_document
from instruments.items.choice import opt_out_label
from instruments.texts import say
from reports.tables import Column, Kind, Table

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZА-ЯЁ«])")


@authoring.get("/instruments")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def library() -> str:
    author = guard.may(Permission.INSTRUMENT_CREATE)
    works = [
        (
            one,
            one.block_titles(language()),
            known_of(one.scored.id if one.scored else None) if author else None,
        )
        for one in published_works()
    ]
    return render_template(
        "authoring/library.html",
        works=works,
        tried=tried_works(),
        drafts=desk(),
        author=author,
        ready=READY,
    )


@authoring.get("/instruments/<version_id>")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def work_page(version_id: str) -> str:
    found = work(version_id)
    author = guard.may(Permission.INSTRUMENT_KEYS)
    return render_template(
        "authoring/work.html",
        work=found,
        blocks=found.block_titles(language()),
        forms=[(form, form_rows(found, form.code)) for form in found.instrument.forms],
        problems=problems_of(found) if author else [],
        titles={item.code: say(item.title, language()) for item in found.instrument.items},
        plans=specifications(found, language()),
        common=len(found.scoring.anchors) if found.scoring else 0,
        accuracy=accuracy_of(version_id) if author and found.has_keys else None,
        author=author,
        state=VERSION_STATES[found.version.state],
        newer=_newer(found),
        decided=decided_of(version_id) if author else [],
        translate=_,
    )


def _newer(found: Work) -> str | None:
    """The version that new diagnoses take instead of this one."""
    newest = catalogue.latest_published(VersionKind.INSTRUMENT, found.version.code)
    return newest.id if newest is not None and newest.number > found.version.number else None


@authoring.get("/instruments/<version_id>/keys")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def keys(version_id: str) -> str:
    found = work(version_id)
    entries = found.scoring.items if found.scoring else {}
    rows = [
        (
            item,
            entries.get(item.code),
            key_rows(item, entries.get(item.code), language()),
            _competences(found, item.code),
        )
        for item in found.instrument.asked_items
    ]
    conditions = conditions_of(found.instrument, language())
    return render_template("authoring/keys.html", work=found, rows=rows, conditions=conditions)


@authoring.get("/instruments/<version_id>/forms/<form_code>/print")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def print_form(version_id: str, form_code: str) -> str:
    found = work(version_id)
    form = next((one for one in found.instrument.forms if one.code == form_code), None)
    if form is None:
        raise Missing
    groups = printed(found, form_code)
    plans = [
        one for one in specifications(found, language()) if one.form in ("", say(form.title, language()))
    ]
    conditions = conditions_on_paper(found.instrument, form, language())
    return render_template(
        "authoring/print.html", work=found, form=form, groups=groups, plans=plans, conditions=conditions
    )


@authoring.get("/instruments/<version_id>/forms/<form_code>.xlsx")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def form_xlsx(version_id: str, form_code: str) -> Response:
    """The places of a form as the page lists them; keys stay out."""
    found = work(version_id)
    form = next((one for one in found.instrument.forms if one.code == form_code), None)
    if form is None:
        raise Missing
    columns = (Column("№", Kind.COUNT, empty=""), Column(_("Задание"), share=5), Column(_("Общее")))
    rows = tuple(
        (row.number or None, say(row.item.title, language()), _("общее") if row.anchor else "")
        for row in form_rows(found, form_code)
    )
    title = f"{say(found.instrument.title, language())}: {say(form.title, language())}"
    return spreadsheet(Table(title, columns, rows), title)


@authoring.get("/instruments/<version_id>/<any(instrument, scoring):part>.yaml")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def download(version_id: str, part: str) -> Response:
    """The document as a file: edited, it comes back as the next version."""
    found = work(version_id)
    document = found.instrument if part == "instrument" else found.scoring
    if document is None:
        raise Missing
    response = Response(write_document(document), mimetype="application/yaml")
    name = quote(f"{found.instrument.code}-{part}-{found.version.number}.yaml")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def language() -> str:
    return str(get_locale() or "ru")


def first_sentence(text: str) -> str:
    """Up to the end mark before the next capital letter: the whole purpose stands on the work's own page."""
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


def _competences(found: Work, code: str) -> str:
    entry = found.scoring.items.get(code) if found.scoring else None
    return ", ".join(found.competence(one, language()) for one in entry.competences) if entry else ""


@authoring.context_processor
def _texts() -> dict[str, object]:
    return {
        "first_sentence": first_sentence,
        "said": lambda texts: say(texts, language()),
        "opt_out_label": lambda item: opt_out_label(item, language(), _),
        "typed_as": tokens,
    }
