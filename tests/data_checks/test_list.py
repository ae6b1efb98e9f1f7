from pathlib import Path

from data_checks.__main__ import markdown


def test_the_page_of_checks_is_what_the_suites_declare() -> None:
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run: python -m data_checks > docs/checks.md"
