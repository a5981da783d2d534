"""A curator who edits a digest by chance, and whatever may happen to memory and site between."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Files = dict[str, bytes]  # of a digest's folder, by path
Entry = dict[str, Any]
PARTS = ("data", "seeds", "templates")


def of_claims(change: Callable[[Entry, random.Random], None]) -> Callable[..., Files]:
    """An edit of one file of claims."""

    def edit(files: Files, chance: random.Random) -> Files:
        path = chance.choice([one for one in files if one.startswith("data/claims/")])
        record = yaml.load(files[path], yaml.CBaseLoader)
        change(record, chance)
        return {path: dumped(record)}

    edit.__name__ = change.__name__
    return edit


def dumped(record: Entry) -> bytes:
    text = yaml.dump(
        record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_style='"'
    )
    return text.encode()


def one_of(section: Entry, chance: random.Random) -> Entry:
    found: Entry = section[chance.choice(list(section))]
    return found


def another_medium(record: Entry, chance: random.Random) -> None:
    one_of(record["claims"], chance)["medium"] = chance.choice(["interview", "talk", "letter"])


def a_note(record: Entry, chance: random.Random) -> None:
    about = chance.choice(list(record["claims"]))
    note = f"Compare *{chance.random():.3}* with [another](../quotes/{about}.html)."
    one_of(record["claims"], chance)["note"] = note


def no_note(record: Entry, chance: random.Random) -> None:
    for claim in record["claims"].values():
        claim.pop("note", None)


def another_stance(record: Entry, chance: random.Random) -> None:
    stances = [claim["stance"] for claim in record["claims"].values() if "stance" in claim]
    one_of(record["claims"], chance)["stance"] = chance.choice(stances)


def no_short(record: Entry, chance: random.Random) -> None:
    one_of(record["claims"], chance).pop("short", None)


def a_claim_less(record: Entry, chance: random.Random) -> None:
    record["claims"].pop(chance.choice(list(record["claims"])))


def another_id(record: Entry, chance: random.Random) -> None:
    old, new = chance.choice(list(record["claims"])), f"renamed-{chance.randrange(10**6)}"
    record["claims"] = {new if id == old else id: one for id, one in record["claims"].items()}


def another_order(record: Entry, chance: random.Random) -> None:
    order = chance.choice(["claims", "articles"])
    found = list(record[order].items())
    chance.shuffle(found)
    record[order] = dict(found)


def another_title(record: Entry, chance: random.Random) -> None:
    one_of(record["articles"], chance)["title"] = f"A title of {chance.randrange(1000)} words"


def another_publisher(record: Entry, chance: random.Random) -> None:
    one_of(record["articles"], chance)["publisher"] = chance.choice(["The Post", "The Mail & Co"])


def a_caution(record: Entry, chance: random.Random) -> None:
    one_of(record["articles"], chance)["caution"] = f"Read it {chance.randrange(9)} times."


def no_title(record: Entry, chance: random.Random) -> None:
    one_of(record["articles"], chance).pop("title", None)


def another_event(record: Entry, chance: random.Random) -> None:
    if record.get("events"):
        field, told = chance.choice([("venue", "the hall"), ("said", "2031-01-10"), ("what", "It")])
        one_of(record["events"], chance)[field] = told


def checked_again(record: Entry, chance: random.Random) -> None:
    day = f"2031-01-{chance.randrange(10, 28)}"
    one_of(record["claims"], chance)["checked"] = ["ed", day]


def a_letter_off(record: Entry, chance: random.Random) -> None:
    printing = one_of(record["claims"], chance)["printed"][0]
    words = printing["words"]
    first = words if isinstance(words, str) else words[0]
    wrong = first[:5] + "q" + first[6:]
    printing["words"] = wrong if isinstance(words, str) else [wrong, *words[1:]]


def a_speaker_nobody_knows(record: Entry, chance: random.Random) -> None:
    one_of(record["claims"], chance)["speaker"] = "nobody-at-all"


def words_apart(files: Files, chance: random.Random) -> Files:
    path = chance.choice([one for one in files if one.startswith("data/claims/")])
    record = yaml.load(files[path], yaml.CBaseLoader)
    article = one_of(record["articles"], chance)
    paragraphs = files[f"seeds/{article['file']}"].decode().split("\n\n")
    apart = chance.choice(["", " ".join(chance.choice(paragraphs).split()[:9])])
    article["apart"] = [apart] if apart else []
    return {path: dumped(record)}


def another_role(files: Files, chance: random.Random) -> Files:
    record = yaml.load(files["data/claims.yaml"], yaml.CBaseLoader)
    speaker = one_of(record["speakers"], chance)
    speaker[chance.choice(["role", "name"])] = f"The {chance.randrange(100)}th of them"
    return {"data/claims.yaml": dumped(record)}


def another_phrase(files: Files, chance: random.Random) -> Files:
    record = yaml.load(files["data/claims.yaml"], yaml.CBaseLoader)
    word = chance.choice(["harbour", "the", "never", "closed", "unwritten"])
    record["phrases"] = {**record["phrases"], word: [word, f"{word}s"]}
    return {"data/claims.yaml": dumped(record)}


def another_site(files: Files, chance: random.Random) -> Files:
    site = yaml.load(files["data/site.yaml"], yaml.CBaseLoader)
    field = chance.choice(["title", "tagline", "base_url", "language"])
    site[field] = {
        "base_url": f"https://example.org/{chance.randrange(9)}",
        "language": chance.choice(["en", "de"]),
    }.get(field, f"The {chance.randrange(100)}th of them")
    return {"data/site.yaml": dumped(site)}


def another_page(files: Files, chance: random.Random) -> Files:
    path = chance.choice(["data/pages/about.md", "data/pages/method.md", "data/pages/more.md"])
    return {path: f"# A page\n\nOf *{chance.randrange(1000)}* words.\n".encode()}


def no_page(files: Files, chance: random.Random) -> Files:
    return {"data/pages/more.md": b""}


def another_file(files: Files, chance: random.Random) -> Files:
    content = b"" if chance.random() < 0.3 else chance.randbytes(9)  # b"": no such file
    return {f"data/static/icons/{chance.randrange(3)}.png": content}


def a_word_of_prose(files: Files, chance: random.Random) -> Files:
    path = chance.choice([one for one in files if one.startswith("seeds/")])
    right, wrong = chance.choice(
        [(b"harbour", b"seaside"), (b" the ", b" teh "), (b"port", b"prot")]
    )
    return {path: files[path].replace(right, wrong, 1)}


def a_new_article(files: Files, chance: random.Random) -> Files:
    number = chance.randrange(3)
    text = f' date 2031-02-03 "It is {number}," she said on Monday. It was so. {"And so. " * 30}\n'
    return {f"seeds/new-{number}.txt": text.encode()}


def no_new_article(files: Files, chance: random.Random) -> Files:
    return {path: b"" for path in files if path.startswith("seeds/new-")}


def a_template(files: Files, chance: random.Random) -> Files:
    templates = Path(__file__).parents[2] / "templates"
    name = chance.choice(["quote.html", "article.html", "page.html", "feed.xml"])
    text = (templates / name).read_bytes()
    spot = b"<p>Ours: %d</p>{%% endblock %%}" % chance.randrange(100)
    return {f"templates/{name}": text.replace(b"{% endblock %}", spot, 1)}


def no_template(files: Files, chance: random.Random) -> Files:
    return {path: b"" for path in files if path.startswith("templates/")}


def two_letters_exchanged(files: Files, chance: random.Random) -> Files:
    path = chance.choice([one for one in files if one.endswith((".md", ".yaml"))])
    at = chance.randrange(len(files[path]) - 1)
    text = files[path]
    return {path: text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]}


def nothing(files: Files, chance: random.Random) -> Files:
    path = chance.choice(list(files))
    return {path: files[path]}


EDITS: list[Callable[[Files, random.Random], Files]] = [
    *map(of_claims, (another_medium, a_note, no_note, another_stance, no_short, a_claim_less)),
    *map(of_claims, (another_id, another_order, another_title, another_publisher, a_caution)),
    *map(of_claims, (checked_again, a_letter_off, a_speaker_nobody_knows)),
    *(of_claims(no_title), of_claims(another_event), words_apart),
    *(another_role, another_phrase, another_site, another_page, no_page, another_file),
    *(a_word_of_prose, a_new_article, no_new_article, a_template, no_template),
    *(two_letters_exchanged, nothing),
]


class Curator:
    """Somebody who edits a digest's folder by chance, and takes back what was a mistake."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root, random.Random(seed)
        paths = [path for part in PARTS for path in (root / part).rglob("*") if path.is_file()]
        self.files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        self.before = [self.files]

    def edit(self) -> str:
        """Do something, and say what."""
        if self.chance.random() < 0.08:
            self._write(self.chance.choice(self.before[-9:]))
            return "an earlier state"
        edit = self.chance.choice(EDITS)
        self._write({**self.files, **edit(self.files, self.chance)})
        return edit.__name__

    def good(self) -> None:
        """Keep this state, to come back to."""
        self.before.append(self.files)

    def take_back(self) -> None:
        """The last good state again."""
        self._write(self.before[-1])

    def _write(self, files: Files) -> None:
        files = {path: content for path, content in files.items() if content}
        for path in self.files.keys() - files.keys():
            (self.root / path).unlink()
        for path, content in files.items():
            if self.files.get(path) is not content:
                self._save(self.root / path, content)
        self.files = files

    def _save(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        times = [1, *([path.stat().st_mtime] if path.exists() else [])]
        path.write_bytes(content)
        if self.chance.random() < 0.5:  # as if it had been written long ago, or never
            time = self.chance.choice(times)
            os.utime(path, (time, time))


def harm_memory(memory: Path, chance: random.Random, older: Path) -> str:
    """Do something to what builds remember, and say what."""
    found = sorted(path for path in memory.glob("*") if path.is_file()) if memory.is_dir() else []
    if not found or chance.random() < 0.2:
        _remove(memory)
        if chance.random() < 0.3:
            memory.write_text("a file")
            return "a file in its place"
        return "deleted"
    path = chance.choice(found)
    content = bytearray(path.read_bytes())
    harm = chance.choice(["emptied", "halved", "flipped", "random", "folder", "older", "exchanged"])
    if harm == "flipped" and content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif harm == "folder":
        path.unlink()
        path.mkdir()
    elif harm == "older" and older.is_dir():
        _remove(memory)
        shutil.copytree(older, memory)
    elif harm == "exchanged":
        content = bytearray(chance.choice(found).read_bytes())
    made = {"emptied": b"", "halved": content[: len(content) // 2], "random": chance.randbytes(99)}
    if harm in made or harm in ("flipped", "exchanged"):
        path.write_bytes(made.get(harm, content))
    return harm


def harm_site(site: Path, chance: random.Random) -> str:
    """Do something to the site that a build wrote, and say what."""
    path = chance.choice(sorted(path for path in site.rglob("*.*") if path.name != "manifest.json"))
    harm = chance.choice(["deleted", "tampered", "linked", "gone"])
    if harm == "gone":
        shutil.rmtree(site)
    elif harm == "tampered":
        status, content = path.stat(), bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1
        path.write_bytes(content)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    else:
        path.unlink()
        if harm == "linked":
            path.symlink_to(site / "manifest.json")
    return harm


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
