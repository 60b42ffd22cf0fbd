"""Questions for a yes or a no: what they assert is asked for, and what it comes to is held against what was said."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.questions.statements import asks_yes_or_no, statement_of


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        pytest.param("听人说某园区预算涨了不少，真的不", "某园区预算涨了不少", id="heard, and whether it is true"),
        pytest.param("有网友说三公经费涨了一倍，是真的？", "三公经费涨了一倍", id="read on the net"),
        pytest.param("最大的是工程，是不是", "最大的是工程", id="is it not"),
        pytest.param("公车是不是超编了", "公车超编了", id="in the middle"),
        pytest.param("学校有人专门管吧", "学校有人专门管", id="with a particle"),
    ],
)
def test_the_statement(asked: str, statement: str) -> None:
    question = read_question(asked)
    assert asks_yes_or_no(question)
    assert statement_of(question) == statement


@pytest.mark.parametrize("asked", ["征拆资金是多少", "听说要先拨一笔，有多少", "哪个项目最大"])
def test_other_questions_ask_for_more(asked: str) -> None:
    assert not asks_yes_or_no(read_question(asked))


@pytest.mark.parametrize(
    ("asked", "verdict", "told"),
    [
        pytest.param("政府采购里最大头是工程，是不是", False, "服务", id="another is the largest"),
        pytest.param("货物是政府采购里最少的吧", True, "34.80", id="the smallest"),
        pytest.param("三公里花钱最多的是车吧", True, "25.00", id="one of those it may mean"),
        pytest.param(
            "听人说园区今年预算比去年涨了不少，真的不", False, "减少", id="the budget of the department itself"
        ),
        pytest.param("今年三公比去年压减了不少，是车费降的吧", False, "持平", id="the first of two things said"),
        pytest.param("征拆那两个亿是从一般公共预算里出的，对不对？", False, "政府性基金", id="the purse"),
        pytest.param("小牛线西延用的是一般公共预算的钱吧", True, "一般公共预算", id="the purse that pays"),
        pytest.param("有没有哪个项目超过6个亿", True, "市政基础设施配套", id="that some are so"),
        pytest.param("清徐指挥部的物业到2024年6月还在合同期内吗", True, "2024年9月19日", id="that it still runs"),
        pytest.param("小店指挥部的物业到2023年底还在服务期内吗", False, "2023年8月4日", id="that it ended before"),
        pytest.param("公务接待费今年一分没有吧", False, "1.65", id="not a cent"),
        pytest.param("8人的单位，人员经费居然一分钱没有，真的吗", True, "0元", id="said of a unit"),
        pytest.param("车辆按用途分的数加起来跟实有数相符吗", True, "10辆", id="parts by what they are sorted by"),
        pytest.param(
            "收入说明里一般公共预算、基金、结转三个占比，合起来到不到100%", False, "99.99", id="shares by name"
        ),
        pytest.param("泵站那900万怎么花", False, "市政设施维护费用", id="another project's budget"),
        pytest.param("项目里有没有超过10亿的", False, "没有", id="that none is so"),
        pytest.param("所有项目都超过1万元吗", False, "15个", id="that all are so"),
        pytest.param("16个项目都是3年期吗", False, "11个", id="that as many as are said are so"),
        pytest.param("本年项目都不到10亿吧", True, "14个", id="that all are below"),
        pytest.param("16个项目都是市县财政资金吗", True, "16个", id="that all are paid by one level of government"),
        pytest.param("项目里有没有省里掏钱的", False, "没有", id="that no other purse pays"),
        pytest.param("表9里有金额不为零的科目吗", False, "没有", id="that no row is more than nothing"),
        pytest.param("3年期的项目年度资金乘3跟实施期总额不相等的有没有", False, "相符", id="that none disagrees"),
        pytest.param(
            "4年期的项目，年度资金乘4跟实施期总额不相等的有没有", True, "园区运行经费", id="that some disagree"
        ),
        pytest.param(
            "表12一般公共预算那列相加，跟表5的项目支出对得上吗", True, "97,708.94", id="a column of another table"
        ),
        pytest.param("征拆资金用的是上年结转的钱吧", False, "新安排", id="the year's money"),
        pytest.param("小店指挥部物业合同要到2024年9月才完，是不是？", False, "2023年8月4日", id="a date"),
        pytest.param("小店指挥部的物业服务期能覆盖到2023年7月吗", True, "2023年8月4日", id="as long as that"),
        pytest.param("管泵站的第三方每个月结一次服务费，对不", False, "季度", id="how often"),
        pytest.param("看病卫生这块，今年部门预算里排了钱没有", False, "空白", id="a class of expenditure left blank"),
        pytest.param("年终结转今年有没有填数？", False, "空白", id="half of a row left blank"),
        pytest.param("今年没有安排因公出国经费，对不对", True, "0元", id="that there is none"),
        pytest.param("党建经费今年有预算吗", True, "10.00", id="that there is some"),
        pytest.param("今年三公没涨吧", True, "持平", id="that it did not rise"),
        pytest.param("预算比去年翻了一倍，真的假的", False, "减少", id="a budget and nothing else"),
        pytest.param("政策兑现是上年结转的吧", False, "新安排", id="what it is"),
        pytest.param("办公设备12月之前买齐，是吗", True, "2023年12月", id="by when"),
        pytest.param("最大的项目是市政基础设施配套，对不对", True, "62,200", id="the largest of a set"),
        pytest.param("农林水有没有排钱", False, "空白", id="no target that only sounds like it"),
        pytest.param("住房保障支出是空的吗", True, "空白", id="that it is blank"),
        pytest.param("单位今年没有机关运行经费对吧", True, "无机关运行经费", id="what the text denies too"),
        pytest.param("今年还买新车吗", False, "0元", id="something is done with money"),
        pytest.param("截至2022年底，公务用车是否超编？", False, "10辆", id="over its number"),
        pytest.param("政府购买服务指导性目录我们有公开吗？", False, "无", id="a text that tells of none"),
        pytest.param("科室里面有专门弄园中村改造的没有，谢谢啦", True, "园中村改造工作科", id="a text has it"),
        pytest.param("信访这档子事也归这中心管？？", True, "信访", id="a duty"),
        pytest.param("项目支出129,531.94万全是2023年当年新安排的，是吧？", False, "10,773", id="all of it this year's"),
        pytest.param("人员工资是不是占了这家单位基本支出的大头？", False, "0%", id="the larger part"),
    ],
)
def test_the_verdict(asked: str, verdict: bool, told: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(asked)
    assert answer.verdict is verdict, answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("今年办公费砍了一大半，有这回事吗", id="a change that is not told"),
        pytest.param("小牛线西延建不建地铁站", id="nothing tells of it"),
        pytest.param("公务接待费贵吗", id="an opinion"),
        pytest.param("有没有给信访安排钱", id="a figure that hardly fits"),
    ],
)
def test_no_verdict_where_nothing_tells(asked: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(asked).verdict is None


def test_the_same_as_before(sample_assistant: Assistant) -> None:
    conversation = sample_assistant.conversation()
    conversation.ask("清徐指挥部租的房子多大")
    answer = conversation.ask("供暖面积也是这么大吗")
    assert answer.verdict is False and "5,273" in answer.text
