"""What codes and names of a dump mean."""

from datetime import UTC, datetime

import pytest

from midtlink.importing import rules


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ((2010, 1, 1), "CC BY-SA 2.5"),
        ((2011, 4, 8), "CC BY-SA 3.0"),
        ((2018, 5, 2), "CC BY-SA 4.0"),
    ],
)
def test_a_text_without_a_licence_has_that_of_its_day(written, licence):
    assert rules.licence(None, datetime(*written, tzinfo=UTC)) == licence
    assert rules.licence("CC0", datetime(*written, tzinfo=UTC)) == "CC0"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("alcohol-2016-09", "alcohol"),
        ("alcohol.stackexchange.com", "alcohol"),
        ("datascience-meta-2024-01-posts-only", "datascience-meta"),
        ("stackoverflow.com_20240102", "stackoverflow"),
        ("2016-09", "site"),
        ("Øl & vin", "l-vin"),
    ],
)
def test_a_site_is_named_after_its_folder_without_the_date(folder, name):
    assert rules.site_name(folder) == name
    assert rules.is_site_name(name)


@pytest.mark.parametrize("text", ["<c#><.net><f++>", "|c#|.net|f++|"])
def test_both_forms_of_tags(text):
    assert rules.split_tags(text) == ["c#", ".net", "f++"]


def test_the_community_user_has_a_readable_name():
    assert rules.username("alcohol", "-1") == "alcohol-community"
    assert rules.username("alcohol", "12") == "alcohol-12"
