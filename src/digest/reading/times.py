"""The day of every report of an article."""

from __future__ import annotations

from digest.dates import Window, hull
from digest.reading import lexicon
from digest.reading.moments import Day, days, own_day
from digest.reading.paragraph import Attribution, Paragraph, Telling
from digest.reading.quotation import Said
from digest.reading.tokens import Sentence
from digest.wording import Span

_NEAR = 2  # paragraphs: so far back a speaker's last day still holds


class Times:
    """The day of every report of an article, from its own clause or the speaker's last."""

    def __init__(self, blotted: str, paragraphs: list[Paragraph], published: Window | None) -> None:
        self.blotted = blotted
        self.published = published
        self.in_sentence: dict[int, list[Day]] = {}  # by the offset of the sentence
        self._of_cue: dict[int, Said] = {}
        self._last: dict[int, tuple[int, Day]] = {}  # by figure: the paragraph, and the day
        self._told: Day | None = None
        for number, paragraph in enumerate(paragraphs):
            self._take_in(number, paragraph)

    def of(self, one: Attribution) -> Said | None:
        """When a stretch was said, if its sentence or the speaker's last report tells."""
        if one.cue is not None and one.cue.kind == "C":
            return self._of_cue.get(one.cue.start)
        sentence = one.told_in or one.sentence
        begins = sentence[0].start
        found = own_day(self.in_sentence[begins], self.blotted, begins, begins)
        return found.said("in its sentence") if found else None

    def _take_in(self, number: int, paragraph: Paragraph) -> None:
        before: Day | None = None  # told in the sentence before, in the same paragraph
        for sentence, told in zip(paragraph.sentences, paragraph.told, strict=True):
            than = hull(self._told.windows) if self._told and self._told.windows else None
            span = Span(sentence[0].start, sentence[-1].end)
            found = list(days(self.blotted, span, self.published, than))
            self.in_sentence[span.start] = found
            for report in told:
                self._date(number, report, found, before)
            self._told = found[-1] if found else self._told
            before = next((day for day in found if told and not day.others), None)

    def _date(self, number: int, report: Telling, found: list[Day], before: Day | None) -> None:
        """The day of one report: its own, else that of the speaker's last one nearby, else that
        of the sentence before."""
        cue, begins = report.cue.start, report.sentence[0].start
        who = id(report.figure) if report.figure else 0
        last = self._last.get(who)
        day, where = own_day(found, self.blotted, begins, cue), "in its own sentence"
        if day is None and self._told and _harks_back(report.sentence):
            day, where = self._told, "in what it harks back to"
        if day is None and last and number - last[0] <= _NEAR:
            day, where = last[1], "where the speaker was last told of"
        if day is None and before:
            day, where = before, "in the sentence before"
        if day:
            self._of_cue[cue] = day.said(where)
        if day and who:
            self._last[who] = (number, day)


def _harks_back(sentence: Sentence) -> bool:
    """ "In that exchange, …": the sentence begins with the occasion that the one before told of."""
    first = sentence[:4]
    return (
        first[0].kind == "I"
        and any(token.word in ("that", "the", "this") for token in first[1:2])
        and any(token.word in lexicon.OCCASIONS for token in first)
    )
