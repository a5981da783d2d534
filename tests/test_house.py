"""How the program is built: who may make what, and what its documents say of it."""

from __future__ import annotations

import ast
import re

MADE_BY = {
    "Printing": {"proof/verify.py"},
    "Claim": {"proof/verify.py"},
    "Report": {"proof/verify.py"},
    "Passage": {"proof/verify.py", "proof/curated.py", "proof/days.py"},
    "Working": {"proof/days.py"},
}


def test_only_proof_makes_what_a_page_may_print(root):
    package = root / "src/digest"
    made: dict[str, set[str]] = {name: set() for name in MADE_BY}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in made
            ):
                made[node.func.id].add(path.relative_to(package).as_posix())
    assert made == MADE_BY


def test_only_the_command_line_prints_and_no_stage_reads_a_clock(root):
    package = root / "src/digest"
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "cli" in path.parts or not re.search(r"\bprint\(|click\.echo", text), path
        # Only a release asks which day it is, and only for its default.
        release = path.relative_to(package).as_posix() == "cli/release.py"
        assert len(re.findall(r"\.now\(|\.today\(|time\.time|utcnow", text)) == release, path


def test_no_room_holds_two_subjects(root):
    rooms = [p for p in (root / "src/digest").rglob("*.py") if "compiled" not in p.parts]
    lengths = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in rooms}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_the_readme_shows_the_two_commands_that_do_everything(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^make$", readme, re.MULTILINE)
    assert re.search(r"^make test$", readme, re.MULTILINE)


def test_no_file_of_the_repository_holds_a_path_or_a_registry_of_some_machine(root):
    for path in [
        root / "pyproject.toml",
        *root.glob("locked/*.txt"),
        root / "Makefile",
        *root.glob("docs/**/*.md"),
    ]:
        assert not re.search(
            r"/(?:root|home|tmp|work)/|https?://[^\s)]*pypi", path.read_text(encoding="utf-8")
        ), path
