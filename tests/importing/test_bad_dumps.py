"""A dump that is not as it should be: the file and line are named and nothing is stored."""

import shutil

import pytest
from sqlalchemy import func, select

from midtlink.extensions import db
from midtlink.importing.models import ImportSource
from midtlink.importing.refusing import BadImport
from midtlink.importing.stackexchange import import_dump
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.topics.models import Tag
from tests.importing.dumps import (
    CONLANG,
    answer,
    needs_data,
    question,
    small_site,
    vote,
    write_dump,
)

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
LAUGHS = '<!DOCTYPE l [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;">\n]>\n<votes><row Id="&b;"/></votes>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<votes><row Id="&x;"/></votes>'


def a_vote(**changed):
    """A votes file with one row whose attributes are changed; None takes one away."""
    values = {key: value for key, value in (vote(1, 1) | changed).items() if value is not None}
    row = " ".join(f'{name}="{value}"' for name, value in values.items())
    return f"{HEAD}<votes>\n<row {row} />\n</votes>"


#: A bad Votes.xml, and the line with its trouble.
BAD_VOTES = {
    "laughs": (HEAD + LAUGHS, 2),
    "outside": (HEAD + OUTSIDE, 2),
    "another root": (HEAD + "<badges>\n</badges>", 2),
    "another row": (HEAD + "<votes>\n<vote/>\n</votes>", 3),
    "cut off": (HEAD + '<votes>\n<row Id="1" PostId="1" VoteTy', 3),
    "not closed": (HEAD + "<votes>\n\n", 4),
    "no number": (a_vote(Id="one"), 3),
    "no date": (a_vote(CreationDate="soon"), 3),
    "huge number": (a_vote(Id="99999999999"), 3),
    "missing": (a_vote(PostId=None), 3),
    "empty": ("", 1),
}


def refusal(folder):
    """What an import that must refuse says; nothing may be stored by it."""
    with pytest.raises(BadImport) as refused:
        import_dump(folder)
    for model in (Post, Person, Tag, ImportSource):
        assert db.session.scalar(select(func.count(model.id))) == 0
    return refused.value


@pytest.mark.parametrize("name", BAD_VOTES)
def test_a_bad_file_is_named_with_its_line_and_nothing_is_stored(app, tmp_path, name):
    text, line = BAD_VOTES[name]
    folder = small_site(tmp_path / "site")
    (folder / "Votes.xml").write_text(text)
    refused = refusal(folder)
    assert (refused.path, refused.line) == (folder / "Votes.xml", line)
    assert f"Votes.xml, line {line}" in str(refused)


@needs_data
def test_a_real_file_that_was_cut_off_is_refused(app, tmp_path):
    folder = tmp_path / "conlang"
    shutil.copytree(CONLANG, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    whole = (folder / "PostHistory.xml").read_bytes()
    (folder / "PostHistory.xml").write_bytes(whole[: len(whole) // 2])
    refused = refusal(folder)
    assert refused.path.name == "PostHistory.xml"
    assert refused.line > 100


@pytest.mark.parametrize("folder", ["missing", "empty", "file.txt"])
def test_a_wrong_folder_is_refused(app, tmp_path, folder):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("no dump")
    assert str(tmp_path / folder) in str(refusal(tmp_path / folder))


def test_an_id_that_comes_twice_counts_once(app, tmp_path):
    report = import_dump(small_site(tmp_path / "site", Votes=[vote(1, 1), vote(1, 2)]))
    assert dict(report.left_out["Votes"]) == {"an Id that an earlier row has": 1}
    assert report.unaccounted() == {}


def test_a_number_in_an_error_is_masked(app, tmp_path):
    folder = write_dump(tmp_path / "site", Posts=[question(1, Id="010190-1234")])
    assert "010190" not in str(refusal(folder))


def test_rows_that_lost_their_post_are_left_out_by_reason(app, tmp_path):
    folder = small_site(
        tmp_path / "site",
        Posts=[question(1), answer(2, 99), question(3, PostTypeId=7), question(5, PostTypeId=5)],
        Votes=[vote(1, 2), vote(2, 3), vote(3, 5), vote(4, 1, 44)],
        Comments=[],
        PostLinks=[
            {
                "Id": 1,
                "CreationDate": "2015-01-01",
                "PostId": 1,
                "RelatedPostId": 77,
                "LinkTypeId": 1,
            }
        ],
        Badges=[{"Id": 1, "UserId": 404, "Name": "Scholar", "Date": "2015-01-01", "Class": 3}],
    )
    report = import_dump(folder)
    assert report.unaccounted() == {}
    assert dict(report.left_out["Votes"]) == {
        "on a post not in the dump": 1,
        "on a post that was left out": 1,
        "on a tag wiki": 1,
        "vote type 44: unknown": 1,
    }
    assert sum(sum(reasons.values()) for reasons in report.left_out.values()) == 9


def test_only_posts_are_required(app, tmp_path):
    report = import_dump(write_dump(tmp_path / "site", Posts=[question(1, Score=-2), answer(2, 1)]))
    assert report.read == {"Posts": 2}
    post = db.session.scalars(select(Post).where(Post.kind == "question")).one()
    assert (post.author_name, post.down_count) == ("user7", 2)
