from __future__ import annotations

from flask import Blueprint, render_template

from diagnostics.access import Permission
from diagnostics.web.guard import screen

account = Blueprint("account", __name__)


@account.get("/login")
@screen(Permission.PUBLIC, of_object=False)
def sign_in() -> str:
    return render_template("account/sign_in.html")
