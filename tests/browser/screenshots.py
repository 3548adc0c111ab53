"""Write every page at three widths, in both themes and both languages, to build/screens/.

`make screenshots` runs it against the demo hospital. The folder is made anew each time.
"""

import shutil
import sys
from itertools import product

from playwright.sync_api import sync_playwright

from midtlink.demo.cast import SIGN_INS
from tests.browser.pages import PAGES
from tests.browser.site import chromium, running
from tests.whole.sources import ROOT

FOLDER = ROOT / "build/screens"
WIDTHS = {"desktop": 1280, "tablet": 768, "phone": 360}
THEMES = ("light", "dark")
LANGUAGES = ("da", "en")


def main():
    """Sign each part in once per theme, language and width, and photograph its pages."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    with running(None, "--demo") as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for theme, language, width in product(THEMES, LANGUAGES, WIDTHS):
            photograph(browser, address, theme, language, width)
        browser.close()
    print(f"{len(list(FOLDER.rglob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}/")


def photograph(browser, address, theme, language, width):
    """Photograph every page in one combination."""
    folder = FOLDER / f"{width}-{theme}-{language}"
    for part in (None, *SIGN_INS):
        context = browser.new_context(
            base_url=address,
            color_scheme=theme,
            locale=language,
            viewport={"width": WIDTHS[width], "height": 900},
        )
        page = context.new_page()
        if part:
            sign_in(page, part, language)
        for entry in PAGES:
            if entry.part == part:
                page.goto(entry.find(page))
                folder.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=folder / f"{entry.name}.png", full_page=True)
        context.close()


def sign_in(page, part, language):
    """Sign a demo person in and choose the language on their page."""
    person = SIGN_INS[part]
    page.goto("/log-ind")
    page.locator("[name=username]").fill(person.username)
    page.locator("[name=password]").fill(person.password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/")
    page.goto("/")
    page.locator(f"form[action='/sprog'] button[value={language}]").first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
