"""Colours can be told apart: every pair of tokens that meets on a page, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "midtlink/static/css/tokens.css"
#: WCAG 2.2: 4.5 for words (1.4.3), 3 for edges, icons and the focus ring (1.4.11).
WORDS, SHAPES = 4.5, 3.0
GROUNDS = ("bg", "surface")
ON_GROUNDS = ("ink", "ink-2", "accent", "accent-strong", "ok", "warn", "bad")
PAIRS = [
    *((front, ground, WORDS) for front in ON_GROUNDS for ground in GROUNDS),
    *((front, f"{front}-soft", WORDS) for front in ("accent", "ok", "warn", "bad")),
    *(("ink", ground, WORDS) for ground in ("accent-soft", "ok-soft", "warn-soft", "bad-soft")),
    *(("ink-2", ground, WORDS) for ground in ("accent-soft", "calm-soft")),
    ("ink", "calm-soft", WORDS),
    ("accent-strong", "accent-soft", WORDS),
    ("on-accent", "accent", WORDS),
    ("on-accent", "accent-strong", WORDS),
    ("surface", "ink", WORDS),
    *(("edge", ground, SHAPES) for ground in GROUNDS),
    *(("focus", ground, SHAPES) for ground in (*GROUNDS, "accent-soft", "warn-soft", "calm-soft")),
]

Colour = tuple[float, float, float]


def declared() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (.+);", TOKENS.read_text(encoding="utf-8")))


def resolve(value: str, theme: str) -> Colour:
    if value.startswith("#"):
        return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]
    if name := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return resolve(declared()[name[1]], theme)
    if pair := re.fullmatch(r"light-dark\((.+), (.+)\)", value):
        return resolve(pair[1 if theme == "light" else 2], theme)
    mix = re.fullmatch(r"color-mix\(in srgb, (.+) (\d+)%, (.+)\)", value)
    assert mix, f"a colour this test cannot read: {value}"
    part, first, second = int(mix[2]) / 100, resolve(mix[1], theme), resolve(mix[3], theme)
    return tuple(a * part + b * (1 - part) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_token_pair_can_be_told_apart(front, ground, least, theme):
    tokens = declared()
    assert contrast(resolve(tokens[front], theme), resolve(tokens[ground], theme)) >= least


def test_every_colour_token_is_in_a_pair():
    colours = {name for name, value in declared().items() if "#" in value or "color-mix" in value}
    decoration = {"line", "veil", "shadow", "paper", "accent-light", "accent-dark"}
    assert colours - decoration <= {name for pair in PAIRS for name in pair[:2]}


def test_only_tokens_hold_colours():
    sheets = [sheet for sheet in TOKENS.parent.glob("*.css") if sheet != TOKENS]
    coloured = r"#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(|oklch\("
    assert [s.name for s in sheets if re.search(coloured, s.read_text(encoding="utf-8"))] == []
