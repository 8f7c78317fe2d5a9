"""A request is one transaction: committed when the view returned, whatever its status; else rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from diagnostics.database import direct_reading, direct_transaction, read_only, session, writing
from diagnostics.web import static_files
from diagnostics.web.signing import SignedCookies
from diagnostics.web.table_files import answered
from diagnostics.web.templating import Environment

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Flask):
    """Flask with our rule of commits.

    A late answer is a 409 that is kept and a failed sign-in is counted, so the status of a response says
    nothing about the commit: a view that must not change anything raises.
    """

    session_interface = SignedCookies()
    jinja_environment = Environment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view of the house is a coroutine: none is asked a dozen times a request whether it is one."""
        return func

    def send_static_file(self, filename: str) -> Response:
        age = self.get_send_file_max_age(filename)
        found = static_files.response(filename, Path(self.static_folder or ""), age)
        return super().send_static_file(filename) if found is None else found

    def full_dispatch_request(self) -> Response:
        # Who asks is read first, without the write lock; the view's transaction begins after it.
        try:
            with read_only():
                return super().full_dispatch_request()
        finally:
            request.close()  # a large upload lies in a file of its own: not left to the collector

    def dispatch_request(self) -> ResponseReturnValue:
        view = self.view_functions.get(request.endpoint or "")
        is_direct = getattr(view, "direct", False)
        if request.method in SAFE_METHODS:
            # Who is signed in was read by the session: then it goes on with it.
            with direct_reading() if is_direct and not session.registry.has() else nullcontext():
                return answered(super().dispatch_request())
        if session.registry.has():
            session.rollback()
        with writing(), direct_transaction() if is_direct else _transaction():
            return self.make_response(super().dispatch_request())


@contextmanager
def _transaction() -> Iterator[None]:
    try:
        yield
        if session.registry.has():
            session.commit()
    except BaseException:
        session.rollback()
        raise
