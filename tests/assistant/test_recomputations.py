"""What auditors work out anew: shares added up, last year's figure, what differences are made of, sheets over their years,
projects behind an amount, columns without a total, mended tables as printed, lengths between stakes."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.computing.computing import Computer
from assistant.computing.gaps import Gaps
from assistant.plan import Gap, Lookup, Selector
from ingest.facts import Fund, Level, Side, Spending
from tests.assistant.made_up import Department


def asked(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last of some turns."""
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in turns][-1]


@pytest.mark.parametrize(
    ("question", "number", "words"),
    [
        pytest.param("当年拨款结构那段给的三个占比,加起来是多少", "99.99", "城乡社区支出占比", id="shares told by their heading"),
        pytest.param("预算收入各项占比之和", "99.99", "上年结转占比", id="shares told by their whole"),
        pytest.param("下降46.15%这个幅度复算一下，推出的上年数是多少", "2406564500", "46.15", id="last year from a rate"),
        pytest.param("当年拨款的降幅，按减少额58,545.86万元重算是多少", "-37.4543", "156,312.45", id="a rate worked out anew"),
        pytest.param("文件没直接写2022年预算总盘子，能倒推出来吗？是多少", "2406564500", "推算", id="what is said around it"),
        pytest.param("一般公共预算当年拨款去年是多少（反推即可）", "1563124500", "推算", id="last year of a told figure"),
        pytest.param("推算上年一般公共预算当年拨款占上年预算总额的百分比", "64.95", "156,312.45", id="a share last year"),
        pytest.param("除一般公共预算当年拨款以外，其余资金比上年少了多少", "525210000", "58,545.86", id="the change of the rest"),
        pytest.param(
            "说明二写一般公共预算拨款97,766.59万元，说明四写99,766.59万元，差额多少，怎么解释",
            "20000000", "上年结转", id="two amounts of the prose",
        ),
        pytest.param(
            "科目上征地拆迁补偿是2.1亿，可征拆资金项目只有2亿，差的1000万是什么钱",
            "10000000", "两县区补贴", id="the other project of a subject",
        ),
        pytest.param(
            "城乡社区支出在表3和表2本年收入合计里不一样，差额多少，什么造成的",
            "20000000", "上年结转", id="one row in two tables",
        ),
        pytest.param(
            "城乡社区支出算上结转和不算结转差多少，差在哪个项目",
            "20000000", "小牛线", id="with and without what is carried over",
        ),
        pytest.param("97708.94万元实际对应表12里几个项目", "11", "泵站", id="how many projects an amount is made of"),
        pytest.param("表12没有印合计行，请把一般公共预算那一列自行加总", "977089400", "11", id="a column without a total"),
        pytest.param("表6还原后商品和服务支出各项加起来是多少", "571500", "办公费", id="mended rows added up"),
        pytest.param("办公用房面积写的0，可绩效表里又租了房子，租的有多少平米", "5719", "0平方米", id="the other side of a contradiction"),
    ],
)  # fmt: skip
def test_values(question: str, number: str, words: str, sample_assistant: Assistant) -> None:
    answer = asked(sample_assistant, question)
    assert answer.value is not None and answer.value.number.startswith(number), answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "verdict", "words"),
    [
        pytest.param("收入各来源占比相加是不是正好100%", False, "四舍五入", id="shares that round"),
        pytest.param("收入说明里一般公共预算占75.44%，对不对", True, "75.4432", id="a share as its sentence means it"),
        pytest.param("重算一下收入总计的降幅，46.15%这个数站得住吗", True, "240,656.45", id="a rate anew"),
        pytest.param("除征拆资金外，所有3年期项目都满足实施期=年度×3吗", True, "泵站", id="all sheets of a period"),
        pytest.param("每个项目的年度金额乘以年限都等于实施期总额吗", False, "62,200", id="all sheets"),
        pytest.param("16个项目涉及97708.94万元，这个口径对吗", False, "129,531.94", id="an amount of other projects"),
        pytest.param("绩效目标项目16个，和表12的项目数一致吗", False, "14个", id="sheets against rows"),
        pytest.param("照着表6印出来的数，把办公费至公务用车运行维护费八行相加，等于57.65吗", False, "89.30", id="rows as printed"),
        pytest.param("用桩号K2+195.768到K9+230.521推出来的长度，和文中7.035公里吻合不", True, "7.034753", id="stakes"),
        pytest.param("小牛线西延桩号推算的长度是8公里吗", False, "7.034753", id="another length"),
        pytest.param("两个片区的抽排污总量是否填了同一个数", True, "56,222", id="one number for both"),
        pytest.param("各类用车数逐项相加，跟实有车辆数对得上吗", True, "10辆", id="kinds of vehicles"),
        pytest.param("小牛线西延的资金来源与立项依据是否矛盾", True, "市县", id="money of another level"),
    ],
)  # fmt: skip
def test_verdicts(question: str, verdict: bool, words: str, sample_assistant: Assistant) -> None:
    answer = asked(sample_assistant, question)
    assert answer.verdict is verdict, answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("4年期项目里哪几个不满足实施期等于年度乘4", ["园区保密专项经费", "园区运行经费"], id="which sheets"),
        pytest.param(
            "“其他运转类项目3个，1332.32万元”，从表12倒推是哪三个项目",
            ["园区保密专项经费", "园区党建经费", "园区运行经费"], id="the one set",
        ),
        pytest.param(
            "10,773万元结转由哪些项目构成",
            ["潇河产业园区小牛线西延(人民路至滨河东路南延)建设工程", "专项债资金项目"], id="all of an origin",
        ),
    ],
)  # fmt: skip
def test_names(question: str, names: list[str], sample_assistant: Assistant) -> None:
    assert [item.label for item in asked(sample_assistant, question).items] == names


def test_later_turns(sample_assistant: Assistant) -> None:
    shares = "收入说明里一般公共预算占75.44%，对不对", "政府性基金的16.24%呢", "结转的8.31%呢"
    assert asked(sample_assistant, *shares).verdict is True
    added = asked(sample_assistant, *shares, "这三个占比加起来是多少")
    assert added.value is not None and added.value.number == "99.99"
    assert "四舍五入" in asked(sample_assistant, *shares, "这三个占比加起来是多少", "为什么不到100").text
    sheets = "项目期4年的有哪些项目", "其中年度数×4跟实施期总额不相等的呢"
    assert len(asked(sample_assistant, *sheets).items) == 2


def test_a_gap_between_kinds_of_spending() -> None:
    made = Department()
    made.cell("合计", "90.00", level=Level.TOTAL, side=Side.EXPENDITURE, spending=Spending.BASIC)
    made.cell("合计", "70.00", level=Level.TOTAL, side=Side.EXPENDITURE, spending=Spending.PERSONNEL)
    made.cell("合计", "20.00", level=Level.TOTAL, side=Side.EXPENDITURE, spending=Spending.OPERATING)
    assert _gap(made) == "公用经费"


def test_a_gap_of_money_that_is_no_appropriation() -> None:
    made = Department()
    made.cell("合计", "90.00", level=Level.TOTAL, side=Side.INCOME)
    made.cell("合计", "70.00", level=Level.TOTAL, side=Side.INCOME, fund=Fund.FISCAL)
    made.cell("合计", "20.00", level=Level.TOTAL, side=Side.INCOME, fund=Fund.OTHER, column=("其他收入",))
    assert _gap(made) == "其他收入"


def _gap(made: Department) -> str:
    catalog = made.catalog()
    left, right = (Lookup(Selector("合计", "合计", fact_ids=(number,))) for number in (1, 2))
    return Gaps(catalog, Computer(catalog).figures).gap(Gap(left, right)).label
