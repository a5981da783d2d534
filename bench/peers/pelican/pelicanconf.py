"""Pelican's settings for the same pages; their names are Pelican's own."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import digest_plugin  # noqa: E402

META = json.loads((HERE / "meta.json").read_text("utf-8"))
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Claim Digest", "", "UTC", "en"
PATH, ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = str(HERE / "content"), [""], [], []
THEME, PLUGINS = str(HERE / "theme"), [digest_plugin]
THEME_STATIC_DIR = "."
SOURCES = {source["id"]: source for source in META["sources"]}
ROLES = {speaker["id"]: speaker["role"] for speaker in META["speakers"]}
SLUGS = {speaker["name"]: speaker["id"] for speaker in META["speakers"]}
ARCHIVE = META["site"]["archive"]
AUTHOR_REGEX_SUBSTITUTIONS = [
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
]
ARTICLE_URL = ARTICLE_SAVE_AS = "quotes/{slug}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "speakers/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "sources/{slug}.html"
TAG_SAVE_AS = ""
MONTH_ARCHIVE_SAVE_AS = "months/{date:%Y}-{date:%m}.html" if ARCHIVE else ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index", "sitemap", "claims", "atom"]
SITEMAP_SAVE_AS, CLAIMS_SAVE_AS, ATOM_SAVE_AS = "sitemap.xml", "claims.json", "feed.xml"
FILENAME_METADATA, SUMMARY_MAX_LENGTH, RELATIVE_URLS = "(?P<slug>.*)", 0, False
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": False,
    "lstrip_blocks": False,
    "extensions": [],
}
MARKDOWN = {
    "extension_configs": {},
    "extensions": ["markdown.extensions.meta"],
    "output_format": "html5",
}
TYPOGRIFY = CACHE_CONTENT = LOAD_CONTENT_CACHE = False
JINJA_GLOBALS = {
    "ld": digest_plugin.linked,
    "months": digest_plugin.months,
    "claims": digest_plugin.claims,
}
