"""The pages of questions: home and lists, asking, the thread and what one does in it."""

from midtlink.questions.views import (
    acting,
    answering,
    asking,
    closing,
    drafts,
    editing,
    history,
    lists,
    masking,
    mentioning,
    printing,
    thanking,
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
    "history",
    "lists",
    "masking",
    "mentioning",
    "pages",
    "printing",
    "thanking",
    "thread",
]
