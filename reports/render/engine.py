"""The engine of PDF: HTML in, bytes out. As a program it is the child process of `reports.render.bounded`.

The child answers one request after another over its pipes and bounds itself: memory for its whole life, processor
time and time for each request, no network. Whoever it serves may be killed: it then ends with the pipe, or, in the
middle of a document, by its own clock.
"""

from __future__ import annotations

import io
import os
import signal
import struct
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO

import fontpkg

from reports.charts.measure import FAMILY

REQUEST = struct.Struct("!ddQ")  # seconds of the processor, seconds in all, bytes of HTML
ANSWER = struct.Struct("!cQ")  # one of the kinds below, bytes that follow
MADE, TOO_LARGE, WRONG = b"P", b"L", b"E"
_IN_MEMORY = 64 * 1024 * 1024  # bytes; above it the engine leaves temporary files open
_FACES = (("normal", "normal"), ("normal", "italic"), ("bold", "normal"), ("bold", "italic"))


class EngineLimitError(ValueError):
    """The document has more than the engine sets in its bounds."""


def font_files() -> tuple[tuple[str, str, str], ...]:
    """(path, weight, style) of the four faces."""
    return tuple(
        (str(fontpkg.path(FAMILY, weight=weight, style=style)), weight, style) for weight, style in _FACES
    )


@lru_cache(maxsize=1)
def _register_svg_fonts() -> None:
    """Without it svglib asks the system for a face and embeds whatever it finds."""
    from svglib.fonts import register_font  # noqa: PLC0415 - heavy

    for path, weight, style in font_files():
        register_font(FAMILY, path, weight=weight, style=style)


def convert(html: str, seconds: float) -> bytes:
    """The document as PDF, in this process.

    Raises
    ------
    EngineLimitError
        When it takes longer than `seconds` or has more than the engine allows.
    """
    from reportlab import rl_config  # noqa: PLC0415 - heavy
    from xhtml2pdf import pisa  # noqa: PLC0415 - heavy
    from xhtml2pdf.config.resources import RenderLimitError, ResourceAccessPolicy  # noqa: PLC0415 - heavy

    rl_config.invariant = 1
    _register_svg_fonts()
    folder = fontpkg.path(FAMILY).parent
    policy = ResourceAccessPolicy.server(folder, allow_remote=False, max_render_seconds=seconds)
    target = io.BytesIO()
    try:
        pisa.CreatePDF(
            html, dest=target, encoding="utf-8", resource_policy=policy, capacity=_IN_MEMORY
        )  # fmt: skip
    except RenderLimitError as error:
        raise EngineLimitError(str(error)) from error
    return target.getvalue()


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until the pipe ends."""
    while len(head := source.read(REQUEST.size)) == REQUEST.size:
        processor, whole, length = REQUEST.unpack(head)
        html = source.read(length).decode()
        _set_clocks(processor, whole)
        kind, content = _answer(html, whole)
        _set_clocks(0, 0)
        target.write(ANSWER.pack(kind, len(content)) + content)
        target.flush()


def _answer(html: str, seconds: float) -> tuple[bytes, bytes]:
    try:
        return MADE, convert(html, seconds)
    except (EngineLimitError, MemoryError) as error:
        return TOO_LARGE, repr(error).encode()
    except Exception as error:  # noqa: BLE001 - told to who asked; the next document is set all the same
        return WRONG, type(error).__name__.encode()  # the name only: a message may quote the document


def _set_clocks(processor: float, whole: float) -> None:
    """Either clock ends this process where it stands, whatever it is in the middle of."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, processor)
        signal.setitimer(signal.ITIMER_REAL, whole)


def _bound_memory(most: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _no_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind"}:
        message = "the engine of documents has no network"
        raise PermissionError(message)


def main(source: BinaryIO, target: BinaryIO, hook: Callable[..., object] = sys.addaudithook) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C lets a worker finish what it runs
    _bound_memory(int(sys.argv[1]))
    hook(_no_network)
    try:
        serve(source, target)
    except BrokenPipeError:  # nobody waits any more
        os._exit(1)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak into the answers
    main(sys.stdin.buffer, answers)
