"""What to type to decide about a proposal: the same on the terminal and on the preview's desk."""

from __future__ import annotations

import shlex
from pathlib import Path

from digest.record.proposals import Proposal, Proposed


def commands(one: Proposal, proposed: Proposed, dated: bool, root: Path) -> tuple[str, ...]:
    """The likeliest command first. What only the curator can say is a blank in capitals, which
    take and dismiss refuse; ``dated``: whether the article's own day is known.
    """
    ref, here = shlex.quote(f"{proposed.article}/{one.number}"), rooted(root)
    if one.terms:
        return (f'digest dismiss {ref} --because "a term, not a statement"{here}',)
    claim = one.claim or {}
    open_speaker = "" if one.of or claim.get("speaker") else ' --speaker "WHO"'
    known = one.of or claim.get("said") or dated or proposed.entry.get("published")
    open_day = "" if known else ' --said DAY --because "WHY"'
    take = f"digest take {ref}{open_speaker}{open_day}{here}"
    return take, f'digest dismiss {ref} --because "WHY"{here}'


def rooted(root: Path) -> str:
    """How a command is told of the digest's folder, where that is not here."""
    return "" if root == Path() else f" --root {shlex.quote(str(root))}"
