"""Write every page at three widths, in both themes and both languages, to build/screens/.

`make screenshots` runs it against the demo hospital. The folder is made anew each time.
"""

import shutil
import sys
import tempfile
from itertools import product

from playwright.sync_api import sync_playwright

from tests.browser.pages import PAGES
from tests.browser.parts import PARTS, cookies_of_all
from tests.browser.site import LAUNCH, chromium, running
from tests.whole.sources import ROOT

FOLDER = ROOT / "build/screens"
WIDTHS = {"desktop": 1280, "tablet": 768, "phone": 360}
THEMES = ("light", "dark")
LANGUAGES = ("da", "en")


def main():
    """Sign each part in, and photograph its pages in one language after the other."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    instance = tempfile.mkdtemp(prefix="midtlink-screens-")
    with running(instance, "--demo") as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=LAUNCH)
        states = cookies_of_all(browser, address, instance)
        for language, part in product(LANGUAGES, (None, *PARTS)):
            context = browser.new_context(
                base_url=address, locale=language, storage_state=states[part]
            )
            photograph(context.new_page(), part, language)
            context.close()
        browser.close()
    shutil.rmtree(instance)
    print(f"{len(list(FOLDER.rglob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}/")


def photograph(page, part, language):
    """Photograph every page of a part: it is opened once, then turned dark and made narrow."""
    choose_language(page, language)
    for entry in PAGES:
        if entry.part == part:
            page.set_viewport_size({"width": 1280, "height": 900})
            entry.open(page)
            for theme, width in product(THEMES, WIDTHS):
                path = FOLDER / f"{width}-{theme}-{language}" / f"{entry.name}.png"
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": WIDTHS[width], "height": 900})
                page.screenshot(path=path, full_page=True, animations="disabled")


def choose_language(page, language):
    """Switch the language at the foot of a page, unless it is the language already."""
    page.goto("/findes-ikke")
    button = page.locator(f"form[action='/sprog'] button[value={language}]")
    if button.count():
        button.click()
        page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
