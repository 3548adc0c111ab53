"""Dumps for tests: the real ones, and tiny ones written row by row."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from midtlink.importing.dump.files import FILES

REAL = Path(__file__).resolve().parents[3] / "shared/data/stackexchange"
EARLIER, LATER = REAL / "alcohol-2016-09", REAL / "alcohol-2016-12"
CONLANG, POSTS_ONLY = REAL / "conlang-meta-2020-08", REAL / "datascience-meta-2024-01-posts-only"
needs_data = pytest.mark.skipif(not REAL.exists(), reason="../shared/data is absent")
ROOTS = {file.name: file.root for file in FILES}


def write_dump(folder, **files):
    """Write a dump folder: each file as a list of rows (dicts)."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        lines = [
            f"  <row {' '.join(f'{k}={quoteattr(str(v))}' for k, v in r.items())} />" for r in rows
        ]
        root = ROOTS[name]
        text = "\r\n".join(
            ['<?xml version="1.0" encoding="utf-8"?>', f"<{root}>", *lines, f"</{root}>"]
        )
        (folder / f"{name}.xml").write_text(text, encoding="utf-8-sig", newline="")
    return folder


def question(key, title="How do I clean the tap?", **more):
    """A question's row."""
    moment = f"2015-03-{key % 28 + 1:02}T10:00:00.000"
    row = {"Id": key, "PostTypeId": 1, "CreationDate": moment, "Score": 0, "ViewCount": 10}
    row |= {"Body": f"<p>{title}</p>", "LastActivityDate": moment, "Title": title}
    return row | {"Tags": "<taps>", "OwnerUserId": 7} | more


def answer(key, parent, body="With <b>soap</b>.", **more):
    """An answer's row."""
    moment = f"2015-04-{key % 28 + 1:02}T10:00:00.000"
    row = {"Id": key, "PostTypeId": 2, "ParentId": parent, "CreationDate": moment, "Score": 0}
    return row | {"Body": f"<p>{body}</p>", "LastActivityDate": moment, "OwnerUserId": 8} | more


def user(key, name="Otto", **more):
    """A user's row."""
    return {"Id": key, "DisplayName": name, "CreationDate": "2015-01-01T08:00:00.000"} | more


def vote(key, post, kind=2):
    """A vote's row."""
    return {
        "Id": key,
        "PostId": post,
        "VoteTypeId": kind,
        "CreationDate": "2015-05-01T00:00:00.000",
    }


def comment(key, post, text="Which `tap`?", **more):
    """A comment's row."""
    row = {"Id": key, "PostId": post, "Score": 1, "Text": text, "UserId": 8}
    return row | {"CreationDate": "2015-05-02T09:00:00.000"} | more


def history(key, post, kind, text, guid="a", **more):
    """A history row."""
    row = {"Id": key, "PostHistoryTypeId": kind, "PostId": post, "RevisionGUID": guid}
    moment = f"2015-06-{key % 28 + 1:02}T10:00:00.000"
    return row | {"CreationDate": moment, "UserId": 7, "Text": text} | more


def link(key, start, end, kind=1):
    """A link's row."""
    row = {"Id": key, "PostId": start, "RelatedPostId": end, "LinkTypeId": kind}
    return row | {"CreationDate": "2015-05-03T09:00:00.000"}


def tag(key, name, **more):
    """A tag's row."""
    return {"Id": key, "TagName": name, "Count": 1} | more


def small_site(folder, **more):
    """Two questions, three answers, votes and a comment: the site that most tests change."""
    files = {
        "Posts": [
            question(1, Score=1, AcceptedAnswerId=3, AnswerCount=2),
            answer(2, 1),
            answer(3, 1, Score=-1),
            question(4, "Why does beer foam?"),
            answer(5, 4),
        ],
        "Users": [user(7), user(8, "Ida", AboutMe="<p>I <i>brew</i>.</p>")],
        "Votes": [vote(1, 1), vote(2, 3, 3), vote(3, 3, 1)],
        "Comments": [comment(1, 2)],
        "Tags": [tag(1, "taps")],
    }
    return write_dump(folder, **(files | more))
