"""What values suggest of settings outside a block: test records, duplicates, grades of leads, a margin; never taken
without a word.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.add_source.insert import with_entries, with_value
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain
from orchestration.settings import Settings

_TESTS = {"test", "tests", "testing", "test lead", "test record", "тест", "тестовый", "тестовая", "тестовая заявка",
          "prueba", "teste", "testdatensatz"}  # fmt: skip
_DUPLICATES = {"duplicate", "duplicates", "duplicated", "duplicate lead", "dupe", "дубль", "дубликат", "дубли",
               "duplikat", "dublette", "duplicado", "doublon"}  # fmt: skip
_ORIGINS = ("channel", "utm_source", "utm_medium", "utm_campaign", "campaign_name", "lead_quality",
            "disqualified_reason")  # fmt: skip
_REASONS = ("disqualified_reason", "lead_quality", "stage")
_GRADE = re.compile(r"([A-Fa-f])(\W.*)?")
_FEWEST_GRADES = 3


@dataclass(frozen=True)
class Suggestion:
    """A rule that values suggest: `values` of a column, and how many rows have them; margin: no column, no values."""

    rule: str
    proposal: Proposal = field(compare=False)
    column: str = ""
    values: tuple[str, ...] = ()
    rows: int = 0

    @property
    def text(self) -> str:
        """What was seen, and what it comes to as things stand."""
        shown = ", ".join(self.values[:6])
        rows = f"{self.rows} row{'' if self.rows == 1 else 's'}"
        return {
            "test_when": f"{self.column} holds {shown} ({rows}): tests would count as records",
            "duplicate_when": f"{self.column} holds {shown} ({rows}): those would count as leads",
            "qualified_when": f"{self.column} holds grades ({shown}), and nothing says which of them are qualified",
            "gross_margin": "nothing says what goods cost: profit and ROI are before cost of goods",
        }[self.rule]

    @property
    def change(self) -> str:
        """The line that settles it."""
        if self.rule == "gross_margin":
            return "say the share of revenue that is left, such as `economics: {gross_margin: 0.4}`"
        if self.rule == "qualified_when":
            return f"name them, such as `qualified_when: {{{self.column}: [{self.values[0]}]}}`"
        return f"say `{self.rule}: {{{self.column}: [{', '.join(self.values)}]}}`, or what else they are"

    @property
    def matters(self) -> bool:
        """Whether figures are wrong until it is settled; without a margin they are only named before cost of goods."""
        return self.rule in ("test_when", "duplicate_when")


@dataclass
class Answers:
    """What people said: values by rule and column, and the share of revenue left after cost of goods."""

    rules: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    margin: Decimal | None = None


def suggestions(settings: Settings, proposals: Sequence[Proposal]) -> list[Suggestion]:
    """What the values of the files suggest that the settings don't say yet."""
    found = [
        suggestion
        for made in proposals
        for suggestion in (
            *_named(settings, made, "test_when", _TESTS, _ORIGINS),
            *(_named(settings, made, "duplicate_when", _DUPLICATES, _REASONS) if made.entity == "leads" else ()),
            *(_grades(settings, made) if made.entity == "leads" else ()),
        )
    ]
    margin = _margin(settings, proposals)
    return list(dict.fromkeys([*found, *([margin] if margin else [])]))


def doubt_suggested(found: Sequence[Suggestion]) -> list[str]:
    """Doubt what nobody has settled and changes figures; returns the rest as notes."""
    for one in found:
        if one.matters:
            one.proposal.doubt(one.text, one.change)
    return [f"{one.text}; {one.change}" for one in found if not one.matters]


def with_rules(text: str, rules: Mapping[str, Mapping[str, Sequence[str]]], margin: Decimal | None) -> str:
    """The settings with the answers: values by rule and column, and the share of revenue left after cost of goods.

    Raises:
        SettingsError: they can't be added to.
    """
    for rule, columns in rules.items():
        text = with_entries(text, (rule,), {column: list(values) for column, values in columns.items()})
    return text if margin is None else with_value(text, ("economics", "gross_margin"), margin)


def _named(settings: Settings, made: Proposal, rule: str, words: set[str], columns: Sequence[str]) -> list[Suggestion]:
    """Columns with values that are just such a word, and are in no rule."""
    found = []
    for column in columns:
        theirs = made.fields.get(column)
        if theirs is None or theirs in made.unfold.values() or column in getattr(settings, rule):
            continue
        counts = {value: count for value, count in made.look.column(theirs).meant.items() if plain(value) in words}
        if counts and not _said(settings, made, counts):
            found.append(Suggestion(rule, made, column, tuple(sorted(counts)), sum(counts.values())))
    return found


def _said(settings: Settings, made: Proposal, counts: Mapping[str, int]) -> bool:
    """Whether a condition of the block or another rule of records says already what becomes of all these values."""
    rules = (settings.test_when, settings.duplicate_when, settings.qualified_when, made.where_not)
    told = {value.casefold() for rule in rules for values in rule.values() for value in values}
    return {value.casefold() for value in counts} <= told


def _grades(settings: Settings, made: Proposal) -> list[Suggestion]:
    theirs = made.fields.get("lead_quality")
    if theirs is None or "lead_quality" in settings.qualified_when:
        return []
    grades = [value for value in made.look.column(theirs).meant if _GRADE.fullmatch(value.strip())]
    letters = {value.strip()[0].upper() for value in grades}
    if len(letters) < _FEWEST_GRADES or "A" not in letters:
        return []
    return [Suggestion("qualified_when", made, "lead_quality", tuple(sorted(grades)))]


def _margin(settings: Settings, proposals: Sequence[Proposal]) -> Suggestion | None:
    """Nobody tells the cost of goods: no column, no product's margin, no setting."""
    sold = [made for made in proposals if made.entity in ("deals", "deal_lines")]
    if not sold or settings.economics.gross_margin != 1:
        return None
    told = [made.entity == "products" or "cost_of_goods" in made.fields for made in proposals]
    told += [sheet.entity == "products" or "cost_of_goods" in sheet.fields for sheet in settings.sheets]
    return None if any(told) else Suggestion("gross_margin", sold[0])
