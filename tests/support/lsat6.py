"""LSAT section 6: thirty-two published pattern counts (Bock, Lieberman 1970) and what is known of them."""

from __future__ import annotations

import numpy as np

from diagnostics.measurement.numeric import FloatArray

#: Answers to the five tasks → persons of 1,000; two patterns that nobody gave are left out.
PATTERNS = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def lsat6() -> FloatArray:
    """1,000 persons × 5 tasks."""
    rows = [[float(digit) for digit in pattern] for pattern in PATTERNS]
    return np.repeat(np.array(rows), list(PATTERNS.values()), axis=0)
