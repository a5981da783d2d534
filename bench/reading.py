"""How well, and how fast, an article is read: PolNeAR's human spans against ``digest.reading``.

    python bench/reading.py GOLD.jsonl [--write PREDICTIONS.jsonl]

GOLD.jsonl: one article a line, {"doc_id", "text", "quotes": [{"start", "end", "type",
"speaker_head", "speaker_from"}]}, as the corpus' converter writes it; ``type`` "indirect" is not
scored. The corpus states no licence: keep it out of the project. Tune on train and dev only.

A predicted stretch is paired with a human one where they share at least half of what either
covers; quotation marks, spaces and final points are left out. Terms are no quotations. A speaker
is right where the last name is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from digest.reading import Quotation, read

_EDGE = " \t\r\n“”\"‘’'`,.;:"
_SUFFIXES = {"jr", "sr", "ii", "iii"}
_HALF = 0.5


def main() -> None:
    """Read every article of the gold file and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", type=Path, help="predictions, for the corpus' own scorer")
    asked = parser.parse_args()
    gold = [json.loads(line) for line in asked.gold.read_text("utf-8").splitlines()]
    begun = time.process_time()
    readings = [read(article["text"]) for article in gold]
    took = time.process_time() - begun
    counts: Counter[str] = Counter()
    for article, found in zip(gold, readings, strict=True):
        _score(article, found, counts)
    print(_table(counts))
    print(f"{len(gold)} articles, {len(gold) / took:.0f} per CPU second", file=sys.stderr)
    if asked.write:
        lines = (_prediction(a["doc_id"], found) for a, found in zip(gold, readings, strict=True))
        asked.write.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _score(article: dict[str, Any], found: tuple[Quotation, ...], counts: Counter[str]) -> None:
    """Count what one article adds."""
    text = article["text"]
    human = [(_bare(text, q["start"], q["end"]), q) for q in article["quotes"]]
    direct = [one for one in human if one[1]["type"] != "indirect"]
    indirect = [span for span, quote in human if quote["type"] == "indirect"]
    counts["gold"] += len(direct)
    counts["gold known"] += sum(bool(quote["speaker_from"]) for _, quote in direct)
    taken: set[int] = set()
    for span, quotation in _stretches(text, found):
        overlaps = [(_shared(span, one), n) for n, (one, _) in enumerate(direct) if n not in taken]
        best, number = max(overlaps, default=(0.0, -1))
        if best < _HALF:
            if not any(_within(span, other) for other in indirect):
                counts["found"] += 1
                counts["found known"] += 1
            continue
        taken.add(number)
        one, quote = direct[number]
        counts["found"] += 1
        counts["paired"] += 1
        counts["exact"] += one == span
        counts[f"tier {quotation.tier}"] += 1
        if quote["speaker_from"]:
            _score_speaker(quotation, quote, counts)


def _score_speaker(quotation: Quotation, quote: dict[str, Any], counts: Counter[str]) -> None:
    right = bool(quotation.speaker) and _last(quotation.speaker or "") == _last(
        quote["speaker_head"]
    )
    how = "named" if quote["speaker_from"] == "mention" else "pronoun"
    counts["found known"] += 1
    for key in (how, f"judged {quotation.tier}"):
        counts[key] += 1
        counts[f"{key} right"] += right
    counts["right"] += right


def _table(counts: Counter[str]) -> str:
    """The figures, one a line."""
    rows = [
        ("exact spans, F1", 200 * counts["exact"], counts["found"] + counts["gold"]),
        ("half-shared spans, F1", 200 * counts["paired"], counts["found"] + counts["gold"]),
        ("speaker right, named beside the words", 100 * counts["named right"], counts["named"]),
        ("speaker right, he or she", 100 * counts["pronoun right"], counts["pronoun"]),
        ("end to end, F1", 200 * counts["right"], counts["found known"] + counts["gold known"]),
    ]
    for tier in ("sure", "likely", "doubtful"):
        judged = counts[f"judged {tier}"]
        rows.append((f"{tier}: right", 100 * counts[f"judged {tier} right"], judged))
        rows.append(
            (f"{tier}: share of quotations", 100 * counts[f"tier {tier}"], counts["paired"])
        )
    return "\n".join(f"{name:40} {part / whole if whole else 0:5.1f}" for name, part, whole in rows)


def _stretches(text: str, found: tuple[Quotation, ...]) -> list[tuple[tuple[int, int], Quotation]]:
    spoken = (quotation for quotation in found if "term" not in quotation.flags)
    every = ((_bare(text, s.start, s.end), q) for q in spoken for s in q.segments)
    return [(span, quotation) for span, quotation in every if span[0] < span[1]]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks, spaces and points at its ends."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) >= _HALF * (one[1] - one[0])


def _last(name: str) -> str:
    """The last name, without a suffix or a possessive ending."""
    words = re.sub(r"[’']s$", "", name).replace(",", " ").split()
    while len(words) > 1 and words[-1].strip(".").lower() in _SUFFIXES:
        words.pop()
    return words[-1].strip(".,").lower() if words else ""


def _prediction(doc: str, found: tuple[Quotation, ...]) -> str:
    quotes = [
        {"start": s.start, "end": s.end, "speaker": q.speaker or "", "tier": q.tier}
        | {"speaker_mention": q.mention or "", "cue": q.cue or ""}
        for q in found
        if "term" not in q.flags
        for s in q.segments
    ]
    return json.dumps({"doc_id": doc, "quotes": quotes}, ensure_ascii=False)


if __name__ == "__main__":
    main()
