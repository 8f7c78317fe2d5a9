"""Words of the room: groups, how they come in, what they are told."""

from __future__ import annotations

from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.web.sentences.common import N_

GROUPS: dict[str, str] = {
    "sheet": N_("Лист администрации"),
    "teacher": N_("Учителя"),
    "pupil": N_("Ученики"),
    "parent": N_("Родители"),
}
WAYS: dict[CircleWay, str] = {
    CircleWay.SHEET: N_("один лист на школу"),
    CircleWay.CODES: N_("одноразовые коды"),
    CircleWay.LINK: N_("общая ссылка"),
}
STATES: dict[WaveState, tuple[str, str]] = {
    WaveState.PLANNED: (N_("ещё не открыт"), "outline"),
    WaveState.OPEN: (N_("идёт сбор"), "work"),
    WaveState.CLOSED: (N_("сбор закончен"), "neutral"),
}
