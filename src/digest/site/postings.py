"""The search of a large digest: a question loads only what it needs.

The statements stand in small shards, the newest first, and are known by their number there. Every
word stands in a shard of words, in alphabetical order, with the numbers of the statements that have
it; so does whatever statements can be chosen by. ``search/index.js`` tells which shard holds what.
All are scripts of one call each, as in ``search``, and ``templates/static/digest.js`` receives
them: its ``fold`` and ``wordsOf`` are written here again, and must give the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub
from unicodedata import category, normalize

import msgspec

from digest.site.edition import Edition
from digest.site.lines import Facets
from digest.site.records import Found, found, literal, other_names, packed

_STATEMENTS, _WORDS = 12_000, 30_000  # bytes of a shard, but for what is larger alone
_DOUBLE, _SINGLE = re.compile("[“”„‟«»″]"), re.compile("[‘’‚‛ʼ′´`]")
_USUAL = (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"))
_DASH = re.compile("[‐‑‒–—―−-]")
_DASHES = re.compile(r"\s*[‐‑‒–—―−-]+\s*")
_UNSEEN = re.compile("[\u0300-\u036f\u064b-\u0655\u00ad\u200b-\u200d\ufeff]")
_INITIAL = re.compile(r"\.[^\W\d_]\.")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_PLAIN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")


def far_shards(edition: Edition) -> dict[str, bytes]:
    """``search/index.js``, ``search/words/1.js`` and so on, ``search/1.js`` and so on."""
    newest = [found(one, edition) for one in reversed(edition.timeline.statements)]
    names = other_names(edition.digest)
    numbers = _numbers(newest, names)
    ordered = sorted(numbers, key=lambda term: term.encode("utf-16-be"))  # as scripts compare
    told = [(term, literal(term) + b":" + literal(numbers[term])) for term in ordered]
    words = list(_shelved(told, _WORDS))
    records = [literal(msgspec.structs.replace(one, facets=None)) for one in newest]
    statements = list(packed(records, _STATEMENTS))
    about = {
        "first": [shelf[0][0] for shelf in words],  # the first word of each shard
        "starts": [0, *accumulate(map(len, statements))][:-1],  # its first statement's number
        "names": names,
    }
    files = {"search/index.js": b"digestSearch.index(%s);\n" % literal(about)}
    for number, shelf in enumerate(words, 1):
        held = b",\n".join(line for _, line in shelf)
        files[f"search/words/{number}.js"] = b"digestSearch.words(%d,{\n%s\n});\n" % (number, held)
    for number, shard in enumerate(statements, 1):
        held = b",\n".join(shard)
        files[f"search/{number}.js"] = b"digestSearch.add(%d,[\n%s\n]);\n" % (number, held)
    return files


def _numbers(newest: Sequence[Found], names: dict[str, list[str]]) -> dict[str, list[int]]:
    """For each word and choice the numbers of the statements that have it, as differences."""
    also = Names(names)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(newest):
        parts = (*one.words, one.name, one.role, one.place, one.day, one.stance)
        text = fold("\n".join(filter(None, parts)))
        words = set(words_of(text))
        for term in chain(words | also.of(text, words), _choices(one.facets)):
            numbers[term].append(number)
    return {term: [own[0], *map(sub, own[1:], own)] for term, own in numbers.items()}


def _choices(facets: Facets | None) -> Iterator[str]:
    """What a statement can be chosen by: no word holds such a sign."""
    if facets:
        yield f"speaker={facets.speaker}"
        yield f"stance={facets.stance}"
        yield from {f"month={month[:-3]}" for month in facets.months.split()}


def _shelved(entries: Iterable[tuple[str, bytes]], room: int) -> Iterator[list[tuple[str, bytes]]]:
    """Entries in their order, each list of them within ``room`` bytes."""
    shelf: list[tuple[str, bytes]] = []
    left = room
    for term, line in entries:
        if shelf and left < len(line) + 2:
            yield shelf
            shelf, left = [], room
        shelf.append((term, line))
        left -= len(line) + 2
    if shelf:
        yield shelf


class Names:
    """Names that mean the same, at hand for texts that have one of them."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._by_word: dict[str, list[tuple[re.Pattern[str], frozenset[str]]]] = {}
        for group in ([fold(name) for name in (first, *more)] for first, more in names.items()):
            words = frozenset(word for name in group for word in words_of(name))
            for name in filter(words_of, group):
                whole = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])")
                self._by_word.setdefault(words_of(name)[0], []).append((whole, words))

    def of(self, folded: str, words: set[str]) -> set[str]:
        """The words of all names that something in the text is called by."""
        groups = (group for word in words & self._by_word.keys() for group in self._by_word[word])
        return {word for whole, also in groups if whole.search(folded) for word in also}


def fold(text: str) -> str:
    """A text as it is compared: no case, no accents; marks and dashes of one kind alike.

    >>> fold("“We’re  done” — the U.S. élite")
    '"we\\'re done"-the us elite'
    """
    for mark, plain in _USUAL:  # most texts have no others, and this is the fastest
        text = text.replace(mark, plain)
    if not text.isascii():
        text = _SINGLE.sub("'", _DOUBLE.sub('"', text))
    if _DASH.search(text):
        text = _DASHES.sub("-", text)
    text = text.lower() if text.isascii() else _UNSEEN.sub("", normalize("NFKD", text).lower())
    if _INITIAL.search(text):
        text = _INITIALS.sub(lambda letters: letters[0].replace(".", ""), text)
    return " ".join(text.split())


def words_of(folded: str) -> list[str]:
    """The words of a folded text; one with an apostrophe also as far as that.

    >>> words_of("we're done-the us elite")
    ["we're", 'we', 'done', 'the', 'us', 'elite']
    """
    pattern = _PLAIN
    if not folded.isascii():
        pattern = _words("".join(sorted(c for c in set(folded) if category(c)[0] == "M")))
    found = pattern.findall(folded)
    if "'" not in folded:
        return found
    return [part for word in found for part in dict.fromkeys((word, word.split("'")[0]))]


@lru_cache(64)
def _words(marks: str) -> re.Pattern[str]:
    """Of text that is not plain: letters and digits of any script, and the marks set upon them."""
    sign = f"(?:[^\\W_]|[{re.escape(marks)}])" if marks else "[^\\W_]"
    return re.compile(f"{sign}+(?:'{sign}+)*")
