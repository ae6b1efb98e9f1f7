"""At the end of a run: tell what is new, once, to those whom the settings name."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress

from orchestration.errors import WorkspaceLockedError
from orchestration.lock import holds_lock, workspace_lock
from orchestration.notify.conditions import Condition, FailedCheck, of_checks, of_failure, of_mart, of_recovery
from orchestration.notify.digest import digest, due
from orchestration.notify.outbox import Message, deliver, post, send_now
from orchestration.notify.private import harmless
from orchestration.notify.told import Told
from orchestration.notify.words import Words
from orchestration.progress import say
from orchestration.settings import Settings
from orchestration.settings.notify import KINDS

_SHOWN = 10


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a run ended: its error if it failed, the checks that it evaluated, whether it put a mart in place.

    `is_job`: it was one of the named jobs, not a single asset that somebody launched and looks at. `is_over`: nothing
    comes after it; else another run is about to start, and the digest waits for that one's figures.
    """

    error: Exception | None = None
    checks: Sequence[FailedCheck] = ()
    has_published: bool = False
    is_job: bool = True
    is_over: bool = True


def tell(settings: Settings, now: dt.datetime, ended: Ended) -> None:
    """Tell what a run that ended at `now` (aware) brought, send what waits; the caller holds the workspace lock."""
    if not settings.notify.to:
        return
    words, told = Words(settings.notify.locale or settings.reporting.locale), Told(settings)
    news = [condition for condition in _news(settings, ended, told, words) if condition.kind in settings.notify.about]
    if news:
        post(settings, compose(settings, news, words), now)
    day = due(settings, now, told.digest()) if ended.is_over and settings.published_path.exists() else None
    if day is not None:
        post(settings, digest(settings, words, where(settings)), now)
        told.note_digest(day)
    try:
        told.save()
    finally:  # what can't be noted is told once more, but what waits is sent
        deliver(settings)


def tell_anyway(settings: Settings, now: dt.datetime, ended: Ended, warn: Callable[[str], object] = say) -> None:
    """Tell; whatever goes wrong, in a library or at a receiver, is a warning: a published mart stays a success."""
    try:
        tell(settings, now, ended)
    except Exception as error:
        warn(f"nobody could be told: {type(error).__name__}: {harmless(str(error))}")


def tell_between_runs(settings: Settings, now: dt.datetime, ended: Ended) -> None:
    """Tell where no run was: nothing is new, or it could not start. While another run works, that one tells."""
    if not settings.notify.to or isinstance(ended.error, WorkspaceLockedError):
        return
    with suppress(WorkspaceLockedError), nullcontext() if holds_lock(settings) else workspace_lock(settings):
        tell_anyway(settings, now, ended)


def tell_a_test(settings: Settings) -> dict[str, str | None]:
    """Send everybody whom the settings name a message of no meaning; returns by receiver why it was not taken."""
    words = Words(settings.notify.locale or settings.reporting.locale)
    about = "; ".join(words.say(kind) for kind in settings.notify.about) or "–"
    body = f"{words.say('tested', about=about)}\n{words.say('report', link=where(settings))}"
    return send_now(settings, Message(f"{settings.company}: {words.say('test')}", body))


def where(settings: Settings) -> str:
    """Return where people find the report: the address of the settings, else its file."""
    return f"{settings.notify.link or settings.reports_path}/kpi_report.html"


def compose(settings: Settings, news: Sequence[Condition], words: Words) -> Message:
    """One message of all that is new, the worst first: each with its cause and the next step."""
    ordered = sorted(news, key=lambda condition: KINDS.index(condition.kind))
    more = f" (+{len(ordered) - 1})" if len(ordered) > 1 else ""
    title = f"{settings.company}: {words.say(ordered[0].kind)}{more}"
    lines = []
    for condition in ordered[:_SHOWN]:
        lines.append(f"• {words.say(condition.kind)}: {condition.cause}")
        lines += [f"  → {condition.next_step}"] if condition.next_step else []
    if len(ordered) > _SHOWN:
        lines.append(words.say("more", count=len(ordered) - _SHOWN))
    return Message(title, "\n".join([*lines, words.say("report", link=where(settings))]))


def _news(settings: Settings, ended: Ended, told: Told, words: Words) -> list[Condition]:
    found: list[Condition] = []
    well: list[str] = []
    if ended.error is not None and ended.is_job:
        stopped_by = [check.name for check in ended.checks if check.stops and not check.passed]
        failure = of_failure(settings, ended.error, stopped_by, words)
        if failure:
            found.append(failure)
            told.well_again({"run_failed": "publication_stopped"}.get(failure.key, "run_failed"))
    elif ended.is_job:
        well += [*told.well_again("run_failed"), *told.well_again("publication_stopped")]
    checks = of_checks(settings, ended.checks, words)
    for check in ended.checks:
        well += told.well_again(f"check:{check.name}:", checks)
    found += checks
    if ended.has_published:
        mart = of_mart(settings, words)
        told.well_again("finding:", mart)
        well += told.well_again("goal:", mart)
        found += mart
    return told.news(found) + of_recovery(settings, well, words)
