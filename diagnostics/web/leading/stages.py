"""States of a route as a school asks for them: four groups instead of eight states."""

from __future__ import annotations

import enum

from diagnostics.pathways.models import RouteState
from diagnostics.pathways.queries.standings import Standing
from diagnostics.web.sentences.common import N_


class Group(enum.StrEnum):
    """In the order of a route's life; the value stands in addresses."""

    NONE = "none"
    PREPARED = "prepared"
    WALKED = "walked"
    COMPLETED = "completed"


TITLES: dict[Group, str] = {
    Group.NONE: N_("Нет маршрута"),
    Group.PREPARED: N_("Готовится и согласуется"),
    Group.WALKED: N_("Утверждён и идёт"),
    Group.COMPLETED: N_("Завершён"),
}
OF_STATE: dict[RouteState, Group] = {
    RouteState.DRAFT: Group.PREPARED,
    RouteState.SENT: Group.PREPARED,
    RouteState.RETURNED: Group.PREPARED,
    RouteState.APPROVED: Group.WALKED,
    RouteState.RUNNING: Group.WALKED,
    RouteState.PAUSED: Group.WALKED,
    RouteState.COMPLETED: Group.COMPLETED,
    RouteState.CANCELLED: Group.NONE,
}


def group_of(one: Standing) -> Group:
    return Group.NONE if one.route is None else OF_STATE[one.route.state]
