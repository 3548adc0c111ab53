"""The pages of questions: home and lists, asking, the thread and what one does in it."""

from midtlink.questions.views import (
    acting,
    answering,
    asking,
    closing,
    drafts,
    editing,
    lists,
    printing,
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
    "pages",
    "printing",
    "thread",
]
