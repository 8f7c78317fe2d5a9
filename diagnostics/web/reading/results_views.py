"""A person's result: the page, its files, and the wait for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, Thing, things
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.campaigns.queries import wave_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.errors import Missing
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.pathways.queries.views import newest_of
from diagnostics.reporting.after_exit import entry_of
from diagnostics.reporting.language import words_of
from diagnostics.reporting.person import name_of, official_scale
from diagnostics.reporting.person_documents import result_document
from diagnostics.reporting.selfview import beside, counterpart, self_report
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import SittingState
from diagnostics.web import guard
from diagnostics.web.guard import may, require, screen
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.given_facts import facts_of
from diagnostics.web.reading.journal import note_result_reading
from diagnostics.web.reading.results_page import history, page_of
from diagnostics.web.reading.self_page import BesideFigure, beside_figure, self_page

#: Pages of the room where routes are made: linked to where they are built.
PROPOSE, HISTORY, ROUTE = "coaching.propose_route", "coaching.history", "coaching.route"


@reading.get("/me/results/<finding_id>")
@screen(Permission.RESULT_READ)
def result(finding_id: str) -> str:
    """A finding, current or earlier; of block points from elsewhere: a table without conclusions."""
    thing = things.finding(finding_id)
    require(Permission.RESULT_READ, thing)
    view = findings.finding(finding_id)
    _note(view, "page")
    shared = {
        "finding": view,
        "history": history(findings.history_of_seat(view.seat_id)),
        "own": _own(view),
        "facts": facts_of(view, _language()),
    }
    if view.scoring_id is None:
        return _points_page(view, shared)
    other = _counterpart(view)
    if findings.is_opinion(view):
        return _self_page(view, other, shared)
    return render_template(
        "reading/result.html",
        beside=_beside(view, other),
        page=page_of(view, words_of(_language()), _language()),
        propose=_address(PROPOSE, finding_id=finding_id) if _may_propose(view, thing) else None,
        route=_route(view),
        entry=_entry(view),
        all_results=_address(HISTORY) if guard.viewer() else None,
        **shared,
    )


@reading.get("/me/results/<finding_id>/profile.<any(pdf, docx, xlsx):kind>")
@screen(Permission.RESULT_READ)
def result_file(finding_id: str, kind: str) -> Response:
    """The same contents as a file; made at once, for a link's holder has no list of files."""
    require(Permission.RESULT_READ, things.finding(finding_id))
    words = words_of(_language())
    view = findings.finding(finding_id)
    made = result_document(view, _counterpart(view), words, _language(), kind)
    _note(view, kind)
    response = Response(made.content, mimetype=made.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return response


@reading.get("/me/results/of/<seat_id>")
@screen(Permission.RESULT_READ)
def result_of_seat(seat_id: str) -> str | Redirect:
    """Straight to the result of a seat; «Считаем результат…», which asks again by itself, until it is there."""
    require(Permission.RESULT_READ, things.seat(seat_id))
    view = findings.current_of_seat(seat_id)
    if view is not None:
        return redirect(url_for("reading.result", finding_id=view.id))
    sitting = sittings.of_seat(seat_id)
    if sitting is None or sitting.state is not SittingState.SUBMITTED:
        raise Missing("no_result_yet")
    return render_template("reading/result_waiting.html", receipt=sitting.receipt)


def _counterpart(view: FindingView) -> FindingView | None:
    """The other of test and self-assessment, where this reader may see that one too."""
    found = counterpart(view)
    if found is None or not may(Permission.RESULT_READ, things.finding(found.id)):
        return None
    _note(found, "beside")
    return found


def _self_page(view: FindingView, test: FindingView | None, shared: dict[str, object]) -> str:
    words = words_of(_language())
    return render_template(
        "reading/result_self.html",
        page=self_page(self_report(view, test, words, _language()), words),
        test=test,
        all_results=_address(HISTORY) if guard.viewer() else None,
        **shared,
    )


def _beside(view: FindingView, own: FindingView | None) -> BesideFigure | None:
    if own is None:
        return None
    return beside_figure(beside(own, view, _language(), only_both=True), words_of(_language()))


def _points_page(view: FindingView, shared: dict[str, object]) -> str:
    campaign = campaign_of(view.campaign_id)
    framework = catalogue.framework(view.framework_id)
    return render_template(
        "reading/result_points.html",
        campaign=campaign,
        full_name=name_of(view),
        wave=wave_of(view.wave_id)[1],
        titles={scale.competence: framework.node(scale.competence).title for scale in view.scales},
        levels={level.code: level.title for level in framework.scales[view.preset].levels},
        scale=official_scale(framework, view.preset, campaign.preset_basis, _language()),
        **shared,
    )


def _note(view: FindingView, kind: str) -> None:
    """The person's own looks leave no trace; everybody else's do."""
    if not _own(view):
        note_result_reading(view.id, kind)


def _own(view: FindingView) -> bool:
    """Whether the reader is the person: others are not greeted with «ваш»."""
    actor = guard.actor()
    return view.person_id == actor.person_id or view.seat_id == actor.link_seat_id


def _entry(view: FindingView) -> str | None:
    """The entry result of an exit, where the reader may open it."""
    found = entry_of(view) if view.wave_kind is WaveKind.EXIT else None
    if found is None or not may(Permission.RESULT_READ, things.finding(found.id)):
        return None
    return url_for("reading.result", finding_id=found.id)


def _may_propose(view: FindingView, thing: Thing) -> bool:
    """After the exit there is nothing left to learn before: the route of this diagnosis is over."""
    return view.wave_kind is not WaveKind.EXIT and not view.trial and may(Permission.ROUTE_EDIT, thing)


def _route(view: FindingView) -> str | None:
    """The reader's own route of this diagnosis, once there is one."""
    if not _own(view) or view.person_id is None:
        return None
    found = newest_of(view.person_id, campaign_id=view.campaign_id)
    return _address(ROUTE, route_id=found) if found else None


def _address(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def _language() -> str:
    return str(get_locale() or "ru")
