"""«Скачать в Excel» of this room."""

from __future__ import annotations

from diagnostics.web.spreadsheets import XLSX, spreadsheet

__all__ = ["XLSX", "spreadsheet"]
