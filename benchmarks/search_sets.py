"""The questions that the search is measured by, and the documents among which they look."""

import gzip
import json
import os
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from midtlink.demo.hospital import HERE
from midtlink.demo.written import WrittenThread, read_threads

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MIDTLINK_BENCH_DATA", ROOT.parent / "shared/data"))
QUESTIONS = Path(__file__).parent / "questions"
#: The hand-written questions of (a), by the name that their lines bear.
HOSPITAL = {"hospital": "danish.toml", "second set": "danish-second.toml"}
PARAPHRASED, MISSPELT = "paraphrased", "misspelt"


@dataclass(frozen=True)
class Text:
    """A document by its name."""

    name: str
    title: str
    body: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Query:
    """Words that are looked for, and the names of the documents that are right."""

    words: str
    right: frozenset[str]


@dataclass(frozen=True)
class Test:
    """One line of the table: queries of one kind over one heap of documents."""

    title: str
    texts: list[Text]
    queries: list[Query]
    #: As similar questions are looked for while one is asked.
    is_similar: bool = False
    #: Whether the search is held to be no worse here than plain Whoosh with OR.
    is_held: bool = True


def hospital_tests(half: int) -> list[Test]:
    """Return (a): questions over the written threads of the demo hospital and a haystack.

    `half` is 0 for the questions that tune, 1 for those that are reported.
    """
    threads = read_threads()
    texts = [_thread_text(thread) for thread in threads] + list(_help_sections())
    alike = _alike(threads)
    return [
        Test(f"(a) {name}, {kind}", texts, queries)
        for name, file in HOSPITAL.items()
        for kind, queries in _asked(file, half, alike).items()
    ]


def _alike(threads: Sequence[WrittenThread]) -> dict[str, frozenset[str]]:
    """Return for each thread the ones that ask the same, itself included."""
    family = {thread.key: thread.duplicate_of or thread.key for thread in threads}
    members = defaultdict(set)
    for key, first in family.items():
        members[first].add(key)
    return {key: frozenset(members[first]) for key, first in family.items()}


def _asked(file: str, half: int, alike: Mapping[str, frozenset[str]]) -> dict[str, list[Query]]:
    kinds: dict[str, list[Query]] = {PARAPHRASED: [], MISSPELT: []}
    for question in tomllib.loads((QUESTIONS / file).read_text("utf-8"))["question"][half::2]:
        right = alike[question["thread"]]
        kinds[PARAPHRASED] += [Query(words, right) for words in question[PARAPHRASED]]
        kinds[MISSPELT].append(Query(question[MISSPELT], right))
    return kinds


def _thread_text(thread: WrittenThread) -> Text:
    """Return a thread as midtlink/search/documents.py gives it to the index."""
    topics = _topics()
    tags = (" ".join([tag, *topics["synonyms"].get(tag, ())]) for tag in thread.tags)
    system = (each["name"] for each in topics["system"] if each["slug"] == thread.system)
    answers = (line for a in thread.answers for line in (a.text, *a.comments))
    body = [thread.body, *system, *(tag.replace("-", " ") for tag in tags), *thread.comments]
    return Text(thread.key, thread.title, "\n".join(body), "\n".join(answers))


def _topics() -> dict[str, Any]:
    return tomllib.loads((HERE / "topics.toml").read_text("utf-8"))


def _help_sections() -> Iterator[Text]:
    with gzip.open(DATA / "danish/help-sections.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            body = "\n".join([row["body"], " ".join(row["tags"])])
            yield Text(f"help {row['id']}", row["title"], body, row["answers"])


def similar_tests() -> list[Test]:
    """Return (b): long health questions, to be paired with short ones that they imply.

    Pairs of the same words are no test; they stand in a line of their own.
    """
    faqs: dict[str, str] = {}
    pairs: dict[str, set[str]] = defaultdict(set)
    for pair in ElementTree.parse(DATA / "similar/rqe-train.xml").iter("pair"):
        asked, faq = (" ".join((pair.findtext(name) or "").split()) for name in ("chq", "faq"))
        faqs.setdefault(faq, f"faq {len(faqs)}")
        if pair.get("value") == "true":
            pairs[asked].add(faq)
    texts = [Text(name, faq) for faq, name in faqs.items()]
    same: list[Query] = []
    other: list[Query] = []
    for asked, right in pairs.items():
        is_same = _bare(asked) in map(_bare, right)
        query = Query(asked, frozenset(faqs[faq] for faq in right))
        (same if is_same else other).append(query)
    return [
        Test("(b) similar questions, as typed in search", texts, other, is_held=False),
        Test("(b) similar questions, while asking", texts, other, is_similar=True),
        Test("(b) the same words, while asking", texts, same, is_similar=True),
    ]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def manual_tests() -> list[Test]:
    """Return (c): each heading of the manual that stands on one page only, and that page.

    No heading stands in the texts that are looked through; the pages keep their titles.
    """
    pages = [_page(path) for path in sorted((DATA / "danish/cms-manual").glob("_*.md"))]
    often = Counter(_bare(heading) for _, headings in pages for heading in set(headings))
    queries = [
        Query(heading, frozenset({text.name}))
        for text, headings in pages
        for heading in dict.fromkeys(headings)
        if often[_bare(heading)] == 1
    ]
    return [Test("(c) headings of a manual", [text for text, _ in pages], queries)]


def _page(path: Path) -> tuple[Text, list[str]]:
    source = path.read_text("utf-8")
    front = re.match(r"---\n(.*?)\n---\n", source, re.DOTALL)
    named = re.search(r'^title:\s*"?(.*?)"?\s*$', front[1] if front else "", re.MULTILINE)
    body = source[front.end() :] if front else source
    heading = re.compile(r"^#{1,6}\s+(.*?)[\s#]*$", re.MULTILINE)
    headings = [each for each in heading.findall(body) if _bare(each)]
    # Pictures, addresses and the site generator's own marks are nothing that a reader sees.
    seen = re.sub(r"<[^>]*>|\{%.*?%\}|\]\([^)]*\)", " ", heading.sub(" ", body))
    return Text(path.name, named[1] if named else "", seen), headings
