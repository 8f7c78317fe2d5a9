"""Words of this room for states and choices: (words, kind of tag)."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.campaigns.models import CampaignState, Privacy, SeatState, WaveKind, WaveState
from diagnostics.database import Json
from diagnostics.web.sentences.common import N_

CAMPAIGN_STATES: dict[CampaignState, tuple[str, str]] = {
    CampaignState.DRAFT: (N_("черновик"), "outline"),
    CampaignState.OPEN: (N_("идёт"), "work"),
    CampaignState.CLOSED: (N_("завершена"), "neutral"),
    CampaignState.WITHDRAWN: (N_("отменена"), "neutral"),
}
WAVE_STATES: dict[WaveState, tuple[str, str]] = {
    WaveState.PLANNED: (N_("запланирована"), "outline"),
    WaveState.OPEN: (N_("идёт сбор"), "work"),
    WaveState.CLOSED: (N_("закрыта"), "neutral"),
}
SEAT_STATES: dict[SeatState, tuple[str, str]] = {
    SeatState.EXPECTED: (N_("не начато"), "outline"),
    SeatState.STARTED: (N_("в работе"), "work"),
    SeatState.SUBMITTED: (N_("пройдено"), "done"),
    SeatState.WITHDRAWN: (N_("не участвует"), "neutral"),
}
SHORT_KINDS: dict[WaveKind, str] = {
    WaveKind.ENTRY: N_("Вход"),
    WaveKind.INTERIM: N_("Промежуточная"),
    WaveKind.EXIT: N_("Выход"),
    WaveKind.SURVEY: N_("Опрос"),
}

# Who sees the personal result: value → (title, what people are told).
SEES: dict[str, tuple[str, str]] = {
    "tutor": (
        N_("Сам педагог и его тьютор"),
        N_(
            "Результат видите вы, ваш тьютор и тренер группы. Директор видит, кто прошёл диагностику и на каком этапе маршрут."
        ),
    ),
    "school": (
        N_("Педагог, тьютор и руководство школы"),
        N_(
            "Результат видите вы, ваш тьютор и тренер группы. Уровни по блокам видят директор и его заместитель."
        ),
    ),
    "self": (
        N_("Только сам педагог"),
        N_("Результат видите только вы. Тьютор и директор видят, что вы прошли диагностику."),
    ),
}
COORDINATORS_SEE = N_("Координаторам — только обобщённо, от пяти человек.")


def sees_of(privacy: Privacy, visibility: Mapping[str, object]) -> str:
    """The choice of `SEES` that the stored rules mean."""
    if privacy is not Privacy.NAMED or not visibility.get("levels_to_tutor"):
        return "self"
    return "school" if visibility.get("levels_to_school") else "tutor"


def rules_of(sees: str) -> tuple[Privacy, Json]:
    """What is stored for a choice of `SEES`."""
    privacy = Privacy.CONFIDENTIAL if sees == "self" else Privacy.NAMED
    return privacy, {"levels_to_tutor": sees != "self", "levels_to_school": sees == "school"}
