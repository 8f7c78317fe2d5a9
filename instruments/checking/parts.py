"""Mistakes of what several items share (cases, matrices), and of tables of numbers and files."""

from __future__ import annotations

from instruments.checking.common import repeated
from instruments.document import (
    FileItem,
    Instrument,
    Matrix,
    NumberItem,
    RowItem,
    ScaleItem,
    Stimulus,
    TableItem,
)
from instruments.item_models import Column
from instruments.pictures import is_sound
from instruments.problems import Problem, error, warning

FEWEST_POINTS = 2


def check_cases(instrument: Instrument) -> list[Problem]:
    known = {stimulus.code for stimulus in instrument.stimuli}
    used = {item.stimulus for item in instrument.items}
    problems = repeated("stimuli", (stimulus.code for stimulus in instrument.stimuli))
    problems += [
        error(f"items.{item.code}.stimulus", "stimulus_unknown", code=item.stimulus)
        for item in instrument.items
        if item.stimulus is not None and item.stimulus not in known
    ]
    problems += [
        warning(f"stimuli.{stimulus.code}", "stimulus_unused", code=stimulus.code)
        for stimulus in instrument.stimuli
        if stimulus.code not in used
    ]
    return problems + [problem for stimulus in instrument.stimuli for problem in _check_picture(stimulus)]


def check_matrices(instrument: Instrument) -> list[Problem]:
    rows = [item for item in instrument.items if isinstance(item, RowItem)]
    known = {matrix.code for matrix in instrument.matrices}
    problems = repeated("matrices", (matrix.code for matrix in instrument.matrices))
    problems += [
        error(f"items.{row.code}.matrix", "matrix_unknown", code=row.matrix)
        for row in rows
        if row.matrix not in known
    ]
    problems += [
        warning(f"matrices.{matrix.code}", "matrix_unused", code=matrix.code)
        for matrix in instrument.matrices
        if matrix.code not in {row.matrix for row in rows}
    ]
    return problems + [
        problem
        for matrix in instrument.matrices
        for problem in check_scale(f"matrices.{matrix.code}", matrix)
    ]


def check_scale(where: str, scaled: ScaleItem | Matrix) -> list[Problem]:
    problems = repeated(f"{where}.scale", (point.value for point in scaled.scale))
    if len(scaled.scale) < FEWEST_POINTS:
        problems.append(error(f"{where}.scale", "too_few_options", least=FEWEST_POINTS))
    return problems


def check_limits(where: str, limited: NumberItem | Column) -> list[Problem]:
    if limited.minimum is None or limited.maximum is None or limited.minimum <= limited.maximum:
        return []
    return [error(f"{where}.minimum", "limits_crossed", minimum=limited.minimum, maximum=limited.maximum)]


def check_table(where: str, item: TableItem) -> list[Problem]:
    problems = repeated(f"{where}.columns", (column.code for column in item.columns))
    problems += repeated(f"{where}.rows", (row.code for row in item.rows))
    if not item.columns:
        problems.append(error(f"{where}.columns", "table_no_columns"))
    if bool(item.rows) == (item.repeat is not None):
        problems.append(error(f"{where}.rows", "table_rows_or_repeat"))
    if item.repeat is not None and item.repeat.least > item.repeat.most:
        limits = {"minimum": item.repeat.least, "maximum": item.repeat.most}
        problems.append(error(f"{where}.repeat.least", "limits_crossed", **limits))
    return problems + [
        problem
        for column in item.columns
        for problem in check_limits(f"{where}.columns.{column.code}", column)
    ]


def check_file(where: str, item: FileItem) -> list[Problem]:
    problems = repeated(f"{where}.kinds", item.kinds)
    return problems if item.kinds else [error(f"{where}.kinds", "file_no_kinds")]


def _check_picture(stimulus: Stimulus) -> list[Problem]:
    if stimulus.image is None:
        return []
    where = f"stimuli.{stimulus.code}.image"
    problems = [] if stimulus.image.alt else [error(f"{where}.alt", "picture_no_alt")]
    return problems if is_sound(stimulus.image) else [*problems, error(f"{where}.data", "picture_unsound")]
