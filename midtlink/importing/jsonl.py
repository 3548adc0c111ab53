"""Import questions from anywhere: JSON objects, one a line, all checked before any is stored."""

import hashlib
from contextlib import closing
from pathlib import Path

from midtlink import privacy
from midtlink.events import in_transaction
from midtlink.importing import rules
from midtlink.importing.bulk.helping import Helper
from midtlink.importing.bulk.removing import Known, sweep_posts
from midtlink.importing.bulk.storing import store_threads
from midtlink.importing.bulk.touching import list_changed_here
from midtlink.importing.bulk.wanted import Ref, WantedPost, WantedThread, only_revision
from midtlink.importing.lines import Values, read_lines, read_question
from midtlink.importing.models import JSONL
from midtlink.importing.progress import Told, progress
from midtlink.importing.refusing import BadImport
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch
from midtlink.importing.sources import SAMPLE, choose_source, finish
from midtlink.people.rules import LONGEST_NAME
from midtlink.questions.models import ANSWER, QUESTION
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.topics.queries import list_systems

LINES, KEYS = "Lines", "Keys"
BATCH = 200
#: Bad lines named before the message says how many more there are.
MOST_NAMED = 100
#: Characters of a body that stand for a title that is missing.
TITLE_OF_BODY = 80


def import_lines(path: Path, *, site: str | None = None, language: str = "da") -> Report:
    """Store the file's questions with their answers; those of its ids that are here are updated.

    Questions of an earlier file that this one lacks stay. Raises BadImport, before anything is
    stored, with every bad line.
    """
    if not path.is_file():
        raise BadImport("no such file", path=path)
    report = Report()
    with closing(Scratch((LINES, KEYS))) as scratch, Helper() as helper:
        with progress("Reading", path.stat().st_size) as told:
            _stage(path, scratch, report, told)
        suggested = rules.site_name(path.name.removesuffix(".gz").removesuffix(".jsonl"))
        report.site = choose_source(
            JSONL, _sample(scratch), named=site, suggested=suggested, files=(), may_share_name=True
        )
        systems = {each.slug: each.id for each in list_systems(with_inactive=True)}
        with progress("Storing", scratch.count(LINES)) as told:
            for page in scratch.pages(LINES, BATCH):
                threads = [_thread(row, report.site, path.name) for row in page]
                part = store_threads(
                    report.site, language, threads, renderer=helper.render_all, systems=systems
                )
                report.add(part)
                told(len(page))
        report.add(sweep_posts(report.site, _known_in(scratch)))
        report.kept += list_changed_here(report.site)
    finish(report.site)
    return report


def _stage(path: Path, scratch: Scratch, report: Report, told: Told) -> None:
    systems = _systems()
    bad: list[str] = []
    report.read[path.name] = 0
    for number, line in read_lines(path, told):
        report.read[path.name] += 1
        try:
            row = read_question(line, systems)
        except ValueError as error:
            bad.append(f"line {number}: {error}")
            continue
        row["key"] = _mask(row["key"], (path.name, str(number), "id"), report)
        is_new = scratch.add(
            KEYS, _number(row["key"]), None, None, {"answers": len(row["answers"])}
        )
        if is_new:
            scratch.add(LINES, number, None, None, _masked(row, number, path.name, report))
        elif row["key"].startswith("sha256:"):
            report.leave_out(path.name, "the same question again")
        else:
            bad.append(f"line {number}: an id that an earlier line has")
    if bad:
        more = [f"and {len(bad) - MOST_NAMED} more"] if len(bad) > MOST_NAMED else []
        raise BadImport("\n".join(["", *bad[:MOST_NAMED], *more]), path=path)


def _systems() -> dict[str, str]:
    def work() -> dict[str, str]:
        systems = list_systems(with_inactive=True)
        by_name = {each.name.casefold(): each.slug for each in systems}
        return by_name | {each.slug: each.slug for each in systems}

    return in_transaction(work)


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1


def _masked(row: Values, number: int, file: str, report: Report) -> Values:
    for name in ("title", "body", "author"):
        row[name] = _mask(row[name], (file, str(number), name), report)
    row["answers"] = [
        _mask(each, (file, str(number), "answers"), report) for each in row["answers"]
    ]
    row["tags"] = [_mask(each, (file, str(number), "tags"), report).lower() for each in row["tags"]]
    return row


def _mask(text: str, where: tuple[str, str, str], report: Report) -> str:
    masked = privacy.mask(text)
    if masked != text:
        report.masked.append(where)
    return masked


def _sample(scratch: Scratch) -> dict[Ref, object]:
    page = next(scratch.pages(LINES, SAMPLE), [])
    return {(QUESTION, row["key"]): _title(row) for row in page}


def _title(row: Values) -> str:
    return rules.cut(row["title"], LONGEST_TITLE) or rules.cut(row["body"], TITLE_OF_BODY)


def _thread(row: Values, origin: str, file: str) -> WantedThread:
    created_at = rules.read_moment(row["created"]) if row["created"] else None
    title, body = _title(row), row["body"]
    if len(" ".join(row["title"].split())) > LONGEST_TITLE:
        body = f"{row['title']}\n\n{body}"
    author = rules.cut(row["author"], LONGEST_NAME)
    question = WantedPost(
        QUESTION, row["key"], body, "markdown", created_at, author_name=author or origin
    )
    thread = WantedThread(question, title, row["tags"], created_at, system_slug=row["system"])
    thread.answers = [
        WantedPost(
            ANSWER, f"{row['key']}#{number}", text, "markdown", created_at,
            parent=question.ref, author_name=origin,
        )
        for number, text in enumerate(row["answers"], start=1)
    ]  # fmt: skip
    thread.revisions = [only_revision(question, title=title, tags=" ".join(sorted(row["tags"])))]
    thread.revisions += [only_revision(answer) for answer in thread.answers]
    thread.rows[file] = 1
    return thread


def _known_in(scratch: Scratch) -> Known:
    """A file only speaks of its own questions: it can lack their answers, and nothing else."""

    def known(kind: str, keys: list[str]) -> set[str]:
        if kind != ANSWER:
            return set(keys)
        parted = [(key, *key.rsplit("#", 1)) for key in keys]
        rows = scratch.by_id(KEYS, {_number(question) for _, question, _ in parted})
        return {
            key
            for key, question, number in parted
            if int(number) <= rows.get(_number(question), {"answers": int(number)})["answers"]
        }

    return known
