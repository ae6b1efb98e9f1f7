"""What messages say, in English and Russian."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

_EN = {
    "publication_stopped": "a check stopped the publication, the mart of before stays",
    "run_failed": "a run failed, the mart of before stays",
    "source_stale": "a source is stale",
    "check_failed": "a check warns",
    "goal_off_track": "a goal is off track",
    "critical_finding": "a critical finding",
    "recovered": "well again",
    "digest": "in one minute",
    "more": "and {count} more",
    "report": "Report: {link}",
    "stopped": "See why: funnelmart explain {check} -w {workspace}; correct the extracts, then run again.",
    "stale": "{source}: newest data of {newest}, {days} {unit} old ({check})",
    "ask_for": "Ask for the next extract of {source}, or see why its pull failed.",
    "explain": "See the rows: funnelmart explain {check} -w {workspace}",
    "check": "{check}: {message}",
    "goal": "{name}{scope}: off track, {share} of its goal, due {due}",
    "goal_limit": "{name}{scope}: off track, at {share} of its limit, due {due}",
    "somebody": "a sales representative",
    "of_somebody": "{rule}: a sales representative, named in the report",
    "look_at_goals": "See the section Goals of the report: whose lever it is, and what it takes.",
    "goal_again": "{name}{scope}: no longer off track, {share} of its goal, due {due}",
    "goal_again_limit": "{name}{scope}: no longer off track, at {share} of its limit, due {due}",
    "runs_again": "a run came to its end again",
    "fresh_again": "{source}: no longer stale ({check})",
    "passes_again": "{check}: passes",
    "test": "a test message",
    "tested": "Whoever reads this is told of: {about}. Nothing is wrong.",
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
    "recovered": "снова в порядке",
    "digest": "главное за минуту",
    "more": "и ещё {count}",
    "report": "Отчёт: {link}",
    "stopped": "Почему: funnelmart explain {check} -w {workspace}; исправьте выгрузки и запустите снова.",
    "stale": "{source}: новейшие данные от {newest}, возраст в днях: {days} ({check})",
    "ask_for": "Запросите следующую выгрузку {source} или посмотрите, почему она не получена.",
    "explain": "Строки: funnelmart explain {check} -w {workspace}",
    "check": "{check}: {message}",
    "goal": "{name}{scope}: отстаёт, {share} от цели, срок {due}",
    "goal_limit": "{name}{scope}: отстаёт от цели, {share} от предела, срок {due}",
    "somebody": "менеджер по продажам",
    "of_somebody": "{rule}: менеджер по продажам, имя — в отчёте",
    "look_at_goals": "Раздел «Цели» отчёта: чей это рычаг и что нужно.",
    "goal_again": "{name}{scope}: больше не отстаёт, {share} от цели, срок {due}",
    "goal_again_limit": "{name}{scope}: больше не отстаёт от цели, {share} от предела, срок {due}",
    "runs_again": "запуск снова дошёл до конца",
    "fresh_again": "{source}: больше не устарел ({check})",
    "passes_again": "{check}: проходит",
    "test": "пробное сообщение",
    "tested": "Кто это читает, узнает о следующем: {about}. Ничего не случилось.",
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
        return self.say(
            "stale", source=source, check=check, newest=newest, days=days, unit="day" if days == 1 else "days"
        )

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

    def reach(self, what: str, day: str) -> str:
        """Up to which day there are leads, spend or won deals, as the report says it."""
        from kpi_report.texts import load_texts

        return load_texts()[self.locale][f"page.reach_{what}"].format(date=day)

    def runs_again(self) -> str:
        """Runs had failed and do so no more."""
        return self.say("runs_again")

    def fresh_again(self, source: str, check: str) -> str:
        """A source that was stale has new data."""
        return self.say("fresh_again", source=source, check=check)

    def passes_again(self, check: str) -> str:
        """A check that warned passes."""
        return self.say("passes_again", check=check)

    def goal(self, goal: Mapping[str, Any], again: bool = False) -> str:
        """A goal that is off track (`again`: no more); a person's goal names nobody. What is to fall has a limit."""
        scope, attainment = goal["scope"], goal["attainment"]
        member = "" if scope in (None, "", "total") else str(scope).partition("=")[2]
        if scope and scope.startswith("sales_rep="):
            member = self.say("somebody")
        falls = goal["direction"] == "decrease"
        share = (
            "–"
            if attainment is None or (falls and not attainment)
            else f"{1 / attainment if falls else attainment:.0%}"
        )
        key = ("goal_again" if again else "goal") + ("_limit" if falls else "")
        scoped = f" ({member})" if member else ""
        return self.say(key, name=goal["name"], scope=scoped, share=share, due=goal["due_date"])

    def of_somebody(self, rule: str) -> str:
        """A finding about a person, by its rule."""
        return self.say("of_somebody", rule=rule.replace("_", " "))

    def look_at_goals(self) -> str:
        """Where goals are explained."""
        return self.say("look_at_goals")
