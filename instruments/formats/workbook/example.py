"""What the full template shows: one worked example of every type, with all that stands on sheets of its own."""

from __future__ import annotations

from typing import Any

from instruments.document import Instrument
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

_CODE = "new-work"


def _ru(text: str) -> dict[str, str]:
    return {SOURCE_LANGUAGE: text}


def _named(codes: str, *texts: str, field: str = "text") -> list[dict[str, Any]]:
    return [{"code": code, field: _ru(text)} for code, text in zip(codes.split(), texts, strict=True)]


def _scale(first: int, *texts: str) -> list[dict[str, Any]]:
    return [{"value": value, "text": _ru(text)} for value, text in enumerate(texts, first)]


def _item(code: str, kind: str, title: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"code": code, "type": kind, "title": _ru(title), "text": _ru(text)} | fields


def _criterion(code: str, title: str, *levels: str) -> dict[str, Any]:
    rising = [{"points": points, "text": _ru(text)} for points, text in enumerate(levels)]
    return {"code": code, "title": _ru(title), "levels": rising}


_ITEMS: tuple[dict[str, Any], ...] = (
    _item("READ", "info", "Перед началом", "Здесь примеры всех видов заданий. Ненужные удалите вместе с их строками на других листах."),
    _item("AGREE", "consent", "Согласие", "Я согласен, что ответы увидит мой тренер."),
    _item("Q01", "single", "Цель урока", "Какая цель урока позволит в конце проверить, достигнута ли она?",
          options=_named("a b c", "Ученик решит задачу нового вида", "Познакомить с задачами", "Понять, зачем задачи нужны"),
          wording={"B": _ru("Какую цель урока можно проверить в его конце?")}),
    _item("Q02", "multiple", "Помощь после пропусков", "Какие два шага помогут ученику после пропусков? Отметьте два.", choose=2,
          options=_named("a b c d", "Проверить, что он умеет", "Выдать всё за месяц", "Выбрать одно умение на неделю", "Снизить требования")),
    _item("Q03", "number", "Доля справившихся", "Из 25 учеников справились 18. Сколько это процентов?", unit=_ru("%"), minimum=0, maximum=100),
    _item("Q04", "text", "Название приёма", "Как называют оценивание, которое помогает учиться?", max_length=100),
    _item("Q05", "matching", "Цель и вопрос", "Какой вопрос проверяет цель?",
          prompts=_named("p1 p2", "Назвать", "Применить"), options=_named("a b c", "Реши новую задачу", "Перечисли", "Понравилось ли")),
    _item("Q06", "ordering", "Порядок разбора", "Расставьте шаги разбора работы класса.",
          options=_named("a b c", "Наметить следующий шаг", "Найти частые ошибки", "Понять их причину")),
    _item("Q07", "long_text", "Ошибки класса", "Почему ошиблось большинство и что сделать на следующем уроке?", stimulus="CASE", lines=6),
    _item("Q08", "table", "Компьютеры", "Сколько компьютеров в школе?",
          columns=[{"code": "all", "title": _ru("Всего"), "unit": _ru("шт."), "minimum": 0, "decimals": 0},
                   {"code": "works", "title": _ru("Исправных"), "unit": _ru("шт."), "minimum": 0, "decimals": 0}],
          rows=_named("class office", "В классах", "В учительской", field="title")),
    _item("Q09", "table", "Кружки", "Перечислите кружки: сколько в каждом учеников?", columns=_named("pupils", "Учеников", field="title"),
          repeat={"least": 1, "most": 10}),
    _item("Q10", "file", "План урока", "Приложите снимок плана урока.", kinds=["image"], most=2, show_if="Q01 = a"),
    _item("Q11", "likert", "Уверенность", "Я умею ставить проверяемые цели.", opt_out=True,
          scale=_scale(1, "Не согласен", "Скорее не согласен", "Скорее согласен", "Согласен")),
    _item("Q12", "frequency", "Разбор ошибок", "Как часто вы разбираете ошибки вместе с классом?"),
    _item("Q13", "level", "Уровень", "Какая строка ближе к вам?",
          levels=_named("A1 B1 C1", "Беру готовые задания", "Меняю задания под класс", "Составляю свои и учу этому коллег")),
    _item("Q14", "observation", "На уроке", "Учитель проверяет, поняли ли его.",
          scale=_scale(0, "Не проверяет", "Изредка", "По ходу урока", "По ходу урока и меняет план")),
    _item("Q15", "row", "Помощь коллег", "Разговор с коллегами", matrix="HELP"),
    _item("Q16", "row", "Помощь книг", "Книги и статьи", matrix="HELP"),
)  # fmt: skip
_SECTIONS = (
    ("START", "Перед началом", slice(0, 2)),
    ("TASKS", "Задания", slice(2, 12)),
    ("SELF", "О себе", slice(12, None)),
)
_KEYS: dict[str, Any] = {
    "Q01": {"competences": {"METH.1": 1}, "key": "a", "rationale": _ru("Результат ученика виден в конце урока"),
            "mistakes": {"b": _ru("Описывает работу учителя"), "c": _ru("Понимание не проверить")}},
    "Q02": {"competences": {"METH.3": 0.5, "METH.5": 0.5}, "points": 2, "key": ["a", "c"], "rationale": _ru("Сначала узнать, потом наметить посильное")},
    "Q03": {"competences": {"METH.5": 1}, "key": {"value": 72, "tolerance": 0.5}, "rationale": _ru("18 : 25 = 0,72")},
    "Q04": {"competences": {"METH.5": 1}, "key": ["формирующее", "формирующее оценивание"], "rationale": _ru("Так его называют")},
    "Q05": {"competences": {"METH.1": 1}, "key": {"p1": "b", "p2": "a"}, "rationale": _ru("Вопрос требует того же действия")},
    "Q06": {"competences": {"METH.5": 1}, "key": ["b", "c", "a"], "rationale": _ru("Сначала увидеть, потом понять, потом действовать")},
    "Q07": {"competences": {"METH.5": 1}, "points": 3, "rationale": _ru("Причина и шаг видны из работ"), "key": {"criteria": [
        _criterion("cause", "Причина ошибки", "Не названа", "Названа"), _criterion("step", "Следующий шаг", "Нет", "Общий", "Для этого класса")]}},
}  # fmt: skip
_OPINIONS = ("Q11", "Q12", "Q13", "Q14", "Q15", "Q16")
_CASE = _ru(
    "В 7 классе 18 учеников из 25 сложили дроби так: 1/2 + 1/3 = 2/5. На прошлом уроке они складывали дроби с одним знаменателем."
)


def full_example() -> Instrument:
    """Two forms: the second one has a question in words of its own."""
    codes = [item["code"] for item in _ITEMS]
    sections = [
        {"code": code, "title": _ru(title), "items": codes[place]} for code, title, place in _SECTIONS
    ]
    return Instrument.model_validate({
        "kind": "instrument", "code": _CODE, "title": _ru("Новая работа"), "purpose": _ru("Для кого работа и зачем она"),
        "instructions": _ru("Что прочитает отвечающий перед началом"), "audience": "teacher", "minutes": 30, "time_limit": 45,
        "languages": [SOURCE_LANGUAGE], "passport": {"authors": "", "licence": "", "year": 2026}, "items": list(_ITEMS),
        "forms": [{"code": form, "title": _ru(title), "sections": sections} for form, title in (("A", "Вариант А"), ("B", "Вариант Б"))],
        "stimuli": [{"code": "CASE", "title": _ru("Сложение дробей"), "text": _CASE}],
        "matrices": [{"code": "HELP", "text": _ru("Насколько вам помогает:"), "opt_out": _ru("Не пробовал"),
                      "scale": _scale(1, "Не помогает", "Отчасти", "Помогает")}],
    })  # fmt: skip


def full_keys(framework: str, preset: str) -> Scoring:
    rule = {"item": "Q07", "below": 0.5, "effect": "cap_level", "node": "METH", "level": "medium"}
    zero = {"item": "Q01", "below": 1, "effect": "zero_parent", "node": "METH.1"}
    return Scoring.model_validate({
        "kind": "scoring", "code": _CODE, "instrument": _CODE, "framework": framework, "preset": preset, "blocks": ["METH"],
        "anchors": list(_KEYS), "critical": [rule, zero], "items": _KEYS | {code: _rated(code) for code in _OPINIONS},
    })  # fmt: skip


def _rated(code: str) -> dict[str, Any]:
    """Opinions are told and not scored in this example; one of them counts the other way round."""
    return {"points": 0} | ({"reverse": True} if code == "Q12" else {})
