"""A file is what its bytes say; a picture is drawn anew, so nothing hidden in it is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from diagnostics.errors import DomainError
from diagnostics.files.receiving import DOCUMENT, IMAGE, MOST_PIXELS, receive

MOST = 5 * 1024 * 1024
BOTH = (IMAGE, DOCUMENT)


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, kind, **more)
    return made.getvalue()


def with_place() -> bytes:
    """A photo lying on its side that tells camera and coordinates."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of somebody"
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 7.0)
    return picture(exif=exif)


def declared(width: int, height: int) -> bytes:
    """A tiny PNG that says to be of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def archive(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        if mimetype:
            whole.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            whole.writestr(zipfile.ZipInfo(name), "x")  # without the time: the bytes name a test
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


def code_of(name: str, content: bytes, kinds: tuple[str, ...] = BOTH) -> str:
    with pytest.raises(DomainError) as refused:
        receive(name, content, kinds=kinds, most_bytes=MOST)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.jpg", picture(), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/jpeg"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_the_type_is_told_by_the_bytes(name: str, content: bytes, media_type: str) -> None:
    assert receive(name, content, kinds=BOTH, most_bytes=MOST).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.jpg", b"GIF89a=1;alert(1)"),
        ("a.jpg", b"%PDF-1.4"),
        ("a.png", picture()),
        ("a.pdf", DOCX),
        ("a.docm", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.zip", archive("readme.txt")),
        ("a.docx", b"PK\x03\x04 cut off"),
    ],
    ids=str,
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    assert code_of(name, content) == "type_mismatch"


def test_only_the_kinds_that_were_asked_for_are_taken() -> None:
    assert code_of("a.pdf", b"%PDF-1.4", (IMAGE,)) == "type_mismatch"
    assert code_of("a.jpg", picture(), (DOCUMENT,)) == "type_mismatch"


def test_a_picture_keeps_neither_place_nor_camera_nor_what_hides_behind_it() -> None:
    sent = with_place() + b"<script>alert(1)</script>"
    kept = receive("a.jpg", sent, kinds=(IMAGE,), most_bytes=MOST).content
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    assert b"Camera" in sent
    assert b"Camera" not in kept
    assert b"script" not in kept


def test_a_photo_that_lay_on_its_side_stands_upright() -> None:
    kept = receive("a.jpg", with_place(), kinds=(IMAGE,), most_bytes=MOST).content
    assert Image.open(io.BytesIO(kept)).size == (200, 300)


def test_a_picture_that_unpacks_into_gigabytes_is_refused_unopened() -> None:
    assert code_of("a.png", declared(50_000, 50_000)) == "too_many_pixels"
    assert code_of("a.png", declared(MOST_PIXELS // 1000 + 1, 1000)) == "too_many_pixels"


def test_a_picture_that_ends_in_the_middle_is_refused() -> None:
    assert code_of("a.jpg", picture(size=(900, 900))[:2000]) == "picture_broken"


def test_nothing_and_too_much_have_words_of_their_own() -> None:
    assert code_of("a.jpg", b"") == "file_empty"
    with pytest.raises(DomainError) as refused:
        receive("a.jpg", picture(), kinds=BOTH, most_bytes=100)
    assert (refused.value.code, refused.value.status) == ("file_too_heavy", 413)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../a", "a.jpg"),
        ("con.txt", "_con.txt.jpg"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("a.jpg\r\nX:1", "a.jpg_X_1.jpg"),
        ("=cmd.csv", "cmd.csv.jpg"),
        ("C:\\photos\\Урок 5.JPEG", "Урок 5.JPEG"),
        ("", "file.jpg"),
    ],
)
def test_a_name_is_cleaned_before_it_is_shown(given: str, shown: str) -> None:
    assert receive(given, picture(), kinds=(IMAGE,), most_bytes=MOST).name == shown
