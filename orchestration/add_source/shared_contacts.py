"""Addresses and telephones of several people: a run takes rows that have one in common for one person."""

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.type.people import normalise

_PEOPLE = 3


def doubt_shared_contacts(made: Proposal) -> None:
    """Doubt an address or telephone under which three or more different names stand; people's values aren't shown."""
    names = [made.fields[name] for name in ("full_name", "first_name", "last_name") if name in made.fields]
    if made.entity != "leads" or not names:
        return
    for contact in ("email", "phone"):
        if contact in made.fields:
            _doubt(made, contact, names)


def _doubt(made: Proposal, contact: str, names: list[str]) -> None:
    column, people = made.fields[contact], dict[str, set[str]]()
    for value, *parts in made.look.cells(column, *names):
        whose = plain(" ".join(filter(None, parts)))
        if value and whose and value.strip() and plain(value) not in vocabulary().nobody:
            same = normalise(value, "email", None) if contact == "email" else value.strip()
            people.setdefault(same or "", set()).add(whose)
    people.pop("", None)
    shared = {value: whose for value, whose in people.items() if len(whose) >= _PEOPLE}
    if shared:
        most = max(map(len, shared.values()))
        made.doubt(
            f"{len(shared)} values of {column} stand under {_PEOPLE} or more different names each (up to {most}): a "
            "run takes rows that have one in common for one person",
            f"if they are several people, take {column} out of `fields`, or empty such values in the file",
        )
