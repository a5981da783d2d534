"""What a curator does to the folder while the preview runs: faults 93 and 94, and the desk."""

from __future__ import annotations

import re
import shutil
import time
from html import unescape

from digest.serve.desk import DESK

from .conftest import started

NEW = """Talks hang by a thread

KYIV, June 3 (Reuters) — Vice President JD Vance said the United States could “walk away”.

“We are open to it,” Vance told reporters. “It is up to them.”

<script>alert("no")</script> & the so-called “grand bargain”
"""


def words(reply):
    """What a page says, without its markup."""
    return unescape(re.sub(r"<[^>]+>", "", reply.body.decode()))


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_93_on_a_bad_edit_the_last_good_page_stays_under_the_findings_and_mends_itself(edited):
    record = edited.root / "data/claims.yaml"
    good, text = edited.get("/"), record.read_text(encoding="utf-8")
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "speaker: jd-vance" in one)
    replaced(record, "speaker: jd-vance", "speaker: jd-vanse")
    bad = edited.until("/", lambda found: b"digest-findings" in found.body)
    assert bad.status == 200
    assert f"data/claims.yaml:{line}:" in words(bad)
    assert 'did you mean "jd-vance"?' in words(bad)
    assert "speaker: jd-vanse" in words(bad)
    main = good.body[good.body.index(b"<main") : good.body.index(b"</main>")]
    assert main in bad.body
    record.write_text(text, encoding="utf-8")
    edited.until("/", lambda found: b"digest-findings" not in found.body)


def test_93_yaml_that_cannot_be_read_keeps_the_last_good_pages_too(edited):
    replaced(edited.root / "data/claims.yaml", "claims:", "claims: [")
    bad = edited.until("/words.html", lambda found: b"digest-findings" in found.body)
    assert b"<main" in bad.body
    assert edited.get("/desk/").status == 500  # nothing was shown there yet


def test_93_a_wrong_template_keeps_the_page_as_it_last_was_and_shows_the_line(root, edited):
    edited.get("/words.html")
    (edited.root / "templates").mkdir()
    shutil.copy(root / "templates/words.html", edited.root / "templates")
    replaced(edited.root / "templates/words.html", "{% endblock %}", "{% endblok %}")
    bad = edited.until("/words.html", lambda found: b"digest-findings" in found.body)
    assert "templates/words.html:" in words(bad)
    assert "endblok" in words(bad)
    assert b'id="main"' in bad.body
    (edited.root / "templates/words.html").unlink()
    edited.until("/words.html", lambda found: b"digest-findings" not in found.body)


def test_93_a_record_that_is_bad_from_the_start_appears_when_it_is_mended(edited):
    record = edited.root / "data/claims.yaml"
    text = record.read_text(encoding="utf-8")
    record.unlink()
    with started(edited.root) as preview:
        first = preview.get("/")
        assert first.status == 500
        assert "data/claims.yaml:1:1: error" not in words(first)
        assert "data/claims.yaml:1:1 error[file-missing] there is no such file" in words(first)
        record.write_text(text, encoding="utf-8")
        preview.until("/", lambda found: found.status == 200)


def test_94_fifty_saves_in_a_second_are_told_a_few_times_and_the_last_one_is_shown(edited):
    site = edited.root / "data/site.yaml"
    with edited.listen() as line:
        line.recv(4096)
        before = stamp(edited.get("/"))
        for n in range(50):
            site.write_text(re.sub(r"(?m)^title: .*$", f"title: Save {n}", site.read_text()))
            time.sleep(0.02)
        edited.until("/", lambda found: b"<title>Save 49" in found.body)
        time.sleep(0.5)
        assert 1 <= stamp(edited.get("/")) - before <= 3


def stamp(reply):
    """How often the folder had changed when a page was made."""
    return int(re.search(rb'data-stamp="\w+-(\d+)"', reply.body)[1])


def test_94_a_folder_that_is_renamed_and_comes_back_is_seen_each_time(edited):
    seeds = edited.root / "seeds"
    for _ in range(2):
        seeds.rename(edited.root / "away")
        edited.until("/", lambda found: b"file-missing" in found.body or b"error[" in found.body)
        (edited.root / "away").rename(seeds)
        edited.until("/", lambda found: b"digest-findings" not in found.body)
    replaced(edited.root / "data/site.yaml", "title: ", "title: After ")
    edited.until("/", lambda found: b"<title>After " in found.body)


def test_94_a_file_that_is_touched_or_put_back_is_no_change(edited):
    before = stamp(edited.get("/"))
    (edited.root / "data/site.yaml").touch()
    time.sleep(0.7)
    assert stamp(edited.get("/")) == before


def test_a_page_hears_of_a_change_on_its_line_and_an_old_page_at_once(edited):
    with edited.listen() as line:
        assert b"text/event-stream" in line.recv(4096)
        replaced(edited.root / "data/site.yaml", "title: ", "title: New ")
        heard = b""
        while b"data:" not in heard:
            heard += line.recv(4096)
    edited.until("/", lambda found: b"<title>New " in found.body)
    assert b"data:" in edited.get("/__digest/events?of-an-earlier-run-1").body


def test_the_desk_shows_the_five_articles_whole_with_what_became_of_every_stretch(edited, articles):
    page = edited.get(f"/{DESK}")
    assert page.body.count(b'<mark class="stretch claimed"') == 56
    assert page.body.count(b'<mark class="stretch dismissed"') == 3
    assert "a term of the debate on foreign policy" in words(page)
    for id in articles:
        assert squeezed(articles[id].text) in squeezed(unnumbered(page))
        alone = edited.get(f"/{DESK}{id}")
        assert squeezed(articles[id].text) in squeezed(unnumbered(alone))
    assert edited.get(f"/{DESK}none").status == 404


def unnumbered(reply):
    """The text of the desk's articles alone, without its numbers and notes."""
    rows = re.findall(
        r'<div class="desk-row">\n<p[^>]*>(.*?)</p>\n', reply.body.decode(), re.DOTALL
    )
    return unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", " ".join(rows)))


def squeezed(text):
    return "".join(text.split())


def test_a_file_dropped_into_seeds_shows_its_proposals_and_is_printed_on_no_page(edited):
    (edited.root / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    page = edited.until(f"/{DESK}new.txt", lambda found: found.status == 200)
    told = words(page)
    assert page.body.count(b'class="stretch ') == 5
    assert b'<mark class="stretch proposed"' in page.body
    assert "JD Vance" in told
    assert f"digest add {edited.root}/seeds/new.txt --root {edited.root}\n" in told
    assert 'words: ["We are open to it,", "It is up to them."]' in told
    assert b"<script>alert" not in page.body
    assert squeezed(NEW) in squeezed(unnumbered(page))
    home = edited.get("/coverage.html")
    assert b"new.txt" in home.body
    assert b"open to it" not in home.body[: home.body.index(b"digest-findings")]


def test_proposals_that_are_written_down_come_with_the_commands_that_decide_them(edited):
    (edited.root / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    folder = edited.root / "data/proposed"
    folder.mkdir()
    (folder / "talks.yaml").write_text(
        "articles:\n  talks: {file: new.txt}\n"
        "proposals:\n"
        "  vance-open:\n    number: 7\n    tier: sure\n    because: it stands there\n"
        "    claim:\n      speaker: jd-vance\n      said: {latest: 2025-06-03}\n"
        "      printed: [{in: talks, words: ['We are open to it,', It is up to them.]}]\n"
        "  bargain: {number: 8, terms: [grand bargain], because: a term}\n",
        encoding="utf-8",
    )
    page = edited.until(f"/{DESK}talks", lambda found: found.status == 200)
    told = words(page)
    assert "digest take talks/7" in told
    assert 'digest dismiss talks/8 --because "a term, not a statement"' in told
    assert "JD Vance, by 2025-06-03, sure" in " ".join(told.split())
    assert page.body.count(b'<mark class="stretch proposed"') == 2
    assert page.body.count(b'<mark class="stretch waiting"') == 3
    assert f"digest add {edited.root}" not in told


def test_the_desk_asks_for_the_speaker_and_the_day_that_only_the_curator_knows(edited):
    (edited.root / "seeds/new.txt").write_text(NEW.replace("June 3 ", ""), encoding="utf-8")
    folder = edited.root / "data/proposed"
    folder.mkdir()
    proposed = (
        "articles:\n  talks: {file: new.txt}\n"
        "proposals:\n"
        "  open: {number: 1, claim: {printed: [{in: talks, words: walk away}]}}\n"
        "  day:\n    number: 2\n"
        "    claim: {speaker: jd-vance, printed: [{in: talks, words: It is up to them.}]}\n"
        "  odd: {number: 3; ls, terms: [grand bargain]}\n"
    )
    (folder / "talks.yaml").write_text(proposed, encoding="utf-8")
    told = words(edited.until(f"/{DESK}talks", lambda found: found.status == 200))
    here = f"--root {edited.root}\n"
    assert f'digest take talks/1 --speaker "WHO" --said DAY --because "WHY" {here}' in told
    assert f'digest take talks/2 --said DAY --because "WHY" {here}' in told
    assert f'digest dismiss talks/2 --because "WHY" {here}' in told
    assert "digest dismiss 'talks/3; ls' --because" in told
    dated = proposed.replace("{file: new.txt}", "{file: new.txt, published: 2025-06-03}")
    (folder / "talks.yaml").write_text(dated, encoding="utf-8")
    edited.until(f"/{DESK}talks", lambda found: f"digest take talks/2 {here}" in words(found))
