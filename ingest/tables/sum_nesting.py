"""How a list without any sign nests, so that every row is counted once and all of them add up to the total.

Amounts that are alike by chance make one row look like the head of the next; only nestings that use up the whole list
are looked for. Of two that add up alike the one where a group heads the only row below it is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

Amounts = tuple[Decimal, ...]
_MOST_STATES = 5_000  # a list that leaves more ways open than this is left flat

_Chain = tuple[tuple[int, int], ...]  # rows side by side, each with the one after its last


class _TooManyError(Exception):
    pass


def amounts_to_parents(amounts: Sequence[Amounts], total: Amounts) -> dict[int, int]:
    """child → parent by position; empty where no nesting adds up to the total."""
    if any(amount < 0 for row in (*amounts, total) for amount in row):
        return {}
    search = _Search(amounts)
    try:
        for row in reversed(range(len(amounts))):
            search.add(row)
        chain = search.chains(-1, total).get(len(amounts))
    except _TooManyError:
        return {}
    parents: dict[int, int] = {}
    search.follow(chain or (), -1, parents)
    return parents


class _Search:
    """For every row from the last one up the places where what it heads may end."""

    def __init__(self, amounts: Sequence[Amounts]) -> None:
        self._amounts = amounts
        self._ends: dict[int, dict[int, _Chain]] = {}
        self._states = 0

    def add(self, row: int) -> None:
        found = self.chains(row, self._amounts[row]) if any(self._amounts[row]) else {}
        self._ends[row] = {row + 1: ()} | found

    def chains(self, head: int, total: Amounts) -> dict[int, _Chain]:
        """Where rows side by side right below the head may end that add up to its amounts, with those rows."""
        found: dict[int, _Chain] = {}
        seen: set[tuple[int, Amounts]] = set()
        open_ways: list[tuple[int, Amounts, _Chain]] = [(head + 1, tuple(Decimal(0) for _ in total), ())]
        while open_ways:
            position, sums, chain = open_ways.pop()
            if sums == total and chain:
                found.setdefault(position, chain)
            if (position, sums) in seen or position == len(self._amounts):
                continue
            seen.add((position, sums))
            self._states += 1
            if self._states > _MOST_STATES:
                raise _TooManyError
            grown = tuple(one + other for one, other in zip(sums, self._amounts[position], strict=True))
            if all(one <= other for one, other in zip(grown, total, strict=True)):
                shortest, *others = sorted(self._ends[position])  # the row alone, then with more and more below it
                ends = (shortest, *reversed(others))
                open_ways += [(end, grown, (*chain, (position, end))) for end in ends]  # the last one is tried first
        return found

    def follow(self, chain: _Chain, head: int, parents: dict[int, int]) -> None:
        for row, end in chain:
            if head >= 0:
                parents[row] = head
            self.follow(self._ends[row][end], row, parents)
