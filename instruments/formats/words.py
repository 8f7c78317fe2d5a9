"""What is said about files of other kinds than our own documents, as Russian msgids."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.words import N_

AT_SHEET = N_("%(sheet)s")
AT_ROW = N_("%(sheet)s, строка %(row)d")
AT_CELL = N_("%(sheet)s, строка %(row)d, столбец „%(column)s“")
AT_COLUMN = N_("%(sheet)s, „%(column)s“")
AT_LINE = N_("строка %(row)d")

CHANGED = N_("%(name)s: было «%(before)s», стало «%(after)s»")
ADDED = N_("%(name)s: добавлено «%(after)s»")
REMOVED = N_("%(name)s: убрано «%(before)s»")
ORDER_OF: Mapping[str, str] = {
    "stimuli": N_("Порядок кейсов"),
    "matrices": N_("Порядок матриц"),
    "critical": N_("Порядок критических заданий"),
}

FILE_PROBLEMS: Mapping[str, str] = {
    # the file
    "file_too_big": N_("Файл слишком большой: можно не больше %(most)d КБ."),
    "document_empty": N_("Файл пуст."),
    "file_unknown": N_("Не удалось понять, что это за файл. Подойдут XLSX, ODS, CSV, DOCX, текст и YAML."),
    "format_later": N_(
        "Это файл %(format)s. Такие файлы пока не читаются: перенесите задания в таблицу или в текст."
    ),
    "old_workbook": N_("Это файл старого Excel или защищённый паролем. Сохраните его как XLSX без пароля."),
    "macro_workbook": N_("В файле есть макросы, такие файлы не принимаются. Сохраните его как XLSX."),
    "workbook_broken": N_(
        "Файл повреждён и не читается. Откройте его в Excel или LibreOffice и сохраните заново."
    ),
    "xml_doctype_not_allowed": N_("Внутри файла объявлены сущности XML, такие файлы не принимаются."),
    "sheet_too_big": N_(
        "Лист слишком большой (строк: %(rows)d, столбцов: %(columns)d). Можно не больше %(most_rows)d строк и %(most_columns)d столбцов."
    ),
    "archive_too_big": N_("Распакованный файл слишком большой: можно не больше %(most)d МБ."),
    "too_many_sheets": N_("Листов в файле: %(sheets)d, а можно не больше %(most)d."),
    "links_ignored": N_("Ссылки на другие файлы не прочитаны."),
    "formula_ignored": N_("Здесь формула, её результат не прочитан. Вставьте само значение."),
    "cell_error": N_("В ячейке ошибка Excel (%(value)s)."),
    "cell_date": N_("Excel превратил запись в дату. Сделайте ячейку текстовой и впишите значение заново."),
    "cells_merged": N_("Ячейки %(range)s объединены, поэтому заполнена только первая. Отмените объединение."),
    "cell_too_long": N_("В ячейке слишком много знаков: %(length)d, а можно не больше %(most)d."),
    # CSV and text
    "encoding_unknown": N_("Не удалось определить кодировку. Сохраните файл в UTF-8."),
    "bad_character": N_("Недопустимый символ на месте %(position)d. Удалите его."),
    "csv_quote_open": N_("Кавычка, открытая в этой строке, нигде не закрыта."),
    "csv_broken": N_("Строка не читается как CSV."),
    "row_long": N_("В строке значений: %(cells)d, а столбцов в заголовке %(columns)d."),
    "line_not_understood": N_("Строка не понята и не прочитана: «%(text)s»."),
    "text_without_questions": N_("В тексте не найдено ни одного задания. Задание начинают с номера: «1. …»."),
    "mark_doubled": N_("Эта пометка у задания уже есть, вторая не прочитана."),
    "mark_unknown": N_("Пометка «%(mark)s» не прочитана: такой нет."),
    "too_many_lines": N_("Строк в тексте: %(lines)d, а можно не больше %(most)d."),
    "docx_part_ignored": N_("Не прочитано из файла Word: %(part)s."),
    # what checks find, in the words of a workbook
    "item_not_scored": N_("Для задания «%(code)s» нет ключа. Если оно не оценивается, поставьте 0 баллов."),
    "key_shape_single": N_("Верный вариант должен быть один."),
    # sheets and columns
    "sheet_missing": N_("В файле нет листа «%(sheet)s»."),
    "sheet_missing_settings": N_(
        "В файле нет листа «%(sheet)s»: название и настройки взяты по умолчанию, проверьте их."
    ),
    "sheet_doubled": N_("Лист «%(sheet)s» встречается дважды, прочитан первый."),
    "sheet_unknown": N_("Лист «%(sheet)s» не прочитан: такого листа в образце нет."),
    "header_missing": N_("Не найдена строка заголовков. В ней должен быть столбец «Текст»."),
    "column_missing": N_("Нет столбца «%(column)s»."),
    "column_doubled": N_("Столбец «%(column)s» встречается дважды, прочитан первый."),
    "column_unknown": N_("Столбец «%(column)s» не прочитан: такого столбца в образце нет."),
    "column_nameless": N_("Значение стоит в столбце без заголовка и не прочитано."),
    # cells
    "codes_given": N_("Заданиям без кода даны коды: %(codes)s."),
    "titles_made": N_("Короткие имена взяты из текста заданий (таких заданий: %(count)d)."),
    "type_unknown": N_("Вид задания «%(value)s» неизвестен. Подойдёт: %(known)s."),
    "type_guessed": N_("Вид задания не указан; принято: «%(type)s»."),
    "number_wrong": N_("«%(value)s» — не число."),
    "flag_wrong": N_("Здесь может стоять «да» или «нет», а стоит «%(value)s»."),
    "word_unknown": N_("Здесь может стоять: %(known)s, а стоит «%(value)s»."),
    "code_wrong": N_("«%(value)s» не подходит как код: нужны латинские буквы, цифры и знаки . _ - /"),
    "case_gone": N_("Кейса «%(case)s» на листе «Кейсы» нет: строка не прочитана."),
    "code_missing": N_("Здесь нужен код: латинские буквы и цифры."),
    "share_wrong": N_("«%(value)s» — не доля баллов. Напишите, например, 60 %%: от 1 до 100."),
    "rubric_not_for_type": N_("У вида «%(type)s» рубрики нет: эксперт оценивает только развёрнутый ответ."),
    "code_taken": N_("Код «%(code)s» уже занят в строке %(row)d; этой строке дан код «%(given)s»."),
    "key_letter_unknown": N_("Варианта «%(value)s» в этом задании нет (есть: %(known)s)."),
    "key_letter_latin": N_(
        "Буква «%(value)s» латинская, а варианты обозначены русскими: неясно, какой из них верный."
    ),
    "key_wrong_shape": N_("Ключ «%(value)s» не подходит к виду задания «%(type)s»."),
    "pair_wrong": N_("«%(value)s» — не пара. Пары пишут так: 1 — Б; 2 — А."),
    "key_not_carried": N_("Для вида «%(type)s» ключ в этой ячейке не пишется."),
    "competence_not_found": N_("Компетенции «%(value)s» нет в модели «%(framework)s»."),
    "framework_unknown": N_("Модели компетенций «%(framework)s» нет."),
    "framework_assumed": N_("Модель компетенций не указана; принята «%(framework)s»."),
    "options_twice": N_("Варианты ответа записаны и здесь, и на листе «Варианты»; взяты с листа «Варианты»."),
    "option_gap": N_("Столбец «%(column)s» пуст, а следующий заполнен."),
    "part_of_nothing": N_("Задания «%(item)s» на листе «Вопросы» нет: строка не прочитана."),
    "part_unknown": N_("Здесь может стоять: %(known)s, а стоит «%(value)s»."),
    "field_not_for_type": N_("У вида «%(type)s» этого быть не может: значение не прочитано."),
    "row_without_text": N_("В строке нет текста задания."),
    "section_item_gone": N_("Задание «%(item)s» стоит в списке раздела, но на листе «Вопросы» его нет."),
    "setting_unknown": N_("Настройка «%(name)s» не прочитана: такой нет."),
    "setting_doubled": N_("Настройка «%(name)s» записана дважды, прочитана первая."),
    "settings_assumed": N_("Не указано и взято по умолчанию: %(names)s."),
    "extra_wrong": N_("Поле «%(field)s» не читается."),
    "item_left_out": N_("Задание «%(item)s» не прочитано из-за ошибок выше."),
    "not_carried": N_("%(field)s"),
}
