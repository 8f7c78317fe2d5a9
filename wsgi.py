"""For WSGI servers: gunicorn wsgi:app."""

from __future__ import annotations

from diagnostics.app import create_app

app = create_app()
