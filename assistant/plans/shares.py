"""Plans of shares that a text prints of one whole: added up, and held against 100 %.

`三个占比加起来是不是100%`: which list of shares is meant is told by what the question names of its heading, its whole and
its parts, and by how many it says there are.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from assistant.cues import cue, says
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Check, Combine, Literal, Lookup, Plan, Selector, Wish
from assistant.question import Question
from ingest.facts import Origin, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import Numeral, NumeralKind, as_number, find_numerals
from ingest.numbers.quantities import PERCENT, Quantity

_ALL = Quantity(Decimal(100), PERCENT)
_RATES = (NumeralKind.SHARE, NumeralKind.RATE)
_OF_PARTS = 0.6  # what a word tells that names a part only
_NAMED, _CLEARLY = 0.5, 0.1  # the share of the words that a list must explain, and its lead


class SharePlans:
    """Plans of printed shares over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def is_share(self, fact_id: int) -> bool:
        """Whether a cell is a share that a text prints."""
        stored = self.catalog.by_id.get(fact_id)
        return stored is not None and _is_share(stored)

    def added(self, question: Question, spoken_of: frozenset[int] = frozenset()) -> Plan | None:
        """Shares added up, and what they fall short by where the whole is spoken of; in a dialogue those of a list that all
        shares `spoken_of` stand in."""
        text = question.text
        shares = self._said(text) or self._of_one_whole(text, spoken_of)
        if len(shares) < 2:
            return None
        parts = tuple(
            Lookup(Selector(s.fact.printed, f"{s.fact.row}占比", Wish(role=Role.SHARE), fact_ids=(s.id,)))
            for s in shares
        )
        total = Combine("+", parts)
        return against_all(total) if says(text, "all_of_a_whole") else total

    def _said(self, text: str) -> list[StoredFact]:
        """The shares that a question says one by one."""
        rates = [n for n in find_numerals(text) if n.kind in _RATES and n.quantity is not None]
        shares = [self._share_printed(n) for n in rates]
        whole = [n for n, cell in zip(rates, shares, strict=True) if cell is None]
        if any(n.quantity is None or n.quantity.number != _ALL.number for n in whole):
            return []
        added = bool(whole) or says(text, "parts_added", "plus_said", "total_said")
        return [cell for cell in shares if cell is not None] if added else []

    def _share_printed(self, numeral: Numeral) -> StoredFact | None:
        if numeral.quantity is None or numeral.quantity.number == _ALL.number:
            return None
        cells = self.phrases.stated.cells(numeral)
        return next((s for s in cells if s.fact.coordinates.role is Role.SHARE), None)

    def _of_one_whole(self, text: str, spoken_of: frozenset[int]) -> list[StoredFact]:
        """The list of shares that a question speaks of without saying them; of its parts those that are named."""
        if not says(text, "shares_added") or says(text, "beyond_it", "names_compared"):
            return []
        said = cue("shares_counted").search(text)
        number = as_number(said["n"]) if said else None
        lists = [each for each in self._lists() if number is None or number in _sizes(each)]
        lists = [each for each in lists if spoken_of <= {s.id for s in each}]
        if said is not None and (own := [each for each in lists if self._are_parts(text[: said.start()], each)]):
            lists = own
        plain = cue("check_words").sub(",", cue("share_words").sub(",", text))
        words = self.phrases.content_in(plain)
        scored = sorted(((self._explained(words, each), n) for n, each in enumerate(lists)), reverse=True)
        if not scored or scored[0][0] < _NAMED:
            return []
        if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY:
            return []
        chosen = lists[scored[0][1]]
        named = [s for s in chosen if label_key(s.fact.row) in label_key(text)]
        return named if len(named) > 1 and number in (None, len(named)) else chosen

    def _are_parts(self, text: str, shares: list[StoredFact]) -> bool:
        """Whether a text lists names of which each is that of another part: `一般公共预算、基金、结转`."""
        names = cue("list_separator").split(text)
        told: set[str] = set()
        for name in names if len(names) > 1 else ():
            words = [w.text for w in self.phrases.content_in(name) if w.kind is WordKind.NAME]
            rows = {s.fact.row for s in shares if words and words[-1] in label_key(s.fact.row)}
            told |= rows - told if len(rows) == 1 else set()
        return len(names) > 1 and len(told) == len(names)

    def _lists(self) -> list[list[StoredFact]]:
        """The shares of one whole that stand together: under one name in one section, else in one sentence."""
        found: dict[tuple[object, ...], list[StoredFact]] = defaultdict(list)
        for stored in self.catalog.facts:
            fact = stored.fact
            if not _is_share(stored):
                continue
            whole = fact.row_path if fact.row_path else (fact.sentence,)
            found[(stored.document_id, fact.table, whole)].append(stored)
        return [each for each in found.values() if len(each) > 1 and _printed(each)]

    def _explained(self, words: list[Word], shares: list[StoredFact]) -> float:
        """How much of some words is told by the heading and the whole of a list, or less so by its parts; all of none."""
        closest, fact = self.phrases.closest, shares[0].fact
        head = label_key("".join((fact.table, *fact.row_path)))
        parts = "".join(label_key(s.fact.row) for s in shares)
        total = sum(closest.weight(word) for word in words)
        told = sum(
            closest.weight(w) * max(closest.explained(w, head), _OF_PARTS * closest.explained(w, parts)) for w in words
        )
        return told / total if total else 1.0


def against_all(total: Combine) -> Check:
    """Shares added up, held against 100 %."""
    return Check(total, "=", Literal(_ALL), ask_left=True)


def _is_share(stored: StoredFact) -> bool:
    fact = stored.fact
    return fact.origin is Origin.PROSE and fact.coordinates.role is Role.SHARE and not fact.project


def _printed(shares: list[StoredFact]) -> list[StoredFact]:
    """Those that are not nothing."""
    return [s for s in shares if s.fact.quantity is not None and s.fact.quantity.number]


def _sizes(shares: list[StoredFact]) -> tuple[int, int]:
    return len(shares), len(_printed(shares))
