"""Tags of a dump and their wikis. A tag that is here already keeps what is said of it here."""

import hashlib
from typing import Any

from sqlalchemy import exists, select

from midtlink import markup
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.importing import rules
from midtlink.importing.bulk.converging import update_rows
from midtlink.importing.bulk.rendering import Rendered
from midtlink.importing.bulk.tables import tags
from midtlink.importing.bulk.tagging import ids_of_tags, proper_name
from midtlink.importing.dump.authors import author
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch, Values
from midtlink.questions.models import question_tags
from midtlink.topics.models import Tag, TagFollow
from midtlink.topics.rules import LONGEST_EXCERPT, tag_key

PAGE = 500
#: What a wiki says of a tag.
WIKI = ("excerpt", "description", "description_format", "description_html", "description_licence",
        "description_by", "origin_digest")  # fmt: skip


def store_tags(scratch: Scratch, origin: str, report: Report) -> None:
    """Store the dump's tags with what their wikis say, and drop those that it no longer has."""
    for page in scratch.pages("Tags", PAGE):
        wikis = _read_wikis(scratch, page)
        report.add(in_transaction(lambda: _store_page(page, wikis, origin)))  # noqa: B023
    found = sum(report.stored[name] for name in ("Posts",))
    lost = scratch.count("Posts", kind=rules.EXCERPT_TYPE) + scratch.count(
        "Posts", kind=rules.WIKI_TYPE
    )
    report.leave_out("Posts", "tag wiki without its tag", lost - found)


def sweep_tags(scratch: Scratch, origin: str) -> Report:
    """Drop the tags of a source that it no longer has, unless they are in use here."""
    named = {
        tag_key(proper)
        for page in scratch.pages("Tags", PAGE)
        for row in page
        if (proper := proper_name(row["TagName"]))
    }
    return in_transaction(lambda: _sweep(named, origin))


def _read_wikis(scratch: Scratch, page: list[Values]) -> dict[str, Values]:
    """Return by tag what the two wiki posts say, rendered; `rows` counts them."""
    ids = {row[name] for row in page for name in ("ExcerptPostId", "WikiPostId") if name in row}
    posts = scratch.by_id("Posts", ids)
    names = {row["OwnerUserId"] for row in posts.values() if "OwnerUserId" in row}
    users = scratch.by_id("Users", names)
    rendered = Rendered()
    return {row["TagName"]: _wiki(row, posts, users, rendered) for row in page}


def _wiki(
    row: Values, posts: dict[int, Values], users: dict[int, Values], rendered: Rendered
) -> Values:
    excerpt = _post(posts, row.get("ExcerptPostId"), rules.EXCERPT_TYPE)
    wiki = _post(posts, row.get("WikiPostId"), rules.WIKI_TYPE)
    source, shown = rendered.show(wiki.get("Body", ""), "html")[:2]
    said = markup.plain_text(rendered.show(excerpt.get("Body", ""), "html").html)
    by = wiki or excerpt
    values = {
        "excerpt": rules.cut(said, LONGEST_EXCERPT),
        "description": source,
        "description_format": "html" if source else "markdown",
        "description_html": shown,
        "description_licence": _licence(by) if source or said else "",
        "description_by": _writer(wiki if source else excerpt, users) if source or said else "",
    }
    return values | {"origin_digest": digest(values), "rows": bool(excerpt) + bool(wiki)}


def _post(posts: dict[int, Values], key: int | None, kind: int) -> Values:
    row = posts.get(key) if key is not None else None
    return row if row and row["PostTypeId"] == kind else {}


def _licence(row: Values) -> str:
    return rules.licence(row.get("ContentLicense"), rules.read_moment(row["CreationDate"]))


def _writer(row: Values, users: dict[int, Values]) -> str:
    user = users.get(row.get("OwnerUserId", 0))
    if user:
        return rules.cut(user.get("DisplayName", ""), 120) or f"user{user['Id']}"
    return author(row, "OwnerUserId", "OwnerDisplayName", ())[1]


def digest(values: Any) -> str:
    """Return what tells whether a tag still says what was imported."""
    both = f"{values['excerpt']}\0{values['description']}"
    return hashlib.sha256(both.encode()).hexdigest()


def _store_page(page: list[Values], wikis: dict[str, Values], origin: str) -> Report:
    report = Report()
    before = db.session.scalar(select(tags.c.id).order_by(tags.c.id.desc()).limit(1)) or 0
    ids = ids_of_tags([row["TagName"] for row in page], origin)
    report.wrote("tags added", sum(at > before for at in set(ids.values())))
    statement = select(tags).where(tags.c.id.in_(set(ids.values())))
    stored = {row["id"]: dict(row) for row in db.session.execute(statement).mappings()}
    wanted: dict[int, Values] = {}
    for row in page:
        at, wiki = ids.get(row["TagName"]), wikis[row["TagName"]]
        _account(row, at, wiki, report)
        if at is not None and at not in wanted and _may_describe(stored[at], wiki, origin, report):
            wanted[at] = {name: wiki[name] for name in WIKI}
    report.wrote(
        "tags changed", len([at for at in update_rows(tags, stored, wanted) if at <= before])
    )
    return report


def _account(row: Values, at: int | None, wiki: Values, report: Report) -> None:
    report.stored["Posts"] += wiki["rows"]
    if at is None:
        report.leave_out("Tags", "a name that no tag may have")
    else:
        report.stored["Tags"] += 1


def _may_describe(stored: Values, wiki: Values, origin: str, report: Report) -> bool:
    """Say whether the tag is silent or still says what this source said."""
    if not wiki["rows"] and stored["origin_digest"] is None:
        return False
    says_nothing = not stored["excerpt"] and not stored["description"]
    is_as_imported = stored["origin"] == origin and stored["origin_digest"] == digest(stored)
    if says_nothing or is_as_imported:
        return True
    report.kept.append(f"tag {stored['name']}: described here")
    return False


def _sweep(named: set[str], origin: str) -> Report:
    report = Report()
    is_used = exists().where(question_tags.c.tag_id == Tag.id)
    statement = select(Tag).where(Tag.origin == origin, Tag.synonym_of_id.is_(None), ~is_used)
    for tag in db.session.scalars(statement):
        if tag.key in named:
            continue
        followed = db.session.scalar(select(exists().where(TagFollow.tag_id == tag.id)))
        is_described = digest(vars(tag)) != tag.origin_digest and (tag.excerpt or tag.description)
        if followed or tag.synonyms or is_described:
            report.kept.append(f"tag {tag.name}: no longer in the dump, but in use here")
        else:
            db.session.delete(tag)
            report.wrote("tags removed", 1)
    return report
