"""From bytes to a document: what is accepted, and the place and code of what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.formats.jsontext import parse_json
from instruments.formats.limits import MOST_BYTES, MOST_VALUES
from instruments.formats.yaml import DocumentError, read_document, write_document
from instruments.formats.yamltext import parse_yaml
from instruments.framework import Framework
from instruments.problems import Problem

SAMPLE_NAMES = sorted(path.name for path in (Path(__file__).resolve().parents[1] / "samples").glob("*.yaml"))


def refused(raw: bytes) -> list[Problem]:
    with pytest.raises(DocumentError) as error:
        read_document(raw)
    assert all("%(" not in problem.sentence() for problem in error.value.problems)
    return list(error.value.problems)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_a_document_written_reads_back_equal(samples: Path, name: str) -> None:
    document = read_document(samples / name)
    assert read_document(write_document(document).encode()) == document
    assert read_document(document.model_dump_json().encode()) == document


def test_a_byte_order_mark_is_no_mistake(samples: Path) -> None:
    raw = (samples / "item-text.yaml").read_bytes()
    assert read_document(b"\xef\xbb\xbf" + raw) == read_document(raw)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-1.5", -1.5),
        ("1e2", 100.0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("no", "no"),
        ("yes", "yes"),
        ("2026-01-01", "2026-01-01"),
        ("01", "01"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("1:30", "1:30"),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_yaml_values_are_never_guessed(text: str, value: object) -> None:
    found = parse_yaml(f"field: {text}").data["field"]
    assert (found, type(found)) == (value, type(value))


def test_every_value_knows_its_line_and_column() -> None:
    marks = parse_yaml("a:\n  - x\n  - {b: y}\n").marks
    assert marks[("a", 1, "b")] == (3, 9)


FILES = [
    (b"", "document_empty"),
    (b"   \n", "document_empty"),
    (b"# only a comment", "document_empty"),
    (b"a: \xff", "not_utf8"),
    (b"a" * (MOST_BYTES + 1), "file_too_big"),
    (b"- 1\n- 2\n", "not_mapping"),
    (b"just words", "not_mapping"),
    (b"a: [", "yaml_syntax"),
    (b"a: \x00", "yaml_syntax"),
    (b"a:\n\t- b", "yaml_syntax"),
    (b"a: " + b"[" * 100_000, "too_deep"),
    (b"a: " + b"{a: " * 100_000, "too_deep"),
    (b"- " * 50_000, "too_deep"),
    (b"[" + b"1," * (MOST_VALUES + 1) + b"]", "too_many_values"),
    (b"a: &x 1\nb: *x", "alias_refused"),
    (b"<<: *x", "alias_refused"),
    (b"a: !!python/object/apply:os.system [ls]", "tag_refused"),
    (b"a: 1\na: 2", "key_repeated"),
    (b"a: {b: 1, b: 2}", "key_repeated"),
    (b"a: 1\n---\nb: 2", "many_documents"),
    (b'{"a": 1,}', "json_syntax"),
    (b'{"a": 1, "a": 2}', "key_repeated"),
    (b'{"a": NaN}', "constant_refused"),
    (b'{"a": -Infinity}', "constant_refused"),
    (b'{"a": ' + b"9" * 5000 + b"}", "not_number"),
    (b'{"a":' + b"[" * 100_000, "too_deep"),
]


@pytest.mark.parametrize(("raw", "code"), FILES, ids=[f"{code}-{n}" for n, (_, code) in enumerate(FILES)])
def test_a_bad_file_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    assert [problem.code for problem in refused(raw)] == [code]


def test_a_syntax_mistake_names_line_and_column() -> None:
    [problem] = refused(b'kind: framework\ntitle: {ru: "open}\n')
    assert (problem.line, problem.column) == (problem.params["line"], problem.params["column"])
    assert problem.line is not None


def framework(samples: Path, **changes: object) -> bytes:
    plain = json.loads(read_document(samples / "workshop.framework.yaml").model_dump_json())
    return json.dumps({**plain, **changes}).encode()


SHAPES = [
    ({"nodes": {"METH": 1}}, {("nodes", "not_list")}),
    ({"nodes": [1]}, {("nodes.#1", "not_mapping")}),
    ({"title": "Модель"}, {("title", "not_mapping")}),
    ({"title": {"ru": "я" * 20_001}}, {("title.ru", "value_too_long")}),
    ({"title": {"русский": "Модель"}}, {("title.русский", "bad_code")}),
    ({"code": "x" * 65}, {("code", "value_too_long")}),
]


@pytest.mark.parametrize(("changes", "problems"), SHAPES)
def test_a_wrong_shape_names_the_place_by_codes(
    samples: Path, changes: dict[str, object], problems: set[tuple[str, str]]
) -> None:
    assert {(problem.where, problem.code) for problem in refused(framework(samples, **changes))} == problems


def test_a_flag_must_be_true_or_false(samples: Path) -> None:
    raw = (samples / "workshop.scoring.yaml").read_bytes().replace(b"reverse: true", b"reverse: maybe")
    assert [(problem.where, problem.code) for problem in refused(raw)] == [("items.L3.reverse", "not_flag")]


def test_an_error_lists_no_english_words_of_the_library(samples: Path) -> None:
    [problem] = refused(
        framework(samples, crosswalks=[{"from": "METH", "to_framework": "x", "to": "y", "relation": ""}])
    )
    assert " or " not in problem.sentence()
    assert "'related'" in problem.sentence()


def test_a_missing_file_is_the_callers_error(samples: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_document(samples / "nowhere.yaml")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_but_never_crash(raw: bytes) -> None:
    with pytest.raises(DocumentError):
        read_document(raw)


@given(st.text(alphabet="abc:-[]{}#&*!|>%@`\"'\n\t ,?0.", max_size=60))
def test_any_yaml_like_text_is_read_or_refused_but_never_crashes(text: str) -> None:
    try:
        parse_yaml(text)
    except DocumentError as error:
        assert len(error.problems) == 1  # noqa: PT017  both ends are right


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=10),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), PLAIN, max_size=3))
def test_json_reads_back_as_it_was_written(value: object) -> None:
    assert parse_json(json.dumps(value)).data == value


def test_the_reader_tells_kinds_apart(samples: Path) -> None:
    assert isinstance(read_document(samples / "workshop.framework.yaml"), Framework)
