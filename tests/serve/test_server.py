"""The preview's server, probed with raw sockets: faults 85 to 92, 95 and 96."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.serve.requests import Rejected, address_of

from .conftest import reply, started

SECRET = b"root:"  # how /etc/passwd begins


@pytest.mark.parametrize(
    "target",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%5c..%5c..%5cetc/passwd",
        "//etc/passwd",
        "/a/%00.html",
        "/.digest-manifest",
        "/claims/../../data/claims.yaml",
        "/data/claims.yaml",
        "/seeds/",
        "/quotes/",
        "/desk/../data/site.yaml",
        "/desk/%2e%2e/data/site.yaml",
        "/__digest/../style.css",
        "/__digest/..%2fbase.html",
        "/__digest/",
        "/%ff",
        "http://127.0.0.1/index.html",
        "*",
    ],
)
def test_85_nothing_outside_the_site_is_ever_answered(shown, target):
    found = shown.get(target)
    assert found.status in (400, 404)
    assert SECRET not in found.body
    assert b"claims:" not in found.body


@given(st.lists(st.sampled_from(". .. / %2e %2E%2e %2f %5c \\ %00 %0a a ? #".split())).map("".join))
def test_85_an_address_never_climbs(target):
    try:
        found = address_of("/" + target)
    except Rejected:
        return
    parts = found.split("/")
    assert not {".", ".."} & set(parts)
    assert not found.startswith("/")
    assert found.isprintable()
    assert "\\" not in found


def test_86_a_link_to_another_file_of_the_machine_is_not_followed(edited):
    (edited.root / "data/static").mkdir(exist_ok=True)
    (edited.root / "data/static/secret.txt").symlink_to("/etc/passwd")
    (edited.root / "templates/static").mkdir(parents=True)
    (edited.root / "templates/static/other.txt").symlink_to("/etc/passwd")
    edited.until("/", lambda found: b"data/static/secret.txt" in found.body)
    for name in ("secret.txt", "other.txt"):
        found = edited.get(f"/{name}")
        assert found.status in (404, 500)
        assert SECRET not in found.body


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.nip.example:{port}",
        "localhost.evil:{port}",
        "[::1]:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        "127.0.0.1:{port}, evil.example",
        "evil.example@127.0.0.1:{port}",
    ],
)
def test_87_only_our_own_names_are_answered(shown, host):
    assert shown.get("/", host=host.format(port=shown.port)).status == 403
    assert shown.get("/", host=f"localhost:{shown.port}").status == 200
    assert shown.get("/", host=f"LOCALHOST:{shown.port}").status == 200


def test_87_a_request_without_a_host_or_with_two_is_refused(shown):
    own = f"Host: 127.0.0.1:{shown.port}\r\n"
    assert shown.raw(b"GET / HTTP/1.1\r\n\r\n").status == 403
    assert shown.raw(b"GET / HTTP/1.0\r\n\r\n").status == 403
    assert shown.raw(f"GET / HTTP/1.1\r\n{own}{own}\r\n".encode()).status == 403


@pytest.mark.parametrize("origin", ["http://evil", "http://1.2.3.4", "null", "https://127.0.0.1"])
@pytest.mark.parametrize("target", ["/__digest/events", "/", "/desk/"])
def test_88_a_page_of_another_origin_hears_nothing(shown, origin, target):
    found = shown.get(target, f"Origin: {origin}")
    assert found.status == 403
    assert "access-control" not in found.head


@pytest.mark.parametrize(
    "target", ["/", "/style.css", "/claims.json", "/__digest/reload.js", "/desk/", "/none"]
)
def test_89_nothing_can_be_loaded_into_another_page_or_kept(shown, target):
    head = shown.get(target).head
    assert "cross-origin-resource-policy: same-origin" in head
    assert "x-content-type-options: nosniff" in head
    assert "frame-ancestors 'none'" in head
    assert "cache-control: no-store" in head
    assert "access-control" not in head


@pytest.mark.parametrize("target", ["//evil.example/%2e%2e", "//evil.example", "/\\evil.example"])
def test_90_nobody_is_sent_to_another_host(shown, target):
    found = shown.get(target)
    assert found.status in (400, 404)
    assert "location" not in found.head


def test_90_the_only_redirect_stays_here(shown):
    assert "location: /desk/\r\n" in shown.get("/desk").head + "\r\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT"])
def test_91_only_reading_is_allowed(shown, method):
    found = shown.get("/", "Content-Length: 3", method=method)
    assert found.status == 405
    assert "allow: get, head" in found.head


def test_91_what_is_too_long_or_malformed_is_refused_in_plain_words(shown):
    own = f"Host: 127.0.0.1:{shown.port}\r\n".encode()
    assert shown.raw(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + own + b"\r\n").status == 414
    many = b"".join(b"X-%d: 1\r\n" % n for n in range(10_000))
    assert shown.raw(b"GET / HTTP/1.1\r\n" + own + many + b"\r\n").status == 431
    long = b"X: " + b"a" * 100_000 + b"\r\n"
    assert shown.raw(b"GET / HTTP/1.1\r\n" + own + long + b"\r\n").status == 431
    assert shown.get("/", "Content-Length: 5").status == 413
    assert shown.get("/", "Transfer-Encoding: chunked").status == 413
    for wrong in (
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\r\n",
        b"GET / HTTP/2\r\n",
        b"GET / HTTP/1.1\n\n",
    ):
        assert shown.raw(wrong).status == 400
    assert shown.raw(b"GET / HTTP/1.1\r\n" + own + b" folded: 1\r\n\r\n").status == 400


def test_91_many_who_say_nothing_keep_nobody_from_being_answered(shown):
    lines = [socket.create_connection(("127.0.0.1", shown.port)) for _ in range(400)]
    try:
        for line in lines[-150:]:
            line.sendall(b"G")
        assert shown.get("/").status == 200
        assert shown.get("/desk/").status == 200
        lines[0].settimeout(5)  # less than a connection may be idle while there are places
        assert lines[0].recv(1) == b""
    finally:
        for line in lines:
            line.close()


def test_91_who_sends_a_byte_at_a_time_is_let_go(shown):
    with socket.create_connection(("127.0.0.1", shown.port), timeout=20) as line:
        line.sendall(b"GET / HTT")
        assert reply(line).body == b""  # closed by the server, and not by us


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=st.binary(max_size=300))
def test_91_whatever_is_sent_is_refused_or_answered(shown, sent):
    found = shown.raw(sent + b"\r\n\r\n")
    assert found.status in (0, 400, 403, 404, 405, 414, 431)


def test_a_head_has_all_but_the_body(shown):
    whole, head = shown.get("/style.css"), shown.get("/style.css", method="HEAD")
    assert head.status == 200
    assert head.body == b""
    assert head.head == whole.head


def test_several_requests_are_answered_on_one_connection(shown):
    request = f"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:{shown.port}\r\n"
    last = f"{request}Connection: close\r\n\r\n"
    found = shown.raw(f"{request}\r\n{last}".encode())
    assert found.body.count(b"HTTP/1.1 200 OK") == 1  # the second, behind the first's body


def test_92_it_listens_on_loopback_alone_and_cannot_be_told_otherwise(shown):
    told = subprocess.run(
        [sys.executable, "-m", "digest", "serve", "--host", "0.0.0.0"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    with open("/proc/net/tcp", encoding="ascii") as table:
        bound = [row.split()[1] for row in table.readlines()[1:] if row.split()[3] == "0A"]
    here = [name for name, _, port in (one.partition(":") for one in bound)
            if int(port, 16) == shown.port]  # fmt: skip
    assert here == ["0100007F"]


def test_95_a_port_that_is_taken_is_said_in_one_line(shown):
    command = [sys.executable, "-m", "digest", "serve", "--root", str(shown.root)]
    told = subprocess.run(
        [*command, "--port", str(shown.port)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr == f"Error: port {shown.port} is taken: choose another with --port\n"


def test_95_without_a_port_any_that_is_free_will_do(shown):
    with started(shown.root) as one, started(shown.root) as other:
        assert one.port != other.port
        assert one.get("/").status == other.get("/").status == 200


SIGNS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_95_an_interruption_ends_it_quietly_and_takes_nothing_away(edited, sign, code):
    before = sorted(edited.root.rglob("*"))
    command = [sys.executable, "-m", "digest", "serve", "--root", str(edited.root)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        assert process.stdout
        address = process.stdout.readline().strip()
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert line.recv(4096)  # and kept open, as a browser does
            process.send_signal(sign)
            _, told = process.communicate(timeout=10)
    assert process.returncode == code
    assert "Traceback" not in told
    assert "Task" not in told
    assert sorted(edited.root.rglob("*")) == before


def test_96_what_reloads_a_page_is_in_no_published_file(site):
    assert not [path for path, content in site.items() if b"__digest" in content]
    assert not [path for path in site if path.startswith(("__digest", "desk", "serve"))]


def test_a_page_is_the_one_that_is_published_but_for_what_the_preview_adds(shown, site):
    for path in (
        "style.css",
        "feed.json",
        "search/1.js",
        "fonts/brygada-1918-latin-wght-normal.woff2",
    ):
        found = shown.get(f"/{path}")
        assert found.status == 200
        if path != "feed.json":
            assert found.body == site[path]
    page = shown.get("/words.html").body.decode()
    assert "connect-src 'self'; base-uri 'none'" in page
    assert page.count('<script src="/__digest/reload.js"') == 1
    main = page[page.index("<main") : page.index("</main>")]
    assert main in site["words.html"].decode()


def test_a_folder_that_is_not_there_is_a_slip_on_the_command_line(tmp_path):
    command = [sys.executable, "-m", "digest", "serve", "--root", str(tmp_path / "none")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "there is no folder" in told.stderr


def test_nothing_is_written_while_it_serves(edited):
    before = {path: path.stat().st_mtime_ns for path in edited.root.rglob("*")}
    for target in ("/", "/desk/", "/claims.json", "/quotes/none.html"):
        edited.get(target)
    assert {path: path.stat().st_mtime_ns for path in edited.root.rglob("*")} == before
