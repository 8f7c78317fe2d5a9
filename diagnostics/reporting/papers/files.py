"""Papers as files and as one archive: names in Russian, the same contents give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.files.actions import clean_name
from diagnostics.reporting.papers.facts import Facts
from diagnostics.reporting.papers.library import KINDS, Kind, Made
from reports.contents.papers.common import PaperHead
from reports.render.docx_paper import paper_docx
from reports.render.xlsx import xlsx
from reports.wording.numbers import capitalised
from reports.wording.papers import data_note, draft_lines, period
from reports.wording.terms import STAGES
from reports.wording.words import Words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
MEDIA = {"docx": DOCX, "xlsx": XLSX}
FORMATS = tuple(MEDIA)
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Files in the archive are as dense as their formats allow: packing them again costs time and wins nothing.
_PACKED = (".docx", ".xlsx", ".pdf")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """`path` inside the archive, folders by «/»."""

    path: str
    content: bytes


def paper_file(made: Made, facts: Facts, words: Words, form: str) -> bytes:
    """`form`: docx or xlsx (KeyError for another one)."""
    return {"docx": _docx, "xlsx": _xlsx}[form](made, facts, words)


def _docx(made: Made, _facts: Facts, words: Words) -> bytes:
    return paper_docx(made.paper, words)


def _xlsx(made: Made, facts: Facts, words: Words) -> bytes:
    return xlsx(
        made.tables, words, title=made.paper.title, about=about(facts.head, words), stamp=facts.head.formed_at
    )


def about(head: PaperHead, words: Words) -> tuple[str, ...]:
    """First lines of every workbook: whose it is, which stage, as of when."""
    stage = words.say(
        "%(stage)s, %(period)s", stage=capitalised(words.say(STAGES[head.stage])), period=period(head, words)
    )
    return head.operator.name, stage, *(draft_lines(head, words) or (data_note(head, words),))


def stem(kind: Kind, head: PaperHead, words: Words) -> str:
    """«Сводная ведомость - входная диагностика»."""
    return f"{words.say(kind.title)} - {words.say(STAGES[head.stage])}"


def folder(kind: Kind, words: Words) -> str:
    """«05 Сводная ведомость»: the folders stand in the order of the work."""
    return f"{KINDS.index(kind) + 1:02d} {words.say(kind.title)}"


def path_in_pack(kind: Kind, head: PaperHead, words: Words, form: str) -> str:
    return f"{folder(kind, words)}/{clean_name(stem(kind, head, words))}.{form}"


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """File names without forbidden signs; namesakes are numbered: «Ким Виктория (2)»."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        clean = clean_name(name)
        key = clean.casefold()
        seen[key] = seen.get(key, 0) + 1
        found.append(clean if seen[key] == 1 else f"{clean} ({seen[key]})")
    return tuple(found)


def archive(files: Iterable[PackedFile]) -> bytes:
    """The archive with fixed times, in the order given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for file in files:
            entry = zipfile.ZipInfo(file.path, _EPOCH)
            packed = file.path.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            out.writestr(entry, file.content)
    return target.getvalue()
