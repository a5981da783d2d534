"""Rows 93 to 96: whatever happens to the folder, the terminal or the port while it is shown."""

from __future__ import annotations

import codecs
import os
import pty
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from digest.build import compose
from digest.model.options import Options
from digest.serve.preview import Preview as Shown
from tests.serve.conftest import Preview, Reply, started
from tests.test_same_bytes import files, run

CLAIMS, SITE = "data/claims.yaml", "data/site.yaml"
FIRST = "seeds/000_f1ea0134da60f433.txt"


def copied(root: Path, folder: Path) -> Path:
    """The record as it ships, to be changed."""
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    return folder


@pytest.fixture
def edited(root, tmp_path):
    """A preview of a copy of the record, its first pages seen."""
    with started(copied(root, tmp_path / "digest")) as preview:
        preview.until("/", has_no_findings)
        yield preview


def main(found: Reply) -> bytes:
    """What a page says, without what the preview adds."""
    return found.body[found.body.index(b"<main") : found.body.index(b"</main>")]


def words(found: Reply) -> str:
    """What a page says, without its markup."""
    return unescape(re.sub("<[^>]+>", "", found.body.decode()))


def has_findings(found: Reply) -> bool:
    """Whether something is laid over a page."""
    return b"digest-findings" in found.body


def has_no_findings(found: Reply) -> bool:
    """Whether a page is there, and nothing over it."""
    return found.status == 200 and not has_findings(found)


def stamp(found: Reply) -> str:
    """Which state of the folder a page says that it was made from."""
    return found.body.decode().partition('data-stamp="')[2].partition('"')[0]


def titled(title: str) -> str:
    """A whole ``site.yaml`` that shows on every page which one it is."""
    return f"title: {title}\n"


def is_as_built(preview: Preview) -> None:
    """The preview shows what a build of the folder gives, page by page, and tells no error."""
    at = f"http://127.0.0.1:{preview.port}"
    built = compose(Options(preview.root, base_url=at, cache=False)).files
    assert built
    site = (preview.root / SITE).read_text("utf-8")
    title = re.search(r"^title: (.*)$", site, re.MULTILINE)[1].encode()
    preview.until("/", lambda found: has_no_findings(found) and title in found.body)
    for path in ("index.html", "coverage.html", "words.html", "quotes/official-excuses.html"):
        assert main(preview.get(f"/{path}")) == main(Reply(200, "", built[path]))
    assert preview.get("/claims.json").body == built["claims.json"]


# 93: a build error while serving, then mended


def cut(content: bytes) -> bytes:
    """A file as it is when its writing was cut short."""
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("path", "broken", "told"),
    [
        (CLAIMS, cut, CLAIMS),
        (CLAIMS, lambda content: b"", CLAIMS),
        (CLAIMS, lambda content: content.replace(b"claims:", b"claims: [", 1), CLAIMS),
        (CLAIMS, lambda content: content + b"\xff", "is not UTF-8"),
        (CLAIMS, lambda content: content + b"\0", CLAIMS),
        (CLAIMS, lambda content: b"<" * 5_000_001, "is larger than 5,000,000 bytes"),
        (CLAIMS, lambda content: content.replace(b"walk away", b"walk awry"), "words-not-found"),
        (SITE, lambda content: content.replace(b"title:", b"titel:"), "did you mean"),
        (SITE, lambda content: None, SITE),
        (FIRST, lambda content: content.replace(b"walk", b"stroll"), "words-not-found"),
        (FIRST, lambda content: b"", "words-not-found"),
        (FIRST, lambda content: b"\xff\xfe" + content, FIRST),
        (FIRST, lambda content: None, "000_f1ea0134da60f433.txt"),
        ("data/published.txt", lambda content: b"nonsense\n", "data/published.txt:1:1"),
        ("data/pages/index.md", lambda content: b"# Ours\n", "data/pages/index.md"),
        ("templates/index.html", lambda content: b"{% endblok %}", "templates/index.html:1"),
        ("templates/index.html", lambda content: b"{{ 1 / 0 }}", "templates/index.html:1"),
        ("templates/index.html", lambda content: b"{{ nobody }}", "templates/index.html:1"),
        ("templates/base.html", lambda content: b"{% include 'none.html' %}", "none.html"),
    ],
)
def test_93_whatever_is_broken_is_told_over_the_last_good_page_until_it_is_mended(
    edited, path, broken, told
):
    good, file = edited.get("/"), edited.root / path
    whole = file.read_bytes() if file.exists() else None
    written = broken(whole)
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True) if written is None else file.write_bytes(written)
    bad = edited.until("/", lambda found: has_findings(found) and told in words(found))
    assert main(bad) == main(good)
    file.unlink(missing_ok=True) if whole is None else file.write_bytes(whole)
    mended = edited.until("/", has_no_findings)
    assert main(mended) == main(good)
    assert mended.status == good.status == 200


def test_93_faults_come_and_go_one_by_one_and_all_are_told(edited):
    record, site = edited.root / CLAIMS, edited.root / SITE
    good = {path: path.read_bytes() for path in (record, site)}
    record.write_bytes(good[record].replace(b"speaker: jd-vance", b"speaker: jd-vanse", 1))
    edited.until("/", lambda found: b"jd-vanse" in found.body)
    site.write_bytes(good[site].replace(b"title:", b"titel:"))
    edited.until("/", lambda found: b"jd-vanse" in found.body and b"titel" in found.body)
    record.write_bytes(good[record])
    edited.until("/", lambda found: b"jd-vanse" not in found.body and b"titel" in found.body)
    site.write_bytes(good[site])
    edited.until("/", has_no_findings)


def test_93_a_file_whose_name_cannot_be_shown_is_told_and_hides_no_page(edited):
    named = os.fsencode(edited.root / "seeds") + b"/" + b"\x01\x1b[2J\xff" * 40 + b".pdf"
    Path(os.fsdecode(named)).write_bytes(b"%PDF")
    found = edited.until("/", has_findings)
    assert found.status == 200
    assert b"file-skipped" in found.body
    assert b"\x1b" not in found.body


def test_93_a_finding_shows_no_line_of_a_file_behind_a_link(edited):
    (edited.root / "data/pages/users.md").symlink_to("/etc/passwd")
    found = edited.until("/", has_findings)
    assert b"data/pages/users.md" in found.body
    assert b"root:" not in found.body


def test_93_what_is_meant_is_underlined_whole_as_the_command_line_does(edited):
    record = edited.root / CLAIMS
    record.write_bytes(record.read_bytes().replace(b"speaker: jd-vance", b"speaker: jd-vanse", 1))
    assert b"<mark>jd-vanse</mark>" in edited.until("/", has_findings).body
    marked = run("check", "--root", edited.root).stderr
    assert f"{' ' * 13}{'^' * len('jd-vanse')}\n" in marked


def test_93_a_file_that_may_not_be_read_is_a_finding_and_no_end(root):
    """In this process, which may become somebody with fewer rights for a moment."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        style = copied(root, Path(folder)) / "templates/static/style.css"
        style.parent.mkdir(parents=True)
        shown = Shown(Path(folder), "http://127.0.0.1")
        assert shown.changed()
        shown.prove()
        style.write_text("main { color: red }")
        style.chmod(0)
        codecs.lookup("utf-8-sig")  # nobody may not load it where Python lives with root
        with as_nobody():
            assert shown.changed()
            shown.prove()
            found = shown.answer("index.html")
        assert found.status == 200
        assert b"templates/static/style.css" in found.body
        style.unlink()
        assert shown.changed()
        shown.prove()
        assert shown.findings == []


@contextmanager
def as_nobody():
    """Without the rights of root, where they are there."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_93_where_the_system_has_no_watch_to_give_the_folder_is_looked_at_again_and_again(
    root, tmp_path
):
    folder = copied(root, tmp_path / "digest")
    serve = f"exec {sys.executable} -m digest serve --root {folder}"
    without = f"echo 0 > /proc/sys/user/max_inotify_instances && {serve}"
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", without]
    if subprocess.run([*command[:3], "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system makes no user namespaces, in which watches can be used up")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        preview = Preview(folder, port, process)
        preview.until("/", has_no_findings)
        for title in ("One", "Other"):
            (folder / SITE).write_text(titled(title))
            preview.until("/", lambda found, title=title: f"<title>{title}".encode() in found.body)
        process.terminate()
        assert "Traceback" not in process.communicate(timeout=20)[1]


# 94: fifty saves, torn writes, and whole folders that go and come


def in_place(path: Path, text: str) -> None:
    """As a shell writes."""
    path.write_text(text)


def by_rename(path: Path, text: str) -> None:
    """As vim and most editors write."""
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").replace(path)


def by_backup(path: Path, text: str) -> None:
    """The old one is set aside first: for a moment there is no file."""
    path.rename(path.with_suffix(".bak"))
    path.write_text(text)
    path.with_suffix(".bak").unlink()


def in_pieces(path: Path, text: str) -> None:
    """As a slow disk writes."""
    with open(path, "w", buffering=1) as file:
        for character in text:
            file.write(character)
            file.flush()


@pytest.mark.parametrize("save", [in_place, by_rename, by_backup, in_pieces])
def test_94_after_fifty_saves_in_a_second_the_last_one_is_shown_after_a_few_looks(edited, save):
    before = int(stamp(edited.get("/")).rpartition("-")[2])
    for number in range(50):
        save(edited.root / SITE, titled(f"Save {number}."))
        time.sleep(0.02)
    found = edited.until("/", lambda found: b"<title>Save 49." in found.body)
    assert int(stamp(found).rpartition("-")[2]) - before <= 6
    assert not has_findings(found)
    is_as_built(edited)


def test_94_pages_that_say_they_are_of_one_state_are_of_one_state(edited):
    seen: dict[str, set[bytes]] = {}
    ended = threading.Event()

    def ask():
        while not ended.is_set():
            found = edited.get("/words.html")
            seen.setdefault(stamp(found), set()).add(found.body)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    for number in range(12):
        (edited.root / SITE).write_text(titled(f"State {number}."))
        time.sleep(0.4)
    ended.set()
    for one in asking:
        one.join()
    assert len(seen) > 6
    assert {stamp: len(bodies) for stamp, bodies in seen.items() if len(bodies) > 1} == {}


def test_94_a_file_that_is_written_again_and_again_in_two_steps_is_in_the_end_as_it_is(edited):
    record = edited.root / CLAIMS
    whole = record.read_bytes()
    for _ in range(100):
        with open(record, "wb") as file:  # empty for a moment
            time.sleep(0.01)
            file.write(whole[: len(whole) // 2])
            file.flush()
            time.sleep(0.01)
            file.write(whole[len(whole) // 2 :])
        time.sleep(0.01)
    is_as_built(edited)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A digest whose proof takes a while: 1600 claims, each in words of its own."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "data/pages").mkdir(parents=True)
    (folder / "seeds").mkdir()
    chance = random.Random(94)

    def words(count: int) -> str:
        return " ".join(f"{chance.getrandbits(32):x}" for _ in range(count))

    record = ["speakers: {ada: {name: Ada Low}}\narticles:"]
    record += [f"  a{n}: {{file: {n:05}.txt}}" for n in range(400)]
    record += ["claims:"]
    for n in range(400):
        said = [words(8) for _ in range(4)]
        told = (f"“{one}”, Ada Low said on Monday. She read {words(40)}." for one in said)
        (folder / f"seeds/{n:05}.txt").write_text(" date 2030-01-02 " + "\n\n".join(told) + "\n")
        record += [
            f"  c{n}-{k}: {{speaker: ada, when: {{words: on Monday}}, "
            f"printed: [{{in: a{n}, words: {one}}}]}}"
            for k, one in enumerate(said)
        ]
    (folder / CLAIMS).write_text("\n".join(record))
    (folder / SITE).write_text(titled("Large."))
    return folder


def test_94_a_save_during_a_build_is_shown_after_it(large):
    with started(large) as preview:
        with preview.listen() as line:
            line.recv(4096)
            (large / SITE).write_text(titled("While idle."))
            assert b"look again" in heard(line)  # told before it is proven
        for number in range(5):  # now it is at work
            (large / SITE).write_text(titled(f"While at work {number}."))
            time.sleep(0.3)
        preview.until("/", lambda found: b"<title>While at work 4." in found.body, 60)


def heard(line: socket.socket) -> bytes:
    """What a listener hears, until it is told to look again."""
    told = b""
    while b"look again" not in told:
        told += line.recv(4096)
    return told


@pytest.mark.parametrize("part", ["data", "seeds", "data/pages", "."])
def test_94_a_folder_that_is_moved_away_and_back_is_seen_each_time(edited, part):
    folder = (edited.root / part).resolve()
    away = edited.root.parent / "away"
    for number in range(2):
        folder.rename(away)
        if part != "data/pages":
            edited.until("/", has_findings)
        away.rename(folder)
        (edited.root / SITE).write_text(titled(f"Back {number}."))
        edited.until("/", lambda found, n=number: f"<title>Back {n}.".encode() in found.body)
    is_as_built(edited)


def test_94_another_folder_in_the_place_of_the_old_is_the_one_that_is_watched(root, edited):
    edited.root.rename(edited.root.with_name("old"))
    copied(root, edited.root)
    for title in ("First of the new.", "Second of the new."):
        (edited.root / SITE).write_text(titled(title))
        edited.until("/", lambda found, title=title: title.encode() in found.body)
    is_as_built(edited)


def test_94_a_file_that_a_template_includes_is_seen_too(root, edited):
    base = (root / "templates/base.html").read_text(encoding="utf-8")
    part = edited.root / "templates/parts/part.txt"
    part.parent.mkdir(parents=True)
    for words in ("one", "other"):
        part.write_text(f"this {words} part")
        if words == "one":
            with_part = base.replace("</body>", "{% include 'parts/part.txt' %}</body>")
            (edited.root / "templates/base.html").write_text(with_part)
        edited.until("/", lambda found, words=words: f"this {words} part".encode() in found.body)


def test_94_a_file_that_is_deleted_and_put_back_is_missed_and_found(edited):
    for path in (CLAIMS, SITE, FIRST):
        content = (edited.root / path).read_bytes()
        (edited.root / path).unlink()
        assert path.encode() in edited.until("/", has_findings).body or path == FIRST
        (edited.root / path).write_bytes(content)
        edited.until("/", has_no_findings)
    is_as_built(edited)


def test_94_while_files_and_folders_come_and_go_it_lives_and_is_right_in_the_end(edited):
    ended = threading.Event()
    whole = {path: (edited.root / path).read_bytes() for path in (CLAIMS, SITE, FIRST)}
    static = edited.root / "templates/static"

    def disturb():
        while not ended.is_set():
            static.mkdir(parents=True, exist_ok=True)
            for number in range(20):
                (static / f"{number}.css").write_text("main { color: red }")
                (static.parent / f"{number}.html").write_text("<p>")
            for path, content in whole.items():
                (edited.root / path).unlink()
                (edited.root / path).write_bytes(content)
            shutil.rmtree(static.parent)
            (edited.root / "seeds").rename(edited.root / "away")
            (edited.root / "away").rename(edited.root / "seeds")

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    for _ in range(40):
        assert edited.get("/").status in (200, 500)
        time.sleep(0.1)
    ended.set()
    disturbing.join()
    is_as_built(edited)


def test_94_after_any_checkout_of_git_the_branch_that_is_there_is_shown(edited):
    def git(*words):
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=no"]
        command = ["git", "-C", str(edited.root), *names, *words]
        subprocess.run(command, capture_output=True, check=True)

    git("init", "--quiet", "--initial-branch=long")
    git("add", ".")
    git("commit", "--quiet", "--message=All five articles")
    git("checkout", "--quiet", "-b", "short")
    record = edited.root / CLAIMS
    record.write_bytes(record.read_bytes().replace(b"medium: interview", b"medium: talk"))
    (edited.root / SITE).write_text(titled("The other branch."))
    (edited.root / "data/pages/method.md").write_text("# Of this branch alone\n")
    git("add", ".")
    git("commit", "--quiet", "--message=Another branch")
    for branch in ("long", "short", "long", "short", "long"):
        git("checkout", "--quiet", branch)
        is_as_built(edited)
    for branch in ("short", "long") * 10:  # with nobody waiting in between
        git("checkout", "--quiet", branch)
    is_as_built(edited)
    git("checkout", "--quiet", "short")
    is_as_built(edited)


# 95: how it begins and ends


@pytest.mark.parametrize("name", ["127.0.0.1", "::1"])
def test_95_a_port_that_anybody_holds_is_said_in_one_line(edited, name):
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((name, 0))
        except OSError:
            pytest.skip("this machine has no loopback address of IPv6")
        other.listen()
        port = other.getsockname()[1]
        told = run("serve", "--root", edited.root, "--port", port)
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr == f"Error: port {port} is taken: choose another with --port\n"


def test_95_a_number_that_is_no_port_is_a_slip_of_the_command_line(edited):
    for number in ("0", "65536", "-1", "http"):
        told = run("serve", "--root", edited.root, "--port", number)
        assert told.returncode == 2
        assert "--port" in told.stderr


SIGNS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_95_told_to_end_with_pages_open_it_ends_quietly_and_takes_nothing_away(
    root, tmp_path, sign, code
):
    folder = copied(root, tmp_path / "digest")
    before = files(tmp_path)
    with running(folder) as preview, suppress(ConnectionError):
        preview.until("/", has_no_findings)
        asked = b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % preview.port
        with preview.listen(), socket.create_connection(("127.0.0.1", preview.port)) as line:
            line.sendall(asked)  # and kept open
            line.recv(65536)
            preview.process.send_signal(sign)
            _, told = preview.process.communicate(timeout=20)
    assert preview.process.returncode == code
    assert told in ("", summary_of(root))  # by how far it had come
    assert files(tmp_path) == before


def summary_of(root: Path) -> str:
    """What is said of the record as it ships."""
    return "".join(run("check", "--root", root).stdout.partition("\n\n")[:1]) + "\n"


@contextmanager
def running(folder: Path, **more: object):
    """A preview whose words can be read when it has ended."""
    command = [sys.executable, "-m", "digest", "serve", "--root", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )
    try:
        assert process.stdout
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        yield Preview(folder, port, process)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_95_told_to_end_in_the_middle_of_a_proof_it_ends_at_once(large, sign, code):
    with running(large) as preview:
        preview.until("/", lambda found: found.status == 200, 60)
        with preview.listen() as line:
            line.recv(4096)
            (large / SITE).write_text(titled(f"Ended by {sign}."))
            heard(line)
            preview.process.send_signal(sign)
            _, told = preview.process.communicate(timeout=20)
    assert preview.process.returncode == code
    assert "Traceback" not in told


def test_95_when_its_terminal_is_closed_it_ends_and_leaves_the_port_free(root, tmp_path):
    folder = copied(root, tmp_path / "digest")
    before = files(tmp_path)
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "digest", "serve", "--root", str(folder)])
    said = b""
    while b"curator" not in said:
        said += os.read(terminal, 4096)
    port = int(re.search(rb"127\.0\.0\.1:(\d+)/", said)[1])
    served = Preview(folder, port, None)
    served.until("/", has_no_findings)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 143
    assert files(tmp_path) == before
    with started(folder, "--port", str(port)) as again:
        assert again.port == port
        again.until("/", has_no_findings)


def test_95_who_asks_that_it_outlives_the_terminal_is_heard(root, tmp_path):
    folder = copied(root, tmp_path / "digest")
    ignoring = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}  # as nohup does
    with running(folder, **ignoring) as preview:
        preview.until("/", has_no_findings)
        preview.process.send_signal(signal.SIGHUP)
        assert preview.get("/").status == 200
        preview.process.send_signal(signal.SIGTERM)
        assert preview.process.wait(timeout=20) == 143


# 96: what only the preview has


def test_96_a_build_beside_a_running_preview_has_nothing_of_it(root, edited, site):
    (edited.root / "data/site.yaml").write_bytes((root / SITE).read_bytes() + b"\n")
    assert run("build", "--root", edited.root).returncode == 0
    built = files(edited.root / "site")
    assert built == site
    added = (
        b"__digest",
        b"EventSource",
        b"data-stamp",
        b"digest-findings",
        b"/desk/",
        b"serve.css",
    )
    for sign in (*added, b"connect-src"):
        assert [path for path, content in built.items() if sign in content] == []
    assert all(sign in edited.get("/desk/").body for sign in (b"__digest/reload.js", b"data-stamp"))
    assert b"EventSource" in edited.get("/__digest/reload.js").body
    assert not {"desk/index.html", "reload.js", "serve.css", "desk.html"} & set(built)


def test_96_nor_does_a_build_that_only_warns_while_its_findings_are_shown(edited):
    (edited.root / "seeds/new.txt").write_text("“We may walk,” JD Vance said on Monday.\n")
    edited.until("/", has_findings)
    assert run("build", "--root", edited.root).returncode == 0
    for path, content in files(edited.root / "site").items():
        assert b"__digest" not in content, path
        assert b"digest-findings" not in content, path
