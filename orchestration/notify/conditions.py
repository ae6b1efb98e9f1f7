"""What somebody should know: each condition by a key, what it is about, its cause and the next step."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from orchestration.errors import ChecksFailedError, FunnelmartError, InterruptedRunError
from orchestration.notify.private import harmless, without_values
from orchestration.notify.words import Words
from orchestration.settings import Settings
from orchestration.settings.notify import Kind
from orchestration.views.reader import open_published, rows

_FRESHNESS = "_freshness"
_RECENT_DAYS = 62  # a finding of long ago is no news, though it may be found for the first time


@dataclasses.dataclass(frozen=True)
class Condition:
    """One thing that is not well. `state` is what makes it another one: the same state is told once."""

    kind: Kind
    key: str
    state: str
    cause: str
    next_step: str


@dataclasses.dataclass(frozen=True)
class FailedCheck:
    """A check that was evaluated, as the run's history says it; `samples` are masked."""

    name: str
    passed: bool
    stops: bool
    message: str
    samples: Sequence[dict[str, Any]] = ()


def of_failure(settings: Settings, error: Exception, stopped_by: Sequence[str], words: Words) -> Condition | None:
    """Why a run came to nothing; None where somebody stopped it on purpose."""
    if isinstance(error, InterruptedRunError):
        return None
    place = {"workspace": str(settings.workspace)}
    if isinstance(error, ChecksFailedError):
        said = [line.strip() for line in str(error).splitlines()[1:]] or [str(error)]
        state = ",".join(sorted(stopped_by)) or _figures_aside(said[0])
        check = stopped_by[0] if stopped_by else "CHECK"
        cause = "; ".join(harmless(line) for line in said)
        return Condition("publication_stopped", "publication_stopped", state, cause, words.stopped(check, **place))
    if isinstance(error, FunnelmartError):
        cause = without_values(str(error).splitlines()[0])
        step = error.next_step.replace("{workspace}", place["workspace"])
    else:  # what a library says may hold a value of the data
        cause, step = type(error).__name__, FunnelmartError.next_step.replace("{workspace}", place["workspace"])
    return Condition("run_failed", "run_failed", _figures_aside(cause), cause, step)


def of_checks(settings: Settings, checks: Iterable[FailedCheck], words: Words) -> list[Condition]:
    """Sources that are stale, and other checks that failed without stopping the publication."""
    found = []
    for check in checks:
        if check.passed or check.stops:
            continue
        if check.name.endswith(_FRESHNESS) and check.samples:
            found += [
                Condition(
                    "source_stale", f"check:{check.name}:{row['source']}", "stale",
                    words.stale(harmless(str(row["source"])), check.name, str(row["newest"]), int(row["days"])),
                    words.ask_for(harmless(str(row["source"]))),
                )
                for row in check.samples
            ]  # fmt: skip
        else:
            step = words.explain(check.name, str(settings.workspace))
            cause = words.check(check.name, harmless(check.message))
            found.append(Condition("check_failed", f"check:{check.name}:", "failed", cause, step))
    return found


def of_mart(settings: Settings, words: Words) -> list[Condition]:
    """Goals off track and recent critical findings of what is published."""
    with open_published(settings) as mart:
        goals = rows(
            mart,
            f"""
            select target_key, coalesce(names.name_{words.locale}, goals.kpi) as name, scope, direction, attainment,
                due_date
            from kpi_targets as goals left join dim_kpi as names on goals.kpi = names.kpi
            where status = 'off_track' order by due_date, target_key
            """,
        )
        findings = rows(
            mart,
            f"""
            select finding_key, dimension, message_{words.locale} as message, action_{words.locale} as action, rule
            from kpi_alignment cross join _meta.run
            where severity = 'critical' and period_end >= today - {_RECENT_DAYS} order by period_end desc, finding_key
            """,
        )
    conditions = [
        Condition(
            "goal_off_track", f"goal:{goal['target_key']}", "off_track",
            words.goal(goal), words.look_at_goals(),
        )
        for goal in goals
    ]  # fmt: skip
    for finding in findings:
        # members of that dimension are people; the report names them to those who may open it
        cause = words.of_somebody(finding["rule"]) if finding["dimension"] == "sales_rep" else finding["message"]
        conditions.append(
            Condition("critical_finding", f"finding:{finding['finding_key']}", "", harmless(cause), finding["action"])
        )
    return conditions


def of_recovery(settings: Settings, well: Sequence[str], words: Words) -> list[Condition]:
    """What was told (its keys) and is well now; a goal whose day has come is not well for that."""
    said = []
    for key in well:
        what, _, rest = key.partition(":")
        check, _, source = rest.partition(":")
        if what == "check" and "source_stale" in settings.notify.about and source:
            said.append(words.fresh_again(harmless(source), check))
        elif what == "check" and "check_failed" in settings.notify.about and not source:
            said.append(words.passes_again(check))
        elif what == "goal" and "goal_off_track" in settings.notify.about:
            said += _goal_again(settings, rest, words)
    if {"run_failed", "publication_stopped"} & {*well} & {*settings.notify.about}:
        said.insert(0, words.runs_again())
    return [Condition("recovered", "recovered", "", cause, "") for cause in said]


def _goal_again(settings: Settings, target_key: str, words: Words) -> list[str]:
    with open_published(settings) as mart:
        goals = rows(
            mart,
            f"""
            select coalesce(names.name_{words.locale}, goals.kpi) as name, scope, direction, attainment,
                due_date
            from kpi_targets as goals left join dim_kpi as names on goals.kpi = names.kpi
            where status in ('on_track', 'at_risk', 'achieved') and target_key = ?
            """,
            [target_key],
        )
    return [words.goal(goal, again=True) for goal in goals]


def _figures_aside(text: str) -> str:
    """The same mistake with other figures, times or ids is the same mistake."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}|\d+", "#", text)
