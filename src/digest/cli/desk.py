"""The commands of the curator's desk: quotes, add, take, dismiss."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from digest.cli.desk_told import about, as_json_object, read_lines, to_decide, what_next
from digest.cli.group import ROOT, report
from digest.diagnostics import Diagnostic, Place, Refused, printable
from digest.plainfile import content, shown

_LARGEST = 5_000_000  # bytes; more is not even read


class _Day(click.ParamType[date]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from digest.dates import a_day

        day = value if isinstance(value, date) else a_day(value)
        return day or self.fail(f"{value!r} is not a day: write it as 2025-05-19", param, ctx)


class _Words(click.ParamType[str]):
    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from digest.wording import invisible

        words = " ".join(str(value).split())
        unseen = invisible(words) if words.isprintable() is False else None
        if not words:
            self.fail("there is nothing in it", param, ctx)
        if words == (param and param.metavar):  # a command was copied with its blank left in
            self.fail(
                f"say it in your own words instead of {words}: readers will see it", param, ctx
            )
        if unseen or any("\ud800" <= one <= "\udfff" for one in words):
            self.fail("holds a character that cannot be seen or is not UTF-8", param, ctx)
        return words


_WORDS, _DAY = _Words(), _Day()
PUBLISHED = click.option(
    "--published", type=_DAY, metavar="DAY", help="The article's own day, where its file has none."
)


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@PUBLISHED
def quotes(file: str, as_json: bool, published: date | None) -> None:
    """Say what is quoted in FILE (- for stdin), by whom and when, with reasons.

    Nothing is written. FILE is text, Markdown with front matter, or a saved HTML page.

    \b
    Examples:
      digest quotes article.txt
      digest quotes page.html --json --published 2025-05-19
    """
    with _refusals():
        from digest.desk.add import Given, opened
        from digest.reading import read

        article = opened(Given(file, _content(file)))
        found = read(article.text, published or article.dated)
        if as_json:
            told = {"quotes": [as_json_object(one) for one in found]}
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for one in found:
            _say(*read_lines(one, article))
        _say(f"{len(found)} quotation{'' if len(found) == 1 else 's'}")


@click.command()
@click.argument("file")
@PUBLISHED
@click.option(
    "--id", metavar="ID", help="What the article is called, for ever (default: its title)."
)
@ROOT
def add(file: str, published: date | None, id: str | None, root: Path) -> None:
    """Keep the article in FILE (- for stdin) and propose its quotations.

    FILE is text, Markdown with front matter, or a saved HTML page (this needs the extra html).
    The article goes into seeds/ as it is; what it quotes waits in data/proposed/ until you take
    or dismiss it. Nothing is ever overwritten, and the same article twice is no harm.

    \b
    Examples:
      digest add ~/Downloads/article.txt
      digest add page.html --id kyiv-talks
      pbpaste | digest add - --published 2025-05-19
    """
    with _refusals():
        from digest.build import check_folder
        from digest.desk.add import Given
        from digest.desk.add import add as add_article

        added = add_article(root, Given(file, _content(file), published, id), check_folder)
        _say(*about(added), *to_decide(added, root))


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option("--speaker", type=_WORDS, metavar="WHO", help="An id, a name, or a description.")
@click.option("--said", type=_WORDS, metavar="DAY", help="A day, FROM..TO, or ..TO.")
@click.option("--when", type=_WORDS, metavar="WORDS", help="The article's words for the day.")
@click.option("--because", type=_WORDS, metavar="WHY", help="Why it was that day.")
@click.option("--stance", type=_WORDS, metavar="ID", help="Where it stands on the record's scale.")
@click.option("--condition", type=_WORDS, metavar="WORDS", help="On what condition.")
@click.option("--leaving", type=_WORDS, metavar="WORDS", help="Away from what.")
@click.option("--id", type=_WORDS, metavar="ID", help="What the claim is called, for ever.")
@ROOT
def take(refs: tuple[str, ...], root: Path, **chosen: str | None) -> None:
    """Take proposals into the record: REF is ARTICLE/NUMBER or a proposal's id.

    Each goes into data/claims/ARTICLE.yaml if it proves, and waits no longer. No other byte of
    what you wrote changes. With several, each is as proposed.

    \b
    Examples:
      digest take kyiv-talks/1 --stance conditional
      digest take kyiv-talks/2 --said 2025-05-19 --because "the day of the summit"
      digest take kyiv-talks/3 kyiv-talks/4
    """
    if len(refs) > 1 and any(chosen.values()):
        raise click.UsageError("with several proposals, each is taken as it is: no options")
    from digest.build import check_folder
    from digest.desk.decide import Choice
    from digest.desk.decide import take as take_one

    for ref in refs:
        with _refusals(ref):
            decided = take_one(root, ref, Choice(**chosen), check_folder)
            _say(f"{decided.ref}: “{decided.claim}” stands in {decided.path}")
    _say(what_next(decided.left, root))


@click.command()
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option("--because", type=_WORDS, metavar="WHY", required=True, help="Readers will see it.")
@ROOT
def dismiss(refs: tuple[str, ...], because: str, root: Path) -> None:
    """Dismiss proposals that are nobody's statement, with a reason: REF is as in take.

    \b
    Example:
      digest dismiss kyiv-talks/5 --because "a term, used by the author"
    """
    from digest.build import check_folder
    from digest.desk.decide import dismiss as dismiss_one

    for ref in refs:
        with _refusals(ref):
            decided = dismiss_one(root, ref, because, check_folder)
            _say(f"{decided.ref}: dismissed in {decided.path}")
    _say(what_next(decided.left, root))


class _refusals:  # noqa: N801  # reads as a verb: with _refusals()
    """What is refused is printed as every finding is, and ends the program with 1."""

    def __init__(self, ref: str | None = None) -> None:
        self.ref = ref  # the proposal that it is about; the findings are of what it would be

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """End the program where something was refused."""
        if isinstance(error, Refused):
            if self.ref:
                told = f"{printable(self.ref)} is not decided, and nothing was written:"
                click.echo(told, err=True)
            report(error.findings, False, False)
            sys.exit(1)


def _content(file: str) -> bytes:
    """The bytes of a plain file, or of stdin; Refused for anything else."""
    place = Place(shown(file))
    try:
        return _piped(place) if file == "-" else content(file, place, _LARGEST)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "is no name of a file"
        raise Refused(Diagnostic(place, "file-unreadable", f"cannot be read: {told}")) from None


def _piped(place: Place) -> bytes:
    """What comes on stdin, which may be closed."""
    piped = sys.stdin.buffer.read(_LARGEST + 1) if sys.stdin else b""
    if len(piped) > _LARGEST:
        raise Refused(Diagnostic(place, "file-size", f"is larger than {_LARGEST:,} bytes"))
    return piped


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(printable(line))
