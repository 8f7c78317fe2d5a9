"""The demo: invented people and schools, made through ordinary actions at moments of the past.

`build` fills an empty base; the same seed gives the same abilities, difficulties and answers.
"""

from __future__ import annotations

from diagnostics.upkeep.demo.build import PARTS, Built, NotEmpty, build, is_empty
from diagnostics.upkeep.demo.calendar import today
from diagnostics.upkeep.demo.cast import Size

__all__ = ["PARTS", "Built", "NotEmpty", "Size", "build", "is_empty", "today"]
