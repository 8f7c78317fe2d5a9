"""Words of the field for our codes: one place, so that a page never shows a code."""

from __future__ import annotations

from diagnostics.campaigns.models import WaveKind
from diagnostics.web.sentences.common import N_

WAVE_NAMES: dict[WaveKind, str] = {
    WaveKind.ENTRY: N_("Входная диагностика"),
    WaveKind.INTERIM: N_("Промежуточная диагностика"),
    WaveKind.EXIT: N_("Итоговая диагностика"),
    WaveKind.SURVEY: N_("Самооценка школы"),
}
