"""What messages say, in English and Russian."""

import dataclasses
import datetime as dt
from typing import Literal

_EN = {
    "publication_stopped": "a check stopped the publication, the mart of before stays",
    "run_failed": "a run failed, the mart of before stays",
    "source_stale": "a source is stale",
    "check_failed": "a check warns",
    "goal_off_track": "a goal is off track",
    "critical_finding": "a critical finding",
    "digest": "the week in one minute",
    "more": "and {count} more",
    "report": "Report: {link}",
    "stopped": "See why: funnelmart explain {check} -w {workspace}; correct the extracts, then run again.",
    "stale": "{source}: newest data of {newest}, {days} days old ({check})",
    "ask_for": "Ask for the next extract of {source}, or see why its pull failed.",
    "explain": "See the rows: funnelmart explain {check} -w {workspace}",
    "check": "{check}: {message}",
    "goal": "{name}{scope}: off track, {share} of its goal, due {due}",
    "somebody": "a sales representative",
    "of_somebody": "{rule}: a sales representative, named in the report",
    "look_at_goals": "See the section Goals of the report: whose lever it is, and what it takes.",
    "goals": "Goals off track: {count}",
    "findings": "Critical findings: {count}",
    "checks": "Checks that warn: {count}; rows refused: {refused}",
    "reach": "Data: {reach}",
}
_RU = {
    "publication_stopped": "проверка остановила публикацию, прежняя витрина остаётся",
    "run_failed": "запуск не удался, прежняя витрина остаётся",
    "source_stale": "источник устарел",
    "check_failed": "проверка предупреждает",
    "goal_off_track": "цель отстаёт",
    "critical_finding": "критический вывод",
    "digest": "неделя за минуту",
    "more": "и ещё {count}",
    "report": "Отчёт: {link}",
    "stopped": "Почему: funnelmart explain {check} -w {workspace}; исправьте выгрузки и запустите снова.",
    "stale": "{source}: новейшие данные от {newest}, возраст в днях: {days} ({check})",
    "ask_for": "Запросите следующую выгрузку {source} или посмотрите, почему она не получена.",
    "explain": "Строки: funnelmart explain {check} -w {workspace}",
    "check": "{check}: {message}",
    "goal": "{name}{scope}: отстаёт, {share} от цели, срок {due}",
    "somebody": "менеджер по продажам",
    "of_somebody": "{rule}: менеджер по продажам, имя — в отчёте",
    "look_at_goals": "Раздел «Цели» отчёта: чей это рычаг и что нужно.",
    "goals": "Целей отстаёт: {count}",
    "findings": "Критических выводов: {count}",
    "checks": "Проверок с предупреждением: {count}; строк отклонено: {refused}",
    "reach": "Данные: {reach}",
}


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of one language."""

    locale: Literal["en", "ru"]

    def say(self, key: str, **values: object) -> str:
        """Return a text with its values."""
        return (_RU if self.locale == "ru" else _EN)[key].format(**values)

    def stopped(self, check: str, workspace: str) -> str:
        """The next step after a check stopped a publication."""
        return self.say("stopped", check=check, workspace=workspace)

    def stale(self, source: str, check: str, newest: str, days: int) -> str:
        """How old a source is."""
        return self.say("stale", source=source, check=check, newest=newest, days=days)

    def ask_for(self, source: str) -> str:
        """What to do about a stale source."""
        return self.say("ask_for", source=source)

    def explain(self, check: str, workspace: str) -> str:
        """Where to see what a check found."""
        return self.say("explain", check=check, workspace=workspace)

    def check(self, check: str, message: str) -> str:
        """What a check found: in Russian its rule, since its sentence is English."""
        if self.locale == "ru":
            from kpi_report.texts import load_texts

            message = load_texts()["ru"].get(f"check.{check}", message)
        return self.say("check", check=check, message=message)

    def goal(self, name: str, scope: str | None, attainment: float | None, due: dt.date | None) -> str:
        """A goal that is off track; a person's goal names nobody."""
        member = "" if scope in (None, "", "total") else str(scope).partition("=")[2]
        if scope and scope.startswith("sales_rep="):
            member = self.say("somebody")
        share = "–" if attainment is None else f"{attainment:.0%}"
        return self.say("goal", name=name, scope=f" ({member})" if member else "", share=share, due=due)

    def of_somebody(self, rule: str) -> str:
        """A finding about a person, by its rule."""
        return self.say("of_somebody", rule=rule.replace("_", " "))

    def look_at_goals(self) -> str:
        """Where goals are explained."""
        return self.say("look_at_goals")
