from __future__ import annotations

import subprocess
import sys

CODE = """
import importlib, pkgutil, sys, reports
for module in pkgutil.walk_packages(reports.__path__, "reports."):
    importlib.import_module(module.name)
print(sorted({name.split(".")[0] for name in sys.modules} & set(sys.argv[1].split(","))))
"""
HEAVY = "flask,sqlalchemy,wtforms,pandas,scipy,xhtml2pdf,reportlab,svglib,docx,xlsxwriter,segno,instruments,diagnostics"


def test_importing_all_of_reports_brings_neither_the_web_nor_heavy_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", CODE, HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
