"""Every endpoint declares what it demands, and every permission is in the table."""

from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.access.permissions import Permission
from diagnostics.access.table import TABLE

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def test_every_endpoint_declares_a_permission(app: Flask) -> None:
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not getattr(view, "permissions", ())
    ]
    assert undeclared == []


def test_every_permission_stands_in_the_table(app: Flask) -> None:
    assert set(TABLE) == set(Permission)


def test_permissions_are_listed_in_alphabetical_order(app: Flask) -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)


def test_every_declared_permission_is_used_by_a_screen_or_a_job(app: Flask) -> None:
    declared = {
        permission for view in app.view_functions.values() for permission in getattr(view, "permissions", ())
    }
    assert declared <= set(Permission)
