"""What the commands print, and how they end."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.test_same_bytes import run


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """The real site, built."""
    out = tmp_path_factory.mktemp("out") / "site"
    assert run("build", "--root", root, "--out", out, "--no-cache").returncode == 0
    return out


def test_check_accounts_for_every_stretch_of_the_five_files(root):
    outcome = run("check", "--root", root, "--strict")
    assert outcome.returncode == 0
    assert outcome.stderr == ""
    assert "59 quoted stretches: 56 claimed, 3 dismissed, 0 waiting" in outcome.stdout


def test_build_says_what_was_proven_and_where_to_open_it(root, tmp_path):
    outcome = run("build", "--root", root, "--out", tmp_path / "site", "--no-cache")
    assert outcome.returncode == 0
    assert outcome.stdout.splitlines()[-1].endswith(f"files; open {tmp_path}/site/index.html")


@pytest.mark.parametrize(
    "arguments", [["biuld"], ["build", "--strikt"], ["verify"], ["check", "x"]]
)
def test_a_slip_on_the_command_line_ends_with_2(arguments):
    assert run(*arguments).returncode == 2


def test_a_mistyped_command_gets_the_right_one():
    assert "Did you mean 'build'?" in run("biuld").stderr


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["release"], ["verify"]])
def test_every_command_helps_with_an_example(command):
    told = run(*command, "--help").stdout
    assert "Example" in told
    assert f"digest {(command or ['build'])[0]}" in told


def test_errors_end_with_1_and_stand_on_stderr(root):
    outcome = run("check", "--root", root / "tests/broken")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert "data/claims.yaml:20:13: error[id-unknown] no stance" in outcome.stderr


def test_json_is_one_document_of_all_findings_on_stdout(root):
    outcome = run("check", "--root", root / "tests/broken", "--json")
    assert outcome.returncode == 1
    assert outcome.stderr == ""
    found = json.loads(outcome.stdout)["diagnostics"]
    [one] = [one for one in found if one["place"]["line"] == 20]
    assert one == {
        "place": {"path": "data/claims.yaml", "line": 20, "column": 13},
        "rule": "id-unknown",
        "message": 'no stance "shutt"',
        "hints": ['did you mean "shut"?'],
        "severity": "error",
    }


def test_a_folder_without_a_digest_is_told_so(tmp_path):
    outcome = run("build", "--root", tmp_path)
    assert outcome.returncode == 1
    assert "data/claims.yaml:1:1: error[file-missing] there is no such file" in outcome.stderr


def test_verify_proves_a_built_site_again(root, built):
    outcome = run("verify", built, "--seeds", root / "seeds")
    assert outcome.returncode == 0
    told = json.loads((built / "claims.json").read_text(encoding="utf-8"))
    spans = sum(len(a["segments"]) for c in told["claims"] for a in c["appearances"])
    spans += len(told["reports"]) + len(told["dismissed"])
    spans += sum(len(one["sides"]) for one in told["disagreements"])
    assert f"{spans} spans of claims.json cut from their articles and equal" in outcome.stdout


@pytest.mark.parametrize(
    ("tamper", "rule"),
    [
        (lambda site: (site / "index.html").write_text("other"), "file-changed"),
        (lambda site: (site / "index.html").unlink(), "file-missing"),
        (lambda site: (site / "extra.html").write_text("more"), "file-foreign"),
        (lambda site: (site / "manifest.json").write_text("[]"), "manifest"),
        (lambda site: (site / "manifest.json").unlink(), "manifest"),
    ],
)
def test_verify_finds_what_was_tampered_with(built, tmp_path, tamper, rule):
    site = shutil.copytree(built, tmp_path / "site")
    tamper(site)
    outcome = run("verify", site)
    assert outcome.returncode == 1
    assert f"error[{rule}]" in outcome.stderr


def test_verify_finds_an_article_that_no_longer_prints_the_words(root, built, tmp_path):
    seeds = shutil.copytree(root / "seeds", tmp_path / "seeds")
    text = (seeds / "001_bca4b0d82c1e0203.txt").read_text(encoding="utf-8")
    (seeds / "001_bca4b0d82c1e0203.txt").write_text(text.replace("walk away", "stroll off"))
    outcome = run("verify", built, "--seeds", seeds)
    assert outcome.returncode == 1
    assert 'error[span] 001_bca4b0d82c1e0203.txt does not print "walk away"' in outcome.stderr
