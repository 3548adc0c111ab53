"""Everything that an import stored, told without our own ids: two databases can be compared."""

from sqlalchemy import select

from midtlink.extensions import db
from midtlink.importing.bulk import tables

#: Ours alone: numbers of rows, the moment of an import, what names a row among others.
OURS = {"id", "title_key"}
NAMING = {
    "person": ("author_id", "edited_by_id", "by_id", "person_id", "reopened_by_id", "ended_by_id"),
    "post": ("post_id", "thread_id", "parent_id", "question_id", "answer_id", "from_id", "to_id",
             "duplicate_of_id", "accepted_answer_id"),
}  # fmt: skip


#: What two databases with the same content may differ in: when a tag was first met, and which day's
#: cap was last used up, for the ledger also keeps what was taken back.
HIDDEN = {"tags": {"created_at"}, "people": {"counted_on", "counted"}}


def contents():
    """Return the rows of every imported table, as sorted texts."""
    names = {
        "person": _names(tables.people, lambda row: f"{row.origin}/{row.origin_key}"),
        "post": _names(tables.posts, lambda row: f"{row.origin}/{row.kind}/{row.origin_key}"),
    }
    found = {table.name: _rows(table, names) for table in _imported()}
    found["question_tags"] = _question_tags(names["post"])
    return found


def _imported():
    return (
        tables.posts, tables.people, tables.tags, tables.revisions, tables.reactions,
        tables.acceptances, tables.closures, tables.links, tables.badges,
    )  # fmt: skip


def _names(table, name):
    return {row.id: name(row) for row in db.session.execute(select(table))}


def _rows(table, names):
    statement = select(table)
    if table is tables.posts:
        statement = select(table, *(c for c in tables.questions.c if c.name != "id"))
        statement = statement.outerjoin(tables.questions, tables.questions.c.id == table.c.id)
    rows = db.session.execute(statement).mappings()
    return sorted(str(_told(dict(row), table, names)) for row in rows)


def _told(row, table, names):
    for kind, columns in NAMING.items():
        for column in columns:
            if row.get(column) is not None:
                row[column] = names[kind][row[column]]
    hidden = OURS | HIDDEN.get(table.name, set())
    return {name: value for name, value in sorted(row.items()) if name not in hidden}


def _question_tags(posts):
    from midtlink.questions.models import question_tags

    tags = _names(tables.tags, lambda row: row.name)
    rows = db.session.execute(select(question_tags))
    return sorted(f"{posts[row.question_id]} {tags[row.tag_id]}" for row in rows)


def differences(one, other):
    """Return what only one of two contents holds, by table."""
    return {
        name: (
            sorted(set(one[name]) - set(other[name]))[:3],
            sorted(set(other[name]) - set(one[name]))[:3],
        )
        for name in one
        if one[name] != other[name]
    }
