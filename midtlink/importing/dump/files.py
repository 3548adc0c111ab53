"""The files of a Stack Exchange dump: what each row must hold and what is kept of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from midtlink.importing import rules
from midtlink.importing.refusing import BadImport


@dataclass(frozen=True)
class DumpFile:
    """A file of a dump. Only the attributes named here are kept; texts pass the guard."""

    name: str
    root: str
    numbers: tuple[str, ...]
    moments: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    #: The attribute that the file's rows are grouped by, and the one that says their kind.
    about: str = ""
    kind: str = ""
    kept_kinds: frozenset[int] = frozenset()
    kind_names: tuple[tuple[int, str], ...] = ()

    @property
    def required(self) -> set[str]:
        """The attributes without which a row means nothing."""
        return {*self.numbers, *self.moments, *self.texts} - set(self.optional)

    def kind_name(self, kind: int) -> str:
        """Return in words what is left out."""
        noun = self.root.removesuffix("s")
        return f"{noun} type {kind}: {dict(self.kind_names).get(kind, 'unknown')}"


FILES = (
    DumpFile(
        "Users", "users", ("Id",), ("CreationDate",), ("DisplayName", "AboutMe"),
        optional=("AboutMe", "DisplayName"),
    ),
    DumpFile("Badges", "badges", ("Id", "UserId", "Class"), ("Date",), ("Name", "TagBased"),
             optional=("Class", "TagBased"), about="UserId"),
    DumpFile("Tags", "tags", ("Id", "ExcerptPostId", "WikiPostId"), (), ("TagName",),
             optional=("ExcerptPostId", "WikiPostId")),
    DumpFile(
        "Posts", "posts",
        ("Id", "PostTypeId", "ParentId", "AcceptedAnswerId", "Score", "ViewCount", "OwnerUserId",
         "LastEditorUserId"),
        ("CreationDate", "LastEditDate", "LastActivityDate", "ClosedDate"),
        ("Body", "Title", "Tags", "OwnerDisplayName", "ContentLicense"),
        optional=("ParentId", "AcceptedAnswerId", "Score", "ViewCount", "OwnerUserId",
                  "LastEditorUserId", "LastEditDate", "LastActivityDate", "ClosedDate", "Body",
                  "Title", "Tags", "OwnerDisplayName", "ContentLicense"),
        about="ParentId", kind="PostTypeId",
        kept_kinds=frozenset({rules.QUESTION_TYPE, rules.ANSWER_TYPE, rules.EXCERPT_TYPE,
                              rules.WIKI_TYPE}),
        kind_names=tuple(rules.POST_TYPES.items()),
    ),
    DumpFile(
        "Comments", "comments", ("Id", "PostId", "Score", "UserId"), ("CreationDate",),
        ("Text", "UserDisplayName", "ContentLicense"),
        optional=("Score", "UserId", "UserDisplayName", "ContentLicense"), about="PostId",
    ),
    DumpFile(
        "Votes", "votes", ("Id", "PostId", "VoteTypeId"), ("CreationDate",), about="PostId",
        kind="VoteTypeId",
        kept_kinds=frozenset({rules.ACCEPTING, rules.UP, rules.DOWN}),
        kind_names=tuple(rules.VOTE_TYPES.items()),
    ),
    DumpFile(
        "PostHistory", "posthistory", ("Id", "PostId", "PostHistoryTypeId", "UserId"),
        ("CreationDate",),
        ("RevisionGUID", "Text", "Comment", "UserDisplayName", "ContentLicense"),
        optional=("UserId", "RevisionGUID", "Text", "Comment", "UserDisplayName",
                  "ContentLicense"),
        about="PostId", kind="PostHistoryTypeId", kept_kinds=frozenset(range(1, 12)),
        kind_names=tuple(rules.HISTORY_TYPES.items()),
    ),
    DumpFile(
        "PostLinks", "postlinks", ("Id", "PostId", "RelatedPostId", "LinkTypeId"),
        ("CreationDate",), about="PostId", kind="LinkTypeId",
        kept_kinds=frozenset({rules.LINKED, rules.DUPLICATE}),
    ),
)  # fmt: skip


def find_files(folder: Path) -> dict[str, Path]:
    """Return the dump files of a folder by name. Raises BadImport when it holds no dump."""
    if not folder.is_dir():
        raise BadImport("no such folder", path=folder)
    paths = {path.name.lower(): path for path in _listed(folder)}
    found = {file.name: f"{file.name}.xml".lower() for file in FILES}
    files = {name: paths[lower] for name, lower in found.items() if lower in paths}
    if "Posts" not in files:
        raise BadImport("no Posts.xml in it, so it is not a Stack Exchange dump", path=folder)
    return files


def _listed(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError as error:
        raise BadImport(error.strerror or str(error), path=folder) from error
