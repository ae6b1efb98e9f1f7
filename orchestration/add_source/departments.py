"""Whose costs they are: a run knows marketing and sales, files call them otherwise, `Vertrieb` or `Sales team`."""

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary

_BESIDE = {"team", "department", "dept", "abteilung", "departamento", "equipe", "отдел", "dzial", "afdeling"}


def settle_departments(made: Proposal) -> None:
    """Meanings of departments that are called so in another language; what else there is a run refuses."""
    if made.entity != "marketing_costs" or "department" not in made.fields:
        return
    column = made.look.column(made.fields["department"])
    told = {value: said for value in sorted(column.meant) if (said := _department(value))}
    meant = {value: said for value, said in told.items() if said != value.lower()}
    if meant:
        made.values["department"] = meant
        shown = ", ".join(f"{value} = {said}" for value, said in meant.items())
        made.note(f"departments: {shown} (`values`)")


def _department(value: str) -> str | None:
    words = " ".join(word for word in plain(value).split() if word not in _BESIDE)
    return next((name for name, called in vocabulary().departments.items() if words in called), None)
