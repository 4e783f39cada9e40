"""Open built pages in a real browser and list what is wrong with them."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320  # pixels: WCAG 1.4.10, a page that needs no scrolling sideways
WIDE = 1280


@pytest.fixture(scope="session")
def browser():
    """Chromium of the system; without it the tests are skipped, but fail where CI is true."""
    executable = shutil.which("chromium")
    if executable is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("chromium was not found on the PATH: install it to check pages in a browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable)
        yield chromium
        chromium.close()


@pytest.fixture
def check_page(browser):
    """check_page(path) lists what is wrong with a page: accessibility, requests, messages, width."""

    def check(path: Path) -> list[str]:
        address = path.resolve().as_uri()
        with browser.new_context(color_scheme="light", viewport={"width": WIDE, "height": 900}) as context:
            page = context.new_page()
            findings = []
            page.on("request", lambda request: findings.extend(_name_request(request.url, address)))
            page.on("console", lambda message: findings.append(f"console: {message.text}"))
            page.on("pageerror", lambda error: findings.append(f"error: {error}"))
            page.goto(address)
            return _check(page) + findings

    return check


def _check(page: Page) -> list[str]:
    """Both schemes and both widths in two runs: what depends on the scheme does not depend on the width."""
    _open_details(page)
    findings = [f"light: {finding}" for finding in _run_axe(page)]
    page.set_viewport_size({"width": NARROW, "height": 640})
    page.emulate_media(color_scheme="dark")
    findings += [f"dark: {finding}" for finding in _run_axe(page)]
    return findings + _find_overflow(page)


def _name_request(url: str, address: str) -> list[str]:
    return [] if url == address or url.startswith("data:") else [f"request: {url}"]


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def _find_overflow(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"width: {width} pixels in a window of {NARROW}"] if width > NARROW else []


def _run_axe(page: Page) -> list[str]:
    results = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    return [
        f"axe {violation['id']}: {node['html'][:120]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
