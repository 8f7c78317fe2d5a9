from __future__ import annotations

from flask import Blueprint

reading = Blueprint("reading", __name__)
