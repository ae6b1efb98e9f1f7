"""Addresses and telephones of several people: a run joins rows that share one only where the name is the same."""

from orchestration.add_source.proposal import Proposal
from orchestration.extracts.source_specs import Personal
from orchestration.extracts.type.people import PEOPLE_OF_SHARED, normalise
from orchestration.extracts.type.shared import is_nobody, is_shared


def note_shared_contacts(made: Proposal) -> None:
    """Say which column holds contacts that several people share; people's values aren't shown."""
    names = [made.fields[name] for name in ("full_name", "first_name", "last_name") if name in made.fields]
    if made.entity != "leads" or not names:
        return
    for contact in ("email", "phone"):
        if contact in made.fields:
            _note(made, contact, names)


def _note(made: Proposal, contact: str, names: list[str]) -> None:
    kind: Personal = "email" if contact == "email" else "phone"
    column, people = made.fields[contact], dict[str, set[str]]()
    for value, *parts in made.look.cells(column, *names):
        whose = " ".join(filter(None, parts)).strip()
        if value and whose and not is_nobody(value) and not is_nobody(whose):
            same = normalise(value, kind, None) or (value.strip() if kind == "phone" else None)
            people.setdefault(same or "", set()).add(whose.casefold())
    people.pop("", None)
    shared = [whose for value, whose in people.items() if len(whose) >= PEOPLE_OF_SHARED or is_shared(value, kind)]
    if any(len(whose) > 1 for whose in shared):
        made.note(
            f"{len(shared)} values of {column} are shared by several people (of a role, a filler, or under "
            f"{PEOPLE_OF_SHARED} or more different names): rows that have one in common count as one person only where "
            "the name is the same"
        )
