"""The result of a self-assessment for the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.contents.beside import SelfBeside
from reports.contents.common import Heading, Sources
from reports.contents.person import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReport:
    heading: Heading
    full_name: str
    school: str
    diagnosis: str
    taken_on: date
    visibility: Visibility
    beside: SelfBeside
    sources: Sources
