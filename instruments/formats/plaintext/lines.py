"""Pasted text → lines, each known for what it is: a question, an option, a mark or a continuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from instruments.formats.values import LATIN, LETTERS
from instruments.formats.vocabulary import folded
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.formats.workbook.sheets import INLINE, QUESTION_COLUMNS, SECTION_COLUMNS
from instruments.texts import SOURCE_LANGUAGE

Kind: TypeAlias = Literal[
    "question", "option", "prompt", "mark", "setting", "mistake", "part", "unknown", "text", "blank"
]

_INVISIBLE = re.compile("[\u200b-\u200f\u00ad\u2060\ufeff]")
_BLANKS = re.compile("[\t\u2000-\u2008\u200a\u3000]")  # blanks that hold words together are kept
_NUMBERED = re.compile(
    r"(?:(?:вопрос|задание|question)\s*(?:№\s*)?)?(?P<number>\d{1,4})\s*(?P<sign>[.)])\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"(?:вопрос|задание|question)\s*(?:№\s*)?(?P<number>\d{1,4})\s*(?P<sign>[.:)]?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?P<letter>[A-Za-zА-Яа-я])\s*(?P<sign>[.)])\s*(?P<rest>.*)")
_NAMED = re.compile(r"(?P<name>[A-Za-zА-Яа-яЁё][\w \u00a0,()\-]{1,40}?)\s*[:：]\s*(?P<rest>.*)")
_MISTAKE = re.compile(r"(?:ошибка|mistake)\s+(?P<letter>\w{1,3})", re.IGNORECASE)
_TRUE = re.compile(
    r"^(?:[+*✓✔]|\[[xх+]\])\s*(?=[A-Za-zА-Яа-я]\s*[).])|\s*\((?:верно|правильно|right)\)\s*$", re.IGNORECASE
)
_LANGUAGE = re.compile(r"(?P<name>.+?)\s*\((?P<language>[a-z]{2,3})\)")

# What has a name of its own: «КЕЙС STORY: …», «КРИТЕРИЙ cause: …», «ЗА 2 БАЛЛА: …». Only in capitals.
_PARTS: Mapping[str, str] = {
    "ВАРИАНТ РАБОТЫ": "form", "FORM": "form", "РАЗДЕЛ": "section", "SECTION": "section",
    "КЕЙС": "case", "СЛУЧАЙ": "case", "CASE": "case", "МАТРИЦА": "matrix", "MATRIX": "matrix", "ОТМЕТКА": "mark",
    "КРИТЕРИЙ": "criterion", "CRITERION": "criterion", "ЗА": "level", "СТОЛБЕЦ": "column", "COLUMN": "column",
    "СТРОКА": "row", "ROW": "row", "СВОЙ ТЕКСТ": "wording", "ВАРИАНТ": "option", "ЛЕВАЯ ЧАСТЬ": "prompt",
}  # fmt: skip
_BETWEEN = {"case", "matrix", "form", "section"}  # stand between questions, not in them
_WHOLE_PARTS: Mapping[str, str] = {
    "ВАРИАНТ РАБОТЫ": "form", "FORM": "form", "РАЗДЕЛ": "section", "SECTION": "section",
    "критическое": "critical", "критическое задание": "critical", "коды вариантов": "codes", "коды пар": "pair codes",
}  # fmt: skip
_ADDRESSED = re.compile(
    rf"(?P<what>{'|'.join(_PARTS)})\s+(?P<address>[^\s():：]{{1,64}})(?:\s+БАЛЛ(?:А|ОВ)?)?\s*(?:\((?P<language>[a-z]{{2,3}})\))?"
    r"\s*[:：]\s*(?P<rest>.*)"
)
_TEXT = {"текст", "text"}
_PLACING = {
    folded(word): heading.field
    for heading in SECTION_COLUMNS
    if heading.field not in ("form", "form_title", "code", "title")
    for word in (heading.ru, heading.en, *heading.also)
}

# Read in any case; the other marks only in capitals, since «Случай: …» may begin a sentence.
_ANY_CASE = {"key", "competences", "points", "rationale", "type"}
_PLAIN_SETTINGS = {"title", "minutes", "purpose", "instructions"}
_ALSO = {"answer": "key", "feedback": "rationale", "ответы": "key", "балл": "points", "верный вариант": "key"}
_FIELDS: Mapping[str, str] = {
    folded(word): heading.field
    for heading in QUESTION_COLUMNS
    if heading.field != "text" and heading not in INLINE
    for word in (heading.ru, heading.en, *heading.also)
} | _ALSO
_SETTINGS = {folded(word): row for row in SETTING_ROWS for word in (row.ru, row.en, *row.also)}


class Line(NamedTuple):
    """`number` counts from 1; `rest` is what stands after the sign or the mark.

    name: field of a mark, name of a setting, letter of an option or a mistake, what a part is; sign: after a number
    or letter; address: what the part is called.
    """

    number: int
    kind: Kind
    rest: str
    name: str = ""
    language: str = SOURCE_LANGUAGE
    sign: str = ""
    right: bool = False
    address: str = ""


@dataclass(slots=True)
class _State:
    """What the lines so far make possible."""

    sign: str = ""  # of the questions' numbers
    number: int = 0  # of the last question
    inner: int = 0  # of the last line of a numbered list inside a question
    options: int = 0
    open: bool = False  # inside a question
    numbered: bool = False
    placing: bool = False  # below «ВАРИАНТ РАБОТЫ A: …» or «РАЗДЕЛ METH: …»


def lines_of(text: str) -> Iterator[Line]:
    """Lines of the text as they are understood."""
    raw = [cleaned(line) for line in split(text)]
    state = _State(numbered=any(_is_first(line) for line in raw))
    for number, line in enumerate(raw, 1):
        yield from _understood(number, line, state)


def split(text: str) -> list[str]:
    """Lines and soft line breaks of Word alike."""
    return re.split("\r\n|[\n\r\x0b\x0c\u2028\u2029\x85]", text)


def cleaned(line: str) -> str:
    return _BLANKS.sub(" ", _INVISIBLE.sub("", line)).strip()


def is_special(line: str) -> bool:
    """Whether the line, standing inside a question, could be taken for anything but a continuation."""
    plain = cleaned(line)
    bare = _bare(plain)[0]
    found = (
        _question(bare),
        _LETTERED.fullmatch(_TRUE.sub("", bare)),
        _NAMED.fullmatch(bare),
        _ADDRESSED.fullmatch(bare),
    )
    return not plain or plain.startswith("\\") or bare != plain or any(found)


def _is_first(line: str) -> bool:
    found = _question(_bare(line)[0])
    return found is not None and found["number"] in ("0", "1")


def _bare(line: str) -> tuple[str, bool]:
    """The line without bold around the whole of it, and whether it was bold."""
    for mark in ("**", "__"):
        inner = line.removeprefix(mark).removesuffix(mark)
        if line.startswith(mark) and line.endswith(mark) and len(line) > len(mark) * 2 and mark not in inner:
            return inner.strip(), True
    return line, False


def _question(line: str) -> re.Match[str] | None:
    return _NUMBERED.fullmatch(line) or _WORDED.fullmatch(line)


def _understood(number: int, line: str, state: _State) -> Iterator[Line]:
    if not line:
        state.inner = 0 if state.options else state.inner
        yield Line(number, "blank", "")
        return
    if line.startswith("\\"):
        yield Line(number, "text", line[1:])
        return
    bare, bold = _bare(line)
    marked = _part(number, bare, state) or _mark(number, bare, state)
    if marked is not None:
        state.inner = 0
        yield marked
        return
    asked = _question(bare)
    if asked and (found := _numbered(number, asked, state)):
        yield found._replace(right=bold) if found.kind == "prompt" else found
        return
    options = list(_options(number, bare, bold=bold, state=state)) if state.open or not state.numbered else []
    yield from options or [Line(number, "text", line)]


def _numbered(number: int, asked: re.Match[str], state: _State) -> Line | None:
    """A question, or a member of a list inside one: it counts anew from 1."""
    said, sign, rest = int(asked["number"]), asked["sign"], asked["rest"]
    if not state.numbered or (not rest and not state.open):
        return None
    inside = state.open and (said == state.inner + 1 if state.inner else said == 1)
    if inside and not (sign == state.sign and said == state.number + 1 and not state.inner):
        state.inner = said
        return Line(number, "prompt", rest, str(said), sign=sign)
    if state.sign and sign != state.sign and said != state.number + 1:
        return None
    state.sign, state.number, state.inner, state.options, state.open = state.sign or sign, said, 0, 0, True
    state.placing = False
    return Line(number, "question", rest, str(said), sign=sign)


def _options(number: int, line: str, *, bold: bool, state: _State) -> Iterator[Line]:
    """Options of one line: «А) Да  Б) Нет» holds two."""
    right = bool(_TRUE.search(line)) or bold
    line = _TRUE.sub("", line).strip()
    found = _LETTERED.fullmatch(line)
    if not found:
        return
    expected = is_next(found["letter"], state.options)
    if not expected and (found["sign"] == "." or not state.options):
        return
    rest = found["rest"]
    following = _next_option(rest, state.options + 1, found["sign"])
    state.options += 1
    words = rest[: following.start()] if following else rest
    yield Line(number, "option", words.strip(), found["letter"], sign=found["sign"], right=right)
    if following:
        yield from _options(number, rest[following.start() :].strip(), bold=bold, state=state)


def _next_option(rest: str, place: int, sign: str) -> re.Match[str] | None:
    if place >= len(LETTERS) or sign != ")":
        return None
    return re.search(
        rf"(?<=\s)[{LETTERS[place]}{LETTERS[place].lower()}{LATIN[place]}{LATIN[place].lower()}]\)\s", rest
    )


def is_next(letter: str, place: int) -> bool:
    """Whether the letter is the one of this place in a Russian or a Latin list («B» passes for «В»)."""
    if place >= len(LETTERS):
        return False
    lookalike = {"В": "B", "Е": "E", "А": "A"}.get(LETTERS[place], "")
    return letter.upper() in (LETTERS[place], LATIN[place], lookalike)


def _part(number: int, line: str, state: _State) -> Line | None:
    found = _ADDRESSED.fullmatch(line)
    if not found:
        return None
    what = _PARTS[found["what"]]
    if what in _BETWEEN:
        state.open, state.placing = False, what in ("form", "section")
    language = found["language"] or SOURCE_LANGUAGE
    return Line(number, "part", found["rest"], what, language, address=found["address"])


def _mark(number: int, line: str, state: _State) -> Line | None:
    found = _NAMED.fullmatch(line)
    if not found:
        return None
    name, rest = found["name"].strip(), found["rest"]
    parted = _LANGUAGE.fullmatch(name)
    language = parted["language"] if parted else SOURCE_LANGUAGE
    name = parted["name"] if parted else name
    if name.upper() == name and (line_ := _in_capitals(number, name, language, rest, state)):
        return line_
    return _known_mark(number, name, language, rest, state)


def _in_capitals(number: int, name: str, language: str, rest: str, state: _State) -> Line | None:
    """Marks that are read in capitals only."""
    word = folded(name)
    mistake = _MISTAKE.fullmatch(name)
    if mistake:
        return Line(number, "mistake", rest, mistake["letter"], language)
    if state.placing and word in _PLACING:
        return Line(number, "mark", rest, _PLACING[word], language)
    if word in _WHOLE_PARTS:
        return Line(number, "part", rest, _WHOLE_PARTS[word])
    if word in _TEXT and language != SOURCE_LANGUAGE:
        return Line(number, "mark", rest, "text", language)
    return None


def _known_mark(number: int, name: str, language: str, rest: str, state: _State) -> Line | None:
    """A setting or a mark of a question; capitals that are neither are told."""
    capitals = name.upper() == name
    field = _FIELDS.get(folded(name))
    setting = _SETTINGS.get(folded(name))
    if (
        setting is not None
        and not state.open
        and field != "section"
        and (capitals or setting.field in _PLAIN_SETTINGS)
    ):
        return Line(number, "setting", rest, setting.ru, language)
    if field and (capitals or field in _ANY_CASE):
        if field == "section":
            state.open = False
        return Line(number, "mark", rest, field, language)
    known_shape = capitals and len(name) > 2 and name.isalpha()  # noqa: PLR2004  «А:» may begin a remark
    return Line(number, "unknown", rest, name) if known_shape else None
