"""«Проверьте ответы перед показом»: a person reads the free words before the team of the school does."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.improvement import queries
from diagnostics.improvement.checking import check_words
from diagnostics.improvement.errors import WordsChanged
from diagnostics.improvement.groups import Group, least_for_words
from diagnostics.improvement.queries import Reading
from diagnostics.releases.minimum import minimum
from diagnostics.web.guard import screen
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.messages import sentence
from instruments.document import say


@dataclass(frozen=True, slots=True)
class Standing:
    """Free words on the zones page: whether they wait for somebody, and groups too small for them."""

    waiting: int  # texts that nobody has read yet
    checked: bool
    few: tuple[tuple[Group, int, int], ...]  # group, its answers, answers needed


def standing(campaign_id: str) -> Standing:
    """For the school only; hidden groups are not named here, the page says elsewhere that they are hidden."""
    read, rule = queries.reading(campaign_id), minimum()
    groups = queries.zones(campaign_id, own=True).snapshot.groups
    few = (
        (one.group, one.n, least_for_words(one.group, rule))
        for one in groups
        if one.group is not Group.SHEET and one.n and not one.hidden
    )
    return Standing(
        waiting=len(read.ids) if read.waits else 0,
        checked=read.checked_at is not None,
        few=tuple((group, n, least) for group, n, least in few if n < least),
    )


@improving.get("/school/sa/<campaign_id>/words")
@screen(Permission.ASSESSMENT_RUN)
def words(campaign_id: str) -> str:
    asking.run(campaign_id)
    return _page(campaign_id, queries.reading(campaign_id))


@improving.post("/school/sa/<campaign_id>/words")
@screen(Permission.ASSESSMENT_RUN)
def words_checked(campaign_id: str) -> Response | tuple[str, int]:
    """`strike`: texts that nobody shall see; `mark`: which texts the person had before their eyes."""
    asking.run(campaign_id)
    strike = frozenset(request.form.getlist("strike"))
    try:
        struck = check_words(
            campaign_id, mark=request.form.get("mark", ""), strike=strike, actor_id=asking.person_id()
        )
    except WordsChanged as changed:
        session.rollback()
        page = _page(campaign_id, queries.reading(campaign_id), kept=strike, error=sentence(changed.code))
        return page, HTTPStatus.CONFLICT
    flash(
        ngettext(
            "Команда школы видит ответы. Не показываем %(num)s ответ.",
            "Команда школы видит ответы. Не показываем %(num)s ответов.",
            struck,
        )
        if struck
        else _("Команда школы видит все ответы."),
        "ok",
    )
    return redirect(url_for("improving.zones", campaign_id=campaign_id, _anchor="words"))


def _page(campaign_id: str, read: Reading, *, kept: frozenset[str] = frozenset(), error: str = "") -> str:
    return render_template(
        "improving/words.html",
        one=asking.collected(campaign_id),
        read=read,
        questions={heap.item: _question(heap.instrument_id, heap.form, heap.item) for heap in read.heaps},
        kept=kept,
        error=error,
        errors=[error] if error else None,
    )


def _question(instrument_id: str, form: str, code: str) -> str:
    items = catalogue.instrument(instrument_id).form_items(form)
    language = str(get_locale() or "ru")
    return next((say(item.text, language) or "" for item in items if item.code == code), "")
