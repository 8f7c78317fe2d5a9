"""The trainer issues the pack of papers, and an office opens each of them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.support import office, papers
from tests.support.live import Live

pytestmark = pytest.mark.journey

NAMES = (
    "Соколова Анна Петровна",
    "Ким Виктория",
    "Константинопольская-Преображенская Александрина Всеволодовна",
)
#: What a reader must find in each paper, as LibreOffice prints it.
TELLING = {
    "01": "Список участников диагностики",
    "02": "ГРАФИК",
    "03": "Как войти",
    "04": "Приглашено: 3 человека, прошли диагностику: 3.",
    "05": "СВОДНАЯ ВЕДОМОСТЬ",
    "06": "Председатель комиссии",
    "07": "ЛИЧНЫЙ ЛИСТ РЕЗУЛЬТАТА: Ким Виктория",
    "08": "Справка не содержит сведений о результатах",
    "09": "РЕЕСТР",
}  # fmt: skip


def need_office() -> None:
    if office.SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have LibreOffice: see Makefile, target setup-system")
        pytest.skip("no LibreOffice on this machine: `make setup-system` installs one")


def test_the_trainer_issues_the_pack(live: Live, visitor: MakeVisitor, tmp_path: Path) -> None:
    need_office()
    with live.acting():
        scene = papers.scene(NAMES)
        papers.answer(scene)
        papers.route(scene, scene.people[0])
        campaign, trainer_id = f"/diagnoses/{scene.campaign.id}", scene.trainer.id
    phone = visitor(trainer_id, phone=True)
    phone.go(f"{campaign}/papers")
    trainer = visitor(trainer_id)
    trainer.go(campaign).follow("Приказ, ведомость, протокол, справки").sound()
    assert trainer.heading == "Документы"
    trainer.click("Собрать пакет")
    pack = zipfile.ZipFile(io.BytesIO(walk.taken(trainer)))
    words = [name for name in pack.namelist() if name.endswith(".docx")]
    assert len(words) == len(TELLING)
    for name, text in zip(words, printed(pack, words, tmp_path), strict=True):
        assert " ".join(TELLING[name[:2]].split()) in text, name
        assert "ПРОЕКТ" in text or name[:2] in {"02", "03", "08"}
    trainer.go("/reports")
    assert "Пакет документов" in trainer.text


def printed(pack: zipfile.ZipFile, names: list[str], folder: Path) -> list[str]:
    """Texts of the papers as pages; a file that needs repair comes back as nothing."""
    files = []
    for number, name in enumerate(names):
        files.append(folder / f"paper-{number}.docx")
        files[-1].write_bytes(pack.read(name))
    texts = []
    for made in office.to_pdf(folder, *files):
        pages = PdfReader(made).pages
        assert pages[0].mediabox.width * pages[0].mediabox.height == pytest.approx(595.3 * 841.9, rel=0.01)
        texts.append(" ".join(" ".join(page.extract_text() for page in pages).split()))
    return texts
