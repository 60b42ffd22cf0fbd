"""What a phrase of a later turn means among the figures spoken of: `上限`, `年度预算`, `大的那个`, `另外两个之和`, `清徐`."""

from __future__ import annotations

from dataclasses import replace

from assistant.cues import cue, says
from assistant.dialogue.figure_referents import FigureReferent, in_order_of_size
from assistant.dialogue.pointed_phrases import PointedPhrases
from assistant.dialogue.pointers import pointed
from assistant.dialogue.same_question import in_other_coordinates
from assistant.plan import (
    Aggregate,
    Combine,
    Compare,
    Expression,
    Lookup,
    Members,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Wish,
    bare,
)
from ingest.facts import Period
from ingest.labels import label_key

_SETS = (Universe.PROJECTS, Universe.SUBJECTS, Universe.ROWS, Universe.PARTS, Universe.GROUPS)


class SpokenFigures:
    """Finds figures over one catalog, after the turns of a dialogue."""

    def __init__(self, phrases: PointedPhrases) -> None:
        self.phrases = phrases
        self.referents = phrases.referents

    def figure(self, phrase: str) -> Expression | None:
        """The figure spoken of that a phrase names by what sets it apart; None where it names none, or several."""
        phrase = phrase.strip(",，")
        return (
            self._by_size(phrase)
            or self._by_turn(phrase)
            or self._the_rest(phrase)
            or self._whole_of_set(phrase)
            or self._pointed_at(phrase)
            or self._of_project(phrase)
            or self._in_coordinates(phrase)
            or self._named_again(phrase)
        )

    # ── by its place ───────────────────────────────────────────────────────────────────────────────────────

    def _by_size(self, phrase: str) -> Expression | None:
        """`大的那个`: of the set spoken of, else of the last two figures."""
        said = cue("one_by_size").fullmatch(phrase)
        if said is None:
            return None
        larger, members, pair = not says(said["size"], "smaller_of_them"), self._set, self.referents.pair
        if members is not None:
            return Ranked(members, descending=larger)
        if pair is None or not all(each.value for each in pair):
            return None
        return in_order_of_size(pair)[not larger].expression

    def _by_turn(self, phrase: str) -> Expression | None:
        """`前面那个`, `后面的`: of the last two figures."""
        said, pair = cue("one_by_turn").fullmatch(phrase), self.referents.pair
        return pair[says(said["turn"], "told_later")].expression if said is not None and pair is not None else None

    def _the_rest(self, phrase: str) -> Expression | None:
        """`另外两个之和`: of the set without its largest."""
        members = self._set
        if members is None or not cue("others_together").fullmatch(phrase):
            return None
        return Aggregate("sum", replace(members, words="其余", skipped=1, skipped_largest=True))

    def _whole_of_set(self, phrase: str) -> Expression | None:
        """`他名下总额` after a part of a set: all of it."""
        base = self.referents.base
        if not cue("whole_of_set").fullmatch(phrase):
            return None
        if base is None or base.universe not in _SETS:
            return next((f.expression for f in self.referents.figures if _is_sum(f.expression)), None)
        left_out = any(c.attribute == "excluded" for c in base.conditions)
        kept = tuple(c for c in base.conditions if c.attribute != "excluded")
        return Aggregate(
            "sum", replace(base, words="合计", conditions=kept, labels=() if left_out else base.labels, skipped=0)
        )

    @property
    def _set(self) -> Members | None:
        """The set spoken of, where its members are measured in money."""
        members = self.referents.shown or self.referents.base
        return members if members is not None and members.universe in _SETS else None

    def _pointed_at(self, phrase: str) -> Expression | None:
        """`它`, `前面那个`; of those shown what they come to."""
        last = self.referents.last
        if cue("those_shown").fullmatch(phrase):
            told = last.expression if last is not None else None
            if isinstance(told, Aggregate) and told.function == "sum":
                return told
            return Aggregate("sum", members) if (members := self._set) is not None else None
        for marked in pointed(phrase, self.referents):
            found = self.phrases.expression(marked)
            if found is not None:
                return found
        return None

    # ── by its coordinates ─────────────────────────────────────────────────────────────────────────────────

    def _of_project(self, phrase: str) -> Expression | None:
        """`年度预算`, `实施期总额`: the money of the project spoken of."""
        said, project = cue("money_of_project").fullmatch(phrase), self.referents.project
        if said is None or project is None:
            return None
        wish = Wish(period=Period.WHOLE) if said["whole"] or said["period"] else Wish()
        return Lookup(Selector(phrase, project.name, wish, project=project.key))

    def _in_coordinates(self, phrase: str) -> Expression | None:
        """`年度`, `实施期` after a sum: what was told last, in these coordinates."""
        wish, rest = self.phrases.wish_in(phrase)
        if cue("of_one_year").fullmatch(phrase):
            wish, rest = Wish(period=Period.ANNUAL), ""
        told = self.referents.last.expression if self.referents.last is not None else None
        if (wish.period is None and wish.vintage is None) or self.phrases.content_in(rest) or isinstance(told, Ratio):
            return None
        found = in_other_coordinates(wish, told) if told is not None else None
        return found if isinstance(found, Lookup | Aggregate) else None

    # ── by its name ────────────────────────────────────────────────────────────────────────────────────────

    def _named_again(self, phrase: str) -> Expression | None:
        """The one figure spoken of whose name, or whose question, has every word of the phrase."""
        added = says(phrase, "together_pointed")
        name = cue("together_pointed").sub("", phrase)
        words = [w.text for w in self.phrases.content_in(name)] or [label_key(name)]
        if any(len(word) < 2 for word in words):
            return None
        known: dict[object, FigureReferent] = {}
        for each in self._figures_called(name):
            if all(word in self._called(each) for word in words) and added is _is_sum(each.expression):
                known.setdefault(bare(each.expression), each)
        values = {(each.value.number, each.value.unit) if each.value is not None else None for each in known.values()}
        alike = len(known) == 1 or (len(values) == 1 and None not in values)
        return next(iter(known.values())).expression if known and alike else None

    def _figures_called(self, name: str) -> list[FigureReferent]:
        """The figures a name can mean: those of the comparison told last where it surely names one without a dialogue."""
        own = self.phrases.base.selector(name)
        known = own is not None and (own.concept or own.row_keys or own.code or own.project)
        if own is None or not known or own.confidence < 1:
            return list(self.referents.figures)
        told = self.referents.focus.depth if isinstance(self.referents.focus.plan, Ratio | Compare) else -1
        return [f for f in self.referents.figures if f.turn == told and label_key(f.label) == label_key(name)]

    def _called(self, figure: FigureReferent) -> str:
        """What a figure was called: its label, the words for it, the question that asked for it alone."""
        said = figure.selector.words if figure.selector is not None else ""
        turn = next(t for t in self.referents.turns if t.depth == figure.turn)
        alone = [f for f in self.referents.figures if f.turn == figure.turn]
        asked = turn.question.text if len(alone) == 1 and not figure.is_difference else ""
        return label_key(figure.label) + label_key(said) + label_key(asked)


def _is_sum(expression: Expression) -> bool:
    return (isinstance(expression, Combine) and expression.operator == "+") or isinstance(expression, Aggregate)
