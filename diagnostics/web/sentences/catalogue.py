from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "version_frozen": N_(
        "Опубликованную версию изменить нельзя: на ней могут стоять диагностики. Опубликуйте следующую."
    ),
    "version_move_refused": N_("Версия уже в другом состоянии: обновите страницу."),
    "document_has_problems": N_("В документе есть ошибки (%(number)s): исправьте их все."),
}
