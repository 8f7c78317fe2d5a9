"""What an exit result is to be held against, and what may follow it."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.measurement.conclusion import Conclusion
from reports.contents.person import Need, NextStep
from reports.wording.words import Words

NEEDS = (Conclusion.CONFIRMED, Conclusion.PROBABLE)


def entry_of(view: FindingView) -> FindingView | None:
    """The current entry result of the same person in the same diagnosis; None for an entry or without a name."""
    if view.person_id is None or view.wave_kind is WaveKind.ENTRY:
        return None
    return next(
        (
            one
            for one in findings.of_person(view.person_id)
            if one.campaign_id == view.campaign_id and one.wave_kind is WaveKind.ENTRY
        ),
        None,
    )


def is_borrowed(view: FindingView) -> bool:
    """Whether the calibration comes from an earlier stage: at its own one too few people took part."""
    if view.calibration_id is None:
        return False
    return bool(catalogue.calibration(view.calibration_id)["wave"] != view.wave_id)


def after_exit(view: FindingView, develop: Sequence[Need], words: Words) -> NextStep:
    """A comparison and a decision with the tutor: there is no training left to gather a route for."""
    entry = entry_of(view)
    first = words.say("Сравнить с результатом входной диагностики") if entry else words.say("Подвести итог")
    return NextStep(title=_decision(first, entry, develop, words))


def _decision(first: str, entry: FindingView | None, develop: Sequence[Need], words: Words) -> str:
    sure = [need.block for need in develop if not need.probable]
    before = {one.competence for one in entry.blocks if one.conclusion in NEEDS} if entry else set()
    if not develop:
        return words.say("%(first)s и закрыть маршрут вместе с тьютором", first=first)
    if not sure:
        return words.say(
            "%(first)s и спросить тьютора: вывод ещё не твёрдый, его уточнит разбор урока", first=first
        )
    if before.intersection(sure):
        return words.say(
            "%(first)s и решить с тьютором, продлить ли маршрут: над этим стоит поработать ещё", first=first
        )
    return words.say("%(first)s и решить с тьютором, добавить ли в маршрут новую тему", first=first)
