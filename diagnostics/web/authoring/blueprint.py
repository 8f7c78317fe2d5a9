from __future__ import annotations

from flask import Blueprint

authoring = Blueprint("authoring", __name__)
