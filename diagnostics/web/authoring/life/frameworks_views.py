"""«Модели компетенций»: the tree with what its levels mean and what is asked of each competence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.models import MET, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.new_views import home_node
from diagnostics.web.authoring.life.opened import edit_href, me
from diagnostics.web.authoring.life.shelf import desk
from diagnostics.web.authoring.life.words import VERSION_STATES
from diagnostics.web.guard import screen
from instruments.formats.yaml import write_document
from instruments.framework import Competence, Framework

LONGEST_TITLE = 200
LATIN_PHRASE = re.compile(r"([A-Za-z][A-Za-z0-9 .,:;()/&–-]*[A-Za-z0-9)])")


@dataclass(frozen=True, slots=True)
class Node:
    """A competence with how deep it stands and how many published questions are tied to it and below."""

    competence: Competence
    depth: int
    own: int
    pooled: int
    is_leaf: bool


@authoring.get("/frameworks")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def frameworks() -> str:
    return _list()


@authoring.post("/frameworks")
@screen(Permission.INSTRUMENT_CREATE, of_object=False)
def framework_create() -> Response | tuple[str, int]:
    title = request.form.get("title", "").strip()[:LONGEST_TITLE]
    if not title:
        return _list(_("Напишите название")), HTTPStatus.UNPROCESSABLE_ENTITY
    draft = actions.create_empty(title=title, node_id=home_node(), actor_id=me(), kind=DraftKind.FRAMEWORK)
    flash(_("Черновик создан."), "ok")
    return redirect(edit_href(draft.id, draft.kind))


@authoring.get("/frameworks/<version_id>")
@screen(Permission.INSTRUMENT_READ, of_object=False)
def framework_page(version_id: str) -> str:
    version = _version(version_id)
    found = catalogue.framework(version_id)
    newest = catalogue.latest_published(VersionKind.FRAMEWORK, version.code)
    return render_template(
        "authoring/life/framework.html",
        version=version,
        framework=found,
        source=LATIN_PHRASE.split(found.source or ""),
        licence=LATIN_PHRASE.split(found.licence or ""),
        nodes=nodes_of(found),
        state=VERSION_STATES[version.state],
        newer=newest.id if newest and newest.number > version.number else None,
        titles={node.code: node.title for node in found.nodes},
        level_titles={level.code: level.title for preset in found.scales.values() for level in preset.levels},
        others={
            one.code: catalogue.framework(one.id).title for one in catalogue.published(VersionKind.FRAMEWORK)
        },
        author=guard.may(Permission.INSTRUMENT_CREATE),
    )


@authoring.get("/frameworks/<version_id>.yaml")
@screen(Permission.INSTRUMENT_KEYS, of_object=False)
def framework_file(version_id: str) -> FlaskResponse:
    version = _version(version_id)
    response = FlaskResponse(write_document(catalogue.framework(version_id)), mimetype="application/yaml")
    name = quote(f"{version.code}-{version.number}.yaml")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def nodes_of(found: Framework) -> list[Node]:
    """The tree in order; what is tied counts the questions of the newest published works."""
    tied = _tied(found.code)
    return [
        Node(
            competence=found.node(code),
            depth=len(found.ancestors(code)),
            own=tied[code],
            pooled=sum(tied[one] for one in found.pool(code)),
            is_leaf=not found.children(code),
        )
        for code in found.in_order()
    ]


def _tied(code: str) -> Counter[str]:
    newest = {one.code: one for one in reversed(catalogue.published(VersionKind.INSTRUMENT))}
    scored = (catalogue.scoring_of(one.id) for one in newest.values())
    documents = (catalogue.scoring(one.id) for one in scored if one is not None)
    return Counter(
        competence
        for document in documents
        if document.framework == code
        for entry in document.items.values()
        for competence in entry.competences
    )


def _list(told: str = "") -> str:
    found: dict[str, VersionView] = {}
    for one in catalogue.published(VersionKind.FRAMEWORK):
        found.setdefault(one.code, one)
    return render_template(
        "authoring/life/frameworks.html",
        models=[(one, catalogue.framework(one.id)) for one in found.values()],
        drafts=desk((DraftKind.FRAMEWORK,)),
        author=guard.may(Permission.INSTRUMENT_CREATE),
        told=told,
        url_new=url_for("authoring.framework_create"),
    )


def _version(version_id: str) -> VersionView:
    version = catalogue.one(version_id)
    if version is None or version.kind is not VersionKind.FRAMEWORK or version.state not in MET:
        raise Missing
    return version
