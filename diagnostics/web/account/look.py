"""How pages look: size, spacing and contrast of the text, for everybody."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.people.actions import accounts
from diagnostics.web import guard
from diagnostics.web.account import paths
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import ReadingForm
from diagnostics.web.guard import screen


@account.get("/reading")
@screen(Permission.PUBLIC, of_object=False)
def reading() -> str:
    form = ReadingForm(
        formdata=None, data=accounts.checked_reading(guard.reading()) | {"next": paths.came_from()}
    )
    return render_template("account/reading.html", form=form)


@account.post("/reading")
@screen(Permission.PUBLIC, of_object=False)
def set_reading() -> Response | tuple[str, int]:
    """Kept in the account of who is signed in, else in this browser's cookie."""
    form = ReadingForm()
    if not form.validate():
        return render_template("account/reading.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    chosen = accounts.checked_reading(form.data)
    me = guard.viewer()
    if me is not None:
        accounts.set_reading(me.facts.person_id, chosen)
    else:
        cookie["reading"] = chosen
    flash(_("Вид страниц изменён."), "ok")
    return redirect(paths.own(form.next.data))
