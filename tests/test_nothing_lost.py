"""Bad input gets a clear error, and the site before stays byte for byte."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.test_same_bytes import files, run


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """A digest's folder with its site."""
    folder = tmp_path_factory.mktemp("built")
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    assert run("build", "--root", folder).returncode == 0
    return folder


@pytest.fixture
def digest_folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "digest")


def append(path: str, text: str):
    def change(folder):
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def write(path: str, content: bytes):
    return lambda folder: (folder / path).write_bytes(content)


def remove(path: str):
    return lambda folder: (folder / path).unlink()


def link(path: str):
    def change(folder):
        (folder / path).unlink(missing_ok=True)
        (folder / path).symlink_to("/etc/hostname")

    return change


BAD = {
    "an unclosed quotation mark": (append("data/claims.yaml", 'x: "\n'), "data/claims.yaml:"),
    "a tab": (append("data/claims.yaml", "x:\n\ty: z\n"), "data/claims.yaml:"),
    "an empty record": (
        write("data/claims.yaml", b""),
        "data/claims.yaml:1:1: error[record-shape]",
    ),
    "a list": (write("data/claims.yaml", b"- a\n"), "data/claims.yaml:1:1: error[record-shape]"),
    "no claims": (
        write("data/claims.yaml", b"claims:\n"),
        "data/claims.yaml:1:1: error[record-empty]",
    ),
    "no record": (remove("data/claims.yaml"), "data/claims.yaml:1:1: error[file-missing]"),
    "a NUL": (write("data/claims.yaml", b"a: \0"), "data/claims.yaml:1:4: error[yaml-character]"),
    "not UTF-8": (
        write("data/claims.yaml", b"a: \xff"),
        "data/claims.yaml:1:1: error[file-encoding]",
    ),
    "an alias": (append("data/claims.yaml", "x: *y\n"), "error[yaml-alias]"),
    "a Python tag": (append("data/claims.yaml", "x: !!python/name:os.system\n"), "error[yaml-tag]"),
    "deep nesting": (append("data/claims.yaml", "x: " + "[" * 3000 + "\n"), "error[yaml-"),
    "two documents": (append("data/claims.yaml", "---\na: b\n"), "error[yaml-documents]"),
    "an article gone": (remove("seeds/001_bca4b0d82c1e0203.txt"), "error[article-file]"),
    "an article edited": (
        write("seeds/001_bca4b0d82c1e0203.txt", b" date 2025-05-09 Something else.\n"),
        "error[words-not-found]",
    ),
    "an article that is a link": (
        link("seeds/001_bca4b0d82c1e0203.txt"),
        "seeds/001_bca4b0d82c1e0203.txt:1:1: error[file-kind]",
    ),
    "an article with a NUL": (
        write("seeds/z.txt", b"a\nb\0"),
        "seeds/z.txt:2:1: error[article-enc",
    ),
    "an article of no day": (write("seeds/z.txt", b" date 2025-02-30 x\n"), "error[article-date]"),
    "a site without a title": (
        write("data/site.yaml", b"editor: us\n"),
        "data/site.yaml:1:1: error",
    ),
    "a template with a mistake": (
        lambda folder: (
            (folder / "templates").mkdir(),
            (folder / "templates/quote.html").write_text("a\n{% if %}"),
        ),
        "templates/quote.html:2:1: error[template]",
    ),
    "a template with an unknown name": (
        lambda folder: (
            (folder / "templates").mkdir(),
            (folder / "templates/quote.html").write_text("a\n\n{{ nobody }}"),
        ),
        "templates/quote.html:3:1: error[template]",
    ),
    "a page on the timeline's address": (
        write("data/pages/index.md", b"# Mine"),
        "data/pages/index.md:1:1: error[page-name] the site has a page of this name",
    ),
    "a link that leads nowhere": (
        append("data/pages/about.md", "\n[lost](nowhere.html)\n"),
        "site/about.html:",
    ),
}


@pytest.mark.parametrize(("change", "told"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_and_the_old_site_stays(digest_folder, change, told):
    before = files(digest_folder / "site")
    change(digest_folder)
    outcome = run("build", "--root", digest_folder)
    assert outcome.returncode == 1
    assert told in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert files(digest_folder / "site") == before
    assert not [name for name in os.listdir(digest_folder) if name.startswith(".site")]


def test_files_in_data_static_are_copied_as_they_are_and_take_nobodys_place(digest_folder):
    static = digest_folder / "data/static"
    (static / "icons").mkdir(parents=True)
    (static / "CNAME").write_bytes(b"example.org\r\n")
    (static / "icons/a.png").write_bytes(b"\x89PNG\0")
    assert run("build", "--root", digest_folder).returncode == 0
    assert (digest_folder / "site/CNAME").read_bytes() == b"example.org\r\n"
    assert (digest_folder / "site/icons/a.png").read_bytes() == b"\x89PNG\0"
    (static / "claims.json").write_bytes(b"{}")
    outcome = run("build", "--root", digest_folder)
    assert outcome.returncode == 1
    assert "data/static/claims.json:1:1: error[path-taken]" in outcome.stderr


def test_a_folder_that_is_not_ours_is_refused_and_nothing_in_it_is_touched(digest_folder, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("ten years of work")
    outcome = run("build", "--root", digest_folder, "--out", mine)
    assert outcome.returncode == 1
    assert "error[out-foreign] holds files, but no manifest.json of ours" in outcome.stderr
    assert files(mine) == {"thesis.txt": b"ten years of work"}


def test_a_file_of_somebody_elses_in_our_site_stops_the_build(digest_folder):
    (digest_folder / "site/CNAME").write_text("example.org")
    before = files(digest_folder / "site")
    outcome = run("build", "--root", digest_folder)
    assert outcome.returncode == 1
    assert "holds a file that is not ours: CNAME" in outcome.stderr
    assert files(digest_folder / "site") == before


def test_an_empty_folder_is_filled_and_a_link_to_one_is_refused(digest_folder, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("build", "--root", digest_folder, "--out", tmp_path / "empty").returncode == 0
    assert files(tmp_path / "empty") == files(digest_folder / "site")
    (tmp_path / "other").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "other")
    outcome = run("build", "--root", digest_folder, "--out", tmp_path / "linked")
    assert outcome.returncode == 1
    assert "error[out-foreign] is not a plain folder" in outcome.stderr
    assert files(tmp_path / "other") == {}


def test_a_file_in_seeds_that_nobody_curated_yet_is_listed_and_stops_only_a_strict_build(
    digest_folder,
):
    (digest_folder / "seeds/005_new.txt").write_text("She said: “Not yet,” and “later”.\n")
    outcome = run("build", "--root", digest_folder)
    assert outcome.returncode == 0
    told = "seeds/005_new.txt:1:1: warning[article-waiting] is not yet curated: 2 stretches wait"
    assert told in outcome.stderr
    assert run("build", "--root", digest_folder, "--strict").returncode == 1
