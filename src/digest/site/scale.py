"""What a large digest sets otherwise than a small one, so that every page stays usable.

A small one is whole on its home page. Of a large one home shows the latest and leads on to the
months, and whatever would grow with the whole record is cut into pages of a bounded size.
"""

from __future__ import annotations

from digest.model.claim import Digest

WHOLE = 100  # claims at most, of a digest that stands on its home page whole
SPOKE_LAST = 12  # speakers that a large digest shows the latest position of


def is_large(digest: Digest) -> bool:
    """Whether home holds the latest alone, and the months take over."""
    return len(digest.claims) > WHOLE
