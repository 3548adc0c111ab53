"""Render imported texts: never more than once, and never with a CPR number in what is shown."""

import html
from dataclasses import dataclass, field

from midtlink import markup, privacy
from midtlink.importing.rules import LONGEST_TEXT

Text = tuple[str, str]


@dataclass
class Rendered:
    """Texts (source and format) as they are stored and shown."""

    texts: dict[Text, tuple[str, str]] = field(default_factory=dict)
    masked: set[Text] = field(default_factory=set)
    plain: set[Text] = field(default_factory=set)

    def render(self, source: str, source_format: str) -> tuple[str, str]:
        """Return the text's source as it is stored, and its HTML."""
        text = source, source_format
        if text not in self.texts:
            self.texts[text] = self._guarded(text, self._render(text))
        return self.texts[text]

    def _render(self, text: Text) -> str:
        try:
            return markup.render(text[0], source_format=text[1], limit=LONGEST_TEXT)
        except markup.TextTooLarge:
            self.plain.add(text)
            return f"<p>{html.escape(_words(text))}</p>"

    def _guarded(self, text: Text, shown: str) -> tuple[str, str]:
        """Mask again what only cleaning brought together, such as digits around a lost tag."""
        if not privacy.find_cpr_numbers(shown):
            return text[0], shown
        self.masked.add(text)
        if text[1] == "html":
            return (privacy.mask(shown),) * 2
        source = privacy.mask(markup.plain_text(shown))
        return source, markup.render(source, limit=LONGEST_TEXT)


def _words(text: Text) -> str:
    return markup.plain_text(text[0]) if text[1] == "html" else text[0]
