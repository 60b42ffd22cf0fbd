"""Questions whether the document is right: printed against mended, parts against wholes, rates worked out anew, gaps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.computing.computing import Computer
from assistant.computing.gaps import Gaps
from assistant.computing.results import Result
from assistant.plan import Combine, Gap, Literal, Lookup, Selector
from ingest.facts import Fund, Level, Side, Vintage
from ingest.numbers.quantities import Quantity
from tests.assistant.made_up import Department


def asked(question: str, assistant: Assistant) -> Answer:
    return assistant.conversation().ask(question)


@pytest.mark.parametrize(
    ("question", "verdict", "words"),
    [
        pytest.param("表6印的公务接待费与表10一致吗", False, "错位", id="a misprinted row as printed"),
        pytest.param("把表6还原之后，接待费和公车运行费跟表10能核上吗？", True, "1.65", id="a misprinted row mended"),
        pytest.param("表5的基本支出和表6的合计勾稽得上吗", True, "57.65", id="tables by number"),
        pytest.param("总预算下降46.15%这个比例，重新算一遍对不对", True, "46.15", id="a rate anew"),
        pytest.param("一般公共预算拨款下降了40%对吗", False, "37.45", id="another rate"),
        pytest.param("文中“下降46.15%”按减少额和今年数重算对不对", True, "46.15", id="a rate of nothing named"),
        pytest.param("收入里政府性基金占16.24%对吗", True, "16.24", id="a share of the income"),
        pytest.param("车辆分类数相加等于实有数吗", True, "10辆", id="parts of a sentence"),
        pytest.param("园区党建经费的党员轮训，前后说法打架吗", True, "3个月1次", id="a contradiction asked for"),
        pytest.param("外出学习考察的次数，前后两个指标一致吗", False, "至少4次", id="one thing told twice"),
        pytest.param("收入预算说明里各项占比加起来等于100%吗", False, "99.99", id="printed shares"),
        pytest.param(
            "泵站运行管理经费年度资金×4年等于实施期总额吗", False, "1,600", id="the years said, not those printed"
        ),
        pytest.param("表12有一般公共预算当年拨款的项目是16个吗", False, "11个", id="a number of members"),
        pytest.param("车辆运行费跟去年一样吗", True, "相同", id="unchanged"),
        pytest.param("公务接待费今年比去年涨了吧，涨了多少", False, "相同", id="a rise taken for granted"),
    ],
)
def test_verdicts(question: str, verdict: bool, words: str, sample_assistant: Assistant) -> None:
    answer = asked(question, sample_assistant)
    assert answer.verdict is verdict, answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "number", "words"),
    [
        pytest.param("公务接待费一张表写0.55万、一张表写1.65万，该信哪个", "16500", "错位", id="which to trust"),
        pytest.param("资本性支出合计写25.00，下面办公设备购置只写0.50，该信哪个", "5000", "错位", id="a total against its part"),
        pytest.param("表6资本性支出那一行印着25.00，真实的数是几", "5000", "25.00", id="what it really is"),
        pytest.param("第四节写一般公共预算拨款99,766.59万元，第五节写97,766.59万元，差额是什么", "20000000", "上年结转", id="carried over"),
        pytest.param("城乡社区支出表3是94,853.00，表5是71,803.00，差的钱是什么", "230500000", "政府性基金", id="two kinds of money"),
        pytest.param("园区运行经费按年度数乘以4年，和表上的实施期总额差多少元", "62200", "× 4年", id="an amount times years"),
        pytest.param("收入预算情况说明里印出的各项占比相加等于多少", "99.99", "占比", id="a sum of shares"),
        pytest.param("当年口径下一般公共预算是政府性基金的多少倍", "4.64", "97,766.59", id="this year's money of both"),
        pytest.param("2023年总收入比上年减了多少", "1110668600", "111066.86", id="a fall in plain words"),
    ],
)  # fmt: skip
def test_values(question: str, number: str, words: str, sample_assistant: Assistant) -> None:
    answer = asked(question, sample_assistant)
    assert answer.value is not None and answer.value.number.startswith(number), answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "verdict", "words"),
    [
        pytest.param("泵站管理那个项目，三年总额除以3是不是刚好等于今年的400万", True, "1,200.00", id="years, divided"),
        pytest.param("园区运行经费四年的总盘子是不是按年度数乘4填的", False, "52,872,800", id="years, multiplied"),
        pytest.param("风险评估测绘那50万预算，是否突破了自己成本指标的上限", False, "相等", id="a budget and its cap"),
        pytest.param("抢险车三个费用上限合在一起，今年给的3万够不够", False, "40,000", id="whether money is enough"),
        pytest.param("2120801的21000万元，是征拆资金和两县区补贴两个项目之和吗", True, "21,000.00", id="projects of a subject"),
        pytest.param("货物34.8、工程2500、服务6305.3，三个数一加和采购总额一致不", True, "8,840.10", id="numbers said with names"),
        pytest.param("支出总表四个类级科目加起来是不是等于合计数", True, "94,853.00", id="classes of a table"),
        pytest.param("城乡社区支出表1里的当年加结转，和合计能不能对上", True, "94,853.00", id="columns of a row"),
        pytest.param("东方雨虹700、750、450三笔一加，跟文件自己写的合计1600万一样吗", False, "1,900.00", id="a list and its total"),
        pytest.param("收入下降46.15%，用减少额和今年数倒推一下，算得对吗", True, "240,656.45", id="a rate and last year"),
        pytest.param("16张绩效表里负责人一栏有人签名吗", False, "空白", id="a field that no sheet fills"),
    ],
)  # fmt: skip
def test_two_sides(question: str, verdict: bool, words: str, sample_assistant: Assistant) -> None:
    answer = asked(question, sample_assistant)
    assert answer.verdict is verdict, answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("我家宅基地要是拆了能赔多少钱", id="what one household gets"),
        pytest.param("公务接待费一张表写0.77万、一张表写1.65万，该信哪个", id="a number that nothing prints"),
        pytest.param("项目支出比上年减少5%对吗", id="a change that is not told"),
    ],
)
def test_declined(question: str, sample_assistant: Assistant) -> None:
    answer = asked(question, sample_assistant)
    assert answer.value is None and answer.verdict is None, answer.text


def test_a_difference_that_is_no_mistake(sample_assistant: Assistant) -> None:
    answer = asked("2120399科目在表3是68,803.00，在表5是66,803.00，差额2,000万是差错吗", sample_assistant)
    assert answer.verdict is False and "上年结转" in answer.text


# ── gaps ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _gap(made: Department, *printed: int) -> Result:
    catalog = made.catalog()
    left, right = (Lookup(Selector("教育支出", "教育支出", fact_ids=(number,))) for number in printed)
    return Gaps(catalog, Computer(catalog).figures).gap(Gap(left, right))


def _department() -> Department:
    made = Department()
    made.cell("教育支出", "900.00", row_code="205", level=Level.CLASS, side=Side.EXPENDITURE)
    made.cell(
        "教育支出", "700.00", row_code="205", level=Level.CLASS, side=Side.EXPENDITURE,
        fund=Fund.GENERAL_PUBLIC, vintage=Vintage.CURRENT,
    )  # fmt: skip
    return made


def test_a_gap_of_one_kind_of_money() -> None:
    made = _department()
    made.cell("教育支出", "200.00", row_code="205", side=Side.EXPENDITURE, vintage=Vintage.CARRIED_OVER)
    found = _gap(made, 1, 2)
    assert found.value is not None and found.value.number == 2_000_000
    assert "上年结转" in found.label and len(found.cells) == 1


def test_a_gap_of_two_kinds_of_money() -> None:
    made = _department()
    made.cell("教育支出", "50.00", row_code="205", side=Side.EXPENDITURE, vintage=Vintage.CARRIED_OVER)
    made.cell("教育支出", "150.00", row_code="205", side=Side.EXPENDITURE, fund=Fund.GOVERNMENT_FUNDS)
    assert len(_gap(made, 2, 1).cells) == 2


def test_a_gap_that_nothing_explains() -> None:
    made = _department()
    made.cell("教育支出", "199.00", row_code="205", side=Side.EXPENDITURE, vintage=Vintage.CARRIED_OVER)
    made.cell("农林水支出", "200.00", row_code="213", side=Side.EXPENDITURE, vintage=Vintage.CARRIED_OVER)
    assert _gap(made, 1, 2).missing is not None


# ── products and vacuous checks ────────────────────────────────────────────────────────────────────────────────


def test_only_years_and_times_multiply() -> None:
    made = Department()
    made.project("河道清淤", "100.00")
    computer = Computer(made.catalog())
    amount = Lookup(Selector("河道清淤", "河道清淤", project="河道清淤"))
    product = computer.compute(Combine("×", (amount, Literal(Quantity(Decimal(3), "年")))))
    assert product.value is not None and product.value.number == 3_000_000
    assert computer.compute(Combine("×", (amount, amount))).missing is not None
