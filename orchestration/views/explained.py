"""One check, explained: its rule and limit, what it found last, and what it had found before."""

import dataclasses
import difflib
import json
from typing import Any

from data_checks.checks import Check, with_settings
from data_checks.history import Past, recent
from data_checks.suites import ALL
from orchestration.errors import PublishError, UsageError
from orchestration.settings import Settings
from orchestration.transform import build_record
from orchestration.views.reader import open_published, rows


@dataclasses.dataclass(frozen=True)
class Explained:
    """`latest` are the fields of its newest result, None before the first run; its samples are masked.

    `limit_from`: settings (funnelmart.yml), learned (from each source's own history) or default.
    """

    suite: str
    check: Check
    limit_from: str
    latest: dict[str, Any] | None
    history: list[Past]

    def as_document(self) -> dict[str, Any]:
        """Return the same as a JSON document."""
        check = self.check
        return {
            "check": check.name, "suite": self.suite, "table": check.table, "expects": check.expects,
            "otherwise": check.why, "severity": check.severity, "threshold": check.threshold, "unit": check.unit,
            "threshold_from": self.limit_from, "latest": self.latest,
            "history": [dataclasses.asdict(past) for past in self.history],
        }  # fmt: skip


def known(name: str) -> str:
    """Return the suite of a check.

    Raises:
        UsageError: there is no such check; the message names the nearest ones.
    """
    suites = {check.name: suite for suite, checks in ALL.items() for check in checks}
    if name not in suites:
        near = difflib.get_close_matches(name, suites, n=3) or sorted(suites)[:3]
        raise UsageError(f"{name!r} is no check; expected one of docs/checks.md, such as {', '.join(near)}")
    return suites[name]


def explain_check(settings: Settings, name: str) -> Explained:
    """Look at one check: what the last run found, also one that did not publish, else what the published mart says.

    Raises:
        UsageError: there is no such check.
    """
    suite = known(name)
    check = next(check for check in with_settings(ALL[suite], settings) if check.name == name)
    limit_from = "settings" if check.given else "learned" if check.learns else "default"
    return Explained(suite, check, limit_from, _latest(settings, name), recent(settings).get(name, []))


def _latest(settings: Settings, name: str) -> dict[str, Any] | None:
    record = build_record.load(settings)
    for result in record.checks if record else ():
        if result.check == name:
            return {"verdict": result.verdict, **dataclasses.asdict(result)}
    try:
        with open_published(settings) as mart:
            found = rows(mart, 'select * from _meta.checks where "check" = ?', [name])
    except PublishError:
        return None
    return {**found[0], "samples": json.loads(found[0]["samples"])} if found else None
