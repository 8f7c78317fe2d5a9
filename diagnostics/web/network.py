"""Where a request comes from, as counters may know it."""

from __future__ import annotations

from flask import request

from diagnostics.campaigns.circle_secrets import keyed
from diagnostics.web.guard import settings


def network() -> str:
    """A keyed digest of the address: without the installation's key all addresses cannot be tried through."""
    return keyed(settings().secret_key, f"network:{request.remote_addr or ''}").hex()
