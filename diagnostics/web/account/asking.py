"""Slow work before the transaction: reads of a POST that must not hold the write lock meanwhile."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from diagnostics.database import read_only, session


@contextmanager
def before_writing() -> Iterator[None]:
    """Reads inside take no write lock and leave no transaction behind: hashing follows, then the change."""
    session.rollback()
    try:
        with read_only():
            yield
    finally:
        session.rollback()


def network() -> str:
    """Where the request comes from, as coarse as guessing is counted: a /24 or a /64, never a whole school."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    length = 24 if address.version == 4 else 64  # noqa: PLR2004 - the version of IP
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))


def forget_changes() -> None:
    """A refusal that the page shows must not leave half a change behind: the request is committed all the same."""
    session.rollback()
