"""Forgetting what was searched for when a text turns out to hold a patient's data.

Who looks for a thread that was hidden a moment ago types its words, and finds nothing: without
this they would be listed for the experts.
"""

from datetime import timedelta

from sqlalchemy import delete, select

from midtlink import clock
from midtlink.extensions import db
from midtlink.questions.models import Post, Question
from midtlink.search.analysis import normal
from midtlink.search.analysis.forms import own_words
from midtlink.search.analysis.stemming import STOPS
from midtlink.search.models import Search, Unfound

SHORTEST = 3
#: Of a text that is gone already the words are not known: all that was searched for since goes.
RECENT = timedelta(days=1)


def forget_words_of(post_id: int) -> None:
    """Forget the searches that share a word with a post, a hospital's common words aside."""
    post = db.session.get(Post, post_id)
    if post is None:
        return
    question = db.session.get(Question, post.question_id)
    texts = [post.source]
    if question is not None and question.id == post.id:
        texts += [question.title, *(tag.name for tag in question.tags)]
    told = _telling(" ".join(texts))
    for table in (Search, Unfound):
        rows = db.session.execute(select(table.__mapper__.primary_key[0], table.words))
        gone = [key for key, words in rows if not told.isdisjoint(_telling(words))]
        db.session.execute(delete(table).where(table.__mapper__.primary_key[0].in_(gone)))


def forget_recent() -> None:
    """Forget every search of the last hour, and what was last missed since yesterday."""
    db.session.execute(delete(Search))
    recent = Unfound.last_at >= clock.now() - RECENT
    db.session.execute(delete(Unfound).where(recent, Unfound.settled_at.is_(None)))


def _telling(text: str) -> set[str]:
    """Return the words that may tell of a person: no stop word, none that every hospital says."""
    words = {word for word in normal.words(text) if len(word) >= SHORTEST}
    return words - STOPS - own_words()
