"""«Листы с кодами»: printing by a job; the same sheet comes out as often as it is asked for."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.jobs import actions as jobs
from diagnostics.web.guard import screen
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.collecting import circle_of

KIND = "campaigns.circle_sheets"
FORMATS = ("pdf", "xlsx")


@improving.post("/school/sa/<campaign_id>/sheets")
@screen(Permission.ASSESSMENT_COLLECT)
def sheets(campaign_id: str) -> Response:
    """`circle`: one circle, or nothing: all that have codes; `format`: pdf or xlsx."""
    one = asking.collected(campaign_id)
    wanted, circle_id = request.form.get("format", ""), request.form.get("circle", "")
    job = jobs.enqueue(
        KIND,
        campaign_id,
        asker_id=asking.person_id(),
        title=_("Листы с кодами: %(title)s", title=one.title),
        stages=[_("Собираем листы")],
        parameters={
            "format": wanted if wanted in FORMATS else FORMATS[0],
            "circle_id": circle_of(one, circle_id).id if circle_id else None,
        },
    )
    return redirect(url_for("home.job", job_id=job.id))
