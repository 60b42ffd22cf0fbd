"""The explanation's amounts against the tables: the same subject, or the total that the explanation names in words.

An amount that any table prints for its subject agrees. One that no table prints, though the tables have its subject, is
a disagreement. Amounts whose subject the tables do not have are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.facts import Coordinates, DocumentFacts, Fact, Fund, Level, Role
from ingest.labels import bare_label, label_key
from ingest.numbers.quantities import YUAN
from ingest.outline.identity import FINAL_ACCOUNTS
from ingest.prose.sentences import Figure, Part, Sentence, document_to_sentences
from ingest.tables.coordinates import is_carry_over
from ingest.tables.row_labels import split_code
from ingest.tables.words import is_organisation
from ingest.tie_outs.comparisons import Tables, candidates
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome
from ingest.tie_outs.rules import Concept, ProseRules, TieOutRules
from ingest.tie_outs.table_blocks import Block

_SHORTEST_LABEL = 2
_ROLES = (Role.AMOUNT, Role.EXECUTED)
_CODE = re.compile(r"^[“\"]?\d{3,}[-—_\s]*|[（(]\d{3,}[）)]$|”$")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])(?!\d)")
_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass(frozen=True)
class Labelled:
    """The tables' amounts by their row's label."""

    tables: Tables

    @cached_property
    def by_label(self) -> Mapping[str, list[int]]:
        labels: dict[str, list[int]] = defaultdict(list)
        for index in self.tables.indexes():
            fact = self.tables.facts[index]
            key = label_key(fact.row)
            if fact.quantity is not None and fact.quantity.unit == YUAN and len(key) >= _SHORTEST_LABEL:
                labels[key].append(index)
        return labels

    def prints_as_total(self, figure: Figure) -> bool:
        """Whether a total of some table is just this amount."""
        return figure.quantity.number in self._totals

    @cached_property
    def _totals(self) -> frozenset[Decimal]:
        facts = (self.tables.facts[index] for index in self.tables.indexes())
        return frozenset(f.quantity.number for f in facts if f.quantity and f.coordinates.level is Level.TOTAL)


def document_to_prose_table_outcomes(
    document: DocumentFacts, blocks: Sequence[Block], rules: TieOutRules
) -> list[Outcome]:
    """Each amount of this year that the explanation prints, against what the tables print for the same."""
    labelled = Labelled(Tables(document.facts, blocks, rules))
    outcomes: list[Outcome] = []
    for sentence in document_to_sentences(document, rules.prose):
        for figure in sentence.figures:
            is_amount = figure.part is Part.AMOUNT and figure.quantity.unit == YUAN
            elsewhere = _tells_change(figure, rules.prose) or _is_of_organs(figure, sentence, labelled, rules.prose)
            if is_amount and not elsewhere and _is_current(figure, document, rules.prose):
                is_part = _is_part_of_item(figure, sentence, rules.prose)
                outcomes.extend(_against_tables(figure, labelled, rules.prose, is_part))
    return outcomes


def _is_current(figure: Figure, document: DocumentFacts, words: ProseRules) -> bool:
    year = figure.fact.coordinates.year
    if year is not None and document.year is not None and year != document.year:
        return False
    named = _YEAR.findall(figure.before)
    if named and document.year is not None and int(named[-1]) != document.year:
        return False
    if document.kind == FINAL_ACCOUNTS and re.search(words.planned, figure.before):
        return False
    return not (re.search(words.past, figure.before) or re.search(words.base, figure.before))


def _tells_change(figure: Figure, words: ProseRules) -> bool:
    """Whether the amount's subject begins with what happened to it: 增加基本支出844.15万元."""
    changes = (word for word in (*words.increase, *words.decrease) if len(word) > 1)
    return any(figure.fact.row.startswith(word) for word in changes)


def _is_of_organs(figure: Figure, sentence: Sentence, labelled: Labelled, words: ProseRules) -> bool:
    """Whether the figure is an item of operating expenses of organs that are no table's total: those of some offices, where
    the tables print the items of all."""
    before = sentence.amounts_before(figure)
    if not before or not re.search(words.organs, f"{figure.fact.table}{sentence.text}"):
        return False
    return not labelled.prints_as_total(before[-1])


def _is_part_of_item(figure: Figure, sentence: Sentence, words: ProseRules) -> bool:
    """Whether the figure is a part of what a numbered item or an amount before it is about: 5.综合管理367万元，主要包括：行政
    运行85万元 tells no total of 行政运行, nor 物业费20万元，上年结转1万元 one of 上年结转."""
    before = sentence.amounts_before(figure)
    if not before:
        return False
    text = sentence.text[before[-1].end : figure.start]
    listed = _ITEM.match(sentence.text) is not None and any(mark in text for mark in words.item_parts)
    return listed or is_carry_over(figure.fact.row)


def _against_tables(figure: Figure, labelled: Labelled, words: ProseRules, is_part: bool) -> Iterator[Outcome]:
    """The first cell that agrees; else what disagrees, unless the tables print the amount for something else, or what they
    print may be a part of it."""
    facts = labelled.tables.facts
    about = f"文字说明“{figure.fact.row}{figure.fact.printed}”与表格"
    named = _by_concept(figure, labelled.tables, words) if not (is_part and is_carry_over(figure.fact.row)) else []
    alike = _by_label(figure, labelled, words) if not is_part else []
    equations = [Equation("prose.table", about, (figure.index,), right) for right in (*named, *alike)]
    outcomes = [outcome for equation in equations if (outcome := equation_to_outcome(equation, facts)) is not None]
    holding = [outcome for outcome in outcomes if outcome.holds]
    parts_only = not named and _are_parts([facts[index] for cells in alike for index in cells], figure, words)
    if holding or not (parts_only or labelled.prints_as_total(figure)):
        yield from (holding or outcomes)[:1]


def _are_parts(cells: Sequence[Fact], figure: Figure, words: ProseRules) -> bool:
    """Whether what the tables print under a label may be parts of the figure: the rows of several offices; or rows of
    basic expenditure alone, each no more than a figure that is not said to be of it."""
    offices = {office for fact in cells for office in _offices(fact)}
    if len(offices) > 1:
        return True
    basic = all(fact.table_kind in words.basic_tables for fact in cells)
    of_basic = re.search(words.basic, f"{figure.fact.table}{figure.fact.sentence}") is not None
    return basic and not of_basic and all(_is_within(fact, figure) for fact in cells)


def _offices(fact: Fact) -> list[str]:
    """The office whose row it is, where the table prints it above the row."""
    return [name for label in fact.row_path if is_organisation(name := split_code(label)[1])][-1:]


def _is_within(fact: Fact, figure: Figure) -> bool:
    return fact.quantity is not None and fact.quantity.number <= figure.quantity.number


def _by_concept(figure: Figure, tables: Tables, words: ProseRules) -> list[tuple[int, ...]]:
    """The totals that the subject names."""
    for concept in words.concepts:
        if _names(concept, figure.fact):
            found = [cells for selector in concept.figure for cells in candidates(selector, tables)]
            if found:
                return found
    return []


def _names(concept: Concept, fact: Fact) -> bool:
    subject = re.sub(r"\s", "", fact.row or bare_label(fact.table))
    return re.search(concept.subject, subject) is not None and re.search(concept.heading, fact.table) is not None


def _by_label(figure: Figure, labelled: Labelled, words: ProseRules) -> list[tuple[int, ...]]:
    """The cells of rows that are called what the figure is about, those of the same kind of money first."""
    above = _labels_above(figure.fact, words)
    for key in _keys(figure.fact, words):
        cells = [index for index in labelled.by_label.get(key, ()) if _is_amount(labelled.tables.facts[index])]
        cells = [index for index in cells if _stands_under(labelled.tables.facts[index], above)]
        if cells:
            wanted = figure.fact.coordinates
            ordered = sorted(cells, key=lambda index: _distance(wanted, labelled.tables.facts[index].coordinates))
            return [(index,) for index in ordered]
    return []


def _labels_above(fact: Fact, words: ProseRules) -> list[str]:
    """What a subject such as 人大事务（款）行政运行（项） names above its own label."""
    names = [name for name in re.split(words.level_marks, _CODE.sub("", fact.row)) if name]
    levels = [name for name in names if name not in words.after_marks]
    return [label_key(name) for name in levels[:-1]]


def _stands_under(fact: Fact, above: Sequence[str]) -> bool:
    """Whether a row's path, if it is printed, has the innermost label that the subject names above its own."""
    path = [label_key(split_code(label)[1]) for label in fact.row_path]
    return not above or not path or any(above[-1] in label or label in above[-1] for label in path)


def _is_amount(fact: Fact) -> bool:
    return fact.coordinates.role in _ROLES


def _keys(fact: Fact, words: ProseRules) -> Iterator[str]:
    """The subject reduced to labels that a table may print; where the sentence names none, its heading does."""
    subject = _CODE.sub("", fact.row or bare_label(fact.table))
    if re.search(words.scopes, subject):
        return
    names = [name for name in re.split(words.level_marks, subject) if name]
    if re.search(words.level_marks, subject):  # …（类）…（款）行政运行（项）, 住房保障（类）支出
        last = names[-2] if len(names) > 1 and names[-1] in words.after_marks else names[-1]
        yield label_key(last)
        yield from (label_key(f"{last}{ending}") for ending in words.after_marks)
        return
    yield label_key(subject)
    stripped = re.sub(words.filler, "", subject)
    while stripped != subject:
        yield label_key(stripped)
        subject, stripped = stripped, re.sub(words.filler, "", stripped)


def _distance(wanted: Coordinates, its: Coordinates) -> int:
    """How unlike the money is; only the order matters."""
    fund = 0 if its.fund is wanted.fund else (1 if its.fund in (Fund.ALL, Fund.FISCAL) else 2)
    return 2 * fund + (its.spending is not wanted.spending) + (its.vintage is not wanted.vintage)
