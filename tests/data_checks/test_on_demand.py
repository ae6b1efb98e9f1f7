"""What Great Expectations imports for checks that nobody makes here is not read."""

import subprocess
import sys

import pytest

from data_checks.on_demand import on_demand


def printed_by(code: str) -> str:
    """What a Python of its own prints, which has imported nothing yet."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_great_expectations_is_imported_without_statistics() -> None:
    """They are read when somebody asks for them."""
    code = (
        "import sys\n"
        "from data_checks.run import _import_great_expectations\n"
        "_import_great_expectations()\n"
        "print('scipy.stats._stats_py' in sys.modules)\n"
        "from scipy import stats\n"
        "print(stats.norm.cdf(0), 'scipy.stats._stats_py' in sys.modules)\n"
    )
    assert printed_by(code) == "False\n0.5 True\n"


def test_great_expectations_is_imported_without_pictures_and_clouds() -> None:
    """The former are there when somebody asks for them, the latter for all but Great Expectations."""
    code = (
        "import sys\n"
        "from data_checks.run import _import_great_expectations\n"
        "_import_great_expectations()\n"
        "print([name for name in ('altair.vegalite', 'boto3', 'google.auth') if name in sys.modules])\n"
        "import altair as alt\n"
        "from altair.vegalite import v6\n"
        "print(alt.Chart is v6.Chart, sys.modules['altair'].Chart is v6.Chart)\n"
    )
    assert printed_by(code) == "[]\nTrue True\n"


def test_what_is_absent_for_one_thread_is_there_for_others_and_afterwards() -> None:
    code = (
        "import importlib, threading\n"
        "from data_checks.on_demand import absent\n"
        "def look(name):\n"
        "    try:\n"
        "        print(importlib.import_module(name).__name__)\n"
        "    except ModuleNotFoundError as error:\n"
        "        print(error)\n"
        "with absent('colorsys', 'calendar'):\n"
        "    look('colorsys')\n"
        "    other = threading.Thread(target=look, args=['calendar'])\n"
        "    other.start()\n"
        "    other.join()\n"
        "look('colorsys')\n"
    )
    assert printed_by(code) == "colorsys is not wanted here\ncalendar\ncolorsys\n"


def test_what_statements_of_others_ask_is_there_before_the_rest_is_imported_beside_them() -> None:
    """Events are written meanwhile: SQLAlchemy asks its orm about each of their values, also one imported by half."""
    code = (
        "import sys\n"
        "from data_checks import run\n"
        "run._import_great_expectations = lambda: None\n"
        "run.warm_up()\n"
        "print(sys.modules['sqlalchemy.orm'].__spec__._initializing)\n"
    )
    assert printed_by(code) == "False\n"


def test_a_module_that_is_there_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    import xml.dom.minidom

    on_demand("xml.dom.minidom")

    assert sys.modules["xml.dom.minidom"] is xml.dom.minidom


def test_one_that_is_not_installed_stays_away() -> None:
    on_demand("xml.nowhere")

    assert "xml.nowhere" not in sys.modules
