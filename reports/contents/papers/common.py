"""What every paper around a diagnosis says: who issues it, about what, and whether the stage is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reports.contents.common import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Requisites of the institute; an empty one is printed as a line to fill by hand, or left out of the letterhead."""

    name: str
    address: str = ""
    inn: str = ""
    ogrn: str = ""
    contact: str = ""
    head_position: str
    head_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """`closed`: the stage takes no more answers. Otherwise a paper with results is a draft of `formed_at`."""

    operator: Operator
    diagnosis: str
    stage: Stage
    starts: date
    ends: date
    closed: bool
    owner: str  # who is responsible, as a signature: «М. И. Белова»
    formed_at: datetime  # local time of the stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    full_name: str
    position: str = ""
    subject: str = ""
    school: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """People with a result whom a paper must not name; it says only how many they are."""

    withdrawn: int = 0  # took their consent back
    without_consent: int = 0

    @property
    def people(self) -> int:
        return self.withdrawn + self.without_consent
