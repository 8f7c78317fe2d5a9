"""Answers in gzip, where nothing before us does it: a page of a test must be light on a rural line.

What an outsider could put into a page by its address is never compressed together with the page's token (BREACH):
a page with a query in its address, or one that answers a form, goes as it is.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from flask import Flask, Response, request

LEAST = 1024  # bytes: below, the head of the archive eats what is won
LEVEL = 1  # a page of 15 KB in 0.3 ms of processor time; 6 would win a tenth of the bytes for three times the work
#: What the pages of the player end with says the same to everybody: from here on it is packed once.
ALIKE = b"<template data-save-states>"
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"  # of a gzip archive: deflate, no time, fastest, no system
_RAW = -zlib.MAX_WBITS
TEXTS = frozenset({"text/html", "application/json", "image/svg+xml"})


def install(app: Flask) -> None:
    @app.after_request
    def _pack(response: Response) -> Response:
        is_plain = request.method == "GET" and not request.query_string
        if not is_plain or response.mimetype not in TEXTS:
            return response
        return pack(response, alike=-1 if response.is_streamed else response.get_data().rfind(ALIKE))


def pack(response: Response, *, alike: int = -1) -> Response:
    """The same answer in gzip, if the browser takes it and it is worth it.

    `alike`: the byte from which on others get the very same; −1 where there is none.
    """
    if response.is_streamed or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    if len(body) < LEAST:
        return response
    response.vary.add("Accept-Encoding")
    if is_asked_for():
        response.set_data(compressed(body, alike=alike))
        response.headers["Content-Encoding"] = "gzip"
    return response


def compressed(body: bytes, *, level: int = LEVEL, alike: int = -1) -> bytes:
    """A gzip archive (RFC 1952); what is `alike` to others is packed once, in blocks of its own."""
    end = len(body) if alike < 0 else alike
    begun = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    packed = begun.compress(body[:end])
    # Flushed to a whole byte, so that the blocks of the ending follow.
    packed += begun.flush() if alike < 0 else begun.flush(zlib.Z_SYNC_FLUSH) + _ending(body[end:])
    return _HEAD + packed + struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)


@lru_cache(maxsize=64)
def _ending(alike: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    return made.compress(alike) + made.flush()


def is_asked_for() -> bool:
    return request.accept_encodings.quality("gzip") > 0
