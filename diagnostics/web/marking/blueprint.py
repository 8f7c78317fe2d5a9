from __future__ import annotations

from flask import Blueprint

marking = Blueprint("marking", __name__)
