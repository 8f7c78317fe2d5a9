"""A real Chromium on a real server: whatever a browser complains about fails the test.

Pictures are saved only with ORIENTIR_PICTURES=1: docs/pictures/<name>-360.png and -1280.png.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from instruments.bundled import bundled

CHROMIUM = Path("/usr/bin/chromium")
#: Chromium without its windows costs a third less; ORIENTIR_CHROMIUM=/usr/bin/chromium walks in the whole of it.
WINDOWLESS = CHROMIUM.with_name("chromium-headless-shell")
WALKED = Path(os.environ.get("ORIENTIR_CHROMIUM") or (WINDOWLESS if WINDOWLESS.exists() else CHROMIUM))
MOVES = 3  # times that a page may give way to the next one while it is looked at
#: The page gave way to the next one while it was looked at: before axe, or between its coming and its asking.
GONE = ("context was destroyed", "axe is not defined")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=800)
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PATIENCE = 15_000  # milliseconds
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

# Latin words that belong to a Russian page: formats, names of other programs, codes of competences and forms.
WORDS = re.compile(r"\S")
LATIN = re.compile(r"[A-Za-z]{3,}")
#: Visible texts of a page, without commands, codes and words marked as another language.
SPOKEN = """body => {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    if (!place.closest("code, kbd, pre, script, style, noscript, [lang]:not(html)")) found.push(walker.currentNode.data);
  }
  return found;
}"""
#: What is no word: addresses, names of files, numbers of receipts, codes of documents.
NO_WORD = re.compile(
    r"\S+@\S+|https?://\S+|\S+\.(?:xlsx|csv|yaml|pdf|docx|zip|jpg|png)\b|/\w\S*|[0-9A-Z]{4}-[0-9A-Z]{4}|\b[a-z]+\.[a-z]+\b"
)
KNOWN_LATIN = frozenset(
    {"English", "Excel", "Word", "PDF", "DOCX", "XLSX", "CSV", "YAML", "SQLite", "PostgreSQL", "DATABASE", "URL"}
    | {node.code.split(".")[0] for framework in bundled("framework").values() for node in framework.nodes}
    | {"method", "DigCompEdu", "MAIL", "BASE", "SHA", "HTML", "JSON", "UTF", "PNG", "JPEG", "Esc", "Enter", "Tab", "ODS", "LibreOffice"}
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=WALKED, args=SWITCHES)
        yield browser
        browser.close()


class Looked:
    """Kinds of pages that axe has looked at in this run, told to its other processes by files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def claim(self, kind: str) -> bool:
        """Whether nobody has looked at it yet; from now on, this process has."""
        try:
            self._file(kind).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def release(self, kind: str) -> None:
        """The page went away before it was looked at."""
        self._file(kind).unlink()

    def _file(self, kind: str) -> Path:
        return self._folder / hashlib.sha256(kind.encode()).hexdigest()


def at_device(browser: Browser, profile: Path) -> BrowserContext:
    """A browser that keeps what it has in this folder: opened on it again, it is the same device."""
    return browser.browser_type.launch_persistent_context(
        profile, executable_path=WALKED, args=SWITCHES, locale="ru-RU"
    )


class Visitor:
    """One person at one browser window. `problems` holds everything the browser complained about."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        phone: bool = False,
        script: bool = True,
        looked: Looked | None = None,
    ) -> None:
        self.address = address
        self.problems: list[str] = []
        self._looked = looked
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            base_url=address,
            java_script_enabled=script,
            locale="ru-RU",
            accept_downloads=True,
            has_touch=phone,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.script = script
        self.expected_statuses: set[int] = set()
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("response", self._response)

    def _console(self, kind: str, text: str) -> None:
        # A status that the test expects is told by the response, once.
        if kind in {"error", "warning"} and "Failed to load resource" not in text:
            self.problems.append(f"console: {text}")

    def _response(self, response: Response) -> None:
        if not response.url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"another host: {response.url}")
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"{response.status} {response.request.method} {response.url}")

    def signed_in(self, cookie: str) -> Visitor:
        self.context.add_cookies([{"name": "orientir", "value": cookie, "url": self.address}])
        return self

    def go(self, path: str) -> Visitor:
        self.page.goto(path)
        return self.sound()

    def click(self, name: str, *, role: str = "button", exact: bool = True) -> Visitor:
        """Press a button (or follow a link) by its words, and wait for the page that comes."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        return self

    def follow(self, name: str, *, exact: bool = True) -> Visitor:
        return self.click(name, role="link", exact=exact)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def sound(self) -> Visitor:
        """The page is whole: no complaints, no sideways scroll, Russian words only; axe once a kind of page."""
        for _ in range(MOVES):
            # A click waits until the next page begins, not until it has come: a slow machine shows it without a title.
            self.page.wait_for_load_state()
            try:
                return self._sound()
            except Error as gone:
                if not any(words in gone.message for words in GONE):
                    raise
        return self._sound()

    def _sound(self) -> Visitor:
        assert self.problems == [], f"{self.path}: {self.problems}"
        expect(self.page, self.path).to_have_title(
            WORDS
        )  # waited for: a page that has just come has none yet
        # Measured with the driver's own world, so that pages without script are measured, too.
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, f"{self.path} scrolls sideways by {width} px"
        assert self.foreign_words() == set(), f"{self.path}: {self.foreign_words()}"
        self._accessible()
        return self

    def foreign_words(self) -> set[str]:
        if self.page.locator("html").get_attribute("lang") != "ru":
            return set()
        said = " ".join(self.page.locator("body").evaluate(SPOKEN))
        return set(LATIN.findall(NO_WORD.sub(" ", said))) - KNOWN_LATIN

    def _accessible(self) -> None:
        width = (self.page.viewport_size or DESKTOP)["width"]
        kind = f"{width} {re.sub(r'[0-9a-z]{14,}|[0-9]+', '*', self.path.split('?')[0])} {self.heading[:20]}"
        if not self.script or (self._looked is not None and not self._looked.claim(kind)):
            return
        try:
            found = Axe().run(self.page, options=AXE)
        except Error:
            if self._looked is not None:
                self._looked.release(kind)
            raise
        assert found.violations_count == 0, f"{self.path}\n{found.generate_report()}"

    def picture(self, name: str, *, whole: bool = True, at: str = "") -> None:
        """For README and the guides, only when asked for. Not `whole`: what one screen shows, from the place `at`."""
        if os.environ.get("ORIENTIR_PICTURES") != "1":
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size or DESKTOP
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            if at:
                self.page.locator(at).evaluate("place => place.scrollIntoView()")
            path = PICTURES / f"{name}-{size['width']}.png"
            self.page.screenshot(path=path, full_page=whole and not at)
        self.page.set_viewport_size(before)

    def download(self, name: str, *, role: str = "link") -> bytes:
        """The bytes of the file behind a link or a button."""
        with self.page.expect_download() as coming:
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        return Path(coming.value.path()).read_bytes()

    def close(self) -> None:
        self.context.close()
        assert self.problems == [], self.problems
