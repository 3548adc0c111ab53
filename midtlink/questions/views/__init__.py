"""The pages of questions: home and lists, asking, the thread and what one does in it."""

from midtlink.questions.views import (
    acting,
    answering,
    asking,
    closing,
    drafts,
    editing,
    lists,
    masking,
    printing,
    searching,
    thread,
)
from midtlink.questions.views.blueprint import pages

__all__ = [
    "acting",
    "answering",
    "asking",
    "closing",
    "drafts",
    "editing",
    "lists",
    "masking",
    "pages",
    "printing",
    "searching",
    "thread",
]
