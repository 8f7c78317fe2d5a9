"""Files that would hurt, at every door of the workshop that takes one: told in words, soon, and nothing is made."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from tests.instruments.formats.books import SOUND, book
from tests.support import make

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

SECRET = "СЕКРЕТСЕРВЕРА"
SOON = 5.0  # seconds of the processor for one page of one file
SHEET, WORD = "xl/worksheets/sheet1.xml", "word/document.xml"
PICTURE = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    b' Target="media/x.png"/></Relationships>'
)
Change = Callable[[bytes], bytes]


def with_parts(content: bytes, changes: dict[str, Change | bytes]) -> bytes:
    """The same zip with parts changed by a function, or added as bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = changes.get(name)
            raw = old.read(name)
            new.writestr(name, change(raw) if callable(change) else raw)
        for name, change in changes.items():
            if isinstance(change, bytes):
                new.writestr(name, change)
    return stream.getvalue()


def word() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    for line in ("1. Что делать?", "А) Это", "Б) То", "ОТВЕТ: Б", "КОМПЕТЕНЦИЯ: METH.3"):
        made.add_paragraph(line)
    made.save(stream)
    return stream.getvalue()


def entity(target: str) -> Change:
    declared = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{target}">]>'.encode()
    return lambda raw: declared + raw.partition(b"?>")[2].replace("Что делать?".encode(), b"&b;")


def laughs(raw: bytes) -> bytes:
    rows = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + rows + b"]>" + raw.partition(b"?>")[2]


def inside(words: bytes) -> Change:
    return lambda raw: raw[: raw.index(b"<w:body>") + 8] + words + raw[raw.index(b"<w:sectPr") :]


def bomb(raw: bytes) -> bytes:
    """An archive within an archive, to a gigabyte and beyond."""
    for _ in range(3):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", raw)
        raw = stream.getvalue()
    return raw


def wide(raw: bytes) -> bytes:
    row = b'<row r="1">' + b'<c t="inlineStr"><is><t>a</t></is></c>' * 20_000 + b"</row>"
    return raw.partition(b"<sheetData>")[0] + b"<sheetData>" + row * 3 + b"</sheetData></worksheet>"


def macro(raw: bytes) -> bytes:
    return raw.replace(b"wordprocessingml.document.main", b"macroEnabled.main").replace(
        b"spreadsheetml.sheet.main", b"macroEnabled.main"
    )


HOSTILE: dict[str, tuple[str, Callable[[str], bytes], str]] = {
    "entity of a file, xlsx": ("table", lambda at: with_parts(book(SOUND), {SHEET: entity(at)}), "сущности xml"),
    "entity of a file, docx": ("text", lambda at: with_parts(word(), {WORD: entity(at)}), "сущности xml"),
    "laughs, xlsx": ("table", lambda _: with_parts(book(SOUND), {SHEET: laughs}), "сущности xml"),
    "laughs, docx": ("text", lambda _: with_parts(word(), {WORD: laughs}), "сущности xml"),
    "bomb, xlsx": ("table", lambda _: with_parts(book(SOUND), {"xl/more.xml": b" " * 70_000_000}), "мб"),
    "bomb in a picture, docx": (
        "text",
        lambda _: with_parts(word(), {"word/media/x.png": bytes(70_000_000), "word/_rels/document.xml.rels": lambda raw: raw.replace(b"</Relationships>", PICTURE)}),
        "мб",
    ),
    "bomb in bombs": ("table", lambda _: bomb(b"0" * 10_000_000), ""),
    "macro, xlsx": ("table", lambda _: with_parts(book(SOUND), {"xl/vbaProject.bin": b"macro"}), "макрос"),
    "macro by its type, docx": ("text", lambda _: with_parts(word(), {"[Content_Types].xml": macro}), "макрос"),
    "ten thousand rows": ("table", lambda _: book(*(SOUND,) * 10_000), "строк"),
    "wide sheet": ("table", lambda _: with_parts(book(SOUND), {SHEET: wide}), "столб"),
    "declared to the last cell": (
        "table",
        lambda _: with_parts(book(SOUND), {SHEET: lambda raw: raw.replace(b'ref="A1:I2"', b'ref="A1:XFD1048576"')}),
        "1048576",
    ),
    "paragraphs without end": ("text", lambda _: with_parts(word(), {WORD: inside(b"<w:p/>" * 60_000)}), "строк"),
    "tags without end": ("text", lambda _: with_parts(word(), {WORD: inside(b"<w:p><w:r/><w:r/></w:p>" * 400_000)}), "мб"),
    "deep tags": ("text", lambda _: with_parts(word(), {WORD: inside(b"<w:p>" * 5000 + b"</w:p>" * 5000)}), ""),
    "cut off": ("table", lambda _: book(SOUND)[:-400], ""),
    "cut off, docx": ("text", lambda _: word()[:-400], ""),
    "a picture": ("table", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(500), ""),
    "zeros": ("text", lambda _: bytes(1000), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_told_in_words_and_makes_nothing(
    methodologist: FlaskClient, region: OrgNode, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    door, make_file, words = HOSTILE[name]
    content = make_file(secret.as_uri())
    author = make.staff(Role.METHODOLOGIST, region)
    draft_id = actions.create_from_ready("test", node_id=region.id, actor_id=author.id).id
    session.commit()
    for address in (f"/instruments/new/{door}", f"/instruments/drafts/{draft_id}/import/{door}"):
        sent = methodologist.post(address, data={"file": (io.BytesIO(content), f"Работа.{door}")})
        assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
        for do in ("", "marked", "take" if "drafts" in address else "create"):
            started = time.process_time()
            if do:
                page = methodologist.post(f"{sent.location}/read", data={"do": do, "accept": "item:M01"})
            else:
                page = methodologist.get(sent.location)
            assert time.process_time() - started < SOON
            assert page.status_code in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY), (
                do,
                page.status_code,
            )
            assert SECRET not in page.get_data(as_text=False).decode("utf-8", "replace")
            if page.mimetype == "text/html" and words:
                assert words in page.text.casefold()
    session.rollback()
    assert session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1
    assert session.get_one(Draft, draft_id).revision == 1


def test_a_work_of_thousands_of_questions_is_not_made(methodologist: FlaskClient) -> None:
    content = ("1) а" * 3 + "\n").encode() * 6_000
    sent = methodologist.post("/instruments/new/text", data={"file": (io.BytesIO(content), "Работа.txt")})
    made = methodologist.post(f"{sent.location}/read", data={"do": "create"})
    assert made.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Заданий в работе: 3000, а можно не больше 2000. Разделите её на две" in made.text
    session.rollback()
    assert session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0


@pytest.mark.parametrize("door", ["table", "text"])
def test_a_file_of_word_is_a_text_at_either_door(methodologist: FlaskClient, door: str) -> None:
    sent = methodologist.post(f"/instruments/new/{door}", data={"file": (io.BytesIO(word()), "Работа.docx")})
    page = methodologist.get(sent.location)
    assert "Что делать?" in page.text
    made = methodologist.post(f"{sent.location}/read", data={"do": "create"})
    assert made.status_code == HTTPStatus.SEE_OTHER
    assert "Что делать?" in methodologist.get(made.location).text


@pytest.mark.parametrize(
    "document",
    [
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        b"!!python/object/apply:os.system ['true']",
        b"x: " + b"[" * 200_000,
        b"\xff\xfe\x00",
        bytes(400_000),
        b"kind: framework\nkind: framework",
        word(),
    ],
    ids=["anchors", "an object", "brackets", "half a mark", "zeros", "a key twice", "word"],
)
def test_a_document_that_is_none_is_told_at_the_doors_of_documents(
    methodologist: FlaskClient, region: OrgNode, document: bytes
) -> None:
    author = make.staff(Role.METHODOLOGIST, region)
    owner = {"node_id": region.id, "actor_id": author.id}
    model = actions.create_empty(title="Модель", kind=DraftKind.FRAMEWORK, **owner).id
    session.commit()
    started = time.process_time()
    whole = {"file": (io.BytesIO(document), "model.yaml"), "base": "1"}
    page = methodologist.post(f"/frameworks/drafts/{model}", data=whole)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    both = {name: (io.BytesIO(document), f"{name}.yaml") for name in ("instrument", "scoring")}
    assert (
        methodologist.post("/instruments/publish", data=both).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert time.process_time() - started < 2 * SOON
    session.rollback()
    assert session.get_one(Draft, model).revision == 1
