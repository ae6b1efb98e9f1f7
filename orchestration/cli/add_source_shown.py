"""What `funnelmart add-source` shows: the guess with examples of values, what could not be placed, what was written."""

import re
import shlex
from dataclasses import asdict
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from orchestration.add_source.add import Addition
from orchestration.add_source.evidence import Column
from orchestration.add_source.planned import Plan
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.prove import Proof
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.extracts.type.in_text import masked

# Who buys or asks, in the languages of exports; what is called so and holds single words are codes.
_NAMES = re.compile(
    r"(?i)name|contact|client|customer|buyer|person|kunde|kontakt|cliente|contacto|contato|acheteur|имя|фио|клиент|контакт|"
    r"покупатель"
)
_PERSONAL = ("email", "phone", "full_name", "first_name", "last_name")


def show_plan(plan: Plan) -> None:
    """Print what each file is taken for, column by column."""
    out = console()
    for proposal in plan.proposals:
        show_proposal(proposal, several=_both(plan, proposal))
    for source, path in plan.connectors.items():
        tables = ", ".join(plan.tables[source])
        out.print(f"[bold]{escape(path)}[/] holds tables of [bold]{source}[/] ({tables}): they need no mapping\n")
    for label, why in plan.known.items():
        out.print(f"[green]there already[/]  {escape(label)}: {escape(why)}")
    alike: dict[str, list[str]] = {}
    for label, why in plan.left_out.items():
        alike.setdefault(why, []).append(label)
    for why, labels in alike.items():
        names = ", ".join(labels if len(labels) == 1 else [label.rsplit("/", 1)[-1] for label in labels])
        out.print(f"[yellow]left out[/]  {escape(names)}: {escape(why)}")


def show_proposal(proposal: Proposal, several: bool = False) -> None:
    """Print one block as a table of columns."""
    out, look = console(), proposal.look
    told = ", ".join(
        filter(None, [look.kind, look.encoding, f"delimiter {look.delimiter!r}" if look.delimiter else None])
    )
    out.print(
        f"[bold]{escape(look.label)}[/] ({told}): {counted(look.rows, 'row')}, "
        f"each taken for one of [bold]{proposal.entity}[/]"
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("column", "taken for", "values"):
        table.add_column(title)
    meaning = {theirs: ours for ours, theirs in proposal.fields.items()}
    for column in look.columns:
        ours = meaning.get(column.name)
        shown = ", ".join(masked(value) for value, _ in column.values.most_common(3))[:60] or "(empty)"
        if ours in _PERSONAL or column.emails > 0.5 or _may_be_names(ours, column):
            shown = "(personal)"
        table.add_row(escape(column.name), ours or "[yellow]–[/]", escape(shown))
    out.print(table)
    formats = {key: value for key, value in proposal.formats.items() if key != "sheet"}
    if formats:
        out.print("written as: " + escape(", ".join(f"{key} {value!r}" for key, value in formats.items())))
    if several:
        out.print("[yellow]![/] each row looks like a lead and its deal: the file is added as both")
    for note in (*proposal.notes, *map(str, proposal.doubts)):
        out.print(f"[yellow]![/] {escape(note)}")
    out.print()


def _may_be_names(ours: str | None, column: Column) -> bool:
    """Whether people's names may stand in a column that is not taken for one of people, going by its own name."""
    asked = ours is None or ours in ("customer_id", "person_id")
    return asked and bool(_NAMES.search(column.name)) and any(" " in value for value in column.values)


def show_added(folder: Path, plan: Plan, addition: Addition) -> None:
    """Print what was written, what a run will read, and the next command."""
    out = console()
    if plan.is_empty:
        out.print("Nothing to add.")
    else:
        out.print(f"[green]written[/]  {escape(str(folder / 'funnelmart.yml'))}")
    if plan.folder:
        out.print(f"[green]written[/]  {escape(str(plan.folder))}")
    show_proofs(addition)
    out.print(Text(f"\nNext: {_next(folder)}"))


def show_proofs(addition: Addition) -> None:
    """Print what reading the files with the new settings gave."""
    out = console()
    for proposal, proof in addition.proofs:
        out.print(f"  {proposal.entity} from {escape(', '.join(proposal.files))}: {_rows(proof)}")
        for reason, count in sorted(proof.reasons.items(), key=lambda item: -item[1])[:5]:
            out.print(f"    {count} × {escape(reason)}")
    if addition.stages:
        out.print(
            "  stages: " + escape(", ".join(f"{stage} = {meaning}" for stage, meaning in addition.stages.items()))
        )
    if addition.unknown_stages:
        shown = ", ".join(addition.unknown_stages[:15])
        out.print(f"[yellow]![/] say under `stages` what these mean, else they count as open: {escape(shown)}")
    for note in addition.notes:
        out.print(f"[yellow]![/] {escape(note)}")


def added_document(folder: Path, plan: Plan, addition: Addition) -> None:
    """Print the same as one JSON document."""
    print_json(
        {
            "workspace": folder,
            "added": [
                {
                    **proposal.block(),
                    "rows": proof.rows,
                    "rows_read": proof.used,
                    "rows_refused": proof.refused,
                    "rows_totals": proof.totals,
                    "reasons": proof.reasons,
                    "not_used": [column.name for column in proposal.unplaced],
                    "notes": proposal.notes,
                    "doubts": [asdict(doubt) for doubt in proposal.doubts],
                }
                for proposal, proof in addition.proofs
            ],
            "connectors": addition.connectors,
            "tables": plan.tables,
            "models": plan.folder,
            "stages": addition.stages,
            "unknown_stages": addition.unknown_stages,
            "notes": addition.notes,
            "known": plan.known,
            "left_out": plan.left_out,
            "next": _next(folder),
        }
    )


def _next(folder: Path) -> str:
    return f"funnelmart run -w {shlex.quote(str(folder))}"


def _both(plan: Plan, proposal: Proposal) -> bool:
    same = {other.entity for other in plan.proposals if other.look is proposal.look}
    return proposal.entity == "deals" and "leads" in same


def _rows(proof: Proof) -> str:
    others = {
        "refused": proof.refused, "left out": proof.left_out, "empty": proof.empty, "left out as totals": proof.totals,
    }  # fmt: skip
    said = ", ".join(f"{count} {what}" for what, count in others.items() if count)
    return f"{proof.used} of {counted(proof.rows + proof.totals, 'row')} read, {said or 'none refused'}"
