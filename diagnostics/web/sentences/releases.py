from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "group_too_small": N_(
        "Обе диагностики прошли меньше %(minimum)s человек: обобщённых данных о группе нет."
    ),
    "would_reveal": N_(
        "Новые данные отличаются от выпущенных меньше чем на %(least)s человек: по разнице можно узнать "
        "результат отдельных людей. Они войдут в следующий выпуск."
    ),
    "minimum_lowered": N_("Наименьшую группу можно только повысить: сейчас %(standing)s."),
    "nothing_to_compare": N_("Сравнивать пока нечего: на входе или на выходе ещё нет результатов."),
}
