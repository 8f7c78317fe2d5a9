"""Colours, type and line weights of figures: one set for the screen, one for grey print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    font: str
    ink: str = "#17212B"
    secondary: str = "#4A5764"
    control: str = "#6B7785"
    grid: str = "#D9DFE5"
    mark: str = "#12436D"
    band: str = "#B9CCDF"
    empty: str = "#E7ECF1"
    field: str = "#F1F5F8"
    zone: str = "#E3E8EC"
    ground: str = "#FFFFFF"
    slack: float = 1.0  # how much wider than PT Sans the reader's font may be


SCREEN = Theme(font="PT Sans, Segoe UI, Roboto, Noto Sans, sans-serif", slack=1.1)
PRINT = Theme(
    font="PT Sans",
    ink="#000000",
    secondary="#000000",
    control="#595959",
    grid="#CCCCCC",
    mark="#000000",
    band="#BFBFBF",
    empty="#E6E6E6",
    field="#F2F2F2",
    zone="#DEDEDE",
)
