"""Read a whole dump before anything is stored: check it, mask it, settle what cannot be kept."""

from collections.abc import Iterator
from pathlib import Path

from midtlink import privacy
from midtlink.importing import rules
from midtlink.importing.dump.files import FILES, DumpFile
from midtlink.importing.dump.reading import Row, read_rows
from midtlink.importing.progress import Told
from midtlink.importing.refusing import BadImport
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch, Values
from midtlink.texts import FORBIDDEN

#: Ids and counts fit a PostgreSQL integer.
LARGEST = 2**31 - 1
ON_A_POST = ("Comments", "Votes", "PostHistory")
WIKIS = f"({rules.EXCERPT_TYPE}, {rules.WIKI_TYPE})"
THREADS = f"({rules.QUESTION_TYPE}, {rules.ANSWER_TYPE})"
QUESTIONS = f"(SELECT id FROM Posts WHERE kind = {rules.QUESTION_TYPE})"  # noqa: S608
#: Which rows on posts are lost with their post, in this order.
LOST = (
    ("NOT IN (SELECT id FROM Posts)", "on a post not in the dump"),
    (f"IN (SELECT id FROM Posts WHERE kind IN {WIKIS})", "on a tag wiki"),  # noqa: S608
    (f"IN (SELECT id FROM Posts WHERE kind NOT IN {THREADS})", "on a post that was left out"),  # noqa: S608
)


def stage(files: dict[str, Path], scratch: Scratch, report: Report, told: Told) -> None:
    """Take every row of every file into the scratch database. Raises BadImport."""
    for file in FILES:
        if file.name in files:
            report.read[file.name] = 0
            for row in read_rows(files[file.name], file.root, told):
                report.read[file.name] += 1
                _stage_row(file, files[file.name], row, scratch, report)
    scratch.index()
    _settle(scratch, report)


def _stage_row(file: DumpFile, path: Path, row: Row, scratch: Scratch, report: Report) -> None:
    try:
        values: Values = dict(_read_values(file, row))
    except ValueError as error:
        raise BadImport(str(error), path=path, line=row.line) from error
    key, about, kind = values["Id"], values.get(file.about), values.get(file.kind)
    if file.kind and kind not in file.kept_kinds:
        report.leave_out(file.name, file.kind_name(int(row.values[file.kind])))
        if file.name == "Posts":
            # What hangs on a post of another kind must find out that it was there.
            scratch.add(file.name, key, about, kind, {})
        return
    _mask(file, values, report)
    if not scratch.add(file.name, key, about, kind, values):
        report.leave_out(file.name, "an Id that an earlier row has")


def _read_values(file: DumpFile, row: Row) -> Iterator[tuple[str, str | int]]:
    if missing := file.required - row.values.keys():
        raise ValueError(f"a row without {', '.join(sorted(missing))}")
    for name in (*file.numbers, *file.moments, *file.texts):
        text = row.values.get(name)
        if text is not None and (text or name not in file.optional):
            yield name, _read_value(file, name, text)


def _read_value(file: DumpFile, name: str, text: str) -> str | int:
    if name in file.texts:
        return FORBIDDEN.sub("", text)
    try:
        if name in file.moments:
            rules.read_moment(text)
            return text
        number = int(text)
    except ValueError:
        number = LARGEST + 1
    if abs(number) > LARGEST:
        raise ValueError(f'{name}="{privacy.mask(text[:40])}" is not what {name} can be')
    return number


def _mask(file: DumpFile, values: Values, report: Report) -> None:
    for name in file.texts:
        if text := values.get(name):
            masked = privacy.mask(text)
            if masked != text:
                values[name] = masked
                report.masked.append((file.name, str(values["Id"]), name))


def _settle(scratch: Scratch, report: Report) -> None:
    """Leave out what has lost the post or person that it belongs to."""
    orphans = f"kind = {rules.ANSWER_TYPE} AND (about IS NULL OR about NOT IN {QUESTIONS})"
    report.leave_out("Posts", "answer without its question", scratch.drop("Posts", orphans))
    for name in ON_A_POST:
        for condition, reason in LOST:
            report.leave_out(name, reason, scratch.drop(name, f"about {condition}"))
    closings = f"kind IN ({rules.CLOSING}, {rules.REOPENING}) AND about NOT IN {QUESTIONS}"
    report.leave_out("PostHistory", "closing of an answer", scratch.drop("PostHistory", closings))
    lost = f"about NOT IN (SELECT id FROM Posts WHERE kind IN {THREADS})"  # noqa: S608
    report.leave_out("PostLinks", "from a post not in the dump", scratch.drop("PostLinks", lost))
    lost = "about NOT IN (SELECT id FROM Users)"
    report.leave_out("Badges", "of a user not in the dump", scratch.drop("Badges", lost))
    scratch.drop("Posts", f"kind NOT IN {THREADS} AND kind NOT IN {WIKIS}")
