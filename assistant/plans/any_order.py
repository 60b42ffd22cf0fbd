"""The last reading of a computed question, without its order of words: what operation is asked, between which figures.

Examples know whole sentences and most questions are none of them. But the words of an operation part each sentence into
phrases (assistant/phrases/figure_chunks.py); where every phrase is a figure, what figures belong to, or a coordinate,
and no telling word is left over, the operation can only be of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.cues import cue
from assistant.names.light_words import tagged
from assistant.phrases.alignment import in_one_fund
from assistant.phrases.figure_chunks import COMMA, WITHIN, Chunk, chunks_of, following, operation_in
from assistant.phrases.phrases import Phrases
from assistant.phrases.word_accounts import WordAccounts
from assistant.plan import Aggregate, Combine, Expression, Lookup, Plan, Wish
from assistant.plans.comparisons import ComparisonPlans
from assistant.question import Question
from ingest.facts import Fact
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN
from ingest.numbers.units import to_base

_PAIR = 2


class AnyOrder:
    """Plans of operations over one catalog, whatever order they are asked in."""

    def __init__(self, phrases: Phrases, comparisons: ComparisonPlans) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.comparisons = comparisons
        self.accounts = WordAccounts(phrases)

    def computed(self, question: Question) -> Iterator[Plan]:
        """The operation asked for between the figures said, where every word is accounted for."""
        text = question.text
        operation = operation_in(text, self.phrases.printed)
        if not operation or question.english:
            return
        chunks = self._telling(chunks_of(text, operation, self.phrases.printed))
        if operation in ("sum", "plus"):
            yield from self._sums(chunks)
            return
        for one, other in _pairs(chunks):
            plan = self._of_two(operation, one, other, text)
            if plan is not None:
                yield plan

    # ── two figures ────────────────────────────────────────────────────────────────────────────────────────

    def _of_two(self, operation: str, one: Chunk, other: Chunk, text: str) -> Plan | None:
        """What is asked between two phrases; of shares the second is the whole."""
        part = self._within(one.text, other.text) if operation == "share" and other.after == WITHIN else one.text
        plan = self._compared(operation, {"A": part, "B": other.text}, text)
        sides = _sides(plan) if plan is not None else ()
        explains = self.accounts.explains
        explained = len(sides) == _PAIR and explains(sides[0], one.text) and explains(sides[1], other.text)
        told = [side for side in sides if isinstance(side, Lookup) and side.of.fact_ids]
        return plan if explained and (len(told) < _PAIR or self._are_of_one_unit(told)) else None

    def _within(self, part: str, whole: str) -> str:
        """The phrase of a part that is told by coordinates alone, which are those of its whole: 某科目中上年结转安排."""
        wish, rest = self.phrases.wish_in(part)
        _, named = self.phrases.wish_in(self.phrases.tables_in(whole)[1])
        bare = not wish.is_empty and self.accounts.is_light(rest)
        return f"{part}的{whole}" if bare and self.phrases.content_in(named) else part

    def _compared(self, operation: str, slots: dict[str, str], text: str) -> Plan | None:
        match operation:
            case "share":
                return self.comparisons.ratio(slots, PERCENT, text)
            case "multiple":
                return self.comparisons.ratio(slots, MULTIPLE, text)
            case "excess":
                return self.comparisons.excess_share(slots, text)
            case "which":
                return self.comparisons.which_larger(slots, text)
            case _:
                return self.comparisons.difference(slots, text)

    # ── several figures ────────────────────────────────────────────────────────────────────────────────────

    def _sums(self, chunks: Sequence[Chunk]) -> Iterator[Plan]:
        """The sum of all phrases, of those after the one they belong to, or of a set that is one phrase."""
        chunks, around = self._around(chunks)
        if len(chunks) == 1 and around.is_empty:
            yield from self._totals(chunks[0].text)
        if len(chunks) > _PAIR and chunks[0].after in (COMMA, WITHIN):
            of_one = self._added(chunks[0], _without_their_number(chunks[1:]), around)
            if of_one is not None:
                yield of_one
                return
        of_all = self._added(None, _without_their_number(chunks), around) if len(chunks) > 1 else None
        if of_all is not None:
            yield of_all

    def _added(self, topic: Chunk | None, parts: Sequence[Chunk], around: Wish) -> Plan | None:
        """Figures of one kind and unit, each explaining its phrase."""
        of = topic.text if topic is not None else ""
        found = self.phrases.figures(of + "、".join(part.text for part in parts)) if len(parts) > 1 else []
        if len(found) != len(parts) or not found or not self._are_alike(found):
            return None
        if not all(self.accounts.explains(each, of + part.text) for each, part in zip(found, parts, strict=True)):
            return None
        return Combine("+", tuple(_within(each, around) for each in in_one_fund(tuple(found))))

    def _are_alike(self, figures: Sequence[Lookup]) -> bool:
        """Whether figures can be added up: all printed in texts, or all of tables, in one unit and no shares."""
        if len({bool(each.of.fact_ids) for each in figures}) > 1:
            return False
        units = [{_unit(s.fact) for i in each.of.fact_ids if (s := self.catalog.by_id[i])} for each in figures]
        common = set.intersection(*units) if all(units) else {YUAN}
        return bool(common - {PERCENT, ""})

    def _are_of_one_unit(self, figures: Sequence[Lookup]) -> bool:
        """Whether figures printed in texts cannot be of several kinds: 7个 of one place, 1镇 and 26个 of another."""
        return len({_unit(self.catalog.by_id[i].fact) for each in figures for i in each.of.fact_ids}) == 1

    def _totals(self, phrase: str) -> Iterator[Plan]:
        """A set that is added up."""
        for word in ("合计", "总额"):
            found = self.phrases.expression(f"{phrase}{word}")
            if isinstance(found, Aggregate):
                yield found

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────

    def _telling(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """The phrases that tell something, or that something is set against, without words that narrow nothing."""
        telling = (each for each in chunks if each.is_operand or not (_is_verb(each) or self._is_idle(each.text)))
        return [
            replace(each, text=cue("around_a_figure").sub("", each.text).strip("的") or each.text) for each in telling
        ]

    def _is_idle(self, text: str) -> bool:
        wish, _ = self.phrases.wish_in(text)
        tables, _ = self.phrases.tables_in(text)
        numbers = any(letter.isdecimal() for letter in text)
        return not (tables or numbers or not wish.is_empty) and self.accounts.is_light(text)

    def _around(self, chunks: Sequence[Chunk]) -> tuple[list[Chunk], Wish]:
        """The phrases that name something, and the coordinates that others tell of all of them."""
        named: list[Chunk] = []
        around = Wish()
        for chunk in chunks:
            wish, rest = self.phrases.wish_in(chunk.text)
            if not chunk.is_listed and not wish.is_empty and self.accounts.is_light(rest):
                around = around.with_defaults(wish)
            else:
                named.append(chunk)
        return (named, around) if len(named) > 1 else (list(chunks), Wish())


def _pairs(chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, Chunk]]:
    """The two phrases in the order of an operation; a third before them says what one, or both, are of."""
    if len(chunks) == _PAIR:
        one, other = chunks
        yield (other, one) if one.is_whole and not other.is_whole else (one, other)
    elif len(chunks) == _PAIR + 1 and chunks[0].after == COMMA:
        topic, one, other = chunks
        yield from _pairs((following(one, topic), other))
        yield from _pairs((following(one, topic), following(other, topic)))


def _without_their_number(parts: Sequence[Chunk]) -> list[Chunk]:
    """Phrases without what only says how many they are, whatever it calls them: 培训三项, 日常运维这三块."""
    last = parts[-1]
    counted = cue("counted_before").search(last.text)
    number = as_number(counted["n"]) if counted is not None else None
    if counted is None or number is None:
        return list(parts)
    if number == len(parts) and counted.start() > 0:
        return [*parts[:-1], replace(last, text=last.text[: counted.start()])]
    return list(parts[:-1]) if number == len(parts) - 1 and last.before == COMMA else list(parts)


def _is_verb(chunk: Chunk) -> bool:
    """Whether a phrase is only the verb before how much: 一共能拿多少."""
    return chunk.after == "howmuch" and all(part[:1] == "v" for _, part in tagged(chunk.text))


def _sides(plan: Plan) -> tuple[Expression, ...]:
    sides = (getattr(plan, name, None) for name in ("numerator", "denominator", "left", "right"))
    found = tuple(side for side in sides if side is not None)
    above = found[0] if len(found) == _PAIR else None
    if isinstance(above, Combine) and found[1] in above.operands:  # by how much of it more
        return next(each for each in above.operands if each != found[1]), found[1]
    return found


def _within(figure: Expression, around: Wish) -> Expression:
    """A figure in the coordinates that are said of all, where it names none itself."""
    if not isinstance(figure, Lookup) or figure.of.fact_ids:
        return figure
    return Lookup(replace(figure.of, wish=figure.of.wish.with_defaults(around)), figure.unit)


def _unit(fact: Fact) -> str:
    return to_base(fact.quantity.unit)[0] if fact.quantity is not None else ""
