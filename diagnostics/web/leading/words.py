"""Words of this room: states of a colleague's work, and why the school is not shown levels."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.campaigns.models import Privacy, SeatState
from diagnostics.pathways.models import RouteState
from diagnostics.pathways.queries.standings import RouteStanding
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import ROUTE_STATES

SEAT_STATES: dict[SeatState, tuple[str, str]] = {
    SeatState.EXPECTED: (N_("не начата"), "outline"),
    SeatState.STARTED: (N_("начата, не отправлена"), "work"),
    SeatState.SUBMITTED: (N_("пройдена"), "done"),
    SeatState.WITHDRAWN: (N_("не участвует"), "neutral"),
}
#: Where steps are being done, their number says more than the state alone.
WALKED = frozenset({RouteState.APPROVED, RouteState.RUNNING, RouteState.PAUSED})


def route_words(route: RouteStanding | None) -> tuple[str, str]:
    """«идёт: 2 из 5 шагов» and the kind of its tag."""
    if route is None:
        return _("нет"), "neutral"
    words, kind = ROUTE_STATES[route.state]
    if route.state not in WALKED:
        return _(words), kind
    if route.state is RouteState.RUNNING and 0 < route.steps == route.confirmed:
        return _("пройден, ждёт заключения тьютора"), "done"
    steps = ngettext(
        "%(done)s из %(num)s шага", "%(done)s из %(num)s шагов", route.steps, done=route.confirmed
    )
    return f"{_(words)}: {steps}", kind


def why_no_levels(privacy: Privacy, visibility: Mapping[str, object]) -> str:
    """What the participants were told before they began; the same for everybody, so it points at nobody."""
    if privacy is Privacy.ANONYMOUS:
        return _("Диагностика без имён: система не знает, чей какой ответ, поэтому показать нечего.")
    if privacy is Privacy.CONFIDENTIAL or not visibility.get("levels_to_tutor"):
        return _(
            "Результат видит только сам учитель: так сказано участникам до начала. Школа видит, кто прошёл."
        )
    if visibility.get("levels_to_school"):
        return _(
            "Результат открыт школе только там, где учитель отдельно отметил это в согласии. Прочерк — всё остальное: причину система не называет."
        )
    return _(
        "Уровни видит только учитель и тьютор: так сказано участникам до начала. Поэтому их нет ни по именам, ни в сумме по школе."
    )
