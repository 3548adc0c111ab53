"""Render imported texts: never more than once, and never with a CPR number in what is shown."""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from midtlink import markup, privacy
from midtlink.importing.report import Report
from midtlink.importing.rules import LONGEST_TEXT

#: A source and its format.
Text = tuple[str, str]


class Shown(NamedTuple):
    """A text as it is stored and shown."""

    source: str
    html: str
    #: Only cleaning brought a number together, such as digits around a lost tag.
    is_masked: bool = False
    #: Too large to render.
    is_plain: bool = False


def show(text: Text) -> Shown:
    """Render one text. What cannot be rendered is shown as plain text."""
    source, source_format = text
    is_plain = False
    try:
        shown = markup.render(source, source_format=source_format, limit=LONGEST_TEXT)
    except markup.TextTooLarge:
        is_plain = True
        words = markup.plain_text(source) if source_format == "html" else source
        shown = f"<p>{html.escape(words)}</p>"
    if not privacy.find_cpr_numbers(shown):
        return Shown(source, shown, is_plain=is_plain)
    if source_format == "html":
        masked = privacy.mask(shown)
        return Shown(masked, masked, is_masked=True, is_plain=is_plain)
    source = privacy.mask(markup.plain_text(shown))
    return Shown(source, show((source, source_format)).html, is_masked=True, is_plain=is_plain)


@dataclass
class Rendered:
    """The texts of a batch that were rendered."""

    texts: dict[Text, Shown] = field(default_factory=dict)

    def show(self, source: str, source_format: str) -> Shown:
        """Return the text as it is stored and shown."""
        text = source, source_format
        if text not in self.texts:
            self.texts[text] = show(text)
        return self.texts[text]

    def tell(self, text: Text, where: tuple[str, str, str], report: Report) -> None:
        """List a text (file, row, attribute) that is not shown as it came."""
        shown = self.texts.get(text)
        if shown and shown.is_masked:
            report.masked.append(where)
        if shown and shown.is_plain:
            report.plain.append(where)


def render_all(texts: Iterable[Text]) -> Rendered:
    """Render the texts of a batch, each once."""
    return Rendered({text: show(text) for text in dict.fromkeys(texts)})


#: Renders the texts of a batch: render_all, or a Helper's.
Renderer = Callable[[Iterable[Text]], Rendered]
