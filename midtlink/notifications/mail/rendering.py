"""A letter as plain text and as simple HTML. Both are made from the same words and links."""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from midtlink.notifications.mail.letters import Item, Letter, Section
from midtlink.resources import resource


def as_text(letter: Letter) -> str:
    """Return the letter as plain text, in paragraphs."""
    return "\n\n".join(_paragraphs(letter)) + "\n"


def as_html(letter: Letter) -> str:
    """Return the letter as HTML that every mail program shows: no pictures, no stylesheet."""
    return _template().render(letter=letter)


@cache
def _template() -> Template:
    """Mails know no request and no page, so they have an environment of their own."""
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("emails/letter.html")


def _paragraphs(letter: Letter) -> Iterator[str]:
    if letter.opening:
        yield letter.opening
    for section in letter.sections:
        yield from _section(section)
    footer = [f"{link.words}:\n{link.address}" for link in letter.links]
    yield "\n".join(["-- ", letter.sender_place, *footer])


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"{section.heading}\n{'=' * len(section.heading)}"
    yield from map(_item, section.items)


def _item(item: Item) -> str:
    address = [item.link.address] if item.link else []
    return "\n".join([item.headline, *item.details, *address])
