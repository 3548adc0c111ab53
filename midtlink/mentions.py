"""Words after an @ in Markdown: found outside code and links, and made links where they are known.

Who stands behind a word is the caller's to say. A backslash before the @ leaves it as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

#: Links made in one text; what is named more often than that stays as typed.
MOST_LINKS = 200
#: How a link is marked, as a token and on the page.
MARK = "mention"
#: An @ that neither ends a word nor an address, and the word after it. The marks that follow a
#: letter (as Unicode may write "å") belong to it.
WORD = re.compile(r"(?<![\w@.+/\-])@([^\W_][\w.+\-\u0300-\u036f]*+)(?!@)")
BEFORE = re.compile(r"[\w@.+/\-]\Z")
AFTER = re.compile(r"\A[\w@]")
TEXTS = ("text", "text_special")


@dataclass
class Mentions:
    """What is known of a text's words, as typed, with the addresses; and which words it holds."""

    links: Mapping[str, str] = field(default_factory=dict)
    #: Every word that may be one, each as it can be read.
    found: list[tuple[str, ...]] = field(default_factory=list)
    linked: int = 0

    def known(self, readings: tuple[str, ...]) -> str | None:
        """Return the longest reading that is known, while there may be more links."""
        if self.linked >= MOST_LINKS:
            return None
        return next((word for word in readings if word in self.links), None)


def install(parser: MarkdownIt) -> None:
    """Let a parser look for mentions where the environment of the parse holds some.

    Before texts are joined, because what was escaped still stands apart then.
    """
    parser.core.ruler.before("text_join", MARK, _look)


def readings_of(word: str) -> tuple[str, ...]:
    """Return what a word may be: with what ends a sentence after it, or without."""
    return tuple(dict.fromkeys((word, word.rstrip(".+-"), word.rstrip(".+-_"))))


def _look(state: StateCore) -> None:
    mentions = state.env.get(MARK)
    if mentions is None or "@" not in state.src:
        return
    for block in state.tokens:
        if block.type == "inline" and block.children and "@" in block.content:
            block.children = list(_look_in(block.children, mentions))


def _look_in(children: list[Token], mentions: Mentions) -> Iterator[Token]:
    links = 0
    around = zip([None, *children], children, [*children[1:], None], strict=False)
    for before, token, after in around:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text" or links or "@" not in token.content:
            yield token
        else:
            yield from _split(token, _is_met(before, BEFORE), _is_met(after, AFTER), mentions)


def _is_met(neighbour: Token | None, limit: re.Pattern[str]) -> bool:
    """Say whether the text goes on in the token beside it: an escaped character, an entity."""
    if neighbour is None or neighbour.type not in TEXTS:
        return False
    return limit.search(neighbour.content) is not None


def _split(token: Token, is_begun: bool, goes_on: bool, mentions: Mentions) -> Iterator[Token]:
    text, done = token.content, 0
    for match in WORD.finditer(text):
        if (is_begun and match.start() == 0) or (goes_on and match.end() == len(text)):
            continue
        readings = readings_of(match[1])
        mentions.found.append(readings)
        word = mentions.known(readings)
        if word is not None:
            mentions.linked += 1
            end = match.start(1) + len(word)
            yield _text(text[done : match.start()], token.level)
            yield from _link(f"@{word}", mentions.links[word], token.level)
            done = end
    yield _text(text[done:], token.level)


def _text(words: str, level: int) -> Token:
    return Token("text", "", 0, content=words, level=level)


def _link(words: str, address: str, level: int) -> Iterator[Token]:
    yield Token("link_open", "a", 1, {"class": MARK, "href": address}, markup=MARK, level=level)
    yield _text(words, level + 1)
    yield Token("link_close", "a", -1, markup=MARK, level=level)
