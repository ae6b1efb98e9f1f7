"""The questions of `funnelmart add-source`: what each row is, which column is what, whether to write it."""

import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

import typer

from orchestration.add_source.add import Addition
from orchestration.add_source.guess import Guess, guess, lacks
from orchestration.add_source.look import Look
from orchestration.add_source.planned import Plan
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.propose import note_unused, propose
from orchestration.add_source.suggested import Answers, Suggestion
from orchestration.cli.add_source_shown import show_plan, show_proofs, show_proposal
from orchestration.errors import SettingsError
from orchestration.extracts.source_specs import TableSpec

_LEAVE_OUT = "none"


def ask(plan: Plan, tables: Mapping[str, TableSpec], name: str | None) -> None:
    """Show each guess and let the user change it; what nobody could tell is asked about.

    Raises:
        SettingsError: nobody is there to answer.
    """
    show_plan(plan)
    plan.proposals = [
        settled
        for proposal in plan.proposals
        if (settled := _settle(proposal.look, proposal.files[0], proposal, tables, name)) is not None
    ]
    for written, look in plan.unknown:
        settled = _settle(look, written, None, tables, name)
        if settled is not None:
            plan.proposals.append(settled)
            del plan.left_out[look.label]


def confirmed(plan: Plan, addition: Addition) -> bool:
    """Whether to write what has been proved."""
    show_proofs(addition)
    return _is_yes(_answer("Write it into funnelmart.yml (yes, no)", "yes"))


def ask_suggested(found: Sequence[Suggestion]) -> Answers:
    """Ask what values suggest: which records are tests, duplicates, qualified, and what is left after cost of goods.

    Raises:
        SettingsError: nobody is there to answer.
    """
    answers = Answers()
    for one in found:
        if one.rule == "gross_margin":
            answers.margin = _margin(one)
            continue
        if one.rule == "qualified_when":
            given = _answer(f"{one.text}. Which are, by comma ({_LEAVE_OUT}: by stage alone)", _LEAVE_OUT)
            values = [value for value in one.values if _letter(value) in {_letter(part) for part in given.split(",")}]
            values = [] if given == _LEAVE_OUT else values
        else:
            meant = {"test_when": "count them apart as tests", "duplicate_when": "take them for duplicates"}[one.rule]
            values = list(one.values) if _is_yes(_answer(f"{one.text}; {meant} (yes, no)", "yes")) else []
        if values:
            answers.rules.setdefault(one.rule, {})[one.column] = values
    return answers


def _letter(value: str) -> str:
    return value.strip()[:1].upper()


def _margin(one: Suggestion) -> Decimal | None:
    while True:
        given = _answer(
            f"{one.text}. Share of revenue left after it, such as 0.4 ({_LEAVE_OUT}: not known)", _LEAVE_OUT
        )
        if given == _LEAVE_OUT:
            return None
        try:
            margin = Decimal(given)
        except InvalidOperation:
            margin = Decimal(2)
        if 0 < margin <= 1:
            return margin
        typer.echo(f"{given}: expected a share above 0 and at most 1", err=True)


def _is_yes(answer: str) -> bool:
    return answer.lower() in ("yes", "y", "да", "д")


def _settle(
    look: Look, written: str, proposal: Proposal | None, tables: Mapping[str, TableSpec], name: str | None
) -> Proposal | None:
    """The proposal as the user wants it; None to leave the table out."""
    entity = _entity(look, proposal.entity if proposal else _LEAVE_OUT, tables)
    if entity is None:
        return None
    table = tables[entity]
    if proposal is None or proposal.entity != entity:
        proposal = propose(look, guess(look, table), table, written, name)
        note_unused(proposal, table)
        show_proposal(proposal)
    fields = dict(proposal.fields)
    while True:
        missing = lacks(table, fields)
        hint = f"Still needed: {'; '.join(missing)}. " if missing else ""
        question = f"{hint}Change a column, such as {table.columns[1].name}={look.columns[0].name} (done to go on)"
        answer = _answer(question, "done")
        if answer == "done" and not missing:
            break
        if answer == "done":
            return None
        problem = _change(fields, answer, look, table)
        if problem:
            typer.echo(problem, err=True)
    if fields == proposal.fields:
        return proposal
    changed = propose(look, Guess(entity, 0.0, fields), table, written, name)
    note_unused(changed, table)
    show_proposal(changed)
    return changed


def _entity(look: Look, default: str, tables: Mapping[str, TableSpec]) -> str | None:
    while True:
        answer = _answer(f"{look.label}: each row is one of ({', '.join(tables)}, or {_LEAVE_OUT})", default)
        if answer == _LEAVE_OUT:
            return None
        if answer in tables:
            return answer
        typer.echo(f"{answer}: no such entity", err=True)


def _change(fields: dict[str, str], answer: str, look: Look, table: TableSpec) -> str | None:
    """Take `name=column` (nothing after it takes the field away); what is wrong with it otherwise."""
    ours, mark, theirs = (part.strip() for part in answer.partition("="))
    if not mark or table.column(ours) is None:
        return f"expected name=column, the name one of {', '.join(column.name for column in table.columns)}"
    if not theirs:
        fields.pop(ours, None)
        return None
    names = [column.name for column in look.columns]
    if theirs not in names:
        return f"the file has no column {theirs!r}; expected one of {', '.join(names)}"
    fields[ours] = theirs
    return None


def _answer(question: str, default: str) -> str:
    """Ask on standard error, so that standard output stays the result."""
    try:
        return str(typer.prompt(question, default=default, err=True)).strip()
    except typer.Abort as error:
        if sys.stdin.isatty():
            raise
        raise SettingsError(
            f"{question}: no answer, since nobody is at the terminal; expected answers or --yes"
        ) from error
