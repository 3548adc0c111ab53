"""Import a Stack Exchange data dump: all of it is read and checked before any is stored.

Stopped at any point and run again, it goes on where it was: what is stored already is skipped.
"""

from contextlib import closing
from pathlib import Path

from midtlink.importing import rules
from midtlink.importing.bulk.helping import Helper
from midtlink.importing.bulk.removing import known_in, sweep_people, sweep_posts
from midtlink.importing.bulk.rendering import Renderer
from midtlink.importing.bulk.storing import store_threads
from midtlink.importing.bulk.touching import list_changed_here
from midtlink.importing.bulk.wanted import Ref
from midtlink.importing.dump.files import FILES, find_files
from midtlink.importing.dump.linking import store_closings, store_links
from midtlink.importing.dump.people import store_people
from midtlink.importing.dump.staging import stage
from midtlink.importing.dump.tags import store_tags, sweep_tags
from midtlink.importing.dump.threads import KINDS, read_threads
from midtlink.importing.models import STACKEXCHANGE
from midtlink.importing.progress import progress
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch
from midtlink.importing.sources import SAMPLE, choose_source, finish

#: Threads in one transaction.
BATCH = 50


def import_dump(folder: Path, *, site: str | None = None, language: str = "en") -> Report:
    """Bring the database to what the dump says; return what became of every row.

    Raises BadImport, before anything is stored, for a folder or file that is not as it should be.
    """
    files = find_files(folder)
    report = Report()
    with closing(Scratch(file.name for file in FILES)) as scratch, Helper() as helper:
        size = sum(path.stat().st_size for path in files.values())
        with progress("Reading", size) as told:
            stage(files, scratch, report, told)
        report.site = choose_source(
            STACKEXCHANGE,
            _sample(scratch),
            named=site,
            suggested=rules.site_name(folder.resolve().name),
            files=files,
        )
        _store(scratch, report, language, "Votes" in files, helper.render_all)
    finish(report.site)
    return report


def _sample(scratch: Scratch) -> dict[Ref, object]:
    sample: dict[Ref, object] = {}
    for number, kind in KINDS.items():
        page = next(scratch.pages("Posts", SAMPLE // 2, kind=number), [])
        sample |= {(kind, str(row["Id"])): rules.read_moment(row["CreationDate"]) for row in page}
    return sample


def _store(
    scratch: Scratch, report: Report, language: str, has_votes: bool, renderer: Renderer
) -> None:
    store_people(scratch, report.site, report, renderer)
    store_tags(scratch, report.site, report)
    with progress("Storing", scratch.count("Posts", kind=rules.QUESTION_TYPE)) as told:
        for page in scratch.pages("Posts", BATCH, kind=rules.QUESTION_TYPE):
            threads = read_threads(scratch, page, has_votes=has_votes)
            report.add(store_threads(report.site, language, threads, renderer=renderer))
            told(len(page))
    store_closings(scratch, report.site, report)
    store_links(scratch, report.site, report)
    report.add(sweep_posts(report.site, known_in(scratch)))
    report.add(sweep_people(scratch, report.site))
    report.add(sweep_tags(scratch, report.site))
    report.kept += list_changed_here(report.site)
