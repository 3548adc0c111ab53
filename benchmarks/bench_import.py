"""Import a real site at its own size and at ten times that; print posts per second and memory.

Each size runs in a process of its own, on an empty SQLite database, or on the one whose address
stands in MIDTLINK_BENCH_DATABASE (it is emptied first).
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MIDTLINK_BENCH_DATA", ROOT.parent / "shared/data"))
SITE = DATA / "stackexchange/alcohol-2016-12"
#: What the import is held to.
LEAST_POSTS_A_SECOND = 300
#: How much dearer a post may be at ten times the size.
MOST_DEARER = 1.2


def main() -> int:
    """Run both sizes and say whether the bars hold."""
    if not SITE.is_dir():
        print(f"no dump in {SITE}; MIDTLINK_BENCH_DATA names the folder of the data")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="midtlink-bench-"))
    try:
        small = measure(SITE, folder)
        large = measure(amplified(folder, 10), folder)
    finally:
        shutil.rmtree(folder)
    # Processor time, because a busy machine stretches the clock's by as much as it likes.
    dearer = large["processor"] / large["posts"] / (small["processor"] / small["posts"])
    print(f"a post at ten times the size costs {dearer:.2f} times as much (bar {MOST_DEARER})")
    rate = small["posts"] / small["seconds"]
    return int(rate < LEAST_POSTS_A_SECOND or dearer > MOST_DEARER)


def amplified(folder: Path, copies: int) -> Path:
    """Make a dump with the site's content several times over."""
    target = folder / f"alcohol-{copies}"
    tool = DATA / "tools/amplify.py"
    if not tool.exists():
        tool = DATA / "stackexchange/tools/amplify.py"
    command = [sys.executable, str(tool), str(target), f"{SITE}:{copies}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def measure(dump: Path, folder: Path) -> dict[str, float]:
    """Import a dump in a process of its own and print what it took."""
    command = [sys.executable, __file__, str(dump), tempfile.mkdtemp(dir=folder)]
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    told: dict[str, float] = json.loads(result.stdout)
    rate = told["posts"] / told["seconds"]
    print(
        f"{told['posts']:>7.0f} posts, {told['rows']:>8.0f} rows: {told['seconds']:6.1f} s, "
        f"{rate:5.0f} posts/s (bar {LEAST_POSTS_A_SECOND}), "
        f"{1000 * told['processor'] / told['posts']:.2f} ms of processor a post, "
        f"{told['megabytes']:.0f} MB"
    )
    return told


def import_once(dump: Path, instance: Path) -> None:
    """Import a dump into an empty database and print what it took as JSON."""
    from flask_migrate import downgrade, upgrade

    from midtlink import create_app
    from midtlink.importing.stackexchange import import_dump

    uri = os.environ.get("MIDTLINK_BENCH_DATABASE", f"sqlite:///{instance}/bench.db")
    app = create_app("test", INSTANCE=instance, SQLALCHEMY_DATABASE_URI=uri)
    with app.app_context():
        if "MIDTLINK_BENCH_DATABASE" in os.environ:
            downgrade(revision="base")
        upgrade()
        begun = time.monotonic()
        report = import_dump(dump)
        seconds = time.monotonic() - begun
    own, helper = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    processor = own.ru_utime + own.ru_stime + helper.ru_utime + helper.ru_stime
    told = {
        "posts": report.read["Posts"],
        "rows": report.read.total(),
        "seconds": seconds,
        "processor": processor,
        "megabytes": own.ru_maxrss / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        import_once(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main())
