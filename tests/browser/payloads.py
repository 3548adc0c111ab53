"""What attackers type, and how it is cut to the fields of a form."""

import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared/data/sanitizer"
#: What Markdown itself could be made to do; the lists know only HTML.
MARKDOWN = [
    "[link](javascript:alert(1))",
    "[link](JaVaScRiPt&colon;alert(1))",
    "[link](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)>",
    '![image](x"onerror="alert(1))',
    "![image](https://evil.example/pixel.png)",
    "[link](https://a.example 'x\" onmouseover=\"alert(1)')",
    "[a]: javascript:alert(1)\n\n[a]",
    '```"><script>alert(1)</script>\ntext\n```',
    'https://a.example/"onmouseover="alert(1)',
]


def payloads():
    """Every payload of the three lists and our own."""
    listed = json.loads((DATA / "dompurify-part1.json").read_text())
    lines = [(DATA / name).read_text().splitlines() for name in ("rsnake.txt", "jhaddix.txt")]
    found = [each["payload"] for each in listed] + [line for each in lines for line in each]
    return list(dict.fromkeys(text for text in found + MARKDOWN if text.strip()))


def pieces(texts, longest):
    """The texts in pieces that fit a field, with nothing left out: first the beginning of each.

    A piece begins with the last quarter of the one before, so that a tag at the cut is whole.
    """
    cut = [_pieces(text, longest) for text in texts]
    deepest = max(map(len, cut))
    found = [parts[depth] for depth in range(deepest) for parts in cut if depth < len(parts)]
    return list(dict.fromkeys(piece for piece in found if piece.strip()))


def _pieces(text, longest):
    step = longest - longest // 4
    return [text[at : at + longest] for at in range(0, max(1, len(text) - longest + step), step)]
