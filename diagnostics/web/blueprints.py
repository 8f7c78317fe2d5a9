"""The rooms of the web: one row a package."""

from __future__ import annotations

from diagnostics.web.account.views import account
from diagnostics.web.admin.views import admin
from diagnostics.web.answering.views import answering
from diagnostics.web.authoring.views import authoring
from diagnostics.web.coaching.views import coaching
from diagnostics.web.home.demo import home
from diagnostics.web.improving.views import improving
from diagnostics.web.leading.views import leading
from diagnostics.web.marking.views import marking
from diagnostics.web.reading.views import reading
from diagnostics.web.running.views import running

BLUEPRINTS = (
    home,
    account,
    admin,
    answering,
    coaching,
    authoring,
    improving,
    leading,
    marking,
    reading,
    running,
)
