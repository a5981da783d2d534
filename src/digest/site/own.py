"""The curator's own pages, ``data/pages/*.md``: what they may be called and hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from digest import address
from digest.diagnostics import Diagnostic, Place

_TAKEN = {
    "index": "the timeline",
    "words": "whose words the phrases are",
    "disagreements": "where the articles differ",
    "coverage": "what became of each stretch",
    "corrections": "what was corrected or withdrawn",
    "data": "the record for other programs",
    "404": "what a wrong address shows",
}
# Neither HTML nor XML can hold these: control characters, and code points that are no character.
_NOWHERE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def check_pages(pages: Mapping[str, str]) -> Iterator[Diagnostic]:
    """A page of our own has a name that is free and can be an address, and holds only text."""
    for name, text in pages.items():
        path = f"data/pages/{name}.md"
        of_ours = f"the site has a page of this name: {name}.html, {_TAKEN.get(name)}"
        wrong = of_ours if name in _TAKEN else address.fault(name)
        if wrong:
            yield Diagnostic(Place(path), "page-name", wrong, ("give the file another name",))
        found = _NOWHERE.search(text)
        if found:
            before = text[: found.start()].split("\n")
            place = Place(path, len(before), len(before[-1]) + 1)
            message = f"U+{ord(found[0]):04X} may not stand here"
            yield Diagnostic(place, "page-character", message, ("take it out",))
