"""Finding threads and posts. Whoever loads a post says who will see it."""

from midtlink.questions.queries.lists import LISTS, list_questions
from midtlink.questions.queries.locks import (
    get_post_to_change,
    lock,
    lock_thread,
    lock_threads,
)
from midtlink.questions.queries.posts import (
    find_draft,
    get_answer,
    get_draft,
    get_post,
    get_question,
    get_revisions,
    get_suggestion,
    list_drafts,
    list_suggestions,
)
from midtlink.questions.queries.threads import Thread, page_of, thread
from midtlink.questions.queries.titles import count_titles, search_titles, similar_titles
from midtlink.questions.queries.visibility import readable, shown, visible

__all__ = [
    "LISTS",
    "Thread",
    "count_titles",
    "find_draft",
    "get_answer",
    "get_draft",
    "get_post",
    "get_post_to_change",
    "get_question",
    "get_revisions",
    "get_suggestion",
    "list_drafts",
    "list_questions",
    "list_suggestions",
    "lock",
    "lock_thread",
    "lock_threads",
    "page_of",
    "readable",
    "search_titles",
    "shown",
    "similar_titles",
    "thread",
    "visible",
]
