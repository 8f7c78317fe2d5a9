"""The rooms of the web: one row a package."""

from __future__ import annotations

from diagnostics.web.account.views import account
from diagnostics.web.admin.views import admin
from diagnostics.web.answering.views import answering
from diagnostics.web.home.views import home

BLUEPRINTS = (home, account, admin, answering)
