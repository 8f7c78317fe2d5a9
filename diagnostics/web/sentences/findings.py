from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "no_result_yet": N_("Результата ещё нет: он появится, когда ответы будут отправлены."),
    "sitting_not_submitted": N_("Ответы ещё не отправлены, считать рано."),
    "no_scoring": N_("К этой работе нет ключей: посчитать можно только баллы из файла."),
    "calibration_too_few_persons": N_(
        "Калибровки не будет: работ %(n)s, а нужно не меньше %(least)s. По меньшему числу трудность заданий случайна."
    ),
    "wave_not_closed": N_("Сбор ещё идёт: параметры заданий считаем, когда он закончен."),
    # A file of results.
    "import_has_problems": N_("В файле есть ошибки: исправьте их и загрузите файл снова."),
    "key_has_problems": N_("В ключе есть ошибки: исправьте их и загрузите снова."),
    "matches_missing": N_("Решите, кто это: без этого результаты загрузить нельзя."),
    "column_missing": N_("Нет такого столбца"),
    "column_twice": N_("Столбец встречается дважды: оставьте один"),
    "no_items": N_("Нет ни одного столбца с заданием"),
    "item_unknown": N_("Этого задания нет в ключе"),
    "item_column_missing": N_("Задание есть в ключе, но в файле такого столбца нет"),
    "item_twice": N_("Это задание уже есть в ключе выше"),
    "item_empty": N_("Не указано задание"),
    "competence_unknown": N_("Такого кода нет в модели компетенций"),
    "block_unknown": N_("Такого блока нет в модели компетенций"),
    "block_twice": N_("Этот блок этого человека уже есть в строке %(first)s"),
    "person_twice": N_("Этот человек уже есть на этом этапе в строке %(first)s"),
    "wave_unknown": N_("Непонятно, какой это этап: пишите «вход» или «выход»"),
    "not_points": N_("Это не баллы: нужно число не меньше нуля"),
    "above_maximum": N_("Больше максимума: %(maximum)s"),
    "maximum_zero": N_("Максимум должен быть больше нуля"),
    "maximum_unknown": N_("Больше одного балла: загрузите ключ, в котором указан максимум задания"),
    "key_or_block_needed": N_("Загрузите ключ или выберите блок, к которому относятся все задания"),
    "match_unknown": N_("Выбор не подходит к этой строке"),
    "match_twice": N_("После объединения человек оказался на одном этапе дважды"),
    "corrected_scoring_not_published": N_("Исправленный ключ ещё не опубликован."),
}

# Field of a file of results → the title of its column; other columns are shown as they are named there.
COLUMNS: dict[str, str] = {
    "person": N_("ФИО"),
    "full_name": N_("ФИО"),
    "wave": N_("Этап"),
    "school": N_("Школа"),
    "block": N_("Блок"),
    "points": N_("Баллы"),
    "maximum": N_("Максимум"),
    "items": N_("Заданий"),
    "item": N_("Задание"),
    "key": N_("Ключ"),
    "competence": N_("Компетенция"),
    "title": N_("Название"),
    "": N_("Весь файл"),
}
