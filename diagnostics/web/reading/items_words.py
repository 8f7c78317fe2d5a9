"""Remarks to a task in words."""

from __future__ import annotations

from diagnostics.cohorts import items
from diagnostics.web.sentences.common import N_

VERDICTS = {
    items.KEY_DOUBTFUL: N_("ключ под вопросом: другой ответ чаще выбирают сильные"),
    items.LOW_DISCRIMINATION: N_("не различает сильных и слабых"),
    items.TOO_HARD: N_("слишком трудное"),
    items.TOO_EASY: N_("слишком лёгкое"),
}

#: The same for a figure.
SHORT = {
    items.KEY_DOUBTFUL: N_("проверьте ключ"),
    items.LOW_DISCRIMINATION: N_("не различает"),
    items.TOO_HARD: N_("слишком трудное"),
    items.TOO_EASY: N_("слишком лёгкое"),
}
