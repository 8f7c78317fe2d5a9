"""The demo base, made once for all tiers of a run: by the command that makes it for a newcomer."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path

from diagnostics.cli import demo
from diagnostics.config import Config
from diagnostics.upkeep import opening
from diagnostics.upkeep.demo import shelf, today
from tests.conftest import ROOT, make_config

#: Whatever the demo may depend on: a change of one letter makes it anew.
SOURCES = ("diagnostics", "instruments", "reports", "migrations")


def placed(folder: Path) -> Config:
    """The settings of an application on a demo of its own in this folder."""
    kept = ROOT / ".cache" / "demo"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:  # tests of several processes ask for it
        fcntl.flock(lock, fcntl.LOCK_EX)
        standing = _made(kept)
        shutil.copyfile(standing / shelf.FRESH, folder / shelf.BASE)
        shutil.copytree(standing / shelf.FRESH_FILES, folder / shelf.FILES)
    return make_config(folder, f"sqlite:///{folder / shelf.BASE}")


def _made(kept: Path) -> Path:
    root = kept / _fingerprint()
    if not root.exists():
        for old in kept.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        aside = kept / "aside"
        aside.mkdir()
        demo.make(make_config(aside, f"sqlite:///{aside / 'orientir.db'}"))
        aside.rename(root)
    return opening.demo_folder(make_config(root, ""))


def _fingerprint() -> str:
    told = hashlib.sha256(today().isoformat().encode())
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                told.update(f"{path}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
