"""What the folder comes to now, and the pages of it that somebody asks for.

Everything here is called from one thread, one call after the other. A page is rendered from
the last state of the folder without an error; what is wrong since is laid over it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from digest.build import Outcome, lay_out, prove, site
from digest.diagnostics import Diagnostic, Place, Refused, errors, ordered
from digest.folder import PACKAGED, Folder, Read, design, read_folder
from digest.memo import Interrupted, Lasting
from digest.model.claim import Digest
from digest.model.options import Options
from digest.proof.alike import check_alike
from digest.serve import answers
from digest.serve.answers import Answer
from digest.serve.desk import DESK, desk, masthead
from digest.serve.overlay import overlay
from digest.serve.proposals import Reader
from digest.site.edition import Edition
from digest.site.metadata import plain
from digest.site.page import Page
from digest.site.pages import plan, shared
from digest.site.render import own_static, packaged_static, render
from digest.site.rights import check_shares
from digest.site.templates import templates

OWN = "__digest/"
_OWN_FILES = ("reload.js", "serve.css")
_POLICY = "base-uri 'none'"  # the place in a page's policy where ours is added


class Seen(Struct, frozen=True):
    """What the folder held when it was looked at: all that a page can be made from."""

    folder: Read = (None, [])  # with why not, where it cannot be read
    linked: dict[str, bytes] = {}  # styles, scripts and fonts, by address
    unlinked: list[Diagnostic] = []  # those of the digest's own that a build would refuse
    written: dict[str, bytes] = {}  # every template, and whatever one may include


class Good(Struct, frozen=True):
    """A state of the folder without an error: any page of it can be rendered."""

    edition: Edition
    copied: dict[str, bytes]  # the digest's own files, by address
    shared: dict[str, Any]  # what every page sees


class Preview:
    """The digest under ``root``, looked at again whenever it has changed."""

    def __init__(self, root: Path, base_url: str) -> None:
        self.options = Options(root, base_url=base_url, cache=False)
        self._reader = Reader(root)
        self.findings: list[Diagnostic] = []
        self._run = secrets.token_hex(4)  # a page of an earlier run is never up to date
        self._looks = self._proven = 0
        self._dress = ""  # names the templates, styles and scripts
        self._seen = Seen()
        self._memo = Lasting()
        self._good: Good | None = None
        self._outcome = Outcome([])
        self._of_whole: list[Diagnostic] = []  # findings that no entry has by itself
        self._on_desk: tuple[Digest | None, Folder | None] = None, None  # as last shown there
        self._files: dict[str, bytes] | None = None  # of the whole site, once one is asked for
        self._rendered: dict[str, bytes] = {}  # each page as it last was without an error
        self._packaged = templates(PACKAGED)
        self._templates = self._packaged

    @property
    def stamp(self) -> str:
        """Names the present state of the folder: a page that was made of another is out of date."""
        return f"{self._run}-{self._looks}"

    @property
    def told(self) -> str:
        """In words, what was proven."""
        return self._outcome.told

    def changed(self) -> bool:
        """Whether the folder holds anything else than when this was last asked."""
        root = self.options.root
        try:
            seen = _look(root)
            made_with = templates(root)
        except FileNotFoundError:
            return False  # gone while it was read: that is one more change, and still to be told
        except OSError as error:
            place = Place(os.path.relpath(error.filename or root, root))
            fault = Diagnostic(place, "file-unreadable", f"cannot be read: {error.strerror}")
            seen = msgspec.structs.replace(self._seen, folder=(None, [fault]))
            made_with = self._templates
        if seen == self._seen:
            return False
        if (seen.written, seen.linked) != (self._seen.written, self._seen.linked):
            self._templates = made_with
            self._dress = self.stamp
        self._seen = seen
        self._looks += 1
        return True

    def prove(self) -> None:
        """Prove what was seen and nothing later. A fault of our own is a finding like any other.

        What is true only of the whole takes longer at scale, and no page waits for it.
        """
        self._proven = self._looks
        folder, unreadable = self._seen.folder
        unreadable = [*unreadable, *self._seen.unlinked]
        try:
            self._outcome = outcome = Outcome(ordered(unreadable))
            if folder:
                base = self.options.base_url
                self._outcome = outcome = prove(folder, unreadable, base, self._memo)
            self.findings = ordered([*outcome.findings, *self._of_whole])
            if outcome.digest and outcome.folder and not errors(outcome.findings):
                copied = outcome.folder.static
                set_up = lay_out(outcome.digest, self._memo, copied)
                self._good = Good(set_up, copied, shared(set_up))
                self._files = None
        except Exception as error:
            self.findings = [_fault(error)]

    def check(self, interrupted: Callable[[], bool]) -> bool:
        """Look at the whole; whether there is something else to tell than before.

        Raises Interrupted where something more urgent waits: call it again then.
        """
        if self._proven != self._looks:
            return False  # something has changed since, and is proven first
        before, digest = self._of_whole, self._outcome.digest
        try:
            self._memo.interrupted = interrupted
            found: list[Diagnostic] = []
            if digest and not errors(self._outcome.findings):
                found = [*check_alike(digest, self._memo), *check_shares(digest, self._memo)]
            self._of_whole = found  # only now: what was told stands while this is interrupted
        except Interrupted:
            raise
        except Exception as error:
            self._of_whole = [_fault(error)]
        finally:
            self._memo.interrupted = lambda: False
        self.findings = ordered([*self._outcome.findings, *self._of_whole])
        changed = set(before) != set(self._of_whole)
        self._looks += changed  # a page that shows other findings is out of date
        self._proven = self._looks
        return changed

    def answer(self, at: str) -> Answer:
        """What stands at an address of the site, of the desk, or among the preview's own files."""
        try:
            if at.startswith(OWN):
                return self._own(at.removeprefix(OWN))
            if at == DESK.rstrip("/"):
                to = (("Location", f"/{DESK}"),)
                return Answer(b"", answers.PLAIN, HTTPStatus.MOVED_PERMANENTLY, to)
            if at.startswith(DESK):
                return self._desk(at)
            return self._of_site(at or "index.html")
        except Refused as refused:
            return self._bare([*self.findings, *refused.findings])
        except Exception as error:
            return self._bare([*self.findings, _fault(error)])

    def _own(self, name: str) -> Answer:
        if name not in _OWN_FILES:
            return answers.refusal(HTTPStatus.NOT_FOUND)
        return answers.file(name, (PACKAGED / "serve" / name).read_bytes())

    def _desk(self, at: str) -> Answer:
        digest, folder = self._outcome.digest, self._outcome.folder
        if digest is None or folder is None:
            digest, folder = self._on_desk
        if digest is None or folder is None:
            return self._bare(self.findings)
        self._on_desk = digest, folder
        self._reader.open(folder)
        asked = at.removeprefix(DESK)
        sees = desk(digest, "" if asked == "index.html" else asked, self._reader)
        if sees is None:
            return answers.refusal(HTTPStatus.NOT_FOUND)
        page = Page(f"{DESK}index.html", "desk.html", sees, plain("The curator's desk."))
        [(_, html)] = render([page], masthead(digest), self._packaged)
        return Answer(self._dressed(html, self.findings), answers.HTML)

    def _of_site(self, at: str) -> Answer:
        good = self._good
        if good is None:
            return self._bare(self.findings)
        if at.endswith(".html") and (make := _maker(at, good)):
            return self._page(at, make, good)
        found = self._seen.linked.get(at) or good.copied.get(at)
        if found is None and not at.endswith(".html"):
            found = self._whole(good).get(at)
        if found is not None:
            return answers.file(at, found)
        lost = _maker("404.html", good)
        if lost is None:
            return answers.refusal(HTTPStatus.NOT_FOUND)
        return self._page("404.html", lost, good, HTTPStatus.NOT_FOUND)

    def _page(
        self, at: str, make: Callable[[], Page], good: Good, status: HTTPStatus = HTTPStatus.OK
    ) -> Answer:
        """A page of the site; where it cannot be rendered, as it last was."""
        findings = self.findings
        try:
            [(_, html)] = render([make()], good.shared, self._templates)
            self._rendered[at] = html.encode()
        except Refused as refused:
            findings = ordered([*findings, *refused.findings])
            if at not in self._rendered:
                return self._bare(findings)
            html = self._rendered[at].decode()
        return Answer(self._dressed(html, findings), answers.HTML, status)

    def _whole(self, good: Good) -> dict[str, bytes]:
        """Every file of the site: what is no page is asked for seldom, and then made at once."""
        if self._files is None:
            self._files = site(good.edition, self.options.root)
        return self._files

    def _bare(self, findings: list[Diagnostic]) -> Answer:
        """Where there is no page to lay findings over."""
        html = self._packaged.get_template("broken.html").render()
        return Answer(self._dressed(html, findings), answers.HTML, HTTPStatus.INTERNAL_SERVER_ERROR)

    def _dressed(self, html: str, findings: list[Diagnostic]) -> bytes:
        """A page with what only the preview adds: its policy, its script, and the findings."""
        laid_over = overlay(findings, self.options.root)
        made_of = f"{self._run}-{self._proven}"
        sees = {"overlay": laid_over, "stamp": made_of, "dress": self._dress, "desk": f"/{DESK}"}
        script, over = (
            self._packaged.get_template(name).render(sees)
            for name in ("serve/head.html", "serve/overlay.html")
        )
        html = html.replace(_POLICY, f"connect-src 'self'; {_POLICY}", 1)
        html = html.replace("</head>", f"{script}</head>", 1)
        return html.replace("</body>", f"{over}</body>", 1).encode()


def _maker(at: str, good: Good) -> Callable[[], Page] | None:
    """What makes the page at an address, if there is one."""
    return next((make for address, make in plan(good.edition) if address == at), None)


def _fault(error: Exception) -> Diagnostic:
    message = f"the program has a fault here: {type(error).__name__}: {error}"
    hint = "the page before stands; please report this"
    return Diagnostic(Place("digest"), "fault", message, (hint,))


def _look(root: Path) -> Seen:
    written = {str(path): held for path, _, held in design(root)}
    own, refused = own_static(root)
    return Seen(read_folder(root), packaged_static() | own, refused, written)
