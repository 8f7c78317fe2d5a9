"""docs/document-reference.md from the models: `python -m tests.house.reference` writes it.

Types, defaults and limits are read from the models, the sentences of problems from their table, the samples from
tests/samples; only the meanings stand in `meanings`, and a test compares them with the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from instruments import document, framework, keys, pictures, rules, scoring
from instruments.critical import Critical
from instruments.formats.yaml import plain_document, write_plain
from instruments.item_models import Item, ItemBase, ScalePoint
from instruments.rules import tokens
from instruments.texts import Code, Frozen, Language, RuleText, Texts
from instruments.words import DOCUMENT_PROBLEMS
from tests.house.meanings import FIELDS, MODELS, TYPES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "document-reference.md"
HEAD = """# Язык документов

Работу, ключи и модель компетенций можно написать файлом YAML или JSON: те же поля заполняют таблица и редактор.
Страница составлена по программе командой `python -m tests.house.reference`; править её руками не нужно.

Тексты пишут по языкам: `{ru: "…", en: "…"}`, русский обязателен. Коды — латинские буквы, цифры и знаки `. _ - /`,
до 64 знаков. Поля, которых здесь нет, не допускаются. Проверить файл: `orientir instrument check файл.yaml`.
"""
NAMED: Mapping[Any, str] = {Texts: "тексты", Code: "код", Language: "язык", RuleText: "условие"}
PLAIN: Mapping[Any, str] = {str: "текст", int: "целое", float: "число", bool: "да/нет"}


def models() -> dict[str, type[Frozen]]:
    """The chapters, in order."""
    places = (document, framework, keys, scoring, pictures)
    found = {
        name: getattr(place, name) for place in reversed(places) for name in MODELS if hasattr(place, name)
    }
    found |= {"Critical": Critical, "ItemBase": ItemBase}
    return {name: found[name] for name in MODELS}


def item_types() -> dict[str, type[ItemBase]]:
    """Type of an item → its model."""
    union, *_ = get_args(Item)
    return {get_args(one.model_fields["type"].annotation)[0]: one for one in get_args(union)}


def parts_of(*documents: type[BaseModel]) -> set[str]:
    """Names of the models that these are made of; an item's own model is told among the types."""
    found: set[str] = set()
    waiting: list[Any] = list(documents)
    while waiting:
        one = waiting.pop()
        if not isinstance(one, type) or get_args(one):
            waiting += get_args(one)
        elif issubclass(one, BaseModel) and one.__name__ not in found:
            found.add(one.__name__)
            waiting += [field.annotation for field in one.model_fields.values()]
    return found - {model.__name__ for model in item_types().values()}


def own_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Of an item's model, what items of other types lack."""
    common = ItemBase.model_fields if issubclass(model, ItemBase) and model is not ItemBase else {}
    return {
        name: field for name, field in model.model_fields.items() if name not in common and name != "type"
    }


def meaning(model: type[BaseModel], field: str) -> str | None:
    """By the model, by what it is made of, by the word."""
    names = [one.__name__ for one in model.__mro__ if issubclass(one, BaseModel)]
    return next(
        (FIELDS[key] for key in (*(f"{name}.{field}" for name in names), f"*.{field}") if key in FIELDS), None
    )


def page() -> str:
    instruments = [chapter(name, model) for name, model in models().items()]
    split = list(MODELS).index("Choice")
    parts = [HEAD, *instruments[:split], _items(), *instruments[split:], _rules(), _problems()]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def chapter(name: str, model: type[BaseModel]) -> str:
    return f"## `{name}`\n{MODELS[name]}\n\n{_table(model, model.model_fields)}"


def type_words(annotation: Any, metadata: tuple[Any, ...] | list[Any] = ()) -> str:
    """«список кодов», «число от 0 до 100», «`free` или `fixed`»."""
    for known, words in NAMED.items():
        if annotation == known or (metadata and (annotation, *metadata) == get_args(known)):
            return words
    if annotation in (Item, get_args(Item)[0]):
        return "[задание](#задания)"
    if get_origin(annotation) is not None:
        return _composed(get_origin(annotation), get_args(annotation))
    if issubclass(annotation, BaseModel):
        return f"[`{annotation.__name__}`](#{annotation.__name__.lower()})"
    return PLAIN[annotation] + _limits(metadata)


def _composed(origin: Any, inner: tuple[Any, ...]) -> str:
    if origin is Annotated:
        return type_words(inner[0], inner[1:])
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is tuple:
        return f"список: {type_words(inner[0])}"
    if origin is Mapping:
        return f"{type_words(inner[0])} → {type_words(inner[1])}"
    return " или ".join(dict.fromkeys(type_words(one) for one in inner if one is not type(None)))


def _limits(metadata: tuple[Any, ...] | list[Any]) -> str:
    words = {"ge": "от", "gt": "больше", "le": "до", "max_length": "до", "min_length": "от"}
    parts: list[str] = []
    for one in metadata:
        for name, value in _bounds(one):
            unit = " знаков" if name.endswith("length") else ""
            parts.append(f"{words[name]} {value}{unit}")
    return " " + " ".join(parts) if parts else ""


def _bounds(given: Any) -> Iterator[tuple[str, Any]]:
    for source in (given, *getattr(given, "metadata", ())):
        for name in ("ge", "gt", "le", "min_length", "max_length"):
            value = getattr(source, name, None)
            if value is not None:
                yield name, value


def _table(model: type[BaseModel], fields: Mapping[str, FieldInfo]) -> str:
    rows = ["| Поле | Что пишут | Если не писать | Что значит |", "|---|---|---|---|"]
    for name, field in fields.items():
        words = type_words(field.annotation, field.metadata).replace("|", "\\|")
        rows.append(f"| `{field.alias or name}` | {words} | {_default(field)} | {meaning(model, name)} |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "обязательно"
    value = field.default
    if value is None or value in ((), {}):
        return "нет"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return ", ".join(
            one.text["ru"].lower() if isinstance(one, ScalePoint) else f"`{one}`" for one in value
        )
    return f"`{value}`"


def _items() -> str:
    parts = ["## Задания", "Общие поля — в [`ItemBase`](#itembase). Поле `type` называет вид:"]
    for name, model in item_types().items():
        title, answer, key = TYPES[name]
        own = own_fields(model)
        parts += [f"### {title}: `{name}`", f"Ответ хранится как {answer}. Ключ: {key}.", ""]
        parts += [_table(model, own), ""] if own else []
        parts += ["```yaml", _sample(name), "```"]
    return "\n".join(parts)


def _sample(name: str) -> str:
    """The item as the samples write it."""
    file = "matrix" if name == "row" else f"item-{name}"
    found = plain_document((ROOT / "tests" / "samples" / f"{file}.yaml").read_bytes())
    return write_plain({"items": [next(one for one in found["items"] if one["type"] == name)]}).rstrip()


def _rules() -> str:
    told = str(rules.__doc__)
    grammar = re.findall(r"^    \w.*$", told, re.MULTILINE)
    words: dict[str, list[str]] = {}
    for word, stands in tokens.KEYWORDS.items():
        words.setdefault(stands, []).append(f"`{word}`")
    return "\n".join(
        [
            "## Условия показа",
            "Задание или раздел с условием видит тот, чьи ответы ему отвечают: `S1 = yes и не (L2 в (1, 2))`.",
            f"До {tokens.LONGEST} знаков. Ссылаются только на задания, которые стоят раньше.",
            "",
            "```",
            *(line.strip() for line in grammar),
            "```",
            "Слова: " + "; ".join(", ".join(found) for found in words.values()) + ".",
        ]
    )


#: A field or a value of the documents within a Russian sentence, outside of what is marked as code already.
_FIELD = re.compile(r"(?<![`\w])[a-z]{2,}(?:: [a-z0-9]+)?(?![`\w])")


def _problems() -> str:
    rows = ["## Что скажет проверка", "", "| Код | Что значит |", "|---|---|"]
    for code, said in DOCUMENT_PROBLEMS.items():
        named = re.sub(r"%\((\w+)\)\w", r"`\1`", str(said)).replace("%%", "%").replace("|", "\\|")
        sentence = _FIELD.sub(r"`\g<0>`", named)
        rows.append(f"| `{code}` | {sentence} |")
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page())
