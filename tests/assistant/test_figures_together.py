"""Figures that are meant together: of two places, of one list, of one project; and one meant among others called alike."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        pytest.param("两个片区一年得给企业抽多少吨污水", "112444", "吨", id="two of a kind"),
        pytest.param("清徐片区清扫面积占两片区清扫面积合计的百分比", "37.8258", "%", id="of all called alike"),
        pytest.param("单位十来辆公车，执法执勤的占多少百分比", "70", "%", id="things counted, said before"),
        pytest.param("政府采购里服务类占大头吧，到底占多少比例", "71.326", "%", id="what is thought of it first"),
        pytest.param("政府性基金今年新安排的钱里，征拆资金占比多少", "95.01", "%", id="a share and no place"),
        pytest.param(
            "财政拨款总支出里政府性基金一共多少（把结转的专项债也算上）", "298230000", "元", id="counted in, aside"
        ),
        pytest.param("财政拨款支出里一般公共预算一共多少", "997665900", "元", id="one fund, not all parts"),
        pytest.param("小店清徐两边加一块儿，一年要抽多少吨污水", "112444", "吨", id="both places"),
        pytest.param("你们单位公车拢共有几辆", "10", "辆", id="the whole among its parts"),
        pytest.param("概况里列出来的政策兑现金额加起来多少", "464646200", "元", id="all amounts of a text"),
        pytest.param("酒店扶持节点二占三个节点的比重", "40", "%", id="the list that a part is of"),
        pytest.param("51个专项债项目平均每个分到多少元", "1720196.078", "元", id="spread over the number said"),
        pytest.param("城乡社区支出中政府性基金占百分之几", "22.19", "%", id="a fund within a row"),
        pytest.param("表12第二大的项目比第三大的项目多多少", "45736200", "元", id="two places in one table"),
        pytest.param("泵站电价封顶（元/度）", "0.7", "元/度", id="the price's unit in brackets"),
        pytest.param("给两个县区的补贴一年多少", "10000000", "元", id="counted as no name prints it"),
        pytest.param("小牛线西延项目“审计、督查、巡视等指出问题项目比例”", "1", "%", id="a name that speaks of doubts"),
        pytest.param("我也不懂这些，听街坊说的，管泵站那钱三年总共拨多少", "12000000", "元", id="said around it"),
        pytest.param("环卫预算平均每月多少钱", "4166666.66", "元", id="a year's months"),
        pytest.param("征拆资金平均每年多少", "200000000", "元", id="the whole period's years"),
        pytest.param("环卫每平方米最多多少钱", "13.35", "元/平米", id="the one price for a unit"),
        pytest.param("你们单位手里总共有多少台公车", "10", "辆", id="another counting word"),
        pytest.param("政策兑现概况里涉及风华的两笔兑现合计多少", "32758100", "元", id="amounts of one payee"),
        pytest.param("风险评估项目两种报告一共要几份", "10", "个", id="as many kinds as are said"),
        pytest.param(
            "修水渠、发上坟补贴那个项目，今年一共给了多少钱", "10000000", "元", id="a project by what it does"
        ),
        pytest.param("迁一座坟赔多少补偿", "13500", "元/座", id="what is paid, as a noun"),
        pytest.param("管一个泵站，一年最高给多少管理费", "605000", "元/年", id="any one of several"),
        pytest.param("结转几多", "107730000", "元", id="an unusual word"),
        pytest.param("城乡社区环境卫生和哪个项目的金额一样", "50000000", "元", id="the same amount under another name"),
        pytest.param("采购里那2500万工程，跟哪个项目的金额一分不差", "25000000", "元", id="the amount said with it"),
        pytest.param("跟去年比钱少了多少", "1110668600", "元", id="money without a name"),
        pytest.param(
            "撇开去年没花完的，城乡社区支出安排多少", "928530000", "元", id="last year's money left out first"
        ),
        pytest.param("除去结转，今年新拨的一共多少", "1188165900", "元", id="this year's money without a name"),
        pytest.param("货物采购占政府采购几个点", "0.39", "%", id="points of a whole"),
        pytest.param("项目支出中，泵站运行管理经费占几成", "0.3088", "%", id="a project within what is said first"),
        pytest.param("表12里政策兑现占全部项目合计的多少", "20.69", "%", id="all projects of one table"),
        pytest.param("按4个泵站算，泵站运行经费平均到每个是多少", "1000000", "元", id="over a number said first"),
        pytest.param("本年项目排老三的是哪个", "200000000", "元", id="a place by another name"),
        pytest.param("政府性基金的项目里次小的是哪个", "10000000", "元", id="the last but one"),
        pytest.param("一般公共预算的项目里第二大的是谁", "245736200", "元", id="a place among projects"),
        pytest.param("政策兑现里的贷款贴息哪家最少", "2458100", "元", id="the least of those called alike"),
        pytest.param("政府性基金项目剔除最大的项目后还剩多少", "98230000", "元", id="what is left without the largest"),
        pytest.param("刨掉政策兑现，一般公共预算的项目还剩多少", "751353200", "元", id="what is left without one"),
        pytest.param(
            "市政基础设施配套比政策兑现还多，多多少", "376263800", "元", id="said to be more, and by how much"
        ),
    ],
)
def test_the_figure_meant(sample_assistant: Assistant, question: str, number: str, unit: str) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.value is not None, answer.text
    assert (f"{answer.value.number}".startswith(number), answer.value.unit) == (True, unit)
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("指挥部用电量上限是多少度", ("380,000度", "80,000度"), id="one thing in two places"),
        pytest.param("监控中心项目实施期总额和年度资金各多少", ("75,000,000元", "25,000,000元"), id="in two periods"),
    ],
)
def test_each_is_told(sample_assistant: Assistant, question: str, told: tuple[str, ...]) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert (answer.status, len(answer.items)) == ("answered", len(told))
    assert all(text in answer.text for text in told), answer.text


def test_one_thing_under_two_names_that_contradict_each_other(sample_assistant: Assistant) -> None:
    text = sample_assistant.conversation().ask("外出学习考察一年几次").text
    assert all(told in text for told in ("≥2次", "4次", "有矛盾")), text


def test_sources_of_an_income(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("政府性基金的收入是从哪来的")
    assert [item.label for item in answer.items] == ["国有土地使用权出让收入"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("小牛线西延整条路总投资是多少", id="the whole investment is not the funding of the period"),
        pytest.param("2022年三公经费实际支出是多少", id="what was spent, not what was budgeted"),
        pytest.param("请人看一个，一年顶格多少", id="nothing is named"),
        pytest.param(
            "At the quoted price per grave, what would moving the 3,000 or so graves for the Xiaohe river works come to?",
            id="at a price, not the price",
        ),
        pytest.param("祭扫补贴一年多少钱", id="an item of a project is not the project"),
        pytest.param("33个临聘人员平均每人一年挣多少", id="pay is not a project's budget"),
        pytest.param("一般公共预算收入从哪来", id="no table tells the sources"),
    ],
)
def test_declined(sample_assistant: Assistant, question: str) -> None:
    assert sample_assistant.conversation().ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("征拆资金与两县区补贴两个项目实施期资金总额之和", "630000000", id="one period for both"),
        pytest.param("政策兑现概况中风华的两笔（贷款贴息、设备购置补贴）合计", "32758100", id="one owner of both"),
        pytest.param("保密宣传资料购置费用上限按80册均摊，每册多少元", "12.5", id="spread over a number said after it"),
    ],
)
def test_what_is_said_once_of_several(sample_assistant: Assistant, text: str, number: str) -> None:
    answer = sample_assistant.conversation().ask(text)
    assert answer.value is not None
    assert answer.value.number == number


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("泵站的电费和第三方管理费分别多久付一次", ("每月", "季度"), id="each in its own words"),
        pytest.param("环卫服务单位上个月的费用，一般在哪个时间段付？", ("中旬",), id="a time of the month"),
    ],
)
def test_times(sample_assistant: Assistant, question: str, told: tuple[str, ...]) -> None:
    text = sample_assistant.conversation().ask(question).text
    assert all(words in text for words in told)
