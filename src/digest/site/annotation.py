"""A quotation as W3C Web Annotations: where its words stand, for whoever checks them again.

An annotation for each appearance: ``start`` and ``end`` count the code points of the decoded
file whose ``sha256`` is given, and ``exact`` is what stands there. What stands before and after
is clipped from the context that the page prints, so that nothing more of an article is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digest import address
from digest.model.claim import Claim, Passage, Printing
from digest.site.context import spans
from digest.site.edition import Edition
from digest.site.exports import as_json
from digest.site.linked import root_of
from digest.wording import Span

_AROUND = 32  # the most code points before and after, as is usual
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "schema": "https://schema.org/",
        "file": "schema:name",
        "sha256": "schema:sha256",
        "speaker": "schema:spokenByCharacter",
        "role": "schema:jobTitle",
        "stance": "schema:keywords",
        "said": "schema:temporal",
    },
]


def annotated(edition: Edition) -> Iterator[tuple[str, Claim]]:
    """Each page of a quotation that stands, its old ones too: it has JSON beside it."""
    for claim in edition.digest.claims:
        for id in (claim.id, *claim.formerly) if not claim.retracted else ():
            yield address.quote(id), claim


def beside(page: str) -> str:
    """The address of the JSON of a quotation's page."""
    return page.removesuffix("html") + "json"


def annotation(claim: Claim, edition: Edition) -> str:
    """``quotes/<id>.json``: a page of annotations, one for each appearance of the claim."""
    page = address.quote(claim.id)
    permalink = root_of(page, edition.digest) + page
    to = beside(permalink)
    body = _body(claim, permalink, edition)
    items = [
        {"id": f"{to}#appearance-{number}", "type": "Annotation", "motivation": "identifying",
         "body": body, "target": target}
        for number, target in enumerate(_appearances(claim, edition), 1)
    ]  # fmt: skip
    return as_json({"@context": _CONTEXT, "id": to, "type": "AnnotationPage", "items": items})


def _body(claim: Claim, permalink: str, edition: Edition) -> dict[str, Any]:
    """The claim: its permalink, who said it and when, and the label it has here."""
    line = edition.lines[claim.id]
    role = {"role": claim.role} if claim.role else {}
    return {
        "id": permalink,
        "type": "schema:Quotation",
        "speaker": {"name": claim.speaker.name, **role},
        "said": line.when.datetime or line.when.text,
        **({"stance": line.stance} if line.stance else {}),
    }


def _appearances(claim: Claim, edition: Edition) -> Iterator[list[dict[str, Any]]]:
    """For each printing its segments, and each stretch that repeats its words by itself."""
    for printing in claim.printings:
        around = _printed_around(claim, printing, edition)
        for segments in (printing.segments, *((one,) for one in printing.again)):
            yield [_target(segment, around, claim, edition) for segment in segments]


def _printed_around(claim: Claim, printing: Printing, edition: Edition) -> list[Span]:
    """What the page prints as the context of a printing."""
    curated = edition.digest.articles[printing.article]
    marked = sorted(one.span for one in (*printing.segments, *printing.again))
    shown = spans(curated, marked, edition.widths[curated.id].of(claim, printing))
    return [part for span in shown for part in curated.printable(span)]


def _target(segment: Passage, around: list[Span], claim: Claim, edition: Edition) -> dict[str, Any]:
    """Where one segment stands: by its offsets, and by its words and those around them."""
    article = edition.digest.articles[segment.article].article
    root = root_of(address.quote(claim.id), edition.digest)
    span, text = segment.span, article.text
    begins = next((one.start for one in around if one.start <= span.start <= one.end), span.start)
    ends = next((one.end for one in around if one.start <= span.end <= one.end), span.end)
    prefix = text[max(begins, span.start - _AROUND) : span.start]
    suffix = text[span.end : min(ends, span.end + _AROUND)]
    return {
        "type": "SpecificResource",
        "source": {
            "id": f"{root}{address.article(segment.article)}#file",
            "format": "text/plain",
            "file": article.file,
            "sha256": article.sha256,
        },
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": segment.text,
                **({"prefix": prefix} if prefix else {}),
                **({"suffix": suffix} if suffix else {}),
            },
        ],
    }
