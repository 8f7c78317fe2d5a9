"""How often a task was before people, in a methodologist's words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.measurement.method import METHOD
from diagnostics.sittings.queries.exposure import exposure_of


def exposure_words(work: str, item: str) -> list[str]:
    """Nothing of a task that nobody has met yet."""
    found = exposure_of(work, item)
    if not found.shown:
        return []
    people = ngettext("Показано %(num)s человеку", "Показано %(num)s людям", found.shown)
    places = ngettext("в %(num)s диагностике", "в %(num)s диагностиках", found.diagnoses)
    lines = [
        _(
            "%(people)s %(places)s, ответили %(answered)s.",
            people=people,
            places=places,
            answered=found.answered,
        )
    ]
    if found.drawn_share is not None:
        lines.append(
            _(
                "Как уточняющее его получили %(drawn)s; больше всего в одной диагностике — %(share)s %% прошедших.",
                drawn=found.drawn,
                share=round(100 * found.drawn_share),
            )
        )
        if found.drawn_share > METHOD.most_exposed:
            lines.append(
                _("Это больше %(most)s %%: задание могли узнать.", most=round(100 * METHOD.most_exposed))
            )
    return lines
