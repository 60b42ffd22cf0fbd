"""What a question can mean: typed expressions over the facts of the ledger.

A plan is data. It can be printed (`describe`), checked before it runs (units, funds, roll-up against part) and computed
(assistant/computing/computing.py). Nothing here knows words of a question or SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ingest.facts import Fund, Level, Period, Role, Side, Spending, Vintage
from ingest.numbers.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Wish:
    """The coordinates a question names; None where it says nothing and the policy decides."""

    side: Side | None = None
    fund: Fund | None = None
    spending: Spending | None = None
    vintage: Vintage | None = None
    role: Role | None = None
    period: Period | None = None
    level: Level | None = None

    def with_defaults(self, other: Wish) -> Wish:
        """This wish, with what it leaves open taken from `other`; of 基本支出里的人员经费 the part, not the whole."""
        within_basic = self.spending is Spending.BASIC and other.spending in (Spending.PERSONNEL, Spending.OPERATING)
        return Wish(
            self.side or other.side,
            self.fund or other.fund,
            (None if within_basic else self.spending) or other.spending,
            self.vintage or other.vintage,
            self.role or other.role,
            self.period or other.period,
            self.level or other.level,
        )

    @property
    def parts(self) -> tuple[object, ...]:
        return (self.side, self.fund, self.spending, self.vintage, self.role, self.period, self.level)

    @property
    def is_empty(self) -> bool:
        return all(part is None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Selector:
    """One figure: which row, project, indicator or prose subject (`fact_ids`), in which coordinates, in which tables.

    `words` are the question's own words for it; `label` how an answer names it.
    """

    words: str
    label: str = ""
    wish: Wish = field(default_factory=Wish)
    row_keys: tuple[str, ...] = ()
    code: str = ""
    project: str = ""  # key of a project
    fact_ids: tuple[int, ...] = ()
    table_kinds: tuple[str, ...] = ()  # preferred first
    tables: tuple[tuple[int, int], ...] = ()  # only these tables: (document id, table index)
    concept: str = ""
    confidence: float = 1.0


ALL_MEMBERS = 999  # the count of a ranking that leaves no member out


class Universe(StrEnum):
    """What the members of a set are."""

    PROJECTS = "projects"
    SUBJECTS = "subjects"
    INDICATORS = "indicators"
    PEOPLE = "people"
    GROUPS = "groups"  # projects gathered by a field of their sheets
    TABLES = "tables"
    ROWS = "rows"  # the rows of one table
    PARTS = "parts"  # the parts that add up to a figure
    GIVEN = "given"  # an explicit list of figures
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Condition:
    """A member is kept when `attribute` stands in `relation` to `text` or `quantity`.

    Attributes: amount (`text` names another measure than the set's: whole, remaining), fund, vintage, handler,
    period_years, nature, filing_date, indicator, indicator_class, name, table, sheet, members (of a group),
    group (a part of its name), class (that a text counts),
    average (of all members).
    """

    attribute: str
    relation: str  # = ≠ < ≤ > ≥ has
    text: str = ""
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """A set: all members of a universe that meet the conditions, each measured by `wish`."""

    universe: Universe
    words: str = ""
    conditions: tuple[Condition, ...] = ()
    wish: Wish = field(default_factory=Wish)
    of: Selector | None = None
    given: tuple[Expression, ...] = ()
    labels: tuple[str, ...] = ()  # keys of members already known (a follow-up)
    remaining: bool = False  # whole-period funding less the annual one
    measure: str = ""  # a field that members are ordered by; of groups amount or count
    by: str = ""  # the field that groups are gathered by
    size: int = 0  # how many members the question says there are; another number makes it another set
    trimmed: int = 0  # how many are left out at both ends
    skipped: int = 0  # how many of the largest (or smallest) are left out
    skipped_largest: bool = True
    kept: int = 0  # how many of the largest (or smallest) are taken; 0 takes all
    kept_largest: bool = True
    ends: bool = False  # only the first and the last are taken, the largest first or last as `kept_largest` says


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`function` is sum, average, median, count, or cover (how many of the largest reach `share` % of the sum); of a count
    `with_sum` tells what they add up to, too."""

    function: str
    members: Members
    share: Decimal | None = None
    with_sum: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """Members in order; `first` and `count` give the slice (first=2, count=1: the second)."""

    members: Members
    descending: bool = True
    first: int = 1
    count: int = 1
    with_share: bool = False


@dataclass(frozen=True, slots=True)
class Combine:
    """Arithmetic of two or more: `operator` is +, - or × (an amount times a number of years, a number times a price)."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """a / b, as % (`share`) or 倍 (`multiple`)."""

    numerator: Expression
    denominator: Expression | None  # None: the whole it is a part of
    unit: str


@dataclass(frozen=True, slots=True)
class Compare:
    """Which is larger, and by how much."""

    left: Expression
    right: Expression
    ask: str = "difference"  # difference | which


@dataclass(frozen=True, slots=True)
class Check:
    """Whether left relates to right as asked; `relation` is =, ≈ (within a twentieth), >, < or ≤ (whether right is enough)."""

    left: Expression
    relation: str
    right: Expression
    ask_amount: bool = False  # 超多少
    ask_left: bool = False  # the left side is itself the figure asked for


@dataclass(frozen=True, slots=True)
class Change:
    """Against last year; `ask` is amount, rate, direction, last_year, or this_year (the figure that the change is told of);
    recomputed_rate is the rate worked out from the amounts, whatever rate is printed. `fall` tells that it is spoken of as a
    fall (减少额, 降幅): the figure is its size.

    `claimed` is the direction that a yes/no question asks to confirm: 1 rose, -1 fell, 0 none.
    """

    of: Selector
    ask: str
    claimed: int = 0
    fall: bool = False
    most: bool = False  # it is the part of something that changed most


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """Unit prices times the quantities they belong to, inside a project or a phrase; optionally against a budget."""

    words: str
    project: str
    against: Expression | None = None
    ask: str = "total"  # total | excess | check | share


@dataclass(frozen=True, slots=True)
class Gap:
    """What two printed figures of one thing differ by, and what the difference is: money carried over, another fund.

    `judged` tells that it is asked whether the difference is a mistake.
    """

    left: Lookup
    right: Lookup
    judged: bool = False


@dataclass(frozen=True, slots=True)
class PerUnit:
    """An amount divided among a counted quantity: 每村, 每公里. The result is in the amount's unit."""

    amount: Expression
    count: Expression


@dataclass(frozen=True, slots=True)
class Consistent:
    """Whether a figure is printed alike wherever it stands; `trusted` asks which of the numbers printed is right."""

    of: Selector
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Which place a project has in a set, from the largest."""

    project: str
    members: Members


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several things fit the words alike: asked back with each one's figure."""

    words: str
    members: Members


class Asserted(StrEnum):
    """What kind of words a question asserts."""

    FIRST = "first"  # which is the largest or the smallest
    DATE = "date"
    UNTIL = "until"  # a date that something lasts to
    OFTEN = "often"
    ANY = "any"  # that there is anything at all
    NONE = "none"
    NOT = "not"  # that it is not so
    PART = "part"  # one of several things said: all is wrong if it is, nothing is told if it is not


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whether what a plan comes to is what the question says it is."""

    of: Plan
    kind: Asserted
    said: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number given in the question itself."""

    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Listing:
    """The members themselves, with their figures; `what` names the column asked for."""

    members: Members
    what: str = "amount"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One fact of any kind: a figure, a text field, an indicator's value."""

    of: Selector
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FieldLookup:
    """Fields of a project's sheet: handler, person_in_charge, basis …; of all sheets when no project is named.

    `claimed` is what the question takes the field to say, where it wants that confirmed; `with_costs` adds the sheet's
    cost targets, where it is asked what the money is for.
    """

    project: str
    fields: tuple[str, ...]
    words: str = ""
    claimed: str = ""
    with_costs: bool = False
    others: tuple[str, ...] = ()  # further projects whose fields are told beside


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that answers: why, what for, by what right, which duties.

    `kind` is what it must hold (assistant/questions/asked.py); `names_project` when the project it stands under is the answer.
    """

    words: str
    project: str = ""
    fields: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    kind: str = ""
    names_project: bool = False


@dataclass(frozen=True, slots=True)
class Contained:
    """Whether a text has something in it: `item` in the sections under `headings`, or in the sentence about `within`.

    A list that is closed also tells that something is not in it.
    """

    words: str
    item: str
    within: str = ""
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumerate:
    """A list that a text prints, by its position in the catalog's lists; `counted` asks how many names it has."""

    words: str
    position: int
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why a figure changed or is (not) there: the premise is checked first, then the reason is quoted."""

    words: str
    of: Selector


@dataclass(frozen=True, slots=True)
class Define:
    term: str


@dataclass(frozen=True, slots=True)
class CodeOf:
    """The codes under which tables print rows; `row_keys` are the keys of their labels. The name of one `code` where it is
    given."""

    words: str
    row_keys: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings, of all or of one table or project, of all rules or of some (`rules` are beginnings of their keys).

    `judge` tells that a yes or no is asked: no when anything disagrees. `by_project` lists the projects concerned, of these
    `projects` only when any are named.
    """

    words: str = ""
    project: str = ""
    tables: tuple[tuple[int, int], ...] = ()
    rules: tuple[str, ...] = ()
    judge: bool = False
    by_project: bool = False
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A yes/no question that stored findings answer; `findings` are their positions in the catalog.

    `denied` tells that it is asked whether they do not agree. Where the two sides have names (`expected`, `actual`),
    `relation` is how the actual side is asked to stand to the expected one (=, >, <, ≤, ≥), or `turned` the expected one to
    it, and `ask` the number asked for: difference, expected or actual; of a recomputation last_year or rate; of an amount
    the number of its `projects`.
    """

    words: str
    findings: tuple[int, ...]
    denied: bool = False
    relation: str = ""
    ask: str = ""
    expected: str = ""
    actual: str = ""
    turned: bool = False
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """Which tables, funds, year's money and level of government a project is paid from.

    `claimed` is the vintage that a question takes it to be of, `fund` the purse or the government that it takes to pay.
    """

    project: str
    claimed: Vintage | None = None
    fund: Fund | None = None


@dataclass(frozen=True, slots=True)
class FundedBy:
    """Which subject the money of a project stands in, or (`code`) which projects a subject's money pays for."""

    project: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """An indicator's target that a reason is asked for: as printed, since no document gives one."""

    of: Selector


@dataclass(frozen=True, slots=True)
class CutOff:
    """Whether the source's text breaks off: a field of a project's sheet, all its fields, or all texts.

    `complete` tells that it is asked whether the text is whole, not whether it is cut.
    """

    project: str = ""
    fields: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class TableFilled:
    """Whether a table prints amounts; `claims_none` where it is said to have none, `claims_blank` to be left blank."""

    table: tuple[int, int]
    claims_none: bool = False
    claims_blank: bool = False


@dataclass(frozen=True, slots=True)
class Greeting:
    pass


@dataclass(frozen=True, slots=True)
class Decline:
    """`reason` is a key of vocabulary/reasons.yaml; `detail` fills its sentence."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AskBack:
    question: str
    choices: tuple[str, ...]


Expression = Lookup | Aggregate | Ranked | Combine | Ratio | Literal | CostEstimate | Change | PerUnit
Plan = (
    Lookup
    | Aggregate
    | Ranked
    | Combine
    | Ratio
    | Compare
    | Check
    | Change
    | CostEstimate
    | Listing
    | FieldLookup
    | PerUnit
    | Position
    | Consistent
    | Gap
    | Ambiguous
    | Quote
    | Contained
    | Enumerate
    | Why
    | Define
    | CodeOf
    | Audit
    | CheckFinding
    | Placing
    | FundedBy
    | Unexplained
    | CutOff
    | TableFilled
    | Greeting
    | Decline
    | AskBack
    | Literal
    | Claimed
)


def describe(plan: Plan | Members | Selector | Wish | Condition | None, depth: int = 0) -> str:
    """The plan as an indented tree, for `mingzhang ask --explain` and for evaluation reports."""
    if plan is None:
        return "whole"
    name = type(plan).__name__
    shown = []
    for key in plan.__dataclass_fields__:
        value = getattr(plan, key)
        if (
            value in (None, "", (), False, 0)
            or key in ("skipped_largest", "kept_largest")
            or (isinstance(value, Wish) and value.is_empty)
        ):
            continue
        shown.append(f"{key}={_shown(value, depth + 1)}")
    return f"{name}({', '.join(shown)})"


def _shown(value: object, depth: int) -> str:
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, Quantity):
        return describe(value, depth)  # type: ignore[arg-type]
    if isinstance(value, Quantity):
        return f"{value.number}{value.unit}"
    if isinstance(value, tuple):
        many = [_shown(each, depth) for each in value[:6]] + (["…"] if len(value) > 6 else [])
        return "[" + ", ".join(many) + "]"
    if isinstance(value, StrEnum):
        return value.value
    return str(value)


def bare(plan: Any) -> Any:
    """A plan without the question's words in it, to tell whether two mean the same."""
    if isinstance(plan, tuple):
        return tuple(map(bare, plan))
    if not is_dataclass(plan) or isinstance(plan, (type, Quantity)):
        return plan
    left_out = () if isinstance(plan, CostEstimate | Quote | Define) else _WORDS  # whose words are what they ask
    values = {each.name: bare(getattr(plan, each.name)) for each in fields(plan) if each.name not in left_out}
    return (type(plan), tuple(sorted(values.items(), key=lambda pair: pair[0])))


_WORDS = ("words", "label", "confidence", "unit")


def selectors_in(plan: object) -> Iterator[Selector]:
    """Every selector of a plan, wherever in it."""
    if isinstance(plan, Selector):
        yield plan
        return
    for name in getattr(plan, "__dataclass_fields__", ()):
        value = getattr(plan, name)
        for each in value if isinstance(value, tuple) else (value,):
            if hasattr(each, "__dataclass_fields__"):
                yield from selectors_in(each)
