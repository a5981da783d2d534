"""From a saved edit to the reloaded page in Chromium, with ``digest serve`` on the five articles.

A copy of the folder is edited; the clock runs from just before the write until the browser has
painted the page that shows the edit, by the browser's own clock.

    python bench/serve.py [ROUNDS]
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from gates.browser import browser  # noqa: E402

PAGES = ("index.html", "quotes/vance-this-is-not-our-war.html", "desk/")
#: Notes when a page with a new title has been laid out and painted: a frame after the next one.
NOTES = """() => {
    const paint = () => requestAnimationFrame(() => requestAnimationFrame(() =>
        sessionStorage.setItem(document.title, performance.timeOrigin + performance.now())));
    document.readyState === "complete" ? paint() : addEventListener("load", paint);
    new MutationObserver(paint).observe(document.head, {childList: true});
}"""
NOTED = "edit => sessionStorage.getItem(document.title.includes(edit) && document.title)"


def once(page: Page, written: Path, number: int) -> float:
    """Milliseconds from an edit to the page that shows it."""
    edit = f"Edit {number}."
    text = re.sub(r"^title: .*$", f"title: {edit}", written.read_text("utf-8"), flags=re.MULTILINE)
    time.sleep(1)  # a curator reads before the next edit
    begun = time.time() * 1000
    written.write_text(text, "utf-8")
    noted = page.wait_for_function(NOTED, arg=edit, timeout=10_000, polling=50)
    return float(noted.json_value()) - begun


def main(rounds: int) -> None:
    """Print the medians for a few kinds of page."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        root = Path(folder)
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, root / part)
        command = [sys.executable, "-m", "digest", "serve", "--root", folder]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert server.stdout
        address = server.stdout.readline().decode().strip()
        try:
            numbers = count()  # a title is never used twice: the browser remembers when it saw it
            for path in PAGES:
                page = chromium.new_page()
                page.add_init_script(f"addEventListener('DOMContentLoaded', {NOTES})")
                page.goto(address + path)
                times = [once(page, root / "data/site.yaml", next(numbers)) for _ in range(rounds)]
                low, middle, high = min(times), statistics.median(times), max(times)
                print(f"{path:50} {low:4.0f} {middle:4.0f} {high:4.0f} ms", flush=True)
                page.close()
        finally:
            server.terminate()
            server.wait()
    print(f"least, median, most of {rounds}, from the write to the painted page")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
