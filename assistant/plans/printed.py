"""Plans for what is misprinted: `X一张表写0.55万、一张表写1.65万，该信哪个`."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import AS_PRINTED
from assistant.cues import cue, says
from assistant.figures import Figures
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Consistent, Lookup, Wish
from assistant.question import Question

_SURE = 0.9  # of a figure whose misprint is spoken of


class PrintedPlans:
    """Plans of misprinted figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.figures = Figures(phrases.catalog)

    def trusted(self, question: Question) -> Consistent | None:
        """Which of the numbers printed for a figure is right, where one of them was found to be misprinted.

        `X那行印0.80，对吗` asks whether it is printed right.
        """
        text = question.text
        which = says(text, "which_to_trust")
        if not which and not (says(text, "printed_as") and says(question.raw, "claim_asked")):
            return None
        if not which:
            text = cue("claim_tail").sub("", text)
        _, rest = self.phrases.tables_in(cue("which_to_trust").sub("", text))
        selector = self.phrases.selector(cue("printed_as").sub("", rest))
        if selector is None or selector.fact_ids or selector.confidence < _SURE:
            return None
        cells = self.figures.candidates(selector)
        printed = {s.id for s in cells if s.fact.quantity is not None}
        said = [{s.id for s in cells if _prints(s.fact.printed, n.printed)} for n in amounts_in(rest)]
        misprints = {s.id for s in cells if s.fact.field == AS_PRINTED}
        if not misprints or not all(each & (printed if which else misprints) for each in said):
            return None
        return Consistent(selector, trusted=which) if which or said else None


def _prints(cell: str, number: str) -> bool:
    """Whether a cell prints a number, whatever is written after its digits."""
    return _digits(cell) == _digits(number) != ""


def _digits(text: str) -> str:
    digits = "".join(c for c in text if c.isdigit() or c == ".")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def as_printed(figure: Lookup, figures: Figures) -> Lookup:
    """A figure of a named table as that table prints it, where the row's number was found to be another's."""
    if not figure.of.tables or figure.of.fact_ids:
        return figure
    ids = tuple(s.id for s in figures.candidates(figure.of) if s.fact.field == AS_PRINTED and s.fact.quantity)
    return Lookup(replace(figure.of, fact_ids=ids, wish=Wish())) if ids else figure
