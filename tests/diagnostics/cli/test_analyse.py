"""`orientir analyse …` on files as they come: right ones, other people's ones and broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.cli import analyse_reading
from diagnostics.cli.analyse import analyse
from diagnostics.measurement.simulate import rasch_answers

Run = Callable[..., tuple[int, Any, str]]
ROWS = "1,0,1,1\n0,0,1,0\n1,1,1,0\n0,1,0,0\n1,1,1,1\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `analyse COMMAND FILE --json …`; gives exit code, answer and what stood on the error channel."""

    def call(command: str, content: str | bytes, *options: str) -> tuple[int, Any, str]:
        file = tmp_path / "answers.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = CliRunner().invoke(analyse, [command, str(file), "--json", *options])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        assert "NaN" not in found.stdout
        return found.exit_code, json.loads(found.stdout or "null"), found.stderr

    return call


def scores(n: int = 40, items: int = 6, seed: int = 1) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    found: list[list[int]] = (
        rasch_answers(rng.normal(size=n), np.linspace(-1, 1, items), rng).astype(int).tolist()
    )
    return found


def text(rows: list[list[Any]], *, head: list[str] | None = None, mark: str = ",") -> str:
    names = head or [f"q{place + 1}" for place in range(len(rows[0]))]
    return "\n".join(mark.join(map(str, line)) for line in [names, *rows]) + "\n"


def test_items_of_a_published_test(run: Run, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "ctt_bfi_A.json").read_text("utf-8"))["data"]

    code, answer, _ = run("items", (shared / "reference" / "ctt_bfi_A.csv").read_bytes(), "--no-header")

    assert code == 0
    assert [item["item"] for item in answer["items"]] == ["i1", "i2", "i3", "i4", "i5"]
    assert [item["r_rest"] for item in answer["items"]] == pytest.approx(truth["r_drop"], abs=1e-6)
    assert (answer["alpha"], answer["sem"]) == pytest.approx((truth["alpha"], truth["sem"]), abs=1e-6)
    assert answer["alpha_ci"] == pytest.approx(truth["feldt95"], abs=1e-6)
    assert answer["omega"] == pytest.approx(truth["omega_total_cov_ml"], abs=1e-5)


def test_dif_of_a_published_test(run: Run, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "dif_verbal.json").read_text("utf-8"))["data"]
    table = (shared / "reference" / "dif_verbal.csv").read_bytes()

    code, answer, _ = run("dif", table, "--no-header", "--group", "i1")

    assert code == 0
    assert (answer["n"], answer["n_reference"], answer["n_focal"]) == (316, 243, 73)
    items = answer["items"]
    assert [item["mh_odds_ratio"] for item in items] == pytest.approx(truth["mh_common_odds_ratio"], rel=1e-5)
    assert [item["mh_chi2"] for item in items] == pytest.approx(truth["mh_chisq_corrected"], rel=1e-5)
    assert [item["mh_p"] for item in items] == pytest.approx(truth["mh_p"], rel=1e-5)
    assert {item["ets"] for item in items} == {None}


def test_agreement_of_a_published_table(run: Run, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "icc_shrout_fleiss.json").read_text("utf-8"))["data"]

    code, answer, _ = run("agreement", text(truth["ratings"], head=list("abcd")))

    assert code == 0
    assert answer["icc2_1"] == pytest.approx(truth["icc"][1], abs=1e-6)
    assert answer["icc2_k"] == pytest.approx(truth["icc"][4], abs=1e-6)
    assert answer["exact"] == pytest.approx(1 / 36)
    assert answer["kappa_quadratic"] is not None


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_other_marks_and_encodings_change_nothing(run: Run, mark: str, encoding: str) -> None:
    rows = scores()
    names = ["задание 1", *(f"в{place}" for place in range(2, 7))]

    _, expected, _ = run("items", text(rows, head=names))

    assert run("items", text(rows, head=names, mark=mark).encode(encoding))[1] == expected


def test_a_decimal_comma_is_a_number(run: Run) -> None:
    code, answer, _ = run("items", "a;b\n" + "0,5;0\n1,0;1\n" * 10)

    assert code == 0
    assert answer["items"][0]["mean"] == pytest.approx(0.75)


def test_missing_answers_are_counted_and_never_zero(run: Run) -> None:
    code, answer, _ = run(
        "items", "person,a,b\n" + "".join(f"p{n},1,NA\nr{n},0,\n" for n in range(15)) + "z,1,1\n"
    )

    assert code == 0
    assert (answer["n"], answer["n_complete"]) == (31, 1)
    assert [(item["n"], item["missing"]) for item in answer["items"]] == [(31, 0), (1, 30)]
    assert answer["items"][0]["p"] == pytest.approx(16 / 31)
    assert (answer["alpha"], answer["alpha_reason"]) == (None, "incomplete")


@pytest.mark.parametrize(
    "key",
    [
        "item,key\nq1,b\nq2,3\nq3,да\n",
        "q1;b\nq2;3\nq3;Да\n",
        "q1,q2,q3\nb,3,да\n",
        "Задание;Ключ;Баллы\nq1;B;2\nq2;3,0;1\nq3; да;1\n",
    ],
)
def test_a_key_turns_answers_into_points(run: Run, tmp_path: Path, key: str) -> None:
    (tmp_path / "key.csv").write_text(key, "utf-8")
    answers = "q1,q2,q3\n" + "b,3,да\na,2,нет\nB ,3.0,ДА\nNA,1,нет\n" * 5

    code, answer, _ = run("items", answers, "--key", str(tmp_path / "key.csv"))

    assert code == 0
    assert [item["p"] for item in answer["items"]] == pytest.approx([2 / 3, 0.5, 0.5])


def test_a_keyed_item_against_all_others_has_its_key_in_doubt(run: Run, tmp_path: Path) -> None:
    (tmp_path / "key.csv").write_text("item,key\na,1\nb,1\nc,2\n", "utf-8")

    code, answer, told = run("items", "a,b,c\n" + "1,1,1\n2,2,2\n" * 20, "--key", str(tmp_path / "key.csv"))

    assert (code, answer["unreversed"]) == (1, ["c"])
    assert "check the key" in told


def test_items_that_run_the_other_way_stop_the_analysis_by_name(run: Run) -> None:
    rng = np.random.default_rng(2)
    trait = rng.normal(size=(60, 1))
    likert = np.clip(np.round(3 + trait + rng.normal(0, 0.6, (60, 5))), 1, 5).astype(int)
    likert[:, [1, 3]] = 6 - likert[:, [1, 3]]

    code, answer, told = run("items", text(likert.tolist()))

    assert code == 1
    assert (answer["alpha"], answer["alpha_reason"], answer["unreversed"]) == (
        None,
        "unreversed_items",
        ["q2", "q4"],
    )
    assert "q2, q4" in told


REFUSED = [
    ("items", "", "the file is empty"),
    ("items", "a,b\n", "there are names of columns and no answers"),
    ("items", "person\np1\n", "there is no column with answers"),
    ("items", "a,b\n1,0\n1,abc\n", "row 3, column b: 'abc' is not a number"),
    ("items", "a,b\n1,0\n1\n", "row 3: 1 cells where the first row has 2"),
    ("items", "a,b\n1,0\n1,0,1\n", "row 3: 3 cells where the first row has 2"),
    ("items", "a,b\n1,-1\n", "row 2, column b: -1 is negative"),
    ("items", "a,a\n1,0\n", "row 1: the name a stands twice"),
    ("items", "1,0,1\n0,1,1\n", "add --no-header"),
    ("items", "a,,c\n1,0,1\n", "row 1: column 2 has no name"),
    ("items", "person,a\nx,1\ny,0\nx,1\n", "row 4, column person: x stands already in row 2"),
    ("items", b"PK\x03\x04....", "the file is a workbook"),
    ("items", "a,b\n1,inf\n", "'inf' is not a number"),
    ("agreement", "rater\n1\n2\n", "one rater (rater) agrees with nobody"),
]


@pytest.mark.parametrize(("command", "content", "sentence"), REFUSED)
def test_a_refusal_is_one_sentence_with_its_place(
    run: Run, command: str, content: str | bytes, sentence: str
) -> None:
    code, answer, told = run(command, content)

    assert code == 1
    assert sentence in answer["error"]
    assert sentence in told
    assert told.count("\n") == 1


def test_a_category_beyond_the_maximum_is_refused_with_its_place(run: Run) -> None:
    code, answer, _ = run("items", "a,b\n1,0\n1,5\n", "--max", "4")

    assert code == 1
    assert answer["where"] == {"file": "answers.csv", "row": 3, "column": "b"}
    assert "5 is above the maximum" in answer["error"]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("item,key\na,1\n", "the key has no answer for b"),
        ("item,key\na,1\nb,0\nc,1\n", "the key names c"),
        ("item,key\na,1\na,0\n", "the key names a twice"),
        ("item,key,points\na,1,x\nb,1,1\n", "'x' is no number of points"),
        ("item,key\na,\nb,1\n", "no right answer"),
        ("", "the key is empty"),
        ("a,b,c\n1,2,3\n4,5,6\n", "the key has a header"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(run: Run, tmp_path: Path, key: str, sentence: str) -> None:
    (tmp_path / "key.csv").write_text(key, "utf-8")

    code, answer, _ = run("items", "a,b\n1,0\n", "--key", str(tmp_path / "key.csv"))

    assert code == 1
    assert sentence in answer["error"]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("g,a\nx,1\n", ["--group", "place"], "there is no column place: the columns are g, a"),
        ("g,a\nx,1\nx,0\n", ["--group", "g"], "1 stand here (x)"),
        ("g,a\nx,1\ny,0\nz,1\n", ["--group", "g"], "3 stand here (x, y, z): choose with --reference"),
        ("g,a\nx,1\ny,0\n", ["--group", "g", "--focal", "q"], "no row of the group q"),
        ("g,a\nx,1\ny,NA\n", ["--group", "g"], "a group has nobody with an answer"),
        ("g,a\nx,1\ny,2\n", ["--group", "g"], "row 3, column a: 2 is not 0 or 1"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(
    run: Run, content: str, options: list[str], sentence: str
) -> None:
    code, answer, _ = run("dif", content, *options)

    assert code == 1
    assert sentence in answer["error"]


def test_letters_appear_with_a_hundred_in_each_group(run: Run) -> None:
    rows = [[f"{'село' if n % 2 else 'город'}", *line] for n, line in enumerate(scores(200, 8))]

    code, answer, _ = run(
        "dif", text(rows, head=["place", *"abcdefgh"]), "--group", "place", "--reference", "село"
    )

    assert (code, answer["reference"], answer["focal"]) == (0, "село", "город")
    assert {item["ets"] for item in answer["items"]} <= {"A", "B", "C"}


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("items", "a,b\n1,0\n"),
        ("items", "a\n1\n0\n"),
        ("items", "a,b\n1,1\n" + "1,1\n" * 20),
        ("items", "a,b\n0,0\n" + "0,0\n" * 20),
        ("items", "a,b\nNA,NA\n,NA\n"),
        ("agreement", "a,b\n1,1\n1,1\n"),
        ("agreement", "a,b\n1,NA\nNA,2\n"),
        ("agreement", "a,b\n1,2\n"),
        ("agreement", "a,b\n1,2\n2,1\n1,2\n2,1\n"),
    ],
)
def test_data_that_say_nothing_end_well_and_without_figures(run: Run, command: str, content: str) -> None:
    code, answer, told = run(command, content)

    assert (code, told) == (0, "")
    main = "alpha" if command == "items" else "icc2_k"
    assert answer[main] is None or answer[main] <= 0


def test_a_file_too_large_is_refused_with_its_size(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyse_reading, "MAX_BYTES", 2**20)

    code, answer, _ = run("items", "a\n" + "1\n" * 2**20)

    assert code == 1
    assert "the file is 2 MB" in answer["error"]


def test_too_many_answers_are_refused_with_the_size(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyse_reading, "MAX_CELLS", 1000)

    assert "million answers" in run("items", "a,b\n" + "1,0\n" * 600)[1]["error"]


@given(st.binary(max_size=60) | st.text('ab,;"\n01 5.\r\x00é', max_size=60).map(str.encode))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_whatever_end_in_a_traceback(run: Run, content: bytes) -> None:
    for command in ("items", "agreement"):
        assert run(command, content)[0] in {0, 1}


@pytest.mark.parametrize("command", ["items", "dif", "agreement"])
def test_help_shows_an_example(command: str) -> None:
    found = CliRunner().invoke(analyse, [command, "--help"])

    assert found.exit_code == 0
    assert f"Example: orientir analyse {command}" in found.output


@pytest.mark.parametrize("command", ["items", "agreement"])
def test_people_read_a_table_without_a_single_nan(tmp_path: Path, command: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(text(scores()), "utf-8")

    found = CliRunner().invoke(analyse, [command, str(file)])

    assert found.exit_code == 0
    assert "nan" not in found.output.lower()
    assert "q1" in found.output


def test_a_file_that_is_not_there_is_misuse() -> None:
    assert CliRunner().invoke(analyse, ["items", "/nowhere.csv"]).exit_code == 2
