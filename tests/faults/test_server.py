"""Rows 85 to 92: whatever is sent to the preview, byte for byte, only the site is answered."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import pytest

from tests.serve.conftest import Preview, reply, started

OUTSIDE = b"never-to-be-shown"  # stands in every file around the site
USERS = b"root:"  # how /etc/passwd begins
OUTSIDE_FILES = (
    "../neighbour.txt",
    "notes.txt",
    ".git/config",
    ".digest/memory.json",
    "site/old.html",
    "seeds/originals/page.html",
)
EVERY_ANSWER = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


@pytest.fixture(scope="module")
def guarded(root, tmp_path_factory):
    """A preview of the record as it ships, among files that are none of the site's."""
    folder = tmp_path_factory.mktemp("around") / "digest"
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    for path in OUTSIDE_FILES:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(OUTSIDE)
    for path in ("data/site.yaml", "data/claims.yaml"):
        with open(folder / path, "ab") as file:
            file.write(b"# " + OUTSIDE + b"\n")
    with started(folder) as preview:
        preview.get("/")
        yield preview


@pytest.fixture
def edited(root, tmp_path):
    """A preview of a copy that a test may change."""
    for part in ("data", "seeds"):
        shutil.copytree(root / part, tmp_path / part)
    with started(tmp_path) as preview:
        preview.get("/")
        yield preview


def headers(head: str) -> dict[str, str]:
    """The headers of an answer by their names; a name that comes twice would be lost."""
    named = [line.split(": ", 1) for line in head.splitlines()[1:]]
    assert len({name for name, _ in named}) == len(named), head
    return dict(named)


def sent(preview: Preview, *lines: str | bytes, own: bool = True) -> bytes:
    """All that comes back for a request written line by line, its Host among them."""
    host = [b"Host: 127.0.0.1:%d" % preview.port] if own else []
    asked = [line.encode() if isinstance(line, str) else line for line in lines]
    found = preview.raw(b"\r\n".join([asked[0], *host, *asked[1:], b"", b""]))
    return found.head.encode() + b"\r\n\r\n" + found.body


# 85: paths

CLIMBS = """
../ ..\\ %2e%2e/ %2E%2E/ .%2e/ %2e./ ..%2f ..%2F %2e%2e%2f ..%5c %2e%2e%5c %5c..%5c ..;/ ....//
./.././ %252e%252e%252f %252e%252e/ ..%252f ..%255c %25252e%25252e%25252f
%c0%ae%c0%ae/ %c0%ae%c0%ae%c0%af ..%c0%af ..%c1%9c %e0%80%ae%e0%80%ae/ %f0%80%80%ae%f0%80%80%ae/
%u002e%u002e%u002f ..%ef%bc%8f %ef%bc%8e%ef%bc%8e/ ..%e2%88%95 ..%00/
%00../ ..%0d%0a/ ..%09/ ..%20/ ..#/ ..?/
""".split()
WANTED = ("etc/passwd", "notes.txt", "neighbour.txt", "data/site.yaml", ".git/config")


@pytest.mark.parametrize("into", ["/", "/quotes/", "/desk/", "/__digest/", "/search/"])
@pytest.mark.parametrize("climb", CLIMBS)
def test_85_no_way_of_writing_a_climb_leads_out_of_the_site(guarded, into, climb):
    for wanted, steps in product(WANTED, (1, 2, 8)):
        found = guarded.get(into + climb * steps + wanted)
        assert OUTSIDE not in found.body
        assert USERS not in found.body
        # What stands behind ? or # is no part of the path.
        assert found.status in ((200, 400, 404) if "?" in climb else (400, 404)), found


@pytest.mark.parametrize(
    "target",
    [
        "//etc/passwd", "///etc/passwd", "/%2fetc/passwd", "/%2f/etc/passwd", "/etc/passwd",
        "/\\etc\\passwd", "/%5c%5cserver%5cshare", "/C:/windows/win.ini", "/c:%5cwindows%5cwin.ini",
        "/~root/.profile", "/file:///etc/passwd", "/proc/self/environ", "/dev/stdin",
        "/a/%00.html", "/index.html%00", "/notes.txt%00.html", "/index.html/", "/index.html/x",
        "/index.html%20", "/INDEX.HTML", "/./index.html", "/quotes/./", "/quotes//x", "/%ff", "/%",
        "/%2", "/%zz", "/%c3%28", "/index.html%0d%0aX:%20y", "/index.html#top",
        "/notes.txt", "/data/site.yaml", "/data/claims.yaml", "/data/", "/seeds/", "/quotes/",
        "/seeds/originals/page.html", "/site/old.html", "/.git/config", "/.digest/memory.json",
        "/.digest-manifest", "/claims/../../data/claims.yaml", "/templates/base.html",
        "/templates/serve/head.html", "/desk/seeds/originals/page.html", "/desk/..", "/desk/.",
        "/desk/desk/", "/__digest", "/__digest/", "/__digest/head.html", "/__digest/overlay.html",
        "/__digest/reload.js/", "/__digest/../style.css", "/__digest/..%2fbase.html",
        "http://127.0.0.1/index.html", "http://127.0.0.1:{port}/", "http://evil.example/",
        "file:///etc/passwd", "127.0.0.1:{port}", "*", "?", "#", "index.html",
    ],
)  # fmt: skip
def test_85_what_is_no_address_of_the_site_is_no_page(guarded, target):
    found = guarded.get(target.format(port=guarded.port))
    assert found.status in (400, 404)
    assert OUTSIDE not in found.body
    assert USERS not in found.body


@pytest.mark.parametrize("byte", [*range(0x21), 0x7F, 0x80, 0xA0, 0xC0, 0xFF])
def test_85_a_bare_control_or_other_strange_byte_in_a_path_is_refused(guarded, byte):
    found = sent(guarded, b"GET /index" + bytes([byte]) + b".html HTTP/1.1")
    assert found.startswith((b"http/1.1 400 ", b"http/1.1 404 "))


def test_85_what_an_address_says_is_printed_nowhere(guarded):
    found = guarded.get("/%3Cscript%3Ealert(1)%3C/script%3E?<script>&#<b>")
    assert found.status == 404
    assert b"alert" not in found.body
    assert b"alert" not in guarded.get("/desk/%3Cscript%3Ealert(1)").body


# 86: links


@pytest.mark.parametrize("folder", ["site", "data/static", "templates/static"])
def test_86_a_link_to_a_file_or_a_folder_of_the_machine_is_not_followed(edited, folder):
    inside = edited.root / folder
    inside.mkdir(parents=True, exist_ok=True)
    (inside / "secret.txt").symlink_to("/etc/passwd")
    (inside / "secret.html").symlink_to("/etc/passwd")
    (inside / "etc").symlink_to("/etc", target_is_directory=True)
    (inside / "own").mkdir()
    (inside / "own/loop").symlink_to(inside, target_is_directory=True)
    refute_any_secret(edited, "secret.txt", "secret.html", "etc/passwd", "own/loop/secret.txt")


@pytest.mark.parametrize("folder", ["site", "data/static", "templates/static", "templates"])
def test_86_a_folder_that_is_itself_a_link_is_not_entered(edited, folder):
    (edited.root / folder).parent.mkdir(parents=True, exist_ok=True)
    if (edited.root / folder).exists():
        shutil.rmtree(edited.root / folder)
    (edited.root / folder).symlink_to("/etc", target_is_directory=True)
    refute_any_secret(edited, "passwd", "etc/passwd", "static/passwd", "site/passwd")


def refute_any_secret(preview: Preview, *names: str) -> None:
    """No page or file shows a link's target, at once or when the change has been seen."""
    (preview.root / "data/site.yaml").write_text("title: Seen\n")
    preview.until("/", lambda found: b"Seen" in found.body or b"digest-findings" in found.body)
    for name in (*names, "", "desk/", "coverage.html"):
        found = preview.get(f"/{name}")
        assert USERS not in found.body
        assert found.status in (404, 500) or name not in names


# 87: names

STRANGE_HOSTS = """
evil.example evil.example:{port} 127.0.0.1.nip.example:{port} localhost.evil:{port} localhost.evil
evil.localhost:{port} localhost localhost: localhost:80 localhost:0{port} localhost:{port}0
127.0.0.1 127.0.0.1:1 127.0.0.1:{port}: 127.0.0.1.:{port} localhost.:{port} 127.1:{port}
127.0.0.2:{port}
127.0.1:{port} 2130706433:{port} 0x7f000001:{port} 0177.0.0.1:{port} 127.000.000.001:{port}
0.0.0.0:{port} [::1]:{port} [::]:{port} [::ffff:127.0.0.1]:{port} ::1:{port} [127.0.0.1]:{port}
evil@127.0.0.1:{port} 127.0.0.1:{port}@evil http://127.0.0.1:{port} //127.0.0.1:{port}
127.0.0.1:{port}/ 127.0.0.1:{port}#evil 127.0.0.1:{port}?evil 127.0.0.1:{port},evil.example
127%2e0.0.1:{port} １２７.0.0.1:{port} ⓛocalhost:{port} * null -
""".split()


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_87_another_name_is_refused_whatever_is_asked(guarded, host):
    for target in ("/", "/claims.json", "/desk/", "/__digest/events?x"):
        assert guarded.get(target, host=host.format(port=guarded.port)).status == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "LOCALHOST"])
def test_87_our_own_names_are_answered(guarded, name):
    assert guarded.get("/style.css", host=f"{name}:{guarded.port}").status == 200


def test_87_over_the_other_protocol_its_own_names_hold(guarded):
    try:
        socket.create_connection(("::1", guarded.port)).close()
    except OSError:
        pytest.skip("this machine has no loopback address of IPv6")
    asked = "GET /style.css HTTP/1.1\r\nConnection: close\r\nHost: {}:{}\r\n\r\n"
    for name, status in (("[::1]", 200), ("localhost", 200), ("127.0.0.1", 403), ("::1", 403)):
        assert guarded.raw(asked.format(name, guarded.port).encode(), "::1").status == status


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([], 403),
        (["Host:"], 403),
        (["Host: "], 403),
        (["Host: {own}", "Host: {own}"], 403),
        (["Host: {own}", "Host: evil.example"], 403),
        (["Host: evil.example", "Host: {own}"], 403),
        (["Host: {own}", "host: evil.example"], 403),
        (["Host: {own} evil.example"], 403),
        (["Host: {own}\tevil"], 403),
        (["X: {own}", "Host : {own}"], 400),
        ([" Host: {own}"], 400),
        (["Host\t: {own}"], 400),
        (["Host: evil.example", " {own}"], 400),
        (["Host {own}"], 400),
        (["Host: {own}\0"], 400),
        (["Host: {own}\rHost: evil"], 400),
        (["X-Forwarded-Host: {own}", "Forwarded: host={own}"], 403),
        (["Host: \t {own} \t"], 200),
        (["HOST:{own}"], 200),
    ],
)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_87_the_name_is_said_once_and_in_the_plain_form(guarded, lines, status, version):
    own = f"127.0.0.1:{guarded.port}"
    said = [line.format(own=own) for line in lines]
    asked = [f"GET /style.css HTTP/{version}", "Connection: close", *said]
    assert sent(guarded, *asked, own=False).startswith(f"http/1.1 {status} ".encode())


@pytest.mark.parametrize("target", ["http://evil.example/", "http://{own}/", "//{own}/", "{own}"])
def test_87_a_name_in_the_request_line_does_not_count(guarded, target):
    own = f"127.0.0.1:{guarded.port}"
    assert guarded.get(target.format(own=own)).status == 400
    assert guarded.get(target.format(own=own), host="evil.example").status in (400, 403)


# 88: origins


@pytest.mark.parametrize(
    "origin",
    """
    http://evil http://1.2.3.4 null https://127.0.0.1:{port} http://127.0.0.1 http://127.0.0.1:1
    http://localhost:{port} http://127.0.0.1:{port}/ http://127.0.0.1:{port}.evil file://
    http://evil@127.0.0.1:{port} http://127.0.0.1:{port},http://evil HTTP://127.0.0.1:{port} *
    chrome-extension://abc http://[::1]:{port}
    """.split(),
)  # fmt: skip
def test_88_a_page_of_another_origin_hears_and_reads_nothing(guarded, origin):
    said = f"Origin: {origin.format(port=guarded.port)}"
    for target in ("/__digest/events?x", "/", "/claims.json", "/desk/", "/none"):
        found = guarded.get(target, said)
        assert found.status == 403
        assert "access-control" not in found.head
        assert b"look again" not in found.body


def test_88_an_empty_origin_or_two_of_them_are_refused_and_our_own_is_not(guarded):
    own = f"http://127.0.0.1:{guarded.port}"
    assert guarded.get("/", "Origin:").status == 403
    assert guarded.get("/", f"Origin: {own}", "Origin: http://evil").status == 403
    heard = guarded.get("/__digest/events?x", f"Origin: {own}")
    assert heard.status == 200
    assert "access-control" not in heard.head


def test_88_no_preflight_is_granted(guarded):
    asked = ("Origin: http://evil", "Access-Control-Request-Method: GET")
    found = guarded.get("/", *asked, method="OPTIONS")
    assert found.status == 403
    assert "access-control" not in found.head


# 89: headers


@pytest.mark.parametrize(
    ("target", "method", "more", "status"),
    [
        ("/", "GET", "", 200),
        ("/quotes/vance-this-is-not-our-war.html", "HEAD", "", 200),
        ("/style.css", "GET", "", 200),
        ("/claims.json", "GET", "", 200),
        ("/icon.svg", "GET", "", 200),
        ("/feed.xml", "GET", "", 200),
        ("/search/1.js", "GET", "", 200),
        ("/__digest/reload.js", "GET", "", 200),
        ("/__digest/events?x", "GET", "", 200),
        ("/__digest/events?x", "HEAD", "", 200),
        ("/desk/", "GET", "", 200),
        ("/desk", "GET", "", 301),
        ("/desk/none", "GET", "", 404),
        ("/none.html", "GET", "", 404),
        ("/none.txt", "GET", "", 404),
        ("/__digest/none", "GET", "", 404),
        ("/..", "GET", "", 400),
        ("none", "GET", "", 400),
        ("/", "GET", "Origin: null", 403),
        ("/", "POST", "", 405),
        ("/", "HEAD", "Content-Length: 5", 413),
        (f"/{'a' * 9000}", "GET", "", 414),
        ("/", "GET", f"X: {'a' * 9000}", 431),
    ],
)
def test_89_every_kind_of_answer_keeps_other_sites_out(guarded, target, method, more, status):
    found = guarded.get(target, *([more] if more else []), method=method)
    told = headers(found.head)
    assert found.status == status
    assert {name: told.get(name) for name in EVERY_ANSWER} == EVERY_ANSWER
    assert "access-control-allow-origin" not in told
    assert "server" not in told
    assert told["content-type"]
    assert method != "HEAD" or found.body == b""


def test_89_so_does_a_page_with_findings_and_one_that_has_nothing_to_show(edited):
    (edited.root / "data/claims.yaml").write_text("claims: [")
    over = edited.until("/", lambda found: b"digest-findings" in found.body)
    with started(edited.root) as begun:
        bare = begun.until("/", lambda found: b"digest-findings" in found.body)
    assert (over.status, bare.status) == (200, 500)
    for found in (over, bare):
        assert EVERY_ANSWER.items() <= headers(found.head).items()


def test_89_so_does_the_refusal_of_one_listener_too_many(edited):
    with ExitStack() as lines:
        for _ in range(64):
            lines.enter_context(edited.listen()).recv(4096)
        found = edited.get(f"/__digest/events?{stamp(edited)}")
    assert found.status == 503
    assert EVERY_ANSWER.items() <= headers(found.head).items()


def stamp(preview: Preview) -> str:
    """Of which state of the folder a page is made."""
    return preview.get("/").body.decode().partition('data-stamp="')[2].partition('"')[0]


# 90: redirects


@pytest.mark.parametrize(
    "target",
    """
    //evil.example/%2e%2e //evil.example //evil.example/ //evil.example/desk //evil.example/../desk
    /\\evil.example /\\evil.example/desk /%2f%2fevil.example /%5cevil.example/desk ///evil.example
    /desk//evil.example /desk%2f%2fevil.example //desk /desk?//evil.example /desk#//evil.example
    /desk;//evil.example /.//evil.example/desk /%09/evil.example
    /desk%0d%0aLocation:%20//evil.example http://evil.example/desk /@evil.example/desk
    /desk /desk? /quotes /speakers /articles
    """.split(),
)  # fmt: skip
def test_90_nobody_is_ever_sent_to_another_host(guarded, target):
    for host in (f"127.0.0.1:{guarded.port}", "evil.example"):
        found = guarded.get(target, "X-Forwarded-Host: evil.example", host=host)
        # The one redirect there is names a path alone.
        assert headers(found.head).get("location", "/desk/") == "/desk/"
        assert "refresh" not in headers(found.head)
        assert b"evil.example" not in found.body


# 91: methods, sizes, patience, and requests that two readers would read in two ways


@pytest.mark.parametrize(
    "method",
    "POST PUT DELETE TRACE OPTIONS CONNECT PATCH PROPFIND BREW TRACK DEBUG PURGE".split(),
)
def test_91_nothing_but_reading_is_allowed(guarded, method):
    for target in ("/", "/desk/", "/__digest/events"):
        found = guarded.get(target, method=method)
        assert found.status == 405
        assert headers(found.head)["allow"] == "GET, HEAD".lower()


@pytest.mark.parametrize("method", ["get", "Get", "GET\t", "", "G" * 21, "GÉT", "GET /x"])
def test_91_a_method_that_is_no_word_is_refused(guarded, method):
    assert sent(guarded, f"{method} / HTTP/1.1").startswith(b"http/1.1 400 ")


@pytest.mark.parametrize(
    "version", "HTTP/2 HTTP/2.0 HTTP/1.2 HTTP/0.9 HTTP/1.1x http/1.1 ICY".split()
)
def test_91_another_version_is_refused(guarded, version):
    assert sent(guarded, f"GET / {version}").startswith(b"http/1.1 400 ")
    assert sent(guarded, "GET /").startswith(b"http/1.1 400 ")


def test_91_what_is_too_long_is_refused_and_takes_no_memory(guarded):
    own = b"Host: 127.0.0.1:%d\r\n" % guarded.port
    before = most_memory(guarded)
    for size in (1_000_000, 64_000_000):
        assert guarded.raw(b"GET /" + b"a" * size + b" HTTP/1.1\r\n" + own + b"\r\n").status == 414
        assert guarded.raw(b"G" * size).status in (400, 414)
    for count in (101, 10_000):
        many = b"".join(b"X-%d: 1\r\n" % n for n in range(count))
        assert guarded.raw(b"GET / HTTP/1.1\r\n" + own + many + b"\r\n").status == 431
    for size in (10_000, 1_000_000):
        long = b"X: " + b"a" * size + b"\r\n"
        assert guarded.raw(b"GET / HTTP/1.1\r\n" + own + long + b"\r\n").status == 431
    assert most_memory(guarded) - before < 8_000  # kB, of 130 MB that were sent
    assert guarded.get("/").status == 200


def most_memory(preview: Preview) -> int:
    """The most memory that the preview ever had, in kB."""
    told = Path(f"/proc/{preview.process.pid}/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0])


def test_91_two_hundred_who_send_a_byte_a_minute_keep_nobody_waiting_and_are_let_go(guarded):
    with ExitStack() as held:
        slow = [held.enter_context(connected(guarded)) for _ in range(200)]
        for line in slow:
            line.sendall(b"G")
        for target in ("/", "/desk/", "/claims.json", "/words.html"):
            assert guarded.get(target).status == 200
        assert sum(is_open(line) for line in slow) >= 190  # they were not shut out to make room
        for line in slow:
            line.settimeout(20)
            assert line.recv(1) == b""


def test_91_two_hundred_who_ask_and_never_read_keep_nobody_waiting(guarded):
    asked = b"GET /claims.json HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % guarded.port
    with ExitStack() as held:
        for _ in range(200):
            held.enter_context(connected(guarded)).sendall(asked * 20)
        for target in ("/", "/desk/", "/claims.json"):
            assert guarded.get(target).status == 200


def connected(preview: Preview) -> socket.socket:
    """A line on which nothing has been said."""
    return socket.create_connection(("127.0.0.1", preview.port), timeout=20)


def is_open(line: socket.socket) -> bool:
    """Whether the other side has not ended a line on which it has said nothing."""
    line.setblocking(False)
    try:
        return line.recv(1) != b""
    except BlockingIOError:
        return True


def test_91_more_connections_than_a_system_gives_files_are_outlived(root, tmp_path):
    for part in ("data", "seeds"):
        shutil.copytree(root / part, tmp_path / part)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    command = [sys.executable, "-m", "digest", "serve", "--root", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, most)),
    ) as process, ExitStack() as held:  # fmt: skip
        assert process.stdout
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        preview = Preview(tmp_path, port, process)
        for _ in range(300):
            held.enter_context(connected(preview))
        assert preview.get("/").status == 200
        process.terminate()
        _, told = process.communicate(timeout=20)
    assert "Traceback" not in told


SMUGGLED = b"GET /claims.json HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"


@pytest.mark.parametrize(
    "said",
    [
        [b"Content-Length: 44", b"Transfer-Encoding: chunked"],
        [b"Transfer-Encoding: chunked", b"Content-Length: 0"],
        [b"Transfer-Encoding: chunked"],
        [b"Transfer-Encoding: identity"],
        [b"Transfer-Encoding: xchunked"],
        [b"Transfer-Encoding:\x0bchunked"],
        [b"Transfer-Encoding: chunked, identity"],
        [b"transfer-encoding:", b" chunked"],
        [b"Transfer-Encoding : chunked"],
        [b"Transfer-Encoding\t: chunked"],
        [b" Transfer-Encoding: chunked"],
        [b"X: y\nTransfer-Encoding: chunked"],
        [b"X: y\rTransfer-Encoding: chunked"],
        [b"X: y\0Transfer-Encoding: chunked"],
        [b"Content-Length: 44"],
        [b"Content-Length: 0", b"Content-Length: 44"],
        [b"Content-Length: 44", b"Content-Length: 0"],
        [b"Content-Length: 0, 44"],
        [b"Content-Length: +0"],
        [b"Content-Length: -1"],
        [b"Content-Length: 0x0"],
        [b"Content-Length: 00"],
        [b"Content-Length: "],
        [b"Content-Length : 0"],
        [b"Content-Length: 1e1"],
        [b"X: one", b" two"],
        [b"X: one", b"\ttwo"],
        [b"X y"],
        [b": y"],
        [b"X\0: y"],
        [b"X\x80: y"],
        [b"X: y\n"],
        [b"\n"],
        [b"X: y\r"],
    ],
)
def test_91_a_request_that_could_be_read_in_two_ways_is_refused_and_ends_the_line(guarded, said):
    hidden = SMUGGLED % guarded.port
    for method in (b"GET", b"POST"):
        found = sent(guarded, method + b" / HTTP/1.1", *said, b"", b"0", b"", hidden)
        assert found[:10] in (b"http/1.1 4", b"http/1.1 5")
        assert found.lower().count(b"http/1.1 ") == 1
        assert b'"claims"' not in found


@pytest.mark.parametrize(
    "asked",
    [
        b"GET / HTTP/1.1\nHost: 127.0.0.1:%d\n\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\n\r\n",
        b"GET / HTTP/1.1\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET / HTTP/1.1\rHost: 127.0.0.1:%d\r\r",
        b"GET  / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET /  HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET\t/\tHTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET / HTTP/1.1 \r\nHost: 127.0.0.1:%d\r\n\r\n",
        b" GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"\r\nGET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\n",
        b"GET /\0 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"\0GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00%d\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n%d",
    ],
)
def test_91_a_line_that_ends_or_is_parted_otherwise_than_it_must_is_refused(guarded, asked):
    found = guarded.raw(asked % guarded.port + SMUGGLED % guarded.port)
    assert found.status == 400
    assert b'"claims"' not in found.body


def test_91_many_requests_at_once_are_answered_in_their_order(guarded):
    own = b"HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % guarded.port
    targets = [b"/style.css", b"/none.txt", b"/claims.csv", b"/feed.json"] * 10
    asked = b"".join(b"GET %b %b\r\n" % (target, own) for target in targets)
    last = b"HEAD / %bConnection: close\r\n\r\n" % own
    with connected(guarded) as line:
        line.sendall(asked + last)
        whole = all_of(line)
    alone = [guarded.get(target.decode()) for target in targets]
    for one in alone:
        head, whole = parted(whole)
        assert head.startswith(f"http/1.1 {one.status} ")
        length = int(headers(head)["content-length"])
        assert whole[:length] == one.body
        whole = whole[length:]
    head, rest = parted(whole)
    assert head.startswith("http/1.1 200 ")
    assert rest == b""


def all_of(line: socket.socket) -> bytes:
    """All that is said on a line until it ends."""
    return b"".join(iter(lambda: line.recv(65536), b""))


def parted(whole: bytes) -> tuple[str, bytes]:
    """The first head in small letters, and what stands behind it."""
    head, _, rest = whole.partition(b"\r\n\r\n")
    return head.decode().lower(), rest


def test_91_behind_a_refusal_nothing_more_is_answered(guarded):
    own = b"Host: 127.0.0.1:%d\r\n" % guarded.port
    for bad in (
        b"GET /.. HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: evil\r\n",
    ):
        found = guarded.raw(bad + own + b"\r\n" + SMUGGLED % guarded.port)
        assert found.status in (400, 403, 405)
        assert b'"claims"' not in found.body


def test_91_a_request_in_single_bytes_is_answered_like_any_other(guarded):
    asked = b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
    with connected(guarded) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in asked % guarded.port:
            line.sendall(bytes([byte]))
        assert reply(line).body == guarded.get("/style.css").body


# 92: where it listens


@pytest.mark.parametrize("option", ["--host", "--bind", "--address"])
def test_92_there_is_no_option_to_listen_elsewhere_and_asking_for_one_says_so(guarded, option):
    command = [sys.executable, "-m", "digest", "serve", "--root", str(guarded.root)]
    for asked in ([option, "0.0.0.0"], [f"{option}=0.0.0.0"]):
        told = subprocess.run([*command, *asked], capture_output=True, text=True, check=False)
        assert told.returncode == 2
        assert f"No such option '{option}'" in told.stderr
        assert told.stdout == ""


def test_92_every_socket_it_listens_on_is_of_loopback_alone(guarded):
    own = {os.readlink(path) for path in Path(f"/proc/{guarded.process.pid}/fd").iterdir()}
    listening = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        rows = Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]
        for at, state, inode in ((row[1], row[3], row[9]) for row in map(str.split, rows)):
            if f"socket:[{inode}]" in own and state in ("0A", "07"):
                listening.append(at)
    port = f"{guarded.port:04X}"
    assert f"0100007F:{port}" in listening
    assert set(listening) <= {f"0100007F:{port}", f"{'0' * 24}01000000:{port}"}


def test_92_at_another_address_of_this_machine_nobody_answers(guarded):
    for name in ("127.0.0.2", "127.1.2.3"):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((name, guarded.port), timeout=5)
