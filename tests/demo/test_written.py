"""The written threads: enough of them, none twice, nothing that may not be in them."""

import re
from collections import Counter

from midtlink.demo.hospital import read
from midtlink.demo.topics import canonical
from midtlink.demo.written import read_threads
from midtlink.privacy import find_cpr_numbers
from midtlink.topics.rules import tag_name

THREADS = read_threads()
BY_KEY = {thread.key: thread for thread in THREADS}
PROFESSIONS = {name for row in read("hospital")["department"] for name in row["staff"]}
SYSTEMS = {row["slug"] for row in read("topics")["system"]}


def texts(thread):
    yield from (thread.title, thread.body, *thread.comments)
    for answer in thread.answers:
        yield from (answer.text, *answer.comments)


def words(text):
    return set(re.findall(r"\w{3,}", text.lower()))


def test_there_are_at_least_three_hundred_threads_of_their_own_key():
    assert len(THREADS) >= 300
    assert len(BY_KEY) == len(THREADS)


def test_about_thirty_repeat_an_earlier_question():
    repeated = [thread.duplicate_of for thread in THREADS if thread.duplicate_of]
    assert 25 <= len(repeated) <= 35
    assert set(repeated) <= set(BY_KEY)
    assert not any(BY_KEY[key].duplicate_of for key in repeated)


def test_no_two_titles_are_nearly_the_same():
    titles = [(thread.title, words(thread.title)) for thread in THREADS]
    close = [
        (one, other)
        for place, (one, ours) in enumerate(titles)
        for other, theirs in titles[:place]
        if len(ours & theirs) > 0.6 * max(len(ours | theirs), 1)
    ]
    assert not close


def test_no_text_stands_twice():
    counted = Counter(text for thread in THREADS for text in texts(thread) if len(text) > 40)
    assert not [text for text, count in counted.items() if count > 1]


def test_threads_name_only_what_there_is():
    for thread in THREADS:
        assert thread.system in SYSTEMS | {""}, thread.key
        assert {thread.asker, *(answer.by for answer in thread.answers)} <= PROFESSIONS, thread.key
        tags = [canonical(tag) for tag in thread.tags]
        assert [tag_name(tag) for tag in tags] == tags, thread.key


def test_threads_have_up_to_four_answers_and_one_accepted():
    assert {len(thread.answers) for thread in THREADS} == {0, 1, 2, 3, 4}
    accepted = [sum(answer.accepted for answer in thread.answers) for thread in THREADS]
    assert set(accepted) == {0, 1}
    assert 0.45 < sum(accepted) / len(accepted) < 0.65


def test_threads_hold_no_number_that_could_be_a_person():
    for text in (text for thread in THREADS for text in texts(thread)):
        assert not re.search(r"\d{6}", text)
        assert not find_cpr_numbers(text)


def test_colleagues_agree_on_the_internal_numbers():
    """IT is 1234, technicians 2250, porters 2200; nobody knows another number for them."""
    everything = " ".join(text for thread in THREADS for text in texts(thread))
    assert not re.search(r"lokal \d \d|lokal (5555|7700|3333|3700)", everything)
    assert "portørcentralen på 2200" in everything
