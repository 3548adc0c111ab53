"""A second process that renders half of every batch: cleaning HTML is most of an import's work.

`python -m midtlink.importing.bulk.helping` reads lists of texts as JSON lines and answers in kind.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import IO, cast

from midtlink.importing.bulk.rendering import Rendered, Shown, Text, show

#: Fewer texts than this are rendered more quickly than told.
WORTH_SHARING = 20


class Helper:
    """Renders with the other process's help, or alone when that is gone."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self._questions = cast(IO[str], self._process.stdin)
        self._answers = cast(IO[str], self._process.stdout)

    def __enter__(self) -> "Helper":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._let_go()

    def render_all(self, texts: Iterable[Text]) -> Rendered:
        """Render the texts of a batch, each once."""
        by_length = sorted(dict.fromkeys(texts), key=lambda text: len(text[0]), reverse=True)
        is_told = len(by_length) >= WORTH_SHARING and self._tell(by_length[::2])
        own = by_length[1::2] if is_told else by_length
        rendered = Rendered({text: show(text) for text in own})
        if is_told:
            theirs = self._listen() or [show(text) for text in by_length[::2]]
            rendered.texts |= zip(by_length[::2], theirs, strict=True)
        return rendered

    def _tell(self, texts: list[Text]) -> bool:
        if self._questions.closed:
            return False
        try:
            self._questions.write(json.dumps(texts) + "\n")
            self._questions.flush()
        except OSError:
            self._let_go()
            return False
        return True

    def _listen(self) -> list[Shown] | None:
        if line := self._answers.readline():
            return [Shown(*each) for each in json.loads(line)]
        self._let_go()
        return None

    def _let_go(self) -> None:
        self._process.terminate()
        for pipe in (self._questions, self._answers):
            # What was still to be told to a dead process does not matter.
            with suppress(OSError):
                pipe.close()
        self._process.wait()


def answer() -> None:
    """Render what is asked until nobody asks any more."""
    for line in sys.stdin:
        texts = [(source, source_format) for source, source_format in json.loads(line)]
        print(json.dumps([show(text) for text in texts]), flush=True)


if __name__ == "__main__":
    answer()
