"""When and where words were said: the day, the venue and the medium, as the text tells them.

What the words for a day mean is ``daywords``' business; here they are found, and the nearest
that can belong to a quotation is chosen: its own clause, else what the same speaker said in the
sentences and paragraphs just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from digest.dates import MONTHS, WEEKDAYS, Window, hull, with_weekday
from digest.daywords import meanings
from digest.reading.quotation import Said
from digest.wording import Span

_WEEKDAY = "(?:" + "|".join(day.capitalize() for day in WEEKDAYS) + ")"
_MONTH = "(?:" + "|".join(MONTHS) + r"|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)"
_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_PART = "(?: (?:morning|afternoon|evening|night))?"
_DAY = re.compile(
    rf"\b(?:(?:on|On) )?(?:(?:last|Last|this|This|the previous) )?{_WEEKDAY}{_PART}\b"
    rf"|\b(?:(?:on|On) )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?\b"
    rf"|\b(?:(?:in|In) )?{_MONTH}(?: \d{{4}})?\b(?! \d)"
    r"|\b(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night)"
    r"\b"
    rf"|\b(?:{_COUNT}|{_COUNT.title()}) (?:day|week|month)s? (?:ago|earlier|later|before|after)\b"
    rf"|\b(?:[Ll]ast|[Tt]his) (?:week|weekend|month|year)\b"
)
# A day that these lead up to is that of another event, or is still to come.
_OTHERS = re.compile(
    r"(?:\b(?:set|scheduled|due|expected|planned|going|will|until|since|before|after|signed|visited"
    r"|by)\b[^.]{0,40})$"
)
_THAT = re.compile(r"\b(?:that|where|before|after|if|whether|because)\b")
_MEDIUM = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Aa]t|[Ff]rom|[Vv]ia|[Bb]y) (?:an?|the|his|her|their) "
    r"(?:[\w’'-]+ ){0,3}?"
    r"(?P<medium>interview|podcast|post|tweet|speech|statement|op-ed|letter|e-?mail|rally|debate"
    r"|news conference|press conference|briefing|town hall|memo|phone call|article|essay|memoir"
    r"|video|broadcast)\b(?: (?:on|with|to|for|in|at|from) (?:the )?"
    rf"(?P<outlet>(?!{_WEEKDAY}|{_MONTH})[A-Z][\w’.&-]*(?: [A-Z][\w’.&-]*)*))?"
)
_PLACE = re.compile(
    r"\b(?P<by>[Aa]board|[Oo]n board|[Aa]t|[Ii]n|[Ff]rom) (?P<place>(?:an? |the )?"
    r"(?:[A-Z][\w’.&-]*(?: (?:of |the |in )?[A-Z][\w’.&-]*)*)(?: meeting| rally| conference)?)"
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling) "
    r"(?P<hearer>reporters|(?:the )?[A-Z][\w’.&-]*(?: [A-Z][\w’.&-]*)*)"
)
_SOCIAL = re.compile(r"\bon (?:social media|Twitter|Facebook|X|Truth Social|Instagram)\b")
_OUTLET = re.compile(
    r"(?:News|Times|Post|Journal|NBC|CBS|ABC|CNN|Fox|MSNBC|BBC|NPR|Reuters|AP|Newsweek|Magazine"
    r"|Tribune|Press|Guardian|Politico|POLITICO|Bloomberg|Digital|Radio|TV|Today|Herald|Atlantic"
    r"|Axios|Telegraph|Independent|Globe|Network|Sun|Star|Yorker)$"
)


_BESIDE = 25  # code points between a day and the verb it belongs to
_HEAD = 12  # code points before a day that opens its sentence


class Day(Struct, frozen=True):
    """Words for a day, what they can mean, and where they stand."""

    words: str
    windows: tuple[Window, ...]
    at: int
    others: bool  # of another event, or still to come
    counted: str  # what was counted from: "article of Wed 2025-05-21"

    def said(self, where: str) -> Said:
        """The day as a field of a quotation, with its working."""
        if not self.windows:
            why = f"“{self.words}” {where}; nothing to count it from: the article has no day"
            return Said(None, None, why)
        all_days = hull(self.windows)
        worked = " or ".join(str(window) for window in self.windows)
        return Said(
            all_days.earliest,
            all_days.latest,
            f"“{self.words}” {where} + {self.counted} → {worked}",
        )


class Setting(Struct, frozen=True):
    """Where and how words were said, as far as their sentence tells; None where it does not."""

    venue: str | None = None
    medium: str | None = None
    because: str = ""


_SPEECH = re.compile(
    r" (?:statements?|remarks|comments|speech|address|interview|post|appearance)\b"
)


def days(
    blotted: str, within: Span, published: Window | None, than: Window | None
) -> Iterator[Day]:
    """Every word for a day in a sentence outside quotations, in order.

    ``than``: the day last told, for "a day earlier".
    """
    for match in _DAY.finditer(blotted, within.start, within.end):
        words = match.group()
        if words in ("may", "march", "May", "March"):
            continue
        others = bool(
            _OTHERS.search(blotted[max(within.start, match.start() - 60) : match.start()])
        )
        apart = words.endswith(("earlier", "later", "before", "after"))
        reference = than if apart else None
        windows = meanings(words, published, than=reference)
        if windows is not None:
            yield Day(words, windows, match.start(), others, _counted(published, reference))


def own_day(found: list[Day], blotted: str, begins: int, cue: int) -> Day | None:
    """The day of what is reported at ``cue`` in the sentence that ``begins`` there.

    After it in its clause ("said on Monday"); else right before it ("on Monday said"), at the head
    of the sentence ("On Monday, …"), or with a noun of speech ("his February statements").
    """
    own = [day for day in found if not day.others]
    after = [day for day in own if day.at > cue]
    if after and not _THAT.search(blotted, cue, after[0].at):
        return after[0]
    before = [day for day in own if day.at < cue]
    near = [
        day
        for day in before
        if cue - day.at - len(day.words) < _BESIDE
        or day.at - begins < _HEAD
        or _SPEECH.match(blotted, day.at + len(day.words))
    ]
    return near[-1] if near else None


def setting(blotted: str, sentence: Span) -> Setting:
    """The venue and medium that a sentence names, outside quotations."""
    words = sentence.of(blotted)
    medium = _MEDIUM.search(words)
    told = _TOLD.search(words)
    social = _SOCIAL.search(words)
    place = _place(words)
    outlet = medium["outlet"] if medium else None
    if told and outlet is None and _OUTLET.search(told["hearer"].rstrip(".")):
        outlet = told["hearer"].removeprefix("the ")
    how = medium["medium"] if medium else "post" if social else None
    if how == "tweet":
        how = "post"
    if how is None and told and told["hearer"] == "reporters":
        how = "remarks to reporters"
    outlet = outlet.rstrip(".,") if outlet else None
    where = outlet or (social.group().removeprefix("on ") if social else None) or place
    reasons = [match.group().rstrip(".") for match in (medium or social, told) if match]
    if place and where == place:
        reasons.append(place)
    return Setting(where, how, ", ".join(f"“{reason}”" for reason in reasons))


def _place(words: str) -> str | None:
    """ "aboard Air Force Two", "the Oval Office"; no bare city that talks are about."""
    for match in _PLACE.finditer(words):
        place, by = match["place"], match["by"].lower()
        if by in ("aboard", "on board"):
            return f"aboard {place.rstrip('.')}"
        if (by == "at" or place.startswith("the ")) and not re.match(
            rf"(?:the )?(?:{_WEEKDAY}|{_MONTH}|U\.S|United|White House and)", place
        ):
            return place.rstrip(".")
    return None


def _counted(published: Window | None, than: Window | None) -> str:
    if than:
        return f"the day told before, {than}"
    if published is None:
        return "no day of the article"
    return f"article of {with_weekday(published.day) if published.day else published}"
