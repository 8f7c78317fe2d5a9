"""Words of the field for our codes: one place, so that a page never shows a code."""

from __future__ import annotations

from diagnostics.campaigns.models import WaveKind, WaveState
from diagnostics.catalogue.models import Verdict
from diagnostics.pathways.models import RouteState
from diagnostics.web.sentences.common import N_

WAVE_NAMES: dict[WaveKind, str] = {
    WaveKind.ENTRY: N_("Входная диагностика"),
    WaveKind.INTERIM: N_("Промежуточная диагностика"),
    WaveKind.EXIT: N_("Итоговая диагностика"),
    WaveKind.SURVEY: N_("Самооценка школы"),
}
#: (words, kind of the tag)
ROUTE_STATES: dict[RouteState, tuple[str, str]] = {
    RouteState.DRAFT: (N_("черновик"), "outline"),
    RouteState.SENT: (N_("на согласовании"), "work"),
    RouteState.RETURNED: (N_("возвращён"), "attention"),
    RouteState.APPROVED: (N_("утверждён"), "done"),
    RouteState.RUNNING: (N_("идёт"), "work"),
    RouteState.PAUSED: (N_("приостановлен"), "neutral"),
    RouteState.COMPLETED: (N_("завершён"), "done"),
    RouteState.CANCELLED: (N_("отменён"), "neutral"),
}
#: What an author decides about a task after reading how it behaved.
DECISIONS: dict[Verdict, str] = {
    Verdict.KEEP: N_("оставить как есть"),
    Verdict.REVISE: N_("пересмотреть"),
    Verdict.DROP: N_("исключить"),
}
#: (words, kind of the tag)
WAVE_STATES: dict[WaveState, tuple[str, str]] = {
    WaveState.PLANNED: (N_("не начата"), "outline"),
    WaveState.OPEN: (N_("идёт"), "work"),
    WaveState.CLOSED: (N_("закрыта"), "done"),
}

#: Why somebody cannot take part: nothing about health or family is asked.
DECLINE_WORDS: dict[str, str] = {
    "no_time": N_("не успеваю в эти сроки"),
    "not_mine": N_("это не моя школа, предмет или должность"),
    "no_sense": N_("не вижу в этом пользы для себя"),
    "unwilling": N_("не хочу участвовать"),
}
