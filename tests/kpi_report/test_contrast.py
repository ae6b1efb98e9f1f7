"""Text and marks can be told from what they stand on, in both themes (WCAG 2.2 AA, from the CSS variables)."""

import re

import pytest

from kpi_report.page import HERE

TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", (HERE / "static/css/tokens.css").read_text()))
THEMES = ("light", "dark")
TEXT = [
    ("ink", "bg"), ("ink", "surface"), ("ink", "raised"), ("muted", "bg"), ("muted", "surface"), ("muted", "raised"),
    ("accent", "surface"), ("accent", "bg"), ("on-accent", "accent"), ("good", "surface"), ("bad", "surface"),
    ("good", "good-soft"), ("bad", "bad-soft"), ("warn", "warn-soft"),
]  # fmt: skip
MARKS = [
    (mark, "surface") for mark in ("marketing", "sales", "shared", "total", "accent", "good", "bad", "control", "focus")
]
STRONGEST_HEAT = 0.45


def colour(token: str, theme: str) -> tuple[float, ...]:
    value = TOKENS[token].split(", ")[THEMES.index(theme)]
    return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(rgb: tuple[float, ...]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text: str, ground: str, theme: str) -> None:
    assert contrast(colour(text, theme), colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_and_controls_can_be_seen(mark: str, ground: str, theme: str) -> None:
    assert contrast(colour(mark, theme), colour(ground, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_figures_in_the_hottest_cell_can_be_read(theme: str) -> None:
    heat, ground = colour("heat", theme), colour("surface", theme)
    mixed = tuple(h * STRONGEST_HEAT + g * (1 - STRONGEST_HEAT) for h, g in zip(heat, ground, strict=True))

    assert contrast(colour("ink", theme), mixed) >= 4.5
