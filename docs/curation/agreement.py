"""How far the two readings of the five articles agree, stretch by stretch.

Run from the root, with the package installed: ``python docs/curation/agreement.py``
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digest.folder import read_folder
from digest.memo import Memo
from digest.model.article import Article
from digest.model.entry import SiteEntry
from digest.proof.proven import verify
from digest.reading.articles import read_articles
from digest.record.parts import read_record

ASKED = ("claim or dismissed", "speaker", "day", "stance")
Verdict = tuple[str, ...]  # ("dismissed",) or ("claim", speaker, day, stance)


def reading(path: Path, articles: Iterable[Article]) -> dict[tuple[str, int], Verdict]:
    """What a reading says of each stretch, by file and offset."""
    record, _ = read_record({str(path): path.read_text("utf-8")})
    digest, _ = verify(record, articles, SiteEntry(title="A reading"))
    found: dict[tuple[str, int], Verdict] = {}
    for claim in digest.claims:
        day = str(claim.moment.working.said)
        for printing in claim.printings:
            file = digest.articles[printing.article].article.file
            for words in (*printing.segments, *printing.again):
                verdict = ("claim", claim.speaker.id, day, claim.stance or "none")
                found[file, words.span.start] = verdict
    for one in digest.dismissed:
        file = digest.articles[one.words.article].article.file
        found[file, one.words.span.start] = ("dismissed",)
    return found


def main() -> None:
    """Print the table, and every stretch on which the readings differ."""
    folder, _ = read_folder(Path())
    articles = read_articles(folder.seeds, Memo())[0] if folder else ()
    first, second = (
        reading(Path(__file__).with_name(f"{name}.yaml"), articles) for name in ("first", "second")
    )
    agreed, asked, differing = [0] * 4, [0] * 4, []
    for article in articles:
        for stretch in article.stretches:
            key = article.file, stretch.span.start
            one, other = first.get(key, ("not read",)), second.get(key, ("not read",))
            # Speaker, day and stance are asked only where both readings have a claim.
            for index, (ours, theirs) in enumerate(zip(one, other, strict=False)):
                asked[index] += 1
                agreed[index] += ours == theirs
                if ours != theirs:
                    words = " ".join(stretch.span.of(article.text).split())
                    differing.append(
                        f"{article.place(stretch.span.start)}  {ASKED[index]}: "
                        f"{ours} / {theirs}  “{words[:60]}”"
                    )
    for question, yes, of in zip(ASKED, agreed, asked, strict=True):
        print(f"{question:20}{yes:3} of {of}")
    print(*differing, sep="\n")


if __name__ == "__main__":
    main()
