"""A request is one transaction: committed when the view returned, whatever its status; else rolled back."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from diagnostics.database import read_only, session, writing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Flask):
    """Flask with our rule of commits.

    A late answer is a 409 that is kept and a failed sign-in is counted, so the status of a response says
    nothing about the commit: a view that must not change anything raises.
    """

    def full_dispatch_request(self) -> Response:
        # Who asks is read first, without the write lock; the view's transaction begins after it.
        with read_only():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        if request.method in SAFE_METHODS:
            return super().dispatch_request()
        session.rollback()
        with writing():
            try:
                response = self.make_response(super().dispatch_request())
                session.commit()
            except BaseException:
                session.rollback()
                raise
        return response
