"""What an asker may not see changes nothing of an answer: no order, no score, no suggestion."""

import shutil

import pytest

from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import FACETS
from tests.search.threads_indexed import EVERYONE, HOSPITAL, thread, wanted

#: Words that somebody guesses at, each in one thread that all may see.
GUESSED, OTHER = "Lemvig", "Ebeltoft"
#: Names that begin alike, more of them than are weighed for a suggestion.
NAMES = [f"Skagen{first}{second}" for first in "abcdefghijklm" for second in "abcdefg"]
OPEN = [
    *HOSPITAL,
    thread(31, "Kontrol af en dag", f"{GUESSED} og lidt til"),
    thread(32, "Kontrol af en dag", f"{OTHER} og lidt til"),
    *(thread(100 + n, f"Sag om {name}", "Ringer du?") for n, name in enumerate(NAMES)),
]
#: What nobody may see says the guessed words often, and writes a known word in another way.
TOLD = thread(40, f"Vedrørende {GUESSED}", f"{GUESSED} {NAMES[-1]} blodproever " * 9, "Ja. " * 50)
MANY = [thread(41 + n, TOLD.title, TOLD.body, TOLD.answers) for n in range(9)]


def hidden(backend):
    backend.put([thread(d.id, d.title, d.body, d.answers, hidden=True) for d in [TOLD, *MANY]])
    return frozenset()


def withdrawn(backend):
    backend.put([TOLD, *MANY])
    return frozenset({TOLD.id, *(document.id for document in MANY)})


def replaced(backend):
    backend.put([thread(31, TOLD.title, TOLD.body, version=1)])
    backend.put([next(document for document in OPEN if document.id == 31)])
    return frozenset()


def dropped(backend):
    """Beside them stays one that is as it was, so that their segment does."""
    backend.put([TOLD, *MANY, HOSPITAL[0]])
    backend.drop([TOLD.id, *(document.id for document in MANY)])
    return frozenset()


ASKED = {
    "two words": wanted(GUESSED, OTHER),
    "a word of titles and texts": wanted("kontrol", GUESSED, "blodprøver"),
    "a word in a part": wanted(GUESSED, OTHER, parts=("body",)),
    "a misspelt word": wanted("blodprver"),
    "a prefix": wanted(prefixes=("lemv", "ebelt")),
    "a prefix of many words": wanted(prefixes=("sk",), limit=200),
    "a phrase": wanted("kontrol", phrases=(GUESSED,)),
    "what is similar": wanted("Kontrol Vedrørende", f"{GUESSED} {OTHER}", is_similar=True),
    "a long text": wanted("Kontrol", " ".join([GUESSED, OTHER, *NAMES]), is_similar=True),
}
TYPED = ("lemv", "sk", "skag", "blodpr", "ved")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open") / "search"
    WhooshBackend(folder).rebuild(OPEN)
    return folder


@pytest.fixture
def backend(built, tmp_path):
    return WhooshBackend(shutil.copytree(built, tmp_path / "search"))


def answers(backend, but_not=frozenset()):
    """Return everything that a member can learn."""
    made = {
        name: backend.find(wanted(*asked.words, prefixes=asked.prefixes, phrases=asked.phrases,
                                  parts=asked.parts, is_similar=asked.is_similar,
                                  limit=asked.limit, facets=FACETS, but_not=but_not))
        for name, asked in ASKED.items()
    }  # fmt: skip
    told = {typed: backend.suggest(typed, audience=EVERYONE, but_not=but_not) for typed in TYPED}
    return made, told


@pytest.mark.parametrize("happens", [hidden, withdrawn, replaced, dropped])
def test_what_may_not_be_seen_changes_no_answer(backend, happens):
    before = answers(backend)
    assert all(found.hits for found in before[0].values())
    assert before[1]["skag"]
    but_not = happens(backend)
    assert answers(backend, but_not) == before


def test_what_may_be_seen_does_change_them(backend):
    """Else the test above would prove nothing."""
    found, told = answers(backend)
    backend.put([TOLD, *MANY])
    after, told_after = answers(backend)
    assert [name for name in ASKED if after[name].hits == found[name].hits] == []
    assert told_after != told


def test_the_words_that_a_rebuild_keeps_are_of_what_all_may_see(backend, built, tmp_path):
    unseen = [thread(d.id, d.title, d.body, d.answers, hidden=True) for d in [TOLD, *MANY]]
    other = WhooshBackend(tmp_path / "other")
    other.rebuild([*unseen, *OPEN])
    [kept], [expected] = ([*each.rglob("words.txt")] for each in (tmp_path / "other", built))
    assert kept.read_text() == expected.read_text()
    assert answers(other) == answers(backend)
