"""`midtlink search synonyms` and `midtlink search unfound`."""

import json

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.search.models import Synonyms, Unfound
from midtlink.search.synonyms.changing import delete_group, save_group
from tests.topics.making import make_system


def run(app, *words):
    return app.test_cli_runner().invoke(args=["search", *words])


def test_synonyms_are_listed_but_not_deleted_ones(app, cast, clock):
    by = cast.bodil
    shipped = Synonyms(words="EPJ, journal", changed_at=clock())
    in_transaction(lambda: db.session.add(shipped))
    in_transaction(lambda: save_group(None, "kode, password", by=by))
    gone = in_transaction(lambda: save_group(None, "væk, borte", by=by))
    in_transaction(lambda: delete_group(gone, by=by))
    assert run(app, "synonyms").output == "EPJ, journal\nkode, password\n"
    listed = [json.loads(line) for line in run(app, "synonyms", "--json").output.splitlines()]
    assert [(row["words"], row["shipped"]) for row in listed] == [
        (["EPJ", "journal"], True),
        (["kode", "password"], False),
    ]


def test_what_was_not_found_is_listed_most_wanted_first(app, clock):
    epj = make_system("EPJ")
    rows = [("udlogning", 1, 0, None), ("journal hænger", 2, 3, epj.id)]

    def write():
        for words, zero, unopened, system_id in rows:
            row = Unfound(
                key=words, words=words, zero_count=zero, unopened_count=unopened,
                system_id=system_id, first_at=clock(), last_at=clock(),
            )  # fmt: skip
            db.session.add(row)

    in_transaction(write)
    assert run(app, "unfound").output == "2\t3\tepj\tjournal hænger\n1\t0\t-\tudlogning\n"
    first = json.loads(run(app, "unfound", "--json").output.splitlines()[0])
    assert first == {
        "words": "journal hænger", "not_found": 2, "not_opened": 3, "system": "epj",
        "last_at": clock().isoformat(),
    }  # fmt: skip


def test_empty_lists_print_nothing(app):
    assert run(app, "synonyms").output == run(app, "unfound").output == ""
