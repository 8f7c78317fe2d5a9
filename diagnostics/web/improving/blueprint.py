from __future__ import annotations

from flask import Blueprint

improving = Blueprint("improving", __name__)
