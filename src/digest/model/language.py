"""Language tags, which browsers and screen readers know."""

from __future__ import annotations

import re

# Language, script, region, variants: RFC 5646 without extensions and private use.
TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)
HINT = "two or three letters, with a script or region behind a hyphen: ar, sr-Latn, pt-BR"


def fault(tag: str) -> str | None:
    """Why ``tag`` names no language, or None.

    >>> fault("sr-Latn")
    >>> fault("Serbian")
    '"Serbian" is not a language tag (BCP 47)'
    """
    return None if TAG.fullmatch(tag) else f'"{tag}" is not a language tag (BCP 47)'
