"""Colours that can be read: contrast as WCAG 2.2 computes it (success criterion 1.4.3)."""

LEAST_CONTRAST = 4.5
#: What the accent stands on, the less favourable of page and card: see static/css/tokens.css.
BACKGROUNDS = {"accent_light": "#f4f6f8", "accent_dark": "#18212b"}


def contrast(one: str, other: str) -> float:
    """Return the contrast, from 1 to 21, of two colours written as #rrggbb."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(key: str, colour: str) -> bool:
    """Say whether an accent colour can be read where its setting puts it."""
    return contrast(colour, BACKGROUNDS[key]) >= LEAST_CONTRAST


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
