"""A new article comes in: kept as it is, read, and its quotations proposed."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from digest import address
from digest.dates import Window, on
from digest.desk import naming
from digest.desk.copies import copied_from
from digest.desk.files import Check, at_work
from digest.desk.propose import Draft, Fields, Proposer
from digest.diagnostics import Diagnostic, Place, Refused, printable
from digest.folder import Folder
from digest.model.article import Article, Stretch
from digest.model.claim import Digest
from digest.plainfile import plain, shown
from digest.reading.articles import read_article
from digest.reading.ingest import ingested, is_page
from digest.record.parts import read_record
from digest.record.proposals import Proposed, read_proposed
from digest.written import write_new
from digest.yamlwriting import entry

# How what is no article begins, though some of it is text.
_OTHERS = (
    (b"%PDF", "a PDF"), (b"{\\rtf", "RTF"), (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "compressed"), (b"bplist", "a web archive of Safari"),
    (b"From: <Saved by", "a web archive (MHTML)"), (b"MIME-Version:", "an e-mail or a web archive"),
)  # fmt: skip
_FRONT = (b"---\n", b"---\r\n")
_NUMBER = re.compile(r"(\d{3,})_")


class Given(Struct, frozen=True):
    """What the curator gives: a file's bytes, and what cannot be found out from them."""

    name: str  # of the file, for messages and its ending; "-" for what came on stdin
    content: bytes
    published: date | None = None  # None: as the article says
    id: str | None = None  # of the article; None: from its title


class Added(Struct, frozen=True):
    """What came of it."""

    file: str  # within seeds/
    new: bool  # False: seeds/ had it already
    article: Article
    published: Window | None
    copy_of: str | None  # the article that it prints again
    proposed: Proposed | None  # None: everything in it is decided


def add(root: Path, given: Given, check: Check) -> Added:
    """Keep the article in ``seeds/``, and what is proposed of it in ``data/proposed/``.

    An article that is there already is not kept twice, and proposals that are there are never
    overwritten. Raises Refused for what is no text, and where the record cannot be read.
    """
    ending, content = _text(given)
    with at_work(root) as folder:
        known = _kept(folder, given.content, content)
        file = known or _next_name(folder, content, ending)
        article = read_article(file, content)
        with_it = msgspec.structs.replace(folder, seeds={**folder.seeds, file: content})
        digest = _proven(with_it, check)
        waits = [stretch for one, stretch in digest.waiting if one.file == file]
        if known:
            _check_same(given, file, folder, digest)
        draft, copy_of = _draft(given, article, folder, digest, waits)
        path = f"data/proposed/{draft.article}.yaml"
        if known is None:
            if is_page(given.content):
                original = f"seeds/originals/{Path(file).stem}.html"
                write_new(root, original, given.content)
            write_new(root, f"seeds/{file}", content)
        if path not in folder.proposed and draft.proposals:
            write_new(root, path, written(draft, article).encode())
            folder = msgspec.structs.replace(folder, proposed={path: written(draft, article)})
        proposals, _ = read_proposed(folder.proposed.items())
    waiting = next((one for one in proposals if one.path == path), None)
    day = _published(given, article, digest, draft.article)
    return Added(file, known is None, article, day, copy_of, waiting)


def _check_same(given: Given, file: str, folder: Folder, digest: Digest) -> None:
    """What is given again of an article that is here is what stands of it. Raises Refused."""
    recorded = [one for one in digest.articles.values() if one.article.file == file]
    waiting = {path: text for path, text in folder.proposed.items() if file in text}
    ids = {one.id for one in recorded} | {Path(path).stem for path in waiting}
    days = {str(one.published) for one in recorded}
    days |= {str(given.published) for text in waiting.values() if str(given.published) in text}
    for wanted, known in ((given.id, ids), (given.published and str(given.published), days)):
        if wanted and ids and wanted not in known:
            where = next(iter(waiting), "the record")
            hint = f"change it in {where}" + ("; or delete that file and add again" * bool(waiting))
            message = f"is here already, and not with {wanted}"
            raise Refused(Diagnostic(Place(f"seeds/{file}"), "article-known", message, (hint,)))


def opened(given: Given) -> Article:
    """The article as it would be kept, read and not kept. Raises Refused for what is no text."""
    ending, content = _text(given)
    return read_article(f"article{ending}", content)


def written(draft: Draft, article: Article) -> str:
    """The file of proposals: an article's entry, and each proposal as it would be recorded."""
    titled = f"{article.provenance.title or article.file}"
    head = f"# Proposals for “{printable(titled.replace(chr(10), ' '))}”. Decide with\n"
    head += (
        f"#   digest take {draft.article}/NUMBER    or    digest dismiss {draft.article}/NUMBER\n"
    )
    parts = [entry("articles", {draft.article: draft.entry})]
    parts += [entry("speakers", draft.speakers)] if draft.speakers else []
    each = "\n".join(entry(id, fields, 2) for id, fields in draft.proposals.items())
    return "\n".join([head, *parts, f"proposals:\n{each}"])


def _text(given: Given) -> tuple[str, bytes]:
    """The ending and the bytes that the seed will have. Raises Refused for what is no text."""
    place = Place(shown(given.name))
    if not given.content.strip():
        raise Refused(Diagnostic(place, "article-empty", "there is nothing in it"))
    for sign, what in _OTHERS:
        if given.content.lstrip().startswith(sign):
            hint = "save the article as text or as a web page (HTML)"
            raise Refused(Diagnostic(place, "article-kind", f"is {what}, not a text", (hint,)))
    if is_page(given.content):
        ending, content = ".md", ingested(place.path, given.content).encode()
    else:
        marked = given.name.lower().endswith(".md") or given.content.startswith(_FRONT)
        ending, content = ".md" if marked else ".txt", given.content
    try:
        read_article(f"article{ending}", content)
    except Refused as refused:
        found = [msgspec.structs.replace(one, place=_in(place, one)) for one in refused.findings]
        raise Refused(*found) from None
    return ending, content


def _in(place: Place, finding: Diagnostic) -> Place:
    return Place(place.path, finding.place.line, finding.place.column)


def _kept(folder: Folder, given: bytes, content: bytes) -> str | None:
    """The seed that is this text, or was taken from this very page."""
    paged = is_page(given)
    for name, one in folder.seeds.items():
        original = folder.root / f"seeds/originals/{Path(name).stem}.html"
        if one == content or (paged and plain(str(original)) == given):
            return name
    return None


def _next_name(folder: Folder, content: bytes, ending: str) -> str:
    """``005_<the first 16 digits of its sha256>.txt``: the next number in ``seeds/``."""
    numbers = [int(found[1]) for name in folder.seeds if (found := _NUMBER.match(name))]
    return f"{max(numbers, default=-1) + 1:03}_{sha256(content).hexdigest()[:16]}{ending}"


def _proven(folder: Folder, check: Check) -> Digest:
    """The digest with the new article in it. Raises Refused where the record cannot be read."""
    judged = check(folder)
    if judged.digest is None:
        raise Refused(*(finding for finding in judged.findings if finding.severity == "error"))
    return judged.digest


def _draft(
    given: Given, article: Article, folder: Folder, digest: Digest, waits: list[Stretch]
) -> tuple[Draft, str | None]:
    """What is proposed, and the article that this one copies."""
    record, _ = read_record(folder.record)
    known = next(
        (id for id, one in record.articles.items() if one.entry.file == article.file), None
    )
    proposals, _ = read_proposed(folder.proposed.items())
    known = known or next(
        (one.article for one in proposals if one.entry.get("file") == article.file), None
    )
    others = {id: one.article for id, one in digest.articles.items() if id != known}
    original = copied_from(article, others)
    taken = {*record.known["articles"], *(one.article for one in proposals)}
    id = known or _id(given, article, taken)
    published = _published(given, article, digest, id)
    proposer = Proposer(id, article, record, published, waits)
    return proposer.draft(_entry(given, article), original), original


def _id(given: Given, article: Article, taken: set[str]) -> str:
    """The id asked for, or one made of the title. Raises Refused for one that cannot be had."""
    if given.id is None:
        number = article.file.partition("_")[0]
        return naming.free(naming.of_article(article), taken, f"article-{number}")
    wrong = address.fault(given.id) or ("there is such an article" if given.id in taken else None)
    if wrong:
        raise Refused(Diagnostic(Place(shown(given.name)), "id-form", f'id "{given.id}": {wrong}'))
    return given.id


def _published(given: Given, article: Article, digest: Digest, id: str) -> Window | None:
    """The day that the article carries, or the record gives, or the curator."""
    recorded = digest.articles[id].published if id in digest.articles else None
    return article.dated or recorded or (on(given.published) if given.published else None)


def _entry(given: Given, article: Article) -> Fields:
    """The article's entry: only what the file does not say in a way that is read anew each time."""
    fields: Fields = {"file": article.file}
    prose = next((one.span.of(article.text) for one in article.blocks if one.kind == "prose"), "")
    agency = naming.DATELINE.match(prose)
    own = article.provenance.publisher
    if agency:
        fields["publisher"] = agency["agency"]
        fields |= {"via": [own]} if own and own != agency["agency"] else {}
    if given.published and not article.dated:
        fields["published"] = given.published.isoformat()
        fields["outside"] = {"published": "given by the curator when the article was added"}
    return fields
