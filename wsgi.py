"""For WSGI servers: gunicorn wsgi:app."""

from __future__ import annotations

from diagnostics.app import create_app
from diagnostics.web.settling import settle

app = create_app()
settle()
