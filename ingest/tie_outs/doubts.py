"""Which of the figures in a failed check is the doubtful one, as far as the other checks can tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ingest.facts import Fact
from ingest.tie_outs.equations import Outcome

_WELL_CONFIRMED = 3


def outcomes_to_doubts(outcomes: Sequence[Outcome], facts: Sequence[Fact]) -> dict[int, list[Outcome]]:
    """Fact index → the failed checks that make it doubtful.

    A figure whose correction by one amount would mend every failed check it is in, and that no other check confirms, is
    the culprit; failing that, every figure of the check that nothing else confirms; failing that, the side that is
    confirmed least.
    """
    failed = [outcome for outcome in outcomes if not outcome.holds and not outcome.equation.soft]
    confirmed = _confirmations(outcomes, facts)
    corrections = _corrections(failed)
    doubts: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in failed:
        for index in _doubtful(outcome, confirmed, corrections, facts):
            doubts[index].append(outcome)
    return dict(doubts)


def _confirmations(outcomes: Sequence[Outcome], facts: Sequence[Fact]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for outcome in outcomes:
        if outcome.holds and outcome.right.number != 0 and not outcome.equation.at_most:
            counts.update(index for index in outcome.equation.facts if _number(facts[index]))
    return counts


def _number(fact: Fact) -> Decimal:
    return fact.quantity.number if fact.quantity else Decimal(0)


def _corrections(failed: Iterable[Outcome]) -> Mapping[int, list[Decimal]]:
    """By how much each figure would have to change to mend each failed check it is in."""
    corrections: dict[int, list[Decimal]] = defaultdict(list)
    for outcome in failed:
        for index in outcome.equation.left:
            corrections[index].append(-outcome.gap)
        for index in outcome.equation.right:
            corrections[index].append(outcome.gap)
    return corrections


def _doubtful(
    outcome: Outcome, confirmed: Counter[int], corrections: Mapping[int, list[Decimal]], facts: Sequence[Fact]
) -> list[int]:
    members = outcome.equation.facts
    culprits = [
        index
        for index in members
        if len(corrections[index]) > 1 and len(set(corrections[index])) == 1 and not confirmed[index]
    ]
    if culprits:
        most = max(len(corrections[index]) for index in culprits)
        return [index for index in culprits if len(corrections[index]) == most]
    unconfirmed = [index for index in members if not confirmed[index] and facts[index].quantity is not None]
    if unconfirmed:
        return unconfirmed
    return _least_confirmed(outcome, confirmed)


def _least_confirmed(outcome: Outcome, confirmed: Counter[int]) -> list[int]:
    """Every figure is confirmed elsewhere: the side that is a single figure and is confirmed least, if weakly."""
    singles = [side[0] for side in (outcome.equation.left, outcome.equation.right) if len(side) == 1]
    least = min((confirmed[index] for index in singles), default=_WELL_CONFIRMED)
    return [index for index in singles if confirmed[index] == least and least < _WELL_CONFIRMED]
