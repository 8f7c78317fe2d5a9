"""Every sentence of the pure documents, as Russian msgids. Nothing else here speaks to a person.

A rule returns a stable code and parameters; `sentence` looks the code up, translates and fills it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from instruments.texts import SOURCE_LANGUAGE, say

Translate: TypeAlias = Callable[[str], str]


def N_(msgid: str) -> str:  # noqa: N802  the gettext keyword that marks a msgid for extraction
    return msgid


def unchanged(msgid: str) -> str:
    """Translate into the source language."""
    return msgid


OPT_OUT = N_("Затрудняюсь ответить")
NOT_OBSERVED = N_("Не наблюдалось")
AGREED = N_("Согласие дано")
NO_ANSWER = N_("Нет ответа")
ROW = N_("Строка %(number)d")
FILE_SIZE_KB = N_("%(size)d КБ")
FILE_SIZE_MB = N_("%(size)s МБ")

ANSWER_PROBLEMS: Mapping[str, str] = {
    "wrong_shape": N_("Ответ записан не так, как ожидает это задание."),
    "not_answerable": N_("Здесь отвечать не нужно."),
    "option_unknown": N_("В этом задании нет варианта «%(option)s»."),
    "option_repeated": N_("Вариант «%(option)s» отмечен дважды."),
    "too_many_choices": N_("Отмечено вариантов: %(chosen)d, а можно не больше %(most)d."),
    "too_few_choices": N_("Отмечено вариантов: %(chosen)d, а нужно %(least)d."),
    "prompt_unknown": N_("В этом задании нет строки «%(prompt)s»."),
    "order_incomplete": N_("Без места осталось: %(left)d. Укажите место для каждой строки."),
    "place_repeated": N_("Место %(place)d указано больше одного раза."),
    "place_unknown": N_("Места «%(place)s» нет: мест всего %(most)d."),
    "too_many_rows": N_("Строк заполнено: %(given)d, а можно не больше %(most)d."),
    "cell_not_a_number": N_("Строка %(number)d, «%(name)s»: введите число цифрами, например 12 или 12,5."),
    "cell_out_of_range_low": N_("Строка %(number)d, «%(name)s»: число должно быть не меньше %(minimum)s."),
    "cell_out_of_range_high": N_("Строка %(number)d, «%(name)s»: число должно быть не больше %(maximum)s."),
    "cell_too_many_decimals": N_(
        "Строка %(number)d, «%(name)s»: знаков после запятой может быть не больше %(decimals)d."
    ),
    "too_many_files": N_(
        "Файлов получилось %(given)d, а можно не больше %(most)d. Уберите лишний и добавьте снова."
    ),
    "file_repeated": N_("Один и тот же файл указан дважды."),
    "opt_out_not_offered": N_("В этом задании нет ответа «Затрудняюсь ответить»."),
    "not_a_number": N_("Введите число цифрами, например 12 или 12,5."),
    "out_of_range_low": N_("Число должно быть не меньше %(minimum)s."),
    "out_of_range_high": N_("Число должно быть не больше %(maximum)s."),
    "too_many_decimals": N_("Знаков после запятой может быть не больше %(decimals)d."),
    "not_on_scale": N_("На шкале нет отметки «%(value)s»."),
    "too_long": N_("Ответ длиннее, чем можно: %(length)d знаков, а помещается %(most)d."),
    "bad_character": N_("В ответе есть недопустимый символ на месте %(position)d. Удалите его."),
}


DOCUMENT_PROBLEMS: Mapping[str, str] = {
    # the file
    "file_too_big": N_("Файл слишком большой: можно не больше %(most)d КБ."),
    "not_utf8": N_("Файл не в кодировке UTF-8: ошибка в байте %(byte)d."),
    "document_empty": N_("Файл пуст."),
    "yaml_syntax": N_("Файл не читается как YAML: ошибка в строке %(line)d, знак %(column)d."),
    "json_syntax": N_("Файл не читается как JSON: ошибка в строке %(line)d, знак %(column)d."),
    "alias_refused": N_("Ссылки YAML (& и *) не допускаются: повторите значение полностью."),
    "tag_refused": N_("Метки типов YAML (!) не допускаются."),
    "key_repeated": N_("Поле «%(key)s» записано дважды."),
    "key_not_plain": N_("Именем поля может быть только строка."),
    "too_deep": N_("Слишком глубокая вложенность: можно не больше %(most)d уровней."),
    "too_many_values": N_("В файле слишком много значений: можно не больше %(most)d."),
    "many_documents": N_("В файле несколько документов YAML; нужен один."),
    "kind_unknown": N_("Поле kind должно быть одним из: %(kinds)s."),
    # the shape
    "constant_refused": N_("Число «%(constant)s» не допускается."),
    "not_mapping": N_("Здесь нужны поля с именами (имя: значение)."),
    "not_list": N_("Здесь нужен список."),
    "not_text": N_("Здесь нужен текст. Если это число или слово true, поставьте кавычки."),
    "not_number": N_("Здесь нужно число."),
    "not_flag": N_("Здесь нужно true или false."),
    "field_missing": N_("Не заполнено поле «%(field)s»."),
    "field_unknown": N_("Поля «%(field)s» здесь быть не может."),
    "bad_code": N_("Код или язык может состоять только из латинских букв, цифр и знаков . _ - /"),
    "not_one_of": N_("Здесь может стоять только: %(expected)s."),
    "value_too_long": N_("Слишком длинно: можно не больше %(most)s знаков."),
    "value_out_of_range": N_("Число вне допустимых пределов (%(limit)s)."),
    "value_wrong": N_("Значение записано не так, как нужно этому полю."),
    # all documents
    "code_repeated": N_("Код «%(code)s» встречается больше одного раза."),
    "text_missing": N_("Нет русского текста."),
    "translation_missing": N_("Нет перевода на язык «%(language)s»."),
    "text_empty": N_("Текст пуст (язык «%(language)s»)."),
    "text_unprintable": N_("В тексте есть непечатаемый символ на месте %(position)d."),
    # the instrument
    "no_source_language": N_("В списке языков нет русского (%(language)s)."),
    "no_forms": N_("Нет ни одного варианта."),
    "form_empty": N_("В варианте «%(code)s» нет разделов."),
    "form_unknown": N_("Варианта «%(form)s» нет."),
    "section_empty": N_("В разделе «%(code)s» нет заданий."),
    "order_of_one": N_("В разделе «%(code)s» одно задание: порядок (order) ему не нужен."),
    "item_unknown": N_("Задания «%(code)s» нет."),
    "item_repeated": N_("Задание «%(code)s» стоит в варианте больше одного раза."),
    "item_in_no_form": N_("Задание «%(code)s» не входит ни в один вариант: его никто не увидит."),
    "forms_differ_in_length": N_("Параллельные варианты разной длины (заданий: %(lengths)s)."),
    "wording_unused": N_("Своя формулировка для варианта «%(form)s» не нужна: задания в нём нет."),
    "title_too_long": N_("Короткое имя длиннее, чем можно: %(length)d знаков из %(most)d."),
    "too_few_options": N_("Вариантов ответа должно быть не меньше %(least)d."),
    "option_text_repeated": N_("Текст варианта ответа «%(code)s» повторяет другой вариант."),
    "choose_too_many": N_("Нужно выбрать %(choose)d, а вариантов ответа всего %(options)d."),
    "limits_crossed": N_("Наименьшее значение (%(minimum)s) больше наибольшего (%(maximum)s)."),
    "too_few_prompts": N_("Строк, к которым подбирают ответ, должно быть не меньше %(least)d."),
    "stimulus_unknown": N_("Текста «%(code)s» нет: задание ссылается на кейс, которого нет в работе."),
    "stimulus_unused": N_("На текст «%(code)s» не ссылается ни одно задание: его никто не увидит."),
    "picture_no_alt": N_(
        "У рисунка нет описания словами: человек, который его не видит, не сможет ответить."
    ),
    "picture_unsound": N_("Рисунок не читается: нужен PNG или JPEG, а размеры должны быть его собственными."),
    "matrix_unknown": N_("Таблицы мнений «%(code)s» нет: строка не знает своей шкалы."),
    "matrix_unused": N_("В таблице мнений «%(code)s» нет ни одной строки."),
    "table_no_columns": N_("В таблице нет ни одного столбца."),
    "table_rows_or_repeat": N_("У таблицы должны быть либо свои строки (rows), либо добавляемые (repeat)."),
    "file_no_kinds": N_("Не указано, что можно приложить: image (снимок), document (документ)."),
    "observation_scale": N_("Шкала наблюдения — четыре описания со значениями 0, 1, 2 и 3."),
    # conditions
    "rule_empty": N_("Условие пустое (место %(position)d)."),
    "rule_too_long": N_(
        "Условие длиннее, чем можно: %(length)d знаков, а помещается %(most)d (лишнее с места %(position)d)."
    ),
    "rule_too_many_words": N_("В условии больше %(most)d слов и знаков (лишнее с места %(position)d)."),
    "rule_too_deep": N_(
        "Слишком много скобок и «не» друг в друге: можно не больше %(most)d (место %(position)d)."
    ),
    "rule_character": N_("В условии не может быть знака «%(found)s» (место %(position)d)."),
    "rule_quote_open": N_("Кавычка %(found)s не закрыта (место %(position)d)."),
    "rule_word_unknown": N_(
        "Условие не знает слова «%(found)s» (место %(position)d). Коды пишут латинскими буквами, слова берут в кавычки."
    ),
    "rule_no_item": N_("Здесь нужен код задания, а стоит «%(found)s» (место %(position)d)."),
    "rule_no_item_at_end": N_("В конце условия не хватает кода задания (место %(position)d)."),
    "rule_no_test": N_(
        "После кода задания нужны «=», «!=», «<», «>», «в (…)» или «отвечен», а стоит «%(found)s» (место %(position)d)."
    ),
    "rule_no_test_at_end": N_(
        "Не сказано, каким должен быть ответ: после кода задания нужны «=», «!=», «<», «>», «в (…)» или «отвечен» (место %(position)d)."
    ),
    "rule_no_value": N_("Здесь нужно значение, а стоит «%(found)s» (место %(position)d)."),
    "rule_no_value_at_end": N_("В конце условия не хватает значения (место %(position)d)."),
    "rule_no_list": N_("Список значений начинается со скобки, а стоит «%(found)s» (место %(position)d)."),
    "rule_no_list_at_end": N_("В конце условия не хватает списка значений в скобках (место %(position)d)."),
    "rule_no_bracket": N_("Здесь нужна закрывающая скобка, а стоит «%(found)s» (место %(position)d)."),
    "rule_no_bracket_at_end": N_("В конце условия не хватает закрывающей скобки (место %(position)d)."),
    "rule_unexpected": N_("Условие уже закончено, а дальше стоит «%(found)s» (место %(position)d)."),
    "rule_item_unknown": N_("Условие смотрит на задание «%(code)s», которого нет (место %(position)d)."),
    "rule_item_elsewhere": N_(
        "Условие смотрит на задание «%(code)s», а в варианте «%(form)s» его нет (место %(position)d)."
    ),
    "rule_on_itself": N_(
        "Условие смотрит на то же задание «%(code)s», которое показывает (место %(position)d)."
    ),
    "rule_forward": N_(
        "Условие смотрит на задание «%(code)s», которое спросят позже: можно смотреть только назад (место %(position)d)."
    ),
    "rule_circle": N_(
        "Условия ходят по кругу: показ задания «%(code)s» само зависит от этого (место %(position)d)."
    ),
    "rule_of_words_to_read": N_(
        "«%(code)s» — текст для чтения, ответа у него не бывает (место %(position)d)."
    ),
    "rule_only_answered": N_(
        "Ответ на задание «%(code)s» сравнить нельзя, можно спросить только, отвечено ли оно (место %(position)d)."
    ),
    "rule_no_order": N_(
        "У вариантов задания «%(code)s» нет порядка: знак «%(sign)s» здесь не подходит (место %(position)d)."
    ),
    "rule_not_a_number": N_(
        "Ответ на задание «%(code)s» — число, а «%(value)s» не число (место %(position)d)."
    ),
    "rule_option_unknown": N_("В задании «%(code)s» нет варианта «%(value)s» (место %(position)d)."),
    "rule_mark_unknown": N_("На шкале задания «%(code)s» нет отметки «%(value)s» (место %(position)d)."),
    "rule_never": N_(
        "В варианте «%(form)s» это не покажут никогда: условие не выполняется ни при каких ответах."
    ),
    "rule_always": N_("В варианте «%(form)s» это покажут всегда: условие выполняется при любых ответах."),
    "rule_not_proved": N_(
        "В варианте «%(form)s» условие не выполнилось ни разу, но перебраны не все ответы (проверено %(tried)d): посмотрите сами."
    ),
    # how it is conducted
    "shuffle_fixed": N_("В разделе «%(code)s» порядок заданий задан (order: fixed), перемешать их нельзя."),
    "limit_short": N_("На работу отведено %(limit)d мин, а по паспорту она занимает %(minutes)d."),
    # the scoring
    "other_instrument": N_("Ключи написаны для «%(said)s», а проверяются с «%(given)s»."),
    "other_framework": N_("Ключи ссылаются на модель компетенций «%(said)s», а дана «%(given)s»."),
    "preset_unknown": N_("В модели компетенций нет шкалы уровней «%(preset)s»."),
    "item_not_scored": N_("Для задания «%(code)s» нет ключа. Если оно не оценивается, напишите points: 0."),
    "no_key": N_("Не указан ключ."),
    "key_shape_single": N_("Ключ задания с одним ответом — код одного варианта."),
    "key_shape_multiple": N_("Ключ задания с несколькими ответами — список кодов вариантов."),
    "key_shape_number": N_("Ключ задания с числом — value и tolerance."),
    "key_shape_text": N_("Ключ задания с кратким ответом — список принимаемых ответов."),
    "key_shape_matching": N_("Ключ задания на соответствие — вариант для каждой строки (строка: вариант)."),
    "key_shape_ordering": N_("Ключ задания на порядок — список кодов вариантов в верном порядке."),
    "key_shape_rubric": N_("Ключ развёрнутого ответа — критерии (criteria) с уровнями."),
    "key_prompt_unknown": N_("В ключе есть строка «%(prompt)s», которой нет в задании."),
    "key_prompt_missing": N_("В ключе нет ответа для строки «%(prompt)s»."),
    "key_order_incomplete": N_("В ключе нет варианта «%(option)s»: порядок должен назвать все варианты."),
    "key_is_document_order": N_("Варианты записаны в верном порядке: он виден без решения. Перемешайте их."),
    "rubric_empty": N_("В критериях оценивания нет ни одного критерия."),
    "rubric_few_levels": N_("У критерия «%(code)s» должно быть не меньше %(least)d уровней."),
    "rubric_levels_order": N_("Баллы уровней критерия «%(code)s» должны начинаться с 0 и расти."),
    "rubric_points": N_(
        "Лучшие уровни критериев дают %(total)s, а задание стоит %(points)s. Числа должны совпасть."
    ),
    "key_option_unknown": N_("Ключ указывает на вариант «%(option)s», которого нет в задании."),
    "key_repeats": N_("В ключе один вариант указан дважды."),
    "key_not_choose": N_("В ключе вариантов: %(right)d, а выбрать нужно %(choose)d."),
    "key_is_everything": N_("Верны все варианты: задание ничего не различает."),
    "key_out_of_range": N_("Ключ %(value)s вне пределов, которые допускает задание."),
    "key_variant_unusable": N_("Такой ответ дать нельзя: «%(variant)s» пуст или длиннее допустимого."),
    "key_unused": N_("У шкалы мнений нет верного ответа: ключ не используется."),
    "reverse_unused": N_("Обратный счёт (reverse) бывает только у шкалы мнений."),
    "info_scored": N_("Это текст для чтения, оценивать в нём нечего."),
    "facts_scored": N_("Таблицы чисел и файлы не оцениваются: уберите задание из ключей."),
    "consent_scored": N_("Согласие не оценивается: уберите его из ключей."),
    "mistake_option_unknown": N_("Ошибка описана для варианта «%(option)s», которого нет в задании."),
    "mistake_for_key": N_("Ошибка описана для верного варианта «%(option)s»."),
    "mistake_missing": N_("Не сказано, какая ошибка учителя стоит за вариантом «%(option)s»."),
    "rationale_missing": N_("Не объяснено, почему ключ верен."),
    "no_competence": N_("Не указано, какую компетенцию проверяет задание."),
    "competence_unknown": N_("Компетенции «%(competence)s» нет в модели."),
    "target_level_unknown": N_("Уровня «%(level)s» нет ни в одной шкале модели."),
    "weight_not_positive": N_("Вес компетенции должен быть больше нуля (указано %(weight)s)."),
    "weights_sum_zero": N_("Сумма весов компетенций равна нулю."),
    "weights_sum": N_("Сумма весов компетенций должна быть 1, а получилось %(total)s."),
    "no_blocks": N_("Не указано, по каким компетенциям сообщается результат."),
    "block_empty": N_("В варианте «%(form)s» нет заданий на компетенцию «%(block)s»."),
    "block_short": N_(
        "В варианте «%(form)s» на компетенцию «%(block)s» заданий: %(count)d; для вывода нужно не меньше %(least)d."
    ),
    "vote_not_on_scale": N_("О важности спрашивают шкалой мнений, а задание «%(code)s» другого вида."),
    "vote_scored": N_("Задание «%(code)s» спрашивает о важности: в счёт оно не входит, уберите его ключ."),
    "anchor_not_scored": N_("Общее задание «%(code)s» не оценивается."),
    "anchor_not_shared": N_("Общего задания «%(code)s» нет в варианте «%(form)s»."),
    "few_anchors": N_("Общих заданий: %(count)d; чтобы сравнивать варианты, нужно не меньше %(least)d."),
    "critical_not_scored": N_("Задание «%(code)s» названо обязательным, но не оценивается."),
    "critical_no_block": N_("Уровень по компетенции «%(competence)s» не сообщается: ограничивать нечего."),
    "critical_level_missing": N_("Не сказано, каким уровнем ограничить результат."),
    "critical_level_unknown": N_("В шкале нет уровня «%(level)s»."),
    "critical_level_best": N_("Уровень «%(level)s» и так самый благополучный: ограничение ничего не меняет."),
    "critical_level_unused": N_("Обнуление не знает уровней: уровень «%(level)s» не используется."),
    # the framework
    "no_nodes": N_("В модели нет ни одной компетенции."),
    "parent_unknown": N_("Вышестоящей компетенции «%(parent)s» нет."),
    "parent_circle": N_("Компетенция «%(code)s» подчинена сама себе по кругу."),
    "no_levels": N_("В шкале нет ни одного уровня."),
    "levels_start": N_("Нижний уровень должен начинаться с 0 (указано %(lower)s)."),
    "levels_order": N_("Уровни должны идти по возрастанию границ, без повторов."),
    "deficit_no_cut": N_("Граница дефицита (%(cut)s) должна совпадать с границей одного из уровней."),
}


def sentence(code: str, params: Mapping[str, object], table: Mapping[str, str], translate: Translate) -> str:
    """Sentence of the table with the parameters filled in. KeyError for a code that is not in the table."""
    return translate(table[code]) % said(params)


def said(params: Mapping[str, object], language: str = SOURCE_LANGUAGE) -> dict[str, object]:
    """Parameters for a sentence: names that an author gave (texts by language) become words."""
    return {name: say(one, language) if isinstance(one, Mapping) else one for name, one in params.items()}
