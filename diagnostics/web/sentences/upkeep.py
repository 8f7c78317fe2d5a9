from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "base_not_empty": N_("В этой базе уже есть люди. Копию восстанавливают только в пустую базу."),
    "backup_damaged": N_("Файл копии повреждён или это не копия «Ориентира». Ничего не записано."),
    "backup_differs": N_("Копия не сошлась со своей контрольной суммой: %(tables)s. Ничего не записано."),
    "backup_from_newer_version": N_(
        "Копия сделана более новой версией (формат %(format)s). Обновите систему."
    ),
    "backup_of_other_schema": N_(
        "Копия сделана версией с другой схемой базы (%(schema)s, здесь %(here)s). Восстановите её той же версией."
    ),
    "demo_base_not_empty": N_("Демо создаётся только в пустой базе: в этой уже есть люди."),
    "demo_not_switchable": N_("Демо убирают только там, где база лежит в папке данных."),
    "wave_already_calibrated": N_("Этап уже закрыт и откалиброван: результаты по нему пересчитаны один раз."),
}
