from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, render_template

from diagnostics.access import Permission
from diagnostics.database import session
from diagnostics.jobs import queries as jobs
from diagnostics.web.guard import screen

home = Blueprint("home", __name__)


@home.get("/")
@screen(Permission.HOME, of_object=False)
def index() -> str:
    return render_template("home/index.html")


@home.get("/healthz")
@screen(Permission.PUBLIC, of_object=False)
def healthz() -> Response:
    """For balancers and monitors: the base answers and how long the queue is. No secrets, no names."""
    session.execute(sa.text("SELECT 1"))
    return jsonify(status="ok", jobs=jobs.counts())
