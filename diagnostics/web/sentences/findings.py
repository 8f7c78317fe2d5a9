from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "no_result_yet": N_("Результата ещё нет: он появится, когда ответы будут отправлены."),
    "sitting_not_submitted": N_("Ответы ещё не отправлены, считать рано."),
    "no_scoring": N_("К этой работе нет ключей: посчитать можно только баллы из файла."),
    "wave_not_closed": N_("Сбор ещё идёт: параметры заданий считаем, когда он закончен."),
    "scoring_not_published": N_("Исправленный ключ ещё не опубликован."),
}
