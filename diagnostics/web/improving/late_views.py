"""Late answers of a self-assessment: how many of each group came after the end, and one decision about them."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput

from diagnostics.access import Permission
from diagnostics.campaigns.models import WaveState
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.improvement import queries
from diagnostics.improvement.deciding import decide_late
from diagnostics.improvement.errors import LateRefused
from diagnostics.improvement.groups import Group
from diagnostics.improvement.queries import Late
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.words import GROUPS
from diagnostics.web.improving.zones_views import enqueue_count
from diagnostics.web.messages import sentence


class LateGroupsForm(FlaskForm):
    groups = SelectMultipleField(lazy_gettext("Чьи ответы учесть"), choices=[], option_widget=CheckboxInput())
    reason = TextAreaField(lazy_gettext("Причина решения"))

    @classmethod
    def of(cls, standing: Late) -> LateGroupsForm:
        form = cls()
        form.groups.choices = [
            SelectChoice(one.group.value, _(GROUPS[one.group])) for one in standing.groups if one.may_include
        ]
        return form


@improving.get("/school/sa/<campaign_id>/late")
@screen(Permission.ASSESSMENT_RUN)
def late(campaign_id: str) -> str:
    asking.run(campaign_id)
    standing = queries.late(campaign_id)
    return _page(campaign_id, standing, LateGroupsForm.of(standing))


@improving.post("/school/sa/<campaign_id>/late")
@screen(Permission.ASSESSMENT_RUN)
def late_decide(campaign_id: str) -> Response | tuple[str, int]:
    """`groups`: whose answers to take in; `mark`: which late answers the person had before their eyes."""
    one = asking.run(campaign_id)
    standing = queries.late(campaign_id)
    form = LateGroupsForm.of(standing)
    try:
        decide_late(
            campaign_id,
            include={Group(value) for value in form.groups.data or () if value in set(Group)},
            mark=request.form.get("mark", ""),
            reason=form.reason.data or "",
            actor_id=asking.person_id(),
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _page(campaign_id, standing, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except LateRefused as refused:
        session.rollback()
        told = sentence(refused.code, refused.parameters)
        return _page(campaign_id, queries.late(campaign_id), form, told=told), HTTPStatus.CONFLICT
    taken = bool(form.groups.data)
    flash(
        _("Ответы учтены.") if taken else _("Ответы не учтены. Они сохранены и на зоны не влияют."),
        "ok",
    )
    if taken and one.wave_state is WaveState.CLOSED:
        return redirect(url_for("home.job", job_id=enqueue_count(campaign_id)))
    return redirect(url_for("improving.late", campaign_id=campaign_id))


def _page(campaign_id: str, standing: Late, form: LateGroupsForm, *, told: str = "") -> str:
    return render_template(
        "improving/late.html", one=asking.collected(campaign_id), late=standing, form=form, told=told
    )
