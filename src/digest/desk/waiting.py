"""Proposals by the names that the curator calls them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place, Refused, did_you_mean
from digest.folder import Folder
from digest.record.proposals import Proposal, Proposed, read_proposed


class Waiting(Struct, frozen=True):
    """A proposal by its name, and where it waits."""

    ref: str
    id: str
    proposal: Proposal
    proposed: Proposed


def waiting_as(ref: str, folder: Folder) -> Waiting:
    """The proposal called ``ARTICLE/NUMBER`` or by its id. Raises Refused with the nearest name."""
    every = list(references(folder))
    named = [one for one in every if ref in (one.ref, one.id)]
    if named:
        return named[0]
    hints = did_you_mean(ref, chain(*((one.ref, one.id) for one in every)))
    inside = [one.ref for one in every if one.proposed.article == ref]
    if inside:
        hints = (f"one of: {', '.join(inside)}",)
    elif not hints:
        hints = (
            ("nothing waits: digest add FILE proposes what an article says",) if not every else ()
        )
    raise Refused(
        Diagnostic(Place("data/proposed"), "proposal-unknown", f'no proposal "{ref}"', hints)
    )


def references(folder: Folder) -> Iterator[Waiting]:
    """Every proposal that waits, in the order of files and numbers."""
    for proposed in read_proposed(folder.proposed.items())[0]:
        for id, proposal in proposed.proposals.items():
            yield Waiting(f"{proposed.article}/{proposal.number}", id, proposal, proposed)
