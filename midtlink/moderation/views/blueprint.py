"""The blueprint that every page group of moderation hangs its views on."""

from flask import Blueprint

from midtlink.access import NotFound, current_person
from midtlink.forms import choice
from midtlink.questions.queries import get_post

pages = Blueprint("moderation", __name__)


def read_choice(name: str) -> bool:
    """Return which of two buttons was pressed."""
    return choice(name, ("yes", "no")) == "yes"


def back_to(post_id: int, question_id: int) -> str:
    """Return the address of the post, or of what is left where the person no longer sees it."""
    for address, wanted in ((f"/post/{post_id}", post_id), (f"/q/{question_id}", question_id)):
        try:
            get_post(wanted, seen_by=current_person())
        except NotFound:
            continue
        return address
    return "/"
