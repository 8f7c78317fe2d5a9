"""Every mistake of a document at once: an author mends a list, not one mistake after another."""

from __future__ import annotations

from instruments.checking.frameworks import check_framework
from instruments.checking.instruments import check_instrument
from instruments.checking.scorings import check_scoring
from instruments.problems import Problem, Severity, has_errors

__all__ = ["Problem", "Severity", "check_framework", "check_instrument", "check_scoring", "has_errors"]
