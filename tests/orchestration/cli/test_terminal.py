"""Text of files on the terminal: it is text."""

import io

from rich.table import Table

from orchestration.cli.terminal import SafeConsole


def test_71_escape_sequences_of_a_campaign_do_not_reach_the_terminal() -> None:
    terminal = io.StringIO()
    table = Table()
    table.add_column("campaign")
    table.add_row("sale\x1b[31m\x1b]0;title\x07 now\x9b2J")
    console = SafeConsole(file=terminal, force_terminal=True, color_system="standard", width=80)
    console.print(table)
    console.print("[green]fine[/] \x1b[2Jcleared")
    written = terminal.getvalue()
    assert "\x1b[32mfine\x1b[0m" in written
    assert not {"\x1b[31m", "\x1b]0;", "\x07", "\x9b", "\x1b[2J"} & {
        part for part in ("\x1b[31m", "\x1b]0;", "\x07", "\x9b", "\x1b[2J") if part in written
    }
    assert "sale[31m]0;title now2J" in written
