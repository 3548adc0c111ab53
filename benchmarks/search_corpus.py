"""A large hospital's worth of threads for measuring the search, the same on every run.

A third of the posts are Danish help sections, a third threads of a Stack Exchange site (several
times over, as amplify.py does it), a third variants of the demo's threads.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path
from random import Random

from defusedxml.ElementTree import iterparse

from midtlink.demo.varying import VARYING, _change, written_for
from midtlink.search.protocol import EVERYBODY, Document

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MIDTLINK_BENCH_DATA", ROOT.parent / "shared/data"))
HELP = DATA / "danish/help-sections.jsonl.gz"
SITE = DATA / "stackexchange/alcohol-2016-12/Posts.xml"
PEOPLE, TAGS, SYSTEMS, DEPARTMENTS, SITES = 9_000, 3_000, 40, 120, 7
NOW = 1_760_000_000
YEAR = 31_557_600
TAG = re.compile(r"<[^>]*>")

#: A thread's title, question and answers.
Texts = tuple[str, str, list[str]]


def corpus(posts: int) -> Iterator[Document]:
    """Yield threads of so many posts, questions and answers counted."""
    rng = Random(2025)
    made, number = 0, 0
    sources = [_help(), _amplified(), _varied()]
    shares = [0, 0, 0]
    while made < posts:
        source = shares.index(min(shares))
        texts = next(sources[source], None)
        if texts is None:
            shares[source] = posts * 10
            continue
        number += 1
        shares[source] += 1 + len(texts[2])
        made += 1 + len(texts[2])
        yield _document(number, texts, rng)


def _help() -> Iterator[Texts]:
    with gzip.open(HELP, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["title"], row["body"], [row["answers"]] if row["answers"] else []


def _amplified() -> Iterator[Texts]:
    threads: dict[int, Texts] = {}
    with SITE.open("rb") as file:
        for _, row in iterparse(file):
            if row.get("PostTypeId") == "1":
                threads[int(row.get("Id"))] = (row.get("Title"), _plain(row.get("Body")), [])
            elif row.get("PostTypeId") == "2" and int(row.get("ParentId")) in threads:
                threads[int(row.get("ParentId"))][2].append(_plain(row.get("Body")))
    for _ in count():
        yield from threads.values()


def _plain(html: str) -> str:
    return unescape(TAG.sub(" ", html))


def _varied() -> Iterator[Texts]:
    for number in count():
        written, change = written_for(number), _change(number)
        title = f"{VARYING.sub(change, written.title)} (afsnit {number % 997})"
        asked = "\n".join([written.body, *written.comments])
        answers = ["\n".join([answer.text, *answer.comments]) for answer in written.answers]
        yield title, VARYING.sub(change, asked), [VARYING.sub(change, each) for each in answers]


def _document(number: int, texts: Texts, rng: Random) -> Document:
    title, body, answers = texts
    age = int(rng.random() ** 2 * 6 * YEAR)
    status = rng.choices(("unanswered", "answered", "solved", "closed"), (2, 3, 4, 1))[0]
    people = [min(int(rng.paretovariate(0.6)), PEOPLE) for _ in range(2 + len(answers))]
    labels = {
        EVERYBODY if rng.random() > 0.01 else "audience:caretakers",
        f"status:{status if answers else 'unanswered'}",
        f"system:{min(int(rng.paretovariate(0.8)), SYSTEMS)}",
        f"department:{rng.randint(1, DEPARTMENTS)}",
        f"site:{rng.randint(1, SITES)}",
        f"year:{1970 + (NOW - age) // YEAR}",
        f"asker:{people[0]}",
        *(f"answerer:{person}" for person in people[2:]),
        *(f"person:{person}" for person in people),
        *(f"tag:{min(int(rng.paretovariate(0.5)), TAGS)}" for _ in range(3)),
    }
    numbers = {
        "score": int(rng.gauss(2, 3)),
        "answer_count": len(answers),
        "created": NOW - age,
        "active": NOW - int(age * rng.random()),
        "helped": int(rng.paretovariate(1)) if answers else 0,
    }
    return Document(number, 1, title, body, "\n".join(answers), frozenset(labels), numbers)
