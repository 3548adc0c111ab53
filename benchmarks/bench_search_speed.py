"""Build an index of 10,000 and of 100,000 posts, and print what finding and changing costs.

Times are of the processor, in a process of its own for each size, which answers one question at a
time. Cold means that everything remembered since the start is forgotten before each question.
"""

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from search_corpus import corpus
from search_questions import EVERYONE, Questions

from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import Document, Wanted

SIZES = (10_000, 100_000)
#: Questions of each kind that are measured, and asked before.
MEASURED, BEFORE = 150, 100
#: What is asked of each line, p50 and p95: milliseconds of the processor.
ASKED = {
    "two words, marks, facets, warm": (8, 20),
    "two words, marks, facets, cold": (15, 45),
    "two words while typing, six hits": (6, 15),
    "similar, a title": (6, 15),
    "similar, a title and a long text": (6, 15),
    "a phrase": (20, 60),
    "a prefix of 4 letters": (20, 60),
    "a prefix of 1 letter": (20, 60),
    "two words, one misspelt": (20, 60),
    "filters without words, facets": (20, 60),
    "a suggestion": (6, 15),
    "bad input": (100, 100),
    "opening after a commit": (5, 5),
    "opening every segment": (5, 5),
    "a thread put, in batches of 20": (20, 20),
}
#: Minutes of the processor for a rebuild; MB above the imports, those of mapped files too.
MOST_MINUTES, MOST_MEMORY = 8, 150


def main() -> int:
    """Measure each size in processes of its own; 1 if a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="*", default=SIZES)
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use them again")
    parser.add_argument("--measure", choices=("build", "ask"))
    given = parser.parse_args()
    if given.measure:
        measure = build if given.measure == "build" else ask
        print(json.dumps(measure(given.posts[0], given.folder)))
        return 0
    with tempfile.TemporaryDirectory(prefix="midtlink-bench-") as folder:
        kept = given.folder or Path(folder)
        return max([report(posts, kept / str(posts)) for posts in given.posts])


def report(posts: int, folder: Path) -> int:
    """Print the table of one size."""
    print(f"\n{posts:,} posts")
    missed = 0
    if not folder.exists():
        told = in_own_process("build", posts, folder)
        print("rebuild: {documents:,} threads, {seconds:.0f} s of the processor, {size:.0f} MB, "
              "memory at most {memory:.0f} MB".format(**told))  # fmt: skip
        missed += told["seconds"] > MOST_MINUTES * 60
    told = in_own_process("ask", posts, folder)
    print(f"{'':34}{'asked':>12}{'p50':>8}{'p95':>8}{'max':>8}")
    for name, times in told["times"].items():
        half, most = quantile(times, 0.5), quantile(times, 0.95)
        missed += half > ASKED[name][0] or most > ASKED[name][1]
        asked = "{} / {}".format(*ASKED[name])
        print(f"{name:34}{asked:>12}{half:8.1f}{most:8.1f}{max(times):8.1f}")
    print("memory above the imports: {own:.0f} MB of its own, {shared:.0f} MB of mapped files that "
          "the workers share".format(**told))  # fmt: skip
    return int(missed + (told["own"] + told["shared"] > MOST_MEMORY) > 0)


def in_own_process(what: str, posts: int, folder: Path) -> dict:
    arguments = ["--measure", what, "--posts", str(posts), "--folder", str(folder)]
    command = [sys.executable, __file__, *arguments]
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def build(posts: int, folder: Path) -> dict[str, float]:
    documents = list(corpus(posts))
    start = time.process_time()
    count = WhooshBackend(folder).rebuild(documents)
    seconds = time.process_time() - start
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return {"documents": count, "seconds": seconds, "size": size, "memory": memory("VmHWM")}


def ask(posts: int, folder: Path) -> dict:
    documents = list(corpus(posts))
    backend = WhooshBackend(folder)
    questions = Questions(backend, documents)
    gc.collect()
    before = memory("RssAnon"), memory("RssFile")
    backend.find(Wanted(EVERYONE, words=questions.misspelt()))
    times = {}
    for name, draw in questions.kinds.items():
        for _ in range(BEFORE):
            draw()()
        is_cold = name.endswith("cold")
        times[name] = [timed(draw(), backend if is_cold else None) for _ in range(MEASURED)]
    gc.collect()
    own, shared = memory("RssAnon") - before[0], memory("RssFile") - before[1]
    times |= changes(backend, documents)
    return {"times": times, "own": own, "shared": shared}


def changes(backend: WhooshBackend, documents: list[Document]) -> dict[str, list[float]]:
    """Measure batches of changes, and opening what they have made."""
    rng = Random(11)
    putting, refreshing, opening = [], [], []
    reader = WhooshBackend(backend._folders.folder)
    for number in range(40):
        some = [replace(rng.choice(documents), version=2 + number) for _ in range(20)]
        reader.find(Wanted(EVERYONE))
        putting.append(timed(lambda some=some: backend.put(some)) / 20)
        refreshing.append(timed(reader._held.snapshot))
        reader._held._snapshot = None
        opening.append(timed(reader._held.snapshot))
    return {
        "opening after a commit": refreshing,
        "opening every segment": opening,
        "a thread put, in batches of 20": putting,
    }


def timed(work: Callable[[], object], cold: WhooshBackend | None = None) -> float:
    if cold:
        forget(cold)
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def forget(backend: WhooshBackend) -> None:
    """Forget what was remembered of the index and of words; the files stay where they are."""
    backend._held._snapshot = None
    for remembered in backend._analyses._held.chain._remembered.values():
        remembered.clear()
    for module in [m for name, m in sys.modules.items() if name.startswith("midtlink.search")]:
        for each in vars(module).values():
            if hasattr(each, "cache_clear") and each.cache_info().maxsize:
                each.cache_clear()


def memory(line: str) -> float:
    """Return a line of what the system says of this process, in MB."""
    for each in Path("/proc/self/status").read_text().splitlines():
        if each.startswith(f"{line}:"):
            return int(each.split()[1]) / 1024
    return 0.0


def quantile(times: list[float], part: float) -> float:
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


if __name__ == "__main__":
    sys.exit(main())
