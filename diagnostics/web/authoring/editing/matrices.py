"""Rows of a matrix on one page: each is an item of its own, that stands in the work behind the row before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from diagnostics.web.authoring.editing.around import Around, Pairs, shortened
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Documents, Entry, Json
from diagnostics.web.authoring.editing.lists import REMOVE, UP
from diagnostics.web.authoring.editing.reader import Reader, put
from diagnostics.web.authoring.editing.structure import ROW, Spot, add, move, remove, spot_of
from instruments.texts import SOURCE_LANGUAGE

FRESH = 3  # blank rows at the end of the page
LONGEST_TITLE = 60
NEW = "new"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    code: str
    texts: tuple[tuple[str, str], ...]
    competence: str = ""
    is_new: bool = False
    several: bool = False  # competences with shares: the row's own page has them
    choices: Pairs = ()


@dataclass(frozen=True, slots=True)
class MatrixRows(Value):
    """`read` writes nothing into the matrix: the rows are items, which `placed` puts where they belong."""

    kind: ClassVar[str] = "matrix_rows"

    def show(self, entry: Entry, around: Around) -> Shown:
        rows = [self._row(item, around) for item in rows_of(around.documents, entry.code)]
        rows += [
            MatrixRow(
                f"{NEW}{n}", tuple((one, "") for one in around.languages), is_new=True, choices=around.nodes
            )
            for n in range(1, FRESH + 1)
        ]
        return Shown(self.kind, self.name, self.label, self.hint, rows)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        """The rows stand in the items: see `placed`."""

    @staticmethod
    def placed(reader: Reader, documents: Documents, matrix: str) -> Documents:
        """New rows at the end, emptied ones as they are (the check tells them), one taken out or moved by its button."""
        made = documents
        for code in reader.codes("rows"):
            path = f"rows.{code}"
            if made.has(code):
                made = _written(reader, made, code)
            elif code.startswith(NEW) and any(reader.texts(path, None).values()):
                made = _grown(reader, made, path, matrix)
        gone = reader.form.get(REMOVE, "").removeprefix("rows.")
        if gone in {item["code"] for item in rows_of(made, matrix)}:
            return remove(made, gone)
        return _moved_up(made, reader.form.get(UP, "").removeprefix("rows."), matrix)

    @staticmethod
    def _row(item: Json, around: Around) -> MatrixRow:
        weights = around.documents.keys.get(item["code"], {}).get("competences") or {}
        texts = tuple((one, (item.get("text") or {}).get(one, "")) for one in around.languages)
        known = dict(around.nodes)
        own = tuple((code, code) for code in weights if code not in known)
        return MatrixRow(
            item["code"],
            texts,
            next(iter(weights), ""),
            several=len(weights) > 1,
            choices=(*around.nodes, *own),
        )


def rows_of(documents: Documents, matrix: str) -> list[Json]:
    """Rows in the order in which the first form asks them, then those that no form asks."""
    rows = {
        item["code"]: item for item in documents.items if item["type"] == ROW and item.get("matrix") == matrix
    }
    asked = dict.fromkeys(
        code for _form, section in documents.sections() for code in section.get("items", []) if code in rows
    )
    return [rows[code] for code in (*asked, *(code for code in rows if code not in asked))]


def _written(reader: Reader, documents: Documents, code: str) -> Documents:
    path = f"rows.{code}"
    entry = documents.entry(code).copied()
    if reader.asks_texts(path):
        entry.item["text"] = reader.texts(path, entry.item.get("text")) or {SOURCE_LANGUAGE: ""}
    if f"{path}.competence" in reader.form:
        _credit(entry, reader.form[f"{path}.competence"])
    return documents if entry == documents.entry(code) else documents.with_entry(entry)


def _grown(reader: Reader, documents: Documents, path: str, matrix: str) -> Documents:
    """A new row behind the last one, else at the end of the last section. A work without forms keeps it aside."""
    standing = rows_of(documents, matrix)
    last = standing[-1]["code"] if standing else ""
    spot = spot_of(documents, last) if last else None
    if spot is None:
        spots = [Spot(form["code"], section["code"]) for form, section in documents.sections()]
        if not spots:
            return documents
        spot = spots[-1] if not standing else spots[0]
    made = add(documents, ROW, spot, last)
    entry = made.documents.entry(made.code).copied()
    texts = reader.texts(path, None)
    entry.item.update(
        matrix=matrix,
        text=texts,
        title={language: shortened(words, LONGEST_TITLE) for language, words in texts.items()},
    )
    _credit(entry, reader.form.get(f"{path}.competence", ""))
    return made.documents.with_entry(entry)


def _credit(entry: Entry, competence: str) -> None:
    """One competence; several with their shares stay with the row's own page."""
    if len(entry.key.get("competences") or {}) > 1 or competence == next(
        iter(entry.key.get("competences") or {}), ""
    ):
        return
    put(entry.key, "competences", {competence: 1} if competence else None)


def _moved_up(documents: Documents, code: str, matrix: str) -> Documents:
    codes = [item["code"] for item in rows_of(documents, matrix)]
    spot = spot_of(documents, code) if code in codes[1:] else None
    return move(documents, code, spot, -1) if spot else documents
