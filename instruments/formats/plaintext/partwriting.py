"""Cases, matrices, rubrics, tables, own wordings and rules → lines with a name of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from instruments.formats.plaintext.lines import is_special
from instruments.formats.values import CODES, LETTERS, written
from instruments.formats.vocabulary import FLAGS
from instruments.formats.workbook.critical import written_share
from instruments.texts import SOURCE_LANGUAGE

_LISTS = ("options", "scale", "levels")
_COLUMN_MARKS = {"minimum": "НЕ МЕНЬШЕ", "maximum": "НЕ БОЛЬШЕ", "decimals": "ЗНАКОВ ПОСЛЕ ЗАПЯТОЙ"}


def options_of(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The list of the item that stands under letters."""
    return next((item[name] for name in _LISTS if item.get(name)), [])


def shared_blocks(document: Mapping[str, Any]) -> Iterator[str]:
    """Blocks of the cases and matrices, which stand before the questions."""
    for case in document.get("stimuli", []):
        yield "\n".join(_case(case))
    for matrix in document.get("matrices", []):
        yield "\n".join(_matrix(matrix))


def _case(case: Mapping[str, Any]) -> Iterator[str]:
    for language in _languages(case["title"], case["text"]):
        yield f"КЕЙС {case['code']}{of_language(language)}: {folded_text(case['title'].get(language, ''))}"
        yield from (
            _escaped(line)
            for line in case["text"].get(language, "").split("\n")
            if case["text"].get(language)
        )


def _matrix(matrix: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        named_lines(f"МАТРИЦА {matrix['code']}", matrix["text"])
        if matrix["text"]
        else [f"МАТРИЦА {matrix['code']}:"]
    )
    for point in matrix["scale"]:
        yield from named_lines(f"ОТМЕТКА {point['value']}", point["text"])
    own = matrix.get("opt_out")
    if own is True:
        yield f"ЗАТРУДНЯЮСЬ ОТВЕТИТЬ: {FLAGS.said('yes')}"
    elif own:
        yield from named_lines("ЗАТРУДНЯЮСЬ ОТВЕТИТЬ", own)


def part_lines(
    item: Mapping[str, Any], entry: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """What one question says beside its text, its options and its marks."""
    yield from _lists(item)
    for form, texts in item.get("wording", {}).items():
        yield from named_lines(f"СВОЙ ТЕКСТ {form}", texts)
    for column in item.get("columns", []):
        yield from _column(column)
    for row in item.get("rows", []):
        yield from named_lines(f"СТРОКА {row['code']}", row["title"])
    key = entry.get("key")
    for criterion in key.get("criteria", []) if isinstance(key, dict) else []:
        yield from named_lines(f"КРИТЕРИЙ {criterion['code']}", criterion["title"])
        for level in criterion["levels"]:
            yield from named_lines(f"ЗА {points_words(level['points'])}", level["text"])
    for rule in rules:
        effect = f"обнуляет {rule['node']}"
        if rule["effect"] == "cap_level":
            effect = f"{rule['node']} не больше уровня {rule.get('level', '')}"
        yield f"КРИТИЧЕСКОЕ: меньше {written_share(rule['below'])} — {effect}"


def _lists(item: Mapping[str, Any]) -> Iterator[str]:
    """Codes that are not those of the letters, and other languages of the members."""
    options, prompts = options_of(item), item.get("prompts", [])
    numbers = [str(place) for place in range(1, len(prompts) + 1)]
    codes = [str(one.get("code", one.get("value"))) for one in options]
    if codes != (numbers_of(options) if "scale" in item else list(CODES[: len(codes)])):
        yield f"КОДЫ ВАРИАНТОВ: {', '.join(codes)}"
    if [one["code"] for one in prompts] != [f"p{number}" for number in numbers]:
        yield f"КОДЫ ПАР: {', '.join(one['code'] for one in prompts)}"
    for word, members, labels in (("ВАРИАНТ", options, LETTERS), ("ЛЕВАЯ ЧАСТЬ", prompts, numbers)):
        for label, member in zip(labels, members, strict=False):
            others = {
                language: text for language, text in member["text"].items() if language != SOURCE_LANGUAGE
            }
            yield from named_lines(f"{word} {label}", others)


def numbers_of(members: Sequence[object]) -> list[str]:
    return [str(place) for place in range(1, len(members) + 1)]


def _column(column: Mapping[str, Any]) -> Iterator[str]:
    yield from named_lines(f"СТОЛБЕЦ {column['code']}", column["title"])
    yield from named_lines("ЕДИНИЦА", column.get("unit", {}))
    for field, mark in _COLUMN_MARKS.items():
        if field in column:
            yield f"{mark}: {written(column[field])}"


def points_words(points: float) -> str:
    """«1 БАЛЛ», «2 БАЛЛА», «0 БАЛЛОВ», «1,5 БАЛЛА»."""
    whole, said = float(points).is_integer(), written(points)
    last, teens = int(points) % 10, int(points) % 100 in range(11, 15)
    if whole and last == 1 and not teens:
        return f"{said} БАЛЛ"
    return f"{said} БАЛЛ" + ("А" if not whole or (last in (2, 3, 4) and not teens) else "ОВ")


def named_lines(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """A line a language, Russian first."""
    for language in _languages(texts):
        yield f"{name}{of_language(language)}: {folded_text(texts[language])}"


def _languages(*texts: Mapping[str, str]) -> list[str]:
    """Russian first."""
    found = dict.fromkeys(language for one in texts for language in one)
    return sorted(found, key=lambda language: language != SOURCE_LANGUAGE)


def of_language(language: str) -> str:
    return f" ({language})" if language not in ("", SOURCE_LANGUAGE) else ""


def folded_text(text: str) -> str:
    r"""Lines below the first begin with «\» where they would be taken for something else."""
    first, *rest = text.split("\n")
    return "\n".join([first, *map(_escaped, rest)])


def _escaped(line: str) -> str:
    return f"\\{line}" if is_special(line) else line
