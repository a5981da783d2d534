"""What is looked at only as a whole waits for whoever asks for a page."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest

from digest.memo import Interrupted
from digest.serve.preview import Preview
from digest.serve.server import Server
from tests.faults.story import five


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    folder = five(tmp_path / "digest")
    copy = (folder / "seeds/000_f1ea0134da60f433.txt").read_bytes()
    (folder / "seeds/900_copy.txt").write_bytes(copy + b" And so on.\n")
    made = Preview(folder, "http://127.0.0.1")
    assert made.changed()
    made.prove()
    return made


def test_a_look_at_the_whole_that_is_interrupted_goes_on_and_finds_the_same(preview):
    times = iter([False, False, True, False, True])
    interruptions = 0
    while True:
        try:
            assert preview.check(lambda: next(times, False))
            break
        except Interrupted:
            interruptions += 1
            assert [one for one in preview.findings if one.rule == "article-copy"] == []
    assert interruptions == 2
    assert [one.rule for one in preview.findings].count("article-copy") == 1


def test_what_is_proven_is_never_interrupted(preview):
    with pytest.raises(Interrupted):
        preview.check(lambda: True)
    site = preview.options.root / "data/site.yaml"
    site.write_text(site.read_text("utf-8").replace("title: ", "title: Anew, ", 1), "utf-8")
    assert preview.changed()
    preview.prove()
    assert b"<title>Anew, " in preview.answer("index.html").body


@pytest.mark.parametrize("gone", [False, True])
def test_garbage_is_looked_for_again_once_all_is_told_whether_or_not_anybody_hears(preview, gone):
    def tell(_: Preview) -> None:
        if gone:
            raise BrokenPipeError

    async def looked() -> list[bool]:
        server, found = Server(preview, tell), []
        site = preview.options.root / "data/site.yaml"
        for interrupted in (True, False):
            site.write_text(f"{site.read_text('utf-8')}# A remark.\n", "utf-8")
            await server.look()
            found.append(gc.isenabled())
            if not interrupted:
                await asyncio.wait([server._checking])
                assert bool(server._checking.exception()) == gone
        return [*found, gc.isenabled()]

    gc.enable()
    try:
        assert asyncio.run(looked()) == [False, False, True]
    finally:
        gc.enable()


def test_an_event_at_fault_is_told_at_every_look_and_where_it_then_stands(preview):
    record = preview.options.root / "data/claims.yaml"
    text = record.read_text("utf-8")
    assert text.count("said: 2025-02-28") == 1
    told = []
    for above in ("", "# A remark.\n", "# A remark.\n# Another one.\n"):
        record.write_text(above + text.replace("said: 2025-02-28", "said: 2025-03-28"), "utf-8")
        assert preview.changed()
        preview.prove()
        told.append([one.place.line for one in preview.findings if one.severity == "error"])
    first = told[0]
    assert first
    assert told == [first, [line + 1 for line in first], [line + 2 for line in first]]
