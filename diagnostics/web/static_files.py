"""Static files as they are sent: the player's modules as one file, texts compressed once and kept.

A module of the player is ordinary: `import { name } from "./other.js";`, one line each, and exported functions, constants
and classes. They are joined in the order in which they need one another: a first visit asks for one script, not for fifteen.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Response, current_app, request
from werkzeug.security import safe_join

from diagnostics.web.compression import compressed, is_asked_for

#: Joined file → the module to begin with.
JOINED = {"js/player.js": "js/player/main.js"}
TEXTS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

_IMPORT = re.compile(r'^import \{ (?P<what>[^}]*) \} from "\./(?P<name>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n|^\s*/\*.*\*/\n|^\s*\n", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)


class Sent(NamedTuple):
    plain: bytes
    packed: bytes
    digest: str


def parts_of(name: str, folder: Path) -> list[Path]:
    """The files that a static file is made of, each after those that it needs."""
    entry = JOINED.get(name)
    return [folder / name] if entry is None else _needed(folder / entry, [])


def changed(name: str, folder: str) -> float:
    """The time of the last change of any of them: looked at once, as templates are, except while developing."""
    return _changed(name, folder) if current_app.debug else _first_seen(name, folder)


def joined(parts: list[Path]) -> str:
    """Modules one after another, each in a function of its own, so that their names never meet; without comments."""
    return "".join(_wrapped(part) for part in parts)


@lru_cache(maxsize=64)
def content(name: str, folder: Path, since: float) -> Sent:
    """`since`: the time of the last change, so that a mended file is read again."""
    del since
    parts = parts_of(name, folder)
    plain = joined(parts).encode() if name in JOINED else parts[0].read_bytes()
    return Sent(plain, compressed(plain, level=9), hashlib.sha256(plain).hexdigest()[:10])


def response(name: str, folder: Path, max_age: int | None) -> Response | None:
    """The file as a browser gets it; None of what is no text or not there: Flask's own way is right for it."""
    kind = TEXTS.get(Path(name).suffix)
    if kind is None or safe_join(str(folder), name) is None:
        return None
    try:
        sent = content(name, folder, changed(name, str(folder)))
    except OSError:
        return None
    packed = is_asked_for() and len(sent.packed) < len(sent.plain)
    made = Response(sent.packed if packed else sent.plain, mimetype=kind)
    if packed:
        made.headers["Content-Encoding"] = "gzip"
    made.vary.add("Accept-Encoding")
    made.set_etag(f"{sent.digest}-gzip" if packed else sent.digest)
    made.cache_control.public, made.cache_control.max_age = True, max_age
    made.make_conditional(request)
    return made


def _changed(name: str, folder: str) -> float:
    entry = JOINED.get(name)
    files = [Path(folder, name)] if entry is None else Path(folder, entry).parent.iterdir()
    return max(one.stat().st_mtime for one in files)


@lru_cache(maxsize=64)
def _first_seen(name: str, folder: str) -> float:
    return _changed(name, folder)


def _needed(module: Path, found: list[Path]) -> list[Path]:
    for needed in _IMPORT.finditer(module.read_text(encoding="utf-8")):
        path = module.with_name(f"{needed['name']}.js")
        if path not in found:
            _needed(path, found)
    if module not in found:
        found.append(module)
    return found


def _wrapped(module: Path) -> str:
    text = module.read_text(encoding="utf-8")
    given = ", ".join(_EXPORT.findall(text))
    text = _IMPORT.sub(r"const { \g<what> } = $\g<name>;\n", _EXPORT.sub("", text))
    text = _INDENT.sub("", _COMMENT.sub("", text))
    return f"const ${module.stem} = (() => {{\n{text}return {{ {given} }};\n}})();\n"
