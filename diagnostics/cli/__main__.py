from __future__ import annotations

from diagnostics.cli import main

main()
