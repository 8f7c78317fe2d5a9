"""A client for tests that hold an application context: each request asks anew who it is."""

from __future__ import annotations

from typing import Any

from flask import g
from werkzeug.test import TestResponse

from diagnostics.database import set_reading
from tests.support.pages import CheckingClient

OF_ONE_REQUEST = ("actor", "permissions_asked", "_login_user")


class AnewClient(CheckingClient):
    """In a held context `g` outlives a request; in the product every request has its own."""

    def open(self, *args: Any, **keywords: Any) -> TestResponse:
        for name in OF_ONE_REQUEST:
            g.pop(name, None)
        try:
            return super().open(*args, **keywords)
        finally:
            set_reading(False)
