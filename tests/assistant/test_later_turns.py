"""What later turns of a dialogue take from those before: differences, things counted, rows out of line, places, wholes."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant


def last(assistant: Assistant, dialogue: str) -> Answer:
    """The answer to the last of several questions, written `A / B / C`."""
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in dialogue.split(" / ")][-1]


@pytest.mark.parametrize(
    ("dialogue", "number"),
    [
        pytest.param("监控中心今年多少 / 污水厂咨询呢 / 俩差多少", "17000000", id="the two told"),
        pytest.param("小店指挥部用电量多少 / 清徐呢 / 谁多 多几度", "300000", id="two questions with a space between"),
        pytest.param(
            "公务用车实有多少 / 一年跑起来养护得多少钱 / 摊到每辆呢", "25000", id="the one called like what was told"
        ),
        pytest.param(
            "抢险车保险费上限多少 / 燃油维修费和质保金呢 / 三项合计多少", "40000", id="all of a list and one more"
        ),
        pytest.param("征拆资金多少 / 两县区补贴那笔呢 / 那笔占征拆的几成", "5", id="a measure word behind a name"),
        pytest.param("项目里最小的是哪个 / 次小的呢 / 这两个合计多少元 / 两个差多少", "25000", id="the two added up"),
        pytest.param("园区运行经费实施期总额是多少 / 年度金额乘4对得上吗 / 差多少", "62200", id="the sides of a check"),
        pytest.param(
            "政府采购服务预算多少 / 比货物多多少 / 是工程的几倍", "2.52212", id="what was set against another"
        ),
        pytest.param("政府采购工程预算多少 / 比货物多多少 / 货物占总额百分比", "0.39366", id="its own whole"),
        pytest.param("总支出多少 / 哪个项目花得最多 / 占总数的百分之几", "47.997682", id="the total told before"),
        pytest.param("一般公共预算当年拨款多少 / 政府性基金呢", "210500000", id="this year's as well"),
        pytest.param("今年安排的项目里钱最少的是哪个 / 第二少的呢 / 第三呢", "100000", id="the next place"),
        pytest.param("今年安排的项目里钱最少的是哪个 / 第二少的呢 / 第三呢 / 这三个加起来", "135000", id="three told"),
        pytest.param("张春翔经办几个项目 / 最大的是哪个 / 其他三个合计", "13030000", id="the sum of the others"),
        pytest.param("表6邮电费那行印的是多少 / 能直接用吗 / 那邮电费实际是多少元", "66000", id="a row out of line"),
        pytest.param("表1城乡社区支出多少 / 表5呢，写的多少", "718030000", id="the row in another table"),
        pytest.param("园区保密专项经费实施期总额多少 / 年度数？", "5000", id="one year of several"),
        pytest.param("城乡社区支出总共多少，含结转 / 里头结转的有多少", "20000000", id="a part of all the money"),
        pytest.param("一般公共预算当年拨款多少 / 其中城乡社区支出占比", "73.4432", id="the row's money of that fund"),
        pytest.param("每个泵站管理费封顶多少 / 四个加起来", "2420000", id="as many as there are"),
        pytest.param("其他运转类项目有几个 / 涉及多少钱", "13323200", id="the money beside a number"),
        pytest.param("祭扫补贴小店有几个村 / 清徐呢", "19", id="the counterpart in one sentence, of the same kind"),
        pytest.param("物业水电要保障的人数，小店是多少 / 比清徐多几个", "40", id="the counterpart as the other side"),
        pytest.param("政府采购货物预算多少 / 服务的呢", "63053000", id="the counterpart of what every disclosure has"),
        pytest.param(
            "表12有多少个项目 / 其中列在政府性基金预算的几个 / 这几个合计多少元", "210500000", id="those of them"
        ),
        pytest.param("3年期的项目有几个 / 其中超过1000万的有几个", "5", id="those of them above an amount"),
        pytest.param("党建经费多少 / 和保密经费比多多少 / 是它的几倍", "20", id="the other side said first"),
        pytest.param("泵站一年预算多少 / 三年的呢 / 那平均每年多少", "4000000", id="over the years of the project"),
        pytest.param(
            "How many official vehicles are there? / And how much is budgeted to run them?", "250000", id="them"
        ),
        pytest.param(
            "潇河治理迁坟多少座 / 迁一座给多少 / 起重机那个地方要迁几座 / 两边一共几座",
            "5500",
            id="both, by their unit",
        ),
        pytest.param("执法车几辆 / 占全部公车多少", "70", id="the number that it is a part of"),
        pytest.param("泵站有几个 / 今年给多少钱 / 平均一个站摊多少", "1000000", id="money told after its number"),
        pytest.param("泵站运行管理经费今年多少 / 平均一个泵站多少", "1000000", id="the number that the sheet tells"),
        pytest.param("2023收入总计多少 / 比上年少了多少 / 所以上年是", "2406564500", id="last year"),
        pytest.param("2023收入总计多少 / 比上年少了多少 / 同比增长率", "-46.15", id="the change as a rate"),
        pytest.param("市政设施维护费用三年一共多少 / 一年呢", "9000000", id="one year of three"),
        pytest.param(
            "2023年政府性基金预算当年安排多少 / 连上结转一共多少", "298230000", id="what was carried over too"
        ),
        pytest.param("张春翔经办哪些项目 / 最大的是哪个 / 是泵站的几倍", "12.5", id="of another project"),
        pytest.param("泵站的经办人是谁 / 他还经办了哪些项目 / 连泵站加起来多少", "63030000", id="with the one before"),
        pytest.param("环卫预算比市政设施维护多多少 / 是它的几倍", "5.55", id="what it was compared with"),
        pytest.param("项目期4年的有哪些 / 1年的合计多少钱 / 那3年的有几个", "11", id="another value of the condition"),
        pytest.param("征拆资金今年多少 / 在当年的政府性基金支出里占多少", "95.01", id="the whole said first"),
        pytest.param("政策兑现今年多少 / 三年期总盘子呢", "737208600", id="its whole period, not all there is"),
        pytest.param("本年用政府性基金的项目加起来多少 / 再加专项债资金项目呢", "298230000", id="one more than a set"),
        pytest.param("张春翔手上有几个项目 / 这些统统加一块今年要多少", "63030000", id="all of a set counted"),
        pytest.param("张春翔经办哪些项目 / 今年预算求和多少", "63030000", id="the list, by a word that adds"),
        pytest.param("三公经费里哪块最大 / 接待费占几成", "6.19", id="the whole that the largest is a part of"),
        pytest.param("张春翔经办的项目里最大的是哪个 / 泵站占几成", "6.346", id="the set that one was told of"),
        pytest.param("园区党建经费的成本指标 / 同一张表里实施期资金总额多少", "400000", id="the same sheet"),
        pytest.param("表12中100万元以下的项目 / 去掉最小的，其余合计 / 其余几个平均多少", "210000", id="what was left"),
        pytest.param("项目期为1年的项目个数 / 其中金额较小的一个", "20000000", id="the smaller one"),
        pytest.param(
            "公务用车实有多少辆 / 其中应急保障用车几辆 / 运行维护费平均每辆多少钱",
            "25000",
            id="the whole among its parts",
        ),
        pytest.param(
            "How many vehicles do they have? / How many for emergency support?", "1", id="a part for a purpose"
        ),
        pytest.param("项目期为1年的项目有哪些 / 大的是哪个 / 比另一个多多少", "67730000", id="the other of two"),
        pytest.param("园区临聘人员人数 / 他们归哪个项目出钱，今年这项目总共多少", "13218200", id="its project's money"),
    ],
)
def test_a_later_turn_takes_what_it_leaves_out_from_before(
    sample_assistant: Assistant, dialogue: str, number: str
) -> None:
    answer = last(sample_assistant, dialogue)
    assert answer.value is not None
    assert answer.value.number.startswith(number)


@pytest.mark.parametrize(
    ("dialogue", "labels"),
    [
        pytest.param("内设机构有几个 / 具体是哪些", 9, id="the list that was counted"),
        pytest.param("他们单位有几辆公车 / 具体都是些啥车", 3, id="the kinds that a number is made of"),
        pytest.param("桥梁检测数量是几座 / 具体是哪两座", 2, id="the names in the project's sheet"),
        pytest.param("园区党建经费经办人是谁 / 他还经办哪些项目", 1, id="without the one spoken of"),
        pytest.param("2120399今年本年预算多少 / 含结转呢 / 差的那部分是哪个项目", 1, id="what the difference is for"),
    ],
)
def test_which_they_are(sample_assistant: Assistant, dialogue: str, labels: int) -> None:
    assert len(last(sample_assistant, dialogue).items) == labels


@pytest.mark.parametrize(
    ("dialogue", "text"),
    [
        pytest.param("园区党建经费经办人是谁 / 哪天填报的", "2023-01-16", id="a field of the project"),
        pytest.param("2120802今年多少 / 是什么科目", "土地开发支出", id="the name of a code"),
        pytest.param("2120802今年多少 / 对应哪个项目", "风险评估及测绘服务经费", id="the project of a code"),
        pytest.param("专项债资金项目多少钱 / 列在哪个科目编码", "2290402", id="the code of a project"),
        pytest.param("2120801多少 / 表12里对应哪两个项目", "两县区补贴", id="the projects of a code in a table"),
        pytest.param("一般公共预算比上年减少多少 / 降幅复核下来对不对", "37.45", id="a change worked out anew"),
    ],
)
def test_what_is_told_of_it(sample_assistant: Assistant, dialogue: str, text: str) -> None:
    assert text in last(sample_assistant, dialogue).text


@pytest.mark.parametrize(
    ("dialogue", "verdict"),
    [
        pytest.param("清徐指挥部租的房子多大 / 供暖面积也是这么大吗", False, id="a figure of the same place"),
        pytest.param("小牛线西延的绩效表是几号填的 / 专项债资金项目也是同一天填的吧", True, id="a field"),
        pytest.param("园区保密专项经费的实施期总额平均到4年，每年多少 / 和年度金额一致吗", False, id="its year"),
        pytest.param("监控中心成本上限等于年度预算吗 / 污水处理厂咨询那个项目呢，一致吗", False, id="a finding"),
        pytest.param("2120801多少 / 对应哪几个项目 / 两个项目之和与该科目一致吗", True, id="the sum of its projects"),
    ],
)
def test_the_same_of_something_else_is_confirmed_or_denied(
    sample_assistant: Assistant, dialogue: str, verdict: bool
) -> None:
    assert last(sample_assistant, dialogue).verdict is verdict


@pytest.mark.parametrize(
    "dialogue",
    [
        pytest.param("清徐指挥部电费单价上限多少 / 小店指挥部的电费单价呢", id="another place's figure"),
        pytest.param("政府性基金的项目加起来多少 / 再加上征拆资金一共多少", id="what is in the sum already"),
        pytest.param("公务接待费比上年变化多少 / 公车运行维护费呢 / 这两个一共多少", id="changes for amounts"),
        pytest.param("项目期为3年的项目有哪些 / 较大的那个 / 比另一个多多少", id="another one of many"),
        pytest.param("监控中心今年多少 / 去年呢", id="all of last year's money for one project's"),
        pytest.param("办公设备买几台 / 平均每台多少钱", id="money that is not spent on what was counted"),
    ],
)
def test_what_was_told_of_something_else_is_not_told(sample_assistant: Assistant, dialogue: str) -> None:
    assert last(sample_assistant, dialogue).value is None


def test_nothing_is_added_up_where_nothing_was_told(sample_assistant: Assistant) -> None:
    assert last(sample_assistant, "施工单位是哪两家，各中标多少 / 合计？").status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        pytest.param(("园区党建经费今年多少", "其中一般公共预算多少"), "10.00万元", id="a fund of the project"),
        pytest.param(("园区党建经费今年多少", "其中结转多少"), "没有拆开", id="none of all that is carried over"),
        pytest.param(("金额最大的项目是哪个", "其中政府性基金多少"), "没有拆开", id="none of all that the fund has"),
    ],
)
def test_a_part_of_a_project_is_of_its_own_money(
    sample_assistant: Assistant, turns: tuple[str, ...], said: str
) -> None:
    conversation = sample_assistant.conversation()
    assert said in [conversation.ask(turn) for turn in turns][-1].text
