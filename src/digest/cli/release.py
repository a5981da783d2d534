"""The command that promises what is published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from digest.cli.group import ROOT, report


def _as_day(_: click.Context, __: click.Parameter, written: str | None) -> date:
    """The day that was given, or today: nothing else in the program asks which day it is."""
    from digest.dates import a_day

    day = a_day(written) if written else date.today()
    if day is None:
        raise click.BadParameter("write it as 2025-06-01")
    return day


@click.command()
@ROOT
@click.option(
    "--on", metavar="DAY", callback=_as_day, help="The day of publication (default: today)."
)
def release(root: Path, on: date) -> None:
    """Enter what is new or corrected in the ledger, data/published.txt.

    From then on the address of every quotation, speaker and article in it is promised: a build
    that would drop or alter a published quotation stops, and says how to write that down.
    Commit the ledger with the record.

    \b
    Examples:
      digest release
      digest release --on 2025-06-01
    """
    from digest.build import check
    from digest.diagnostics import Refused
    from digest.model.options import Options
    from digest.release import release

    outcome = check(Options(root))
    report(outcome.findings, False, False, root)
    if outcome.digest is None or outcome.folder is None:
        return  # then there were errors, and the report has ended the program
    try:
        added = release(root, outcome.digest, outcome.folder.ledger, on)
    except Refused as refused:
        report(refused.findings, False, False, root)
        return
    for line in added:
        click.echo(line.address)
    addresses = "1 address" if len(added) == 1 else f"{len(added)} addresses"
    click.echo(f"{addresses} entered on {on}" if added else "nothing new since the last release")
