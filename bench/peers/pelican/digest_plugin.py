"""What Pelican's templates need beyond Pelican: neighbours of one speaker, JSON-LD, claims.json."""

import json
from collections import defaultdict

from markupsafe import Markup
from pelican import signals

BASE = "https://digest.example/"


def linked(article, source):
    """A quotation as JSON-LD."""
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": BASE + article.url,
        "text": article.quote,
        "dateCreated": article.day,
        "inLanguage": "en",
        "creator": {
            "@type": "Person",
            "name": article.author.name,
            "jobTitle": article.role,
            "url": BASE + article.author.url,
        },
        "isPartOf": {
            "@type": "NewsArticle",
            "headline": source["title"],
            "url": source["url"],
            "datePublished": source["date"],
            "publisher": {"@type": "Organization", "name": source["publisher"]},
        },
    }


def months(articles):
    """Every month that has a quotation, the latest first."""
    return list(dict.fromkeys(article.day[:7] for article in articles))


def claims(articles):
    """All claims as JSON."""
    return Markup(json.dumps({"claims": [_claim(one) for one in articles]}, ensure_ascii=False))


def _claim(article):
    own = ("title", "quote", "role", "stance", "context")
    return {
        "id": article.slug,
        "speaker": article.author.slug,
        "date": article.day,
        "source": article.category.name,
        **{name: getattr(article, name) for name in own},
    }


def neighbours(generator):
    """Give each article its day, its speaker's id, and the speaker's article before and after."""
    by_speaker = defaultdict(list)
    slugs = generator.settings["SLUGS"]
    for article in generator.articles:
        article.day = article.date.strftime("%Y-%m-%d")
        article.author.slug = slugs[article.author.name]
        article.content_html = Markup(article.content)
        by_speaker[article.author.name].append(article)
    for articles in by_speaker.values():
        for at, article in enumerate(articles):
            article.pn_next = articles[at - 1] if at else None
            article.pn_prev = articles[at + 1] if at + 1 < len(articles) else None


def register():
    """What Pelican calls."""
    signals.article_generator_pretaxonomy.connect(neighbours)
