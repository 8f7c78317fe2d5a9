"""The groups that a school asks, in the order of every page: the sheet of the administration stands first."""

from __future__ import annotations

import enum

from diagnostics.config import Limits
from diagnostics.measurement.method import Method
from diagnostics.releases.minimum import Minimum


class Group(enum.StrEnum):
    SHEET = "sheet"  # the school's own declaration: one agreed sheet, no sample of anybody
    TEACHER = "teacher"
    PUPIL = "pupil"
    PARENT = "parent"


#: People who gave a valid result; the declaration is nobody's secret.
_DECLARED = 1


def least(group: Group, minimum: Minimum) -> int:
    """Respondents below whom nothing is said about the group."""
    if group is Group.SHEET:
        return _DECLARED
    return minimum.pupils if group is Group.PUPIL else minimum.adults


def least_for_words(group: Group, minimum: Minimum) -> int:
    """Answers of the group from which its free texts may be read: what is written tells more than a mark."""
    return max(Limits().group_minimum_words, least(group, minimum))


def weight(group: Group, method: Method) -> float:
    """Weight of the group's mean in an index over groups."""
    return {
        Group.SHEET: method.weight_sheet,
        Group.TEACHER: method.weight_teacher,
        Group.PUPIL: method.weight_pupil,
        Group.PARENT: method.weight_parent,
    }[group]
