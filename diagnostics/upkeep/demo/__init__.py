"""The demo: invented people and schools, made through ordinary actions at moments of the past.

`build` fills an empty base; the same seed gives the same abilities, difficulties and answers.
"""

from __future__ import annotations

from diagnostics.upkeep.demo.build import Built, build

__all__ = ["Built", "build"]
