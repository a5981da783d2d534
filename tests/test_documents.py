"""The documents say what the program does, and their samples can be copied."""

from __future__ import annotations

import re
import runpy
import tomllib

import pytest
import yaml

from digest.cli import group
from tests.test_same_bytes import run


def test_the_documents_that_are_made_from_the_program_are_as_it_would_make_them(root):
    for path, text in runpy.run_path(str(root / "docs/made.py"))["made"]().items():
        message = f"docs/{path} is not what the program says: run python docs/made.py"
        assert (root / "docs" / path).read_text(encoding="utf-8") == text, message


def test_the_commands_are_documented_with_all_that_they_print_for_help(root):
    document = (root / "docs/commands.md").read_text(encoding="utf-8")
    for name in ("", *group.digest.commands):
        told = run(*filter(None, [name]), "--help", COLUMNS="80").stdout
        assert f"```text\n{told}```\n" in document, name


@pytest.fixture
def samples(root):
    """Every file to copy, by name."""
    return {path.name: path.read_text("utf-8") for path in (root / "docs/publishing").iterdir()}


def headers(text: str) -> dict[str, str]:
    """The headers of a ``_headers`` file that has one rule, for every address."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines[0] == "/*"
    assert all(line.startswith("  ") for line in lines[1:])
    return dict(line.strip().split(": ", 1) for line in lines[1:])


def commands(samples: dict[str, str]) -> str:
    """Every line of a sample that a shell runs."""
    workflow = yaml.safe_load(samples["github-pages.yml"])
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    built = tomllib.loads(samples["netlify.toml"])["build"]["command"]
    return "\n".join([built, *(step["run"] for step in steps if "run" in step)])


def test_the_samples_name_commands_options_and_targets_that_there_are(root, samples):
    documents = [root / "docs/publishing.md", root / "README.md", root / "CONTRIBUTING.md"]
    told = commands(samples) + "".join(path.read_text(encoding="utf-8") for path in documents)
    named = re.findall(r"(?:^|[\s/`])digest ([a-z]+)((?: [^\n|`&;]*)?)", told, re.MULTILINE)
    assert {"build", "verify"} <= {name for name, _ in named} <= set(group.digest.commands)
    for name, rest in named:
        known = {option for one in group.digest.commands[name].params for option in one.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}, name
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", told, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


def test_the_workflow_builds_strictly_where_pages_says_and_may_deploy(samples):
    workflow = yaml.safe_load(samples["github-pages.yml"])
    build, deploy = workflow["jobs"]["build"]["steps"], workflow["jobs"]["deploy"]
    used = [
        re.sub(r"@v\d+$", "", step["uses"]) for step in build + deploy["steps"] if "uses" in step
    ]
    actions = "checkout setup-python configure-pages upload-pages-artifact deploy-pages"
    assert used == [f"actions/{name}" for name in actions.split()]
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["needs"] == "build"
    assert "digest build --strict --base-url" in commands(samples)


def test_the_headers_have_the_policy_of_the_pages_and_forbid_framing(samples, site):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', site["index.html"].decode())
    assert policy
    told = headers(samples["_headers"])
    assert told["Content-Security-Policy"] == f"{policy[1]}; frame-ancestors 'none'"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert {"Referrer-Policy", "Permissions-Policy"} <= set(told)
    assert "max-age=0" in told["Cache-Control"]


def test_a_server_of_ones_own_gets_the_same_headers(samples):
    given = re.findall(
        r'^ *add_header (\S+) "([^"]*)" always;$', samples["nginx.conf"], re.MULTILINE
    )
    assert dict(given) == headers(samples["_headers"])
    assert "error_page 404 /404.html;" in samples["nginx.conf"]
    assert samples["nginx.conf"].count("{") == samples["nginx.conf"].count("}")


def test_every_sample_is_linked_and_told_of(root, samples):
    page = (root / "docs/publishing.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(publishing/([^)]+)\)", page)) == set(samples)
    assert "docs/publishing.md" in (root / "README.md").read_text(encoding="utf-8")
