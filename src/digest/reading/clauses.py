"""Where a sentence ends in prose around quotations, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from digest.reading.tokens import Sentence, Token

_ENDS = ".?!…"
_LONGEST = 150  # tokens: a longer run without an end is cut, so that work grows with length alone
_CLOSERS = "”“\"’'»«)]"


def sentences(text: str, found: list[Token]) -> Iterator[Sentence]:
    """The tokens of a paragraph, sentence by sentence.

    A quotation ends a sentence if its last mark does and a capital follows, unless what follows
    only says who spoke: “Why?” Vance asked.
    """
    found = _less_brackets(found)
    begins = 0
    for index, token in enumerate(found):
        if index - begins >= _LONGEST:
            yield found[begins:index]
            begins = index
        if not _may_end(text, token):
            continue
        if (
            token.kind == "."
            and found[index + 1 : index + 2]
            and not _capital(text, found[index + 1])
        ):
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if after and (
            not _capital(text, after) or (token.kind == "Q" and _only_says(text, found, index))
        ):
            continue
        yield _less_dateline(found[begins : index + 1])
        begins = index + 1
    if begins < len(found):
        yield _less_dateline(found[begins:])


def _less_dateline(found: Sentence) -> Sentence:
    """The sentence without "PHILADELPHIA, July 25 (UPI) — " before it."""
    if found and found[0].kind == "N" and found[0].word.isupper():
        for place in range(1, min(len(found), 9)):
            if found[place].kind == "—":
                return found[place + 1 :]
    return found


def _less_brackets(found: list[Token]) -> list[Token]:
    """The tokens without short brackets, "(D-N.Y.)", that hold no quotation."""
    kept: list[Token] = []
    place = 0
    while place < len(found):
        if found[place].kind == "(":
            shuts = next(
                (n for n in range(place, min(place + 13, len(found))) if found[n].kind == ")"), -1
            )
            if shuts >= 0 and all(token.kind != "Q" for token in found[place:shuts]):
                place = shuts + 1
                continue
        kept.append(found[place])
        place += 1
    return kept


def _may_end(text: str, token: Token) -> bool:
    if token.kind == "Q":
        inside = text[max(token.start, token.end - 8) : token.end].rstrip(_CLOSERS + " ")
        return inside[-1:] in _ENDS
    return token.kind in (".", "?", "!")


def _capital(text: str, token: Token) -> bool:
    return (
        token.kind in ("Q", "(", "[") or text[token.start].isupper() or text[token.start].isdigit()
    )


def _only_says(text: str, found: list[Token], index: int) -> bool:
    """Whether the words after the quotation at ``index`` only name its speaker."""
    rest = found[index + 1 : index + 16]
    if (
        text[found[index].end - 2 : found[index].end - 1] == "."
        and text[found[index].end - 3] != "."
    ):
        return _bare_tag(rest)
    at = 0
    while at < len(rest) and rest[at].kind in "DWNA'":
        at += 1
    return (0 < at <= 5 and at < len(rest) and rest[at].kind == "C") or (
        at == 0 and bool(rest) and rest[0].kind == "P" and len(rest) > 1 and rest[1].kind in "CA"
    )


def _bare_tag(rest: list[Token]) -> bool:
    """Just "Trump said." or "he said on Monday.": no words of what was said follow."""
    if len(rest) < 3 or rest[0].kind not in "NP" or rest[1].kind != "C":
        return False
    for token in rest[2:]:
        if token.kind == ".":
            return True
        if token.kind not in "TIDN":
            return False
    return False
