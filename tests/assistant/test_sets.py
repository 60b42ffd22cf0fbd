"""The members of a set: complete, each once, by condition, no roll-up beside its parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.computing.figures import Figures
from assistant.computing.sets import Sets, without_duplicates
from assistant.plan import Condition, Lookup, Members, Selector, Universe, Wish
from ingest.facts import Fund, Level, Period
from ingest.numbers.quantities import PERCENT, YUAN, Quantity
from tests.assistant.made_up import FUNCTIONAL, PROJECT_TABLE, labels, small_department

CATALOG = small_department().catalog()
SETS = Sets(CATALOG, Figures(CATALOG))
ALL = ["河道清淤", "路灯改造", "档案数字化", "绿地养护"]


def yuan(amount: int) -> Quantity:
    return Quantity(Decimal(amount), YUAN)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param([], ALL, id="all"),
        pytest.param([Condition("amount", ">", quantity=yuan(2_000_000))], ALL[2:], id="more than"),
        pytest.param([Condition("amount", "≥", quantity=yuan(2_000_000))], ALL[1:], id="at least"),
        pytest.param([Condition("amount", "<", quantity=yuan(2_000_000))], ALL[:1], id="less than"),
        pytest.param([Condition("amount", "≤", quantity=yuan(2_000_000))], ALL[:2], id="at most"),
        pytest.param([Condition("amount", "=", quantity=yuan(2_000_000))], ALL[1:2], id="equal"),
        pytest.param([Condition("amount", ">", quantity=Quantity(Decimal(1), "个"))], [], id="another unit"),
        pytest.param([Condition("fund", "=", Fund.GOVERNMENT_FUNDS.value)], ALL[1:2], id="fund"),
        pytest.param([Condition("fund", "≠", Fund.GOVERNMENT_FUNDS.value)], [ALL[0], *ALL[2:]], id="not a fund"),
        pytest.param([Condition("handler", "=", "甲某")], [ALL[0], ALL[2]], id="handler"),
        pytest.param([Condition("period_years", "=", quantity=Quantity(Decimal(4), "年"))], ALL[1:2], id="period"),
        pytest.param(
            [Condition("handler", "=", "甲某"), Condition("amount", ">", quantity=yuan(2_000_000))], ALL[2:3], id="two"
        ),
        pytest.param([Condition("name", "=", "改造")], ALL[1:2], id="name"),
        pytest.param([Condition("name", "≠", "改造")], [ALL[0], *ALL[2:]], id="not a name"),
        pytest.param([Condition("indicator_class", "has", "成本指标")], ALL[:1], id="has an indicator of a class"),
        pytest.param([Condition("table", "=", f"1:{PROJECT_TABLE}")], ALL, id="table"),
        pytest.param([Condition("table", "=", f"1:{FUNCTIONAL}")], [], id="another table"),
    ],
)
def test_projects(conditions: list[Condition], expected: list[str]) -> None:
    assert labels(SETS.members(Members(Universe.PROJECTS, conditions=tuple(conditions)))) == expected


def test_a_project_is_one_member_with_its_budget() -> None:
    (member, *others) = SETS.members(Members(Universe.PROJECTS))
    assert len(others) == 3 and member.quantity == Quantity(Decimal("1000000.00"), YUAN, precision=Decimal("100.00"))


def test_the_whole_period_and_what_remains() -> None:
    whole = SETS.members(Members(Universe.PROJECTS, wish=Wish(period=Period.WHOLE)))
    assert [member.quantity.number for member in whole if member.quantity] == [3_000_000]
    remaining = SETS.members(Members(Universe.PROJECTS, remaining=True))
    assert [member.quantity.number for member in remaining if member.quantity] == [2_000_000]


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Level.CLASS, ["教育支出", "农林水支出"]), (Level.SECTION, ["普通教育"])],
    ids=["classes", "sections"],
)
def test_subjects_are_of_one_level(level: Level, expected: list[str]) -> None:
    assert (
        labels(SETS.members(Members(Universe.SUBJECTS, conditions=(Condition("level", "=", level.value),)))) == expected
    )


def test_parts_never_hold_a_roll_up() -> None:
    whole = Selector("合计", tables=((1, FUNCTIONAL),))
    parts = SETS.members(Members(Universe.PARTS, of=whole))
    assert "合计" not in labels(parts) and len({member.key for member in parts}) == len(parts)


def test_indicators() -> None:
    own = (Condition("project", "=", "河道清淤"),)
    assert labels(SETS.members(Members(Universe.INDICATORS, conditions=own))) == [
        "清淤河道长度",
        "每公里清淤成本",
        "居民满意度",
    ]
    satisfied = (*own, Condition("amount", "≥", quantity=Quantity(Decimal(95), PERCENT)))
    assert labels(SETS.members(Members(Universe.INDICATORS, conditions=satisfied))) == ["居民满意度"]
    every = labels(SETS.members(Members(Universe.INDICATORS)))
    assert every[-1] == "路灯改造 · 改造路灯数量" and len(every) == 4


def test_people_with_the_number_of_their_projects() -> None:
    people = SETS.members(Members(Universe.PEOPLE))
    assert {member.label: member.quantity.number for member in people if member.quantity} == {"甲某": 2, "乙某": 1}


def test_given_figures() -> None:
    given = tuple(Lookup(Selector(name, name, row_keys=(name,))) for name in ("教育支出", "农林水支出"))
    members = SETS.members(Members(Universe.GIVEN, given=given))
    assert [member.quantity.number for member in members if member.quantity] == [9_000_000, 3_000_000]


def test_duplicates() -> None:
    (one, *_) = SETS.members(Members(Universe.PROJECTS))
    assert without_duplicates([one, one]) == [one]
