"""A new digest: an invented story that builds at once, and from which a curator learns."""

from __future__ import annotations

import re
import shutil

import msgspec
import pytest

from digest.build import build, compose
from digest.cli.begin import SAMPLE
from digest.model import entry as types
from digest.model.options import Options
from digest.record.parts import LISTS, SECTIONS
from tests.test_same_bytes import files, run

# Words that any story may share with the first one's title, articles and people.
EVERYDAY = frozenset("next none official what".split())


@pytest.fixture(scope="module")
def told_and_begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("a b") / "story"
    begun = run("new", folder)
    assert begun.returncode == 0, begun.stderr
    return begun.stdout, folder


@pytest.fixture
def begun(told_and_begun):
    return told_and_begun[1]


def test_it_builds_strictly_with_nothing_found_and_verifies(begun, tmp_path):
    outcome = build(Options(begun, out=tmp_path / "site", strict=True, cache=False))
    assert outcome.findings == []
    proven = run("verify", tmp_path / "site", "--seeds", begun / "seeds")
    assert proven.returncode == 0, proven.stderr


def test_what_it_says_to_type_next_can_be_typed(told_and_begun, tmp_path):
    told, folder = told_and_begun
    typed = re.findall(r"^  digest (\w+) --root '([^']*)'$", told, re.MULTILINE)
    [(command, root)] = typed
    assert (command, root) == ("build", str(folder))
    assert run(command, "--root", root, "--out", tmp_path / "site").returncode == 0
    article = tmp_path / "first.txt"
    article.write_text(" date 2030-01-02 “We stay,” Ada Low said on Tuesday.\n", encoding="utf-8")
    assert f"  digest add FILE --root '{folder}'" in told
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert run("add", article, "--root", copy).returncode == 0


def test_the_sample_has_every_section_and_every_option_of_the_site(begun):
    record = (begun / "data/claims.yaml").read_text(encoding="utf-8")
    for section in (*SECTIONS, *LISTS, "dismissed"):
        assert re.search(rf"^(?:# )?{section}:", record, re.MULTILINE), section
    site = (begun / "data/site.yaml").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(types.SiteEntry):
        assert re.search(rf"^(?:# )?{field.encode_name}: ", site, re.MULTILINE), field.name


def test_what_the_sample_has_commented_out_is_right_when_it_is_put_in(begun, tmp_path, a_digest):
    site = (begun / "data/site.yaml").read_text(encoding="utf-8")
    written = re.sub(r"^# (\w+: )", r"\1", site, flags=re.MULTILINE)
    assert written.count("#") < site.count("#")
    names = {path.name: path.read_text(encoding="utf-8") for path in (begun / "seeds").iterdir()}
    record = (begun / "data/claims.yaml").read_text(encoding="utf-8")
    folder = a_digest(tmp_path, names, record, written)
    outcome = compose(Options(folder, strict=True, cache=False))
    assert outcome.findings == []
    assert "404.html" in outcome.files


def test_the_sample_names_nobody_and_nothing_of_the_first_story(digest, begun):
    names = [f"{one.entry.name} {one.entry.side}" for one in digest.speakers.values()]
    told = " ".join([*names, *digest.articles, digest.site.title, "Ukraine Russia"])
    ours = {word.lower() for word in re.findall(r"\w{4,}", told)} - EVERYDAY
    sample = "\n".join(content.decode() for content in files(SAMPLE).values()).lower()
    assert {word for word in ours if re.search(rf"\b{word}\b", sample)} == set()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    refused = run("new", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[0] == f"{tmp_path}:1:1: error[new-folder] is not empty"
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_a_folder_that_is_a_file_is_refused_without_a_traceback(tmp_path):
    (tmp_path / "file").touch()
    refused = run("new", tmp_path / "file")
    assert refused.returncode == 1
    assert "error[out-unwritable] cannot be written: " in refused.stderr


def test_an_empty_repository_is_an_empty_folder(tmp_path):
    (tmp_path / ".git").mkdir()
    assert run("new", tmp_path).returncode == 0
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").endswith("/site/\n/.digest/\n")


def test_the_new_folder_has_the_schemas_that_its_first_lines_name(begun):
    for name in ("claims", "site"):
        first = (begun / f"data/{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named
        assert (begun / "data" / named[1]).is_file()
