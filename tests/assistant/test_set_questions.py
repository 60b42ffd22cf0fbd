"""Questions about sets of which every word has a role: which members, how measured, what is asked; anything else is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.computing.computing import Computer
from assistant.computing.figures import Figures
from assistant.computing.sets import Sets
from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Compare, Listing, Ranked, Ratio, Universe
from assistant.question import read_question
from ingest.numbers.numbers import format_quantity
from tests.assistant.made_up import Department, labels, small_department


def _department() -> Department:
    made = small_department()
    for name, filed in (("河道清淤", "2023-01-11"), ("路灯改造", "20230116182214"), ("档案数字化", "2023年1月13日")):
        made.sheet(name, "填报日期", filed, "filing_date")
    return made


CATALOG = _department().catalog()
PHRASES = Phrases(CATALOG, Linker(CATALOG))
SETS = Sets(CATALOG, Figures(CATALOG))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("把项目期写4年的项目找出来", ["路灯改造"]),
        ("1月13日填报的是哪些项目", ["档案数字化"]),
        ("1月13日之前填报的有哪些项目", ["河道清淤"]),
        ("甲某经办的项目都有哪些", ["河道清淤", "档案数字化"]),
        ("甲某名下金额不到200万的项目有哪几个", ["河道清淤"]),
        ("名称带“改造”的项目有哪些", ["路灯改造"]),
        ("政府性基金安排的项目是哪个", ["路灯改造"]),
        ("只经办一个项目的经办人名单", ["乙某"]),
        ("项目期4年的项目", ["路灯改造"]),
        ("预算是200万的项目是哪个", ["路灯改造"]),
        ("哪个项目正好200万", ["路灯改造"]),
        ("100万元到200万元之间的项目", ["河道清淤", "路灯改造"]),
        ("最早和最晚填报的分别是哪个项目", ["河道清淤", "路灯改造"]),
        ("甲某名下除了河道清淤以外的项目有哪些", ["档案数字化"]),
        ("select 项目 where 项目期=4年", ["路灯改造"]),
        ("经办人=乙某 list", ["路灯改造"]),
        ("项目期填4年的是哪几个", ["路灯改造"]),
        ("哪些项目要干满4年啊", ["路灯改造"]),
        ("填报日期晚于1月11日的项目", ["路灯改造", "档案数字化"]),
        ("300万元以上(不含)的项目有哪些", ["绿地养护"]),
        (">=300万项目 list", ["档案数字化", "绿地养护"]),
        ("金额低于平均数的项目有哪些", ["河道清淤", "路灯改造"]),
        ("项目里正好200万的是哪个", ["路灯改造"]),
    ],
)
def test_lists(asked: str, expected: list[str]) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Listing)
    assert labels(SETS.members(plan.members)) == expected


@pytest.mark.parametrize(
    ("asked", "descending", "first", "count"),
    [
        ("项目按金额降序top3", True, 1, 3),
        ("金额最小的两个项目是哪些", False, 1, 2),
        ("填报时间最晚的是哪个项目", True, 1, 1),
        ("项目按金额从小到大列出", False, 1, 999),
        ("金额第二大的项目", True, 2, 1),
        ("排在倒数第二的项目是谁", False, 2, 1),
        ("输出每位经办人名下的项目个数,多的排前面", True, 1, 999),
    ],
)
def test_rankings(asked: str, descending: bool, first: int, count: int) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Ranked)
    assert (plan.descending, plan.first, plan.count) == (descending, first, count)


@pytest.mark.parametrize(
    ("asked", "function", "size"),
    [
        ("剔除一个最高值和一个最低值后项目平均多少元", "average", 2),
        ("合计不到300万元的项目有几个", "count", 2),
        ("只看项目金额的中位数", "median", 4),
        ("甲某经办的几个项目一共多少钱", "sum", 2),
        ("除了河道清淤和路灯改造，其他项目加起来多少", "sum", 2),
        ("count 经办人=甲某", "count", 2),
        ("项目期不等于3年的项目有几个", "count", 2),
        ("甲某经办的年度金额", "sum", 2),
    ],
)
def test_aggregates(asked: str, function: str, size: int) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Aggregate)
    assert (plan.function, len(SETS.members(plan.members))) == (function, size)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("河道清淤的满意度指标有哪些", ["居民满意度"]),
        ("完工率指标里哪一条不是100%", ["路灯改造 · 外场完工率"]),
        ("完工率指标里目标值等于100%的是哪几条", ["路灯改造 · 内场完工率"]),
        ("路灯改造的指标中低于100%的有哪些", ["外场完工率"]),
    ],
)
def test_indicators(asked: str, expected: list[str]) -> None:
    made = _department()
    made.indicator("路灯改造", "内场完工率", "100%")
    made.indicator("路灯改造", "外场完工率", "<100%")
    catalog = made.catalog()
    plan = Phrases(catalog, Linker(catalog)).set_question(read_question(asked).text)
    assert isinstance(plan, Listing)
    assert labels(Sets(catalog, Figures(catalog)).members(plan.members)) == expected


@pytest.mark.parametrize(
    ("asked", "groups"),
    [
        ("3年、4年期的项目各几个", ["3年：1个", "4年：1个"]),
        ("甲某和乙某各经办几个项目", ["甲某：2个", "乙某：1个"]),
        ("甲某、乙某的项目金额各是多少", ["甲某：400.00万元", "乙某：200.00万元"]),
    ],
)
def test_groups_that_are_named(asked: str, groups: list[str]) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Listing)
    members = SETS.members(plan.members)
    assert [f"{m.label}：{format_quantity(m.quantity)}" for m in members if m.quantity is not None] == groups


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("金额最大的项目是最小的项目的几倍", 4),
        ("项目金额最大值除以最小值", 4),
        ("最小的项目是最大的项目的几倍", Decimal("0.25")),
        ("项目金额最大值减去最小值", 3_000_000),
        ("最大的项目比最小的项目多多少钱", 3_000_000),
    ],
)
def test_both_ends_against_each_other(asked: str, number: Decimal) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Compare | Ratio)
    value = Computer(CATALOG).compute(plan).value
    assert value is not None and value.number == number


def test_a_project_is_asked_for_among_projects_and_a_person_by_what_he_does() -> None:
    among, deed = (PHRASES.set_question(t) for t in ("项目中金额最少的是谁", "经办项目金额最少的是谁"))
    assert isinstance(among, Ranked) and among.members.universe is Universe.PROJECTS
    assert isinstance(deed, Ranked) and deed.members.universe is Universe.GROUPS


@pytest.mark.parametrize(
    "asked",
    [
        "甲某的项目除以全部项目",
        "甲某和乙某各经办什么路灯",
        "河道清淤多少钱",
        "哪些项目和水利有牵连",
        "甲某经办的海外项目有哪些",
        "项目支出是多少",
        "科目里最大的",
        "两人联名经办的项目有几个",
        "除了水库，其他项目加起来多少",
        "其他项目加起来多少",
        "涉及多少个项目",
        "各项目之和=合计",
        "甲某经办的需要招标的项目有几个",
        "他经办的全部项目",
    ],
)
def test_a_word_without_a_role_leaves_the_question_to_others(asked: str) -> None:
    assert PHRASES.set_question(read_question(asked).text) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("系统运维项目有哪些", ["甲馆2026-2027年系统运维项目", "乙馆2025-2026年系统运维项目"]),
        ("名称带“2026-2027年”的系统运维项目有哪些", ["甲馆2026-2027年系统运维项目"]),
        ("名称带2026-2027年的项目有哪几个", ["甲馆2026-2027年系统运维项目"]),
    ],
)
def test_projects_that_are_called_alike(asked: str, expected: list[str]) -> None:
    made = small_department()
    for name in ("甲馆2026-2027年系统运维项目", "乙馆2025-2026年系统运维项目"):
        made.project(name, "10.00")
    catalog = made.catalog()
    plan = Phrases(catalog, Linker(catalog)).set_question(read_question(asked).text)
    assert isinstance(plan, Listing)
    assert labels(Sets(catalog, Figures(catalog)).members(plan.members)) == expected


@pytest.mark.parametrize(
    ("text", "members"),
    [
        pytest.param("1000万元≤金额<1亿元的项目有几个", 6, id="both bounds, the lower one first"),
        pytest.param("1000万元<金额≤1亿元的项目有几个", 5, id="the other way round"),
        pytest.param("填报日期不是2023年1月13日的项目有几个", 5, id="not of a day"),
        pytest.param("经办人不是张春翔的项目有几个", 12, id="not of a person"),
    ],
)
def test_bounds_said_first_and_what_is_not_so(sample_assistant: Assistant, text: str, members: int) -> None:
    answer = sample_assistant.conversation().ask(text)
    assert answer.value is not None
    assert answer.value.number == str(members)
