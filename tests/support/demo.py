"""The demo base, made once for all tiers of a run: by the first start of the server in a fresh folder."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnostics import config as settings
from diagnostics.config import Config
from diagnostics.upkeep import opening
from diagnostics.upkeep.demo import shelf, today
from tests.conftest import ROOT, make_config
from tests.support.served import LOG, served

#: Whatever the demo may depend on: a change of one letter makes it anew.
SOURCES = ("diagnostics", "instruments", "reports", "migrations")
#: What the server said at the first start; in the last line, the page that it showed first.
FIRST_START = "first-start"


def placed(folder: Path) -> Config:
    """The settings of an application on a demo of its own in this folder."""
    with standing() as root:
        first = settings.load({"DATA_DIR": str(root)})  # the secret is that of its first start
        kept = opening.demo_folder(first)
        shutil.copyfile(kept / shelf.FRESH, folder / shelf.BASE)
        shutil.copytree(kept / shelf.FRESH_FILES, folder / shelf.FILES)
    config = make_config(folder, f"sqlite:///{folder / shelf.BASE}")
    return dataclasses.replace(config, secret_key=first.secret_key)


def copied(folder: Path) -> None:
    """The whole data folder, as the first start and its end have left it."""
    with standing() as root:
        shutil.copytree(root, folder, dirs_exist_ok=True)


@contextmanager
def standing() -> Iterator[Path]:
    """The data folder in which the demo was made; it stays as it is."""
    kept = ROOT / ".cache" / "demo"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:  # tests of several processes ask for it
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = kept / _fingerprint()
        if not root.exists():
            _make(kept, root)
        yield root


def _make(kept: Path, root: Path) -> None:
    for old in kept.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    aside = kept / "aside"
    aside.mkdir()
    with served(aside) as client:
        first = client.url
    said = (aside / LOG).read_text()
    (aside / FIRST_START).write_text(f"{said}\n{first}\n")
    aside.rename(root)


def _fingerprint() -> str:
    told = hashlib.sha256(f"{today().isoformat()} {FIRST_START}".encode())
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                told.update(f"{path}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
