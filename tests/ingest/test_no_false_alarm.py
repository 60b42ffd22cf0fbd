"""Pages that hold, read whole: odd layouts that must raise no alarm, each named after what is odd in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.facts import Grade, Status
from ingest.pipeline import file_to_facts

HEAD = "某某市水利局2026年部门预算\n"

PAGES = {
    "parts_of_project_spending_beside_its_total": HEAD
    + """一般公共预算支出表
单位：万元
科目编码	科目名称	预算数
		合计	基本支出	项目支出
			小计	人员经费	公用经费	项目支出总数	扣除基建项目后预算数
合计		30.00	20.00	15.00	5.00	10.00	10.00
2130301	行政运行	20.00	20.00	15.00	5.00
2130304	水利行业业务管理	10.00				10.00	10.00
""",
    "rounded_projects_below_offices": HEAD
    + """项目支出预算表
单位：万元
项目名称	总计	一般公共预算	其他资金
合计	100.01	90.01	10.00
某某市水利局	60.01	55.01	5.00
堤防维护	30.00	30.00
河道清淤	30.00	25.00	5.00
某某市水文中心	40.00	35.00	5.00
测站运行	20.00	20.00
水质监测	20.00	15.00	5.00
""",
    "section_and_item_of_one_name_and_code": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		30.00	20.00	10.00
213	农林水支出	20.00	20.00
21303	水利	20.00	20.00
2130301	行政运行	20.00	20.00
219	援助其他地区支出	10.00		10.00
21999	其他支出	10.00		10.00
21999	其他支出	10.00		10.00
""",
    "purchases_alike_on_two_lines": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
2130304	水利行业业务管理	40.00		40.00

政府购买服务预算表
单位：万元
购买服务项目	指导性目录	金额
合计		40.00
咨询	行业咨询服务	20.00
咨询	行业咨询服务	20.00
""",
    "meetings_beside_three_public": """<h1>某某市水利局2026年部门预算</h1><p>“三公”经费及会议费、培训费支出预算表</p><p>单位：万元</p>
<table><tr><td rowspan=4>单位名称</td><td colspan=9>2026年</td></tr>
<tr><td rowspan=3>合计</td><td colspan=6>一般公共预算安排的“三公”经费</td><td rowspan=3>会议费</td><td rowspan=3>培训费</td></tr>
<tr><td rowspan=2>小计</td><td rowspan=2>因公出国（境）费</td><td rowspan=2>公务接待费</td><td colspan=3>公务用车购置及运行费</td></tr>
<tr><td>小计</td><td>公务用车购置费</td><td>公务用车运行费</td></tr>
<tr><td>某某市水利局</td><td>20.00</td><td>9.00</td><td>0.00</td><td>1.00</td><td>8.00</td><td>0.00</td><td>8.00</td><td>5.00</td><td>6.00</td></tr>
</table>""",
    "carried_over_column_within_the_total": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
213	农林水支出	30.00	10.00	20.00
2130301	行政运行	10.00	10.00
2130304	水利行业业务管理	20.00		20.00
合计		30.00	10.00	20.00

项目支出总表
单位：万元
项目名称	总计	一般公共预算拨款	上年结转
合计	20.00	15.00	5.00
堤防维护	20.00	15.00	5.00
""",
    "note_that_tells_what_blanks_would_mean": HEAD
    + """“三公”经费支出表
单位：万元
项目	预算数
合计	8.00
公务接待费	1.00
公务用车购置及运行费	7.00
注：此表如无数字则表示单位无该项支出。
""",
    "carried_over_fund_on_the_income_side": HEAD
    + """财政拨款收支总表
单位：万元
收入	预算数	支出	预算数
一、一般公共预算资金	25.00	一、农林水支出	30.00
本年收入合计	25.00	本年支出合计	30.00
上年结转结余	5.00
一、一般公共预算拨款	5.00
收入总计	30.00	支出总计	30.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		30.00	10.00	20.00
2130301	行政运行	10.00	10.00
2130304	水利行业业务管理	20.00		20.00
""",
}

PROSE = {
    "name_with_a_comparing_word": "1.发展与改革事务（款）战略规划与实施（项）支出200.00万元，与上年相比减少50.00万元，减少20.00%。",
    "share_cut_off": "收入预算300.00万元，其中：财政拨款收入200.00万元，占66.6%；其他收入100.00万元，占33.4%。",
    "shares_of_a_sum_that_is_not_printed": "2026年收入预算1000.00万元，含上年结转100.00万元。"
    "事业收入360.00万元，占本年收入40.00%。其他收入540.00万元，占本年收入60.00%。",
    "share_of_another_clause": "授予小微企业合同金额100.00万元，占授予中小企业合同金额的50.00%；货物采购占货物支出金额的9.16%。",
    "parts_of_a_numbered_item": "5.综合管理300.00万元，主要包括：水资源调查20.00万元，行政运行85.04万元。",
    "list_inside_a_complete_list": "政府采购预算947.00万元：货物47.00万元、工程0.00万元、服务900.00万元；"
    "其中一般公共预算拨款采购0.00万元：货物0.00万元、工程0.00万元、服务0.00万元。",
    "amount_cut_off_behind_the_point": "2026年一般公共预算支出30.99万元。",
}


def _alarms(text: str, folder: Path) -> list[str]:
    path = folder / ("某某市水利局.html" if text.startswith("<") else "某某市水利局.txt")
    path.write_text(text, encoding="utf-8")
    read = file_to_facts(path)
    doubtful = [f"{fact.row} {fact.printed}" for fact in read.facts if fact.status is Status.DOUBTFUL]
    return [finding.summary for finding in read.findings if finding.grade is Grade.DISAGREES] + doubtful


@pytest.mark.parametrize("name", PAGES)
def test_page_that_holds(name: str, tmp_path: Path) -> None:
    assert _alarms(PAGES[name], tmp_path) == []


@pytest.mark.parametrize("name", PROSE)
def test_sentence_that_holds(name: str, tmp_path: Path) -> None:
    table = """一般公共预算支出表
单位：元
科目编码	科目名称	合计	基本支出	项目支出
合计		309987.00	109987.00	200000.00
2130301	行政运行	109987.00	109987.00
2130304	水利行业业务管理	200000.00		200000.00

一、部门预算情况说明
"""
    assert _alarms(HEAD + table + PROSE[name] + "\n", tmp_path) == []


def test_same_page_with_a_broken_total_is_told(tmp_path: Path) -> None:
    broken = PAGES["rounded_projects_below_offices"].replace("100.01	90.01", "101.01	90.01")
    assert any("合计" in alarm for alarm in _alarms(broken, tmp_path))
