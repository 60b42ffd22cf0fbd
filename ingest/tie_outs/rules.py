"""The tie-outs as data: vocabulary/tie_outs.yaml, checked when loaded."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.facts import Fund, Period, Role, Side, Spending, Vintage
from ingest.labels import label_key
from ingest.vocabulary_loading import load_vocabulary

_DIMENSIONS: dict[str, type[StrEnum]] = {"fund": Fund, "spending": Spending, "vintage": Vintage}

_LEADING_CODE = re.compile(r"^[\[【(（]?\d{3,}[\]】)）]?[-—_\s]*")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Selector(_Data):
    """Which cells: table kinds, coordinates (several values: any of them), and a named row. Left out: anything goes."""

    tables: tuple[str, ...]
    row: str = ""  # a key of `rows`, matched by the row's label or, in tables laid out sideways, by the column's header
    side: tuple[Side, ...] = ()
    fund: tuple[Fund, ...] = ()
    spending: tuple[Spending, ...] = ()
    vintage: tuple[Vintage, ...] = ()
    period: tuple[Period, ...] = ()
    role: tuple[Role, ...] = (Role.AMOUNT,)
    untitled: tuple[str, ...] = ()  # tables whose title holds none of these words
    whole: bool = False  # the table's total: its total line, or the sum of its lines where it prints none
    sum: bool = False  # the sum of all matching cells; else they must be the same figure printed several times
    optional: bool = False  # when the cell is not there it counts as zero


class Condition(_Data):
    """What must be so before a rule applies: these cells are all zero or absent, or these two sums are equal."""

    zero: tuple[Selector, ...] = ()
    equal: tuple[Selector, Selector] | None = None


class Join(StrEnum):
    """Whether a rule speaks of one figure, or of each row that both sides have, matched by code or by label."""

    NONE = ""
    CODE = "code"
    LABEL = "label"


class Rule(_Data):
    """The sum of the cells on the left is the sum of those on the right."""

    says: str
    left: tuple[Selector, ...]
    right: tuple[Selector, ...]
    otherwise: tuple[tuple[Selector, ...], ...] = ()  # other right sides that are as good
    each: Join = Join.NONE
    at_most: bool = False
    soft: bool = False
    when: tuple[Condition, ...] = ()


class Split(_Data):
    """Inside one table the cell named `whole` is the sum of those named `parts`, in each row or each column."""

    says: str
    tables: tuple[str, ...]
    whole: str
    parts: tuple[str, ...]


class SheetRules(_Data):
    """Words of the checks inside a performance sheet and its texts; patterns are regular expressions."""

    cost_indicator: tuple[str, ...]  # level-2 indicators under which costs are capped
    whole_budget_cap: tuple[str, ...]  # an indicator so named caps the whole budget, not one cost of it
    rate_indicator: tuple[str, ...]  # patterns: a share that should reach 100 %
    sum_words: tuple[str, ...]  # before an amount that sums up those before it
    threshold_before: tuple[str, ...]  # around an amount that is a condition and no payment
    threshold_after: tuple[str, ...]
    unit_price_before: tuple[str, ...]  # patterns: before an amount that is paid for each
    per_year: tuple[str, ...]
    per_each: str  # pattern: an indicator so named is the cost of one of several
    times: tuple[str, ...]
    spans_per_year: dict[str, int]  # how often a span of time fits into a year
    frequency_endings: tuple[str, ...]  # what the names of two indicators of one frequency end with
    no_data: tuple[str, ...]  # patterns: what a note under a table without data says
    fund_words: dict[Fund, tuple[str, ...]]
    fund_names: dict[Fund, str]
    office_space: tuple[str, ...]
    rented_space: tuple[str, ...]
    project_count: tuple[str, ...]


class Concept(_Data):
    """What the explanation calls the total of a table: a pattern for the subject, and for its heading if need be."""

    subject: str
    heading: str = ""
    figure: tuple[Selector, ...]


class ProseRules(_Data):
    """Words around the figures of the explanation; patterns are regular expressions on the text before a figure."""

    share: str
    share_of: str
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    compared: tuple[str, ...]
    of_which: tuple[str, ...]
    item_parts: tuple[str, ...]  # after an item's amount: what follows are its parts
    complete: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    reason: str  # words after which amounts explain a change, and are no parts of a sum
    organs: str  # in a heading or sentence that speaks of the operating expenses of organs
    goes_on: str  # where a sentence ends or the next begins so, both are read together
    base: str  # before an amount that a change starts from
    past: str  # before an amount that is not this year's
    measure: str  # before the budget that something is told to have fulfilled
    planned: str  # before the budget that final accounts compare themselves with
    basic: str  # in a sentence or its heading that speaks of basic expenditure
    basic_tables: tuple[str, ...]  # whose rows are parts of what is spent in all
    scopes: str  # a subject so named is part of what its label says
    level_marks: str  # （类）（款）（项） after the names of subjects
    after_marks: tuple[str, ...]  # what may follow the last mark
    filler: str  # at either end of a subject
    concepts: tuple[Concept, ...]


class TieOutRules(_Data):
    """The shape of vocabulary/tie_outs.yaml."""

    partitions: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    total_labels: tuple[str, ...]
    of_which: tuple[str, ...]
    total_label: str
    rows: dict[str, tuple[str, ...]]
    economic_classes: tuple[str, ...]
    between: dict[str, Rule]
    splits: dict[str, Split]
    titles: dict[str, str]
    sheets: SheetRules
    prose: ProseRules

    @model_validator(mode="after")
    def _names_exist(self) -> TieOutRules:
        for key, rule in self.between.items():
            for selector in (*rule.left, *rule.right, *(part for parts in rule.otherwise for part in parts)):
                if selector.row and selector.row not in self.rows:
                    raise ValueError(f"规则 {key} 用到的行名“{selector.row}”没有定义")
        for dimension, partitions in self.partitions.items():
            if dimension not in _DIMENSIONS:
                raise ValueError(f"没有名为“{dimension}”的维度")
            known = {member.value for member in _DIMENSIONS[dimension]}
            used = {*partitions, *(name for lists in partitions.values() for names in lists for name in names)}
            if unknown := used - known:
                raise ValueError(f"维度 {dimension} 没有取值“{'、'.join(sorted(unknown))}”")
        if missing := set(self.between) - set(self.titles):
            raise ValueError(f"规则 {'、'.join(sorted(missing))} 没有标题")
        return self

    def is_total_label(self, label: str) -> bool:
        return label_key(label) in _keys(self.total_labels)

    def is_of_which(self, label: str) -> bool:
        return any(re.match(word, label) for word in self.of_which)

    def is_row(self, group: str, label: str) -> bool:
        return label_key(_LEADING_CODE.sub("", label)) in _keys(self.rows[group])


@cache
def _keys(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label_key(label) for label in labels)


def tie_out_rules() -> TieOutRules:
    """The rules that ship with the project."""
    return load_vocabulary("tie_outs", TieOutRules)
