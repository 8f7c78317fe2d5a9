"""Two states of a work side by side: what differs, and whose points the new keys would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import Comparability, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.findings.mending import Preview, preview
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.authoring.life.opened import language
from diagnostics.web.sentences.common import N_
from instruments.texts import say
from instruments.versions import Change, Group, Side, asked_alike, keyed_anew, semantic, shortened

#: Class of one change → a word for its tag and the look of the tag.
TAGS: Mapping[Change, tuple[str, str]] = {
    Change.NONE: (N_("без изменений"), "outline"),
    Change.COSMETIC: (N_("оформление"), "outline"),
    Change.EQUIVALENT: (N_("вокруг задания"), "work"),
    Change.BREAKING: (N_("меняет смысл"), "attention"),
}
PARTS: Mapping[str, str] = {"stimuli": N_("Кейс"), "matrices": N_("Матрица")}
_SEVERITY = list(Comparability)


class Silence(StrEnum):
    """Why no figure about people can be given, or why it is nought without counting."""

    NO_KEYS = "no_keys"
    NOTHING_COMMON = "nothing_common"
    SAME_KEYS = "same_keys"


@dataclass(frozen=True, slots=True)
class Effect:
    """Answers to the old version by the new keys of the questions that both ask alike."""

    preview: Preview | None
    silence: Silence | None = None


def side_of(version: VersionView) -> Side:
    scored = catalogue.scoring_of(version.id, met=True)
    return Side(catalogue.instrument(version.id), catalogue.scoring(scored.id) if scored else None)


def groups_of(old: Side, new: Side) -> list[Group]:
    return semantic(old, new, language(), _, _competences(old, new))


def effect_on(version_id: str, old: Side, new: Side) -> Effect:
    """Of every sent work that answered the old version."""
    if old.scoring is None or new.scoring is None:
        return Effect(None, Silence.NO_KEYS)
    if not asked_alike(old.instrument, new.instrument):
        return Effect(None, Silence.NOTHING_COMMON)
    anew = keyed_anew((old.instrument, old.scoring), (new.instrument, new.scoring))
    if anew is None:
        return Effect(None, Silence.SAME_KEYS)
    return Effect(preview(version_id, anew, guard.actor().paths(Role.METHODOLOGIST)))


def is_milder(claim: Comparability | None, found: Comparability | None) -> bool:
    """Whether the author sees less of a change than the system."""
    return bool(claim and found and _SEVERITY.index(claim) < _SEVERITY.index(found))


def shown(groups: Sequence[Group]) -> dict[str, object]:
    """What the template of differences needs."""
    return {"groups": groups, "tags": TAGS, "parts": PARTS, "shortened": shortened}


def _competences(*sides: Side) -> dict[str, str]:
    """Names of the competences and of the levels that both keys speak of."""
    found: dict[str, str] = {}
    for code in {side.scoring.framework for side in sides if side.scoring}:
        version = catalogue.latest_published(VersionKind.FRAMEWORK, code)
        if version is None:
            continue
        framework = catalogue.framework(version.id)
        found |= {node.code: say(node.title, language()) for node in framework.nodes}
        for name, preset in framework.scales.items():
            found |= {level.code: say(level.title, language()) for level in preset.levels}
            found[name] = say(preset.title, language())
        found[code] = say(framework.title, language())
    return found
