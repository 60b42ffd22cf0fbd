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
    "projects_called_by_a_number_or_a_code": HEAD
    + """项目支出预算表
单位：万元
项目名称	总计	一般公共预算
合计	107.00	107.00
某某市防汛抗旱中心	7.00	7.00
　　防汛物资	4.00	4.00
　　防汛演练	3.00	3.00
某某市水利局	60.00	60.00
　　堤防维护	30.00	30.00
　　12345热线服务	20.00	20.00
　　JD008	10.00	10.00
某某市水文中心	40.00	40.00
　　测站运行	25.00	25.00
　　水文数据中心	15.00	15.00
""",
    "class_of_projects_below_one_of_its_name": HEAD
    + """一般公共预算项目支出预算表
单位：万元
项目名称	金额
合计	100.00
专用项目	100.00
专用项目	60.00
堤防维护	40.00
河道清淤	20.00
水文事务	40.00
测站运行	40.00
""",
    "projects_alike_below_an_office": HEAD
    + """一般公共预算项目支出预算表
单位：万元
项目名称	金额
合计	50.00
某某市水利局	30.00
堤防维护	10.00
河道清淤	10.00
水库管理	10.00
某某市水文中心	20.00
测站运行	5.00
水质监测	5.00
水文数据中心	10.00
""",
    "business_spending_within_the_others": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	支出总计	基本支出	项目支出	事业单位经营支出
213	农林水支出	60.00	20.00	40.00	15.00
21303	水利	60.00	20.00	40.00	15.00
2130301	行政运行	20.00	20.00		
2130304	水利行业业务管理	25.00		25.00	
2130305	水利工程建设	15.00		15.00	15.00
221	住房保障支出	9.00	9.00		
22102	住房改革支出	9.00	9.00		
2210201	住房公积金	9.00	9.00		
""",
    "section_without_items": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		90.00	30.00	60.00
213	农林水支出	20.00	20.00	
21303	水利	20.00	20.00	
2130301	行政运行	20.00	20.00	
219	援助其他地区支出	60.00		60.00
21999	其他支出	60.00		60.00
221	住房保障支出	10.00	10.00	
22102	住房改革支出	10.00	10.00	
2210201	住房公积金	10.00	10.00	
""",
    "basic_expenditure_of_all_money": HEAD
    + """支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		50.00	30.00	20.00
2130301	行政运行	30.00	30.00	
2130304	水利行业业务管理	20.00		20.00

基本支出总表
单位：万元
支出项目类别	总计	一般公共预算拨款	其他资金
合计	30.00	22.00	8.00
工资福利支出	25.00	20.00	5.00
商品和服务支出	5.00	2.00	3.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		42.00	22.00	20.00
2130301	行政运行	22.00	22.00	
2130304	水利行业业务管理	20.00		20.00
""",
    "explanation_of_what_several_offices_print": HEAD
    + """基本支出总表
单位：万元
支出项目类别	总计	一般公共预算拨款
某某市水利局	50.00	50.00
　某某市水利局（本级）	30.00	30.00
　　商品和服务支出	30.00	30.00
　　　公务接待费	10.00	10.00
　　　办公费	20.00	20.00
　某某市水文中心	20.00	20.00
　　商品和服务支出	20.00	20.00
　　　公务接待费	5.00	5.00
　　　办公费	15.00	15.00

一、部门预算情况说明
公务接待费2026年预算数15.00万元，用于接待。
""",
    "explanation_of_more_than_basic_expenditure": HEAD
    + """一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
合计		9.00
302	商品和服务支出	9.00
30201	办公费	8.00
30216	培训费	1.00

一、其他事项说明
2026年各单位培训费预算39.00万元。
""",
    "total_with_a_list_mark_above_its_parts": HEAD
    + """“三公”经费和机关运行经费情况表
单位：万元
项目	行次	预算数	决算统计数
一、“三公”经费支出	1	—	—
（一）支出合计	2	12.00	10.50
1．因公出国（境）费	3	0.00	0.00
2．公务用车购置及运行维护费	4	8.00	7.50
（1）公务用车购置费	5	0.00	0.00
（2）公务用车运行维护费	6	8.00	7.50
3．公务接待费	7	4.00	3.00
（1）国内接待费	8	—	3.00
（2）国（境）外接待费	9	—	0.00
（二）相关统计数	10	—	—
1．公务用车保有量（辆）	11	—	3
2．国内公务接待批次（个）	12	—	40
二、机关运行经费	13	—	80.00
（一）行政单位	14	—	80.00
（二）参照公务员法管理事业单位	15	—	0.00
""",
    "total_of_both_sides": HEAD
    + """一般公共预算基本支出表
单位：万元
人员经费			公用经费
科目编码	科目名称	金额	科目编码	科目名称	金额
301	工资福利支出	200.00	302	商品和服务支出	80.00
30101	基本工资	200.00	30201	办公费	80.00
303	对个人和家庭的补助	12.00	310	资本性支出	8.00
30302	退休费	12.00	31002	办公设备购置	8.00
人员经费合计		212.00	公用经费合计		88.00
				合计	300.00
""",
    "operating_expenses_of_some_offices": HEAD
    + """一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计	人员经费	公用经费
合计		130.00	100.00	30.00
301	工资福利支出	100.00	100.00
30101	基本工资	100.00	100.00
302	商品和服务支出	30.00		30.00
30201	办公费	20.00		20.00
30217	公务接待费	10.00		10.00

一、机关运行经费安排情况
2026年机关运行经费预算19.00万元，其中：办公费15.00万元，公务接待费4.50万元。
""",
    "totals_of_two_tables_rounded_apart": HEAD
    + """一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		130.01	110.01	20.00
2130301	行政运行	130.01	110.01	20.00

一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
合计		110.02
301	工资福利支出	110.02
30101	基本工资	55.01
30102	津贴补贴	55.01
""",
    "projects_paid_from_other_money_too": HEAD
    + """收支总表
单位：万元
收入项目	预算数	支出项目	预算数
一般公共预算拨款收入	80.00	农林水支出	90.00
其他收入	10.00
收入总计	90.00	支出总计	90.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		80.00	60.00	20.00
2130301	行政运行	80.00	60.00	20.00

项目支出表
单位：万元
项目名称	金额
合计	30.00
堤防维护	20.00
水质监测	10.00

一、部门预算情况说明
（一）农林水支出（类）情况说明
1.行政运行（项）支出80.00万元。支出合计80.00万元。
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
    "brackets_within_a_complete_list": "2026年“三公”经费300.00万元，其中：因公出国（境）费80.00万元；"
    "公务用车购置及运行维护费200.00万元（公务用车购置费40.00万元；公务用车运行维护费160.00万元）；公务接待费20.00万元。",
    "reasons_that_name_what_is_listed": "2026年“三公”经费300.00万元，原因是压减公务用车费和公务接待费。其中：因公出国（境）费80.00万元；"
    "公务用车购置及运行维护费200.00万元（公务用车购置费200.00万元。）比上年持平。\n公务接待费20.00万元。",
    "budget_that_was_not_kept": "“三公”经费支出0.16万元，完成预算0.00万元的0%，其中：因公出国（境）费支出0.00万元，"
    "公务用车费支出0.00万元，公务接待费支出0.16万元，完成预算0.00万元的0%。",
    "change_told_after_a_list": "收入预算1000.00万元，其中一般公共预算拨款600.00万元、其他收入100.00万元、上年结转300.00万元，"
    "较上年减少129.00万元，下降11.43%。",
    "increase_from_nothing": "公务用车运行费1114.17万元，比上年减少30.00万元，下降2.62%；"
    "公务用车购置费221.04万元，比上年增加221.04万元，增长100%。",
    "list_of_income_before_a_list_of_expenditure": "收支总预算500.00万元。收入包括：一般公共预算拨款收入300.00万元、"
    "政府性基金拨款收入200.00万元；支出包括：农林水支出400.00万元、住房保障支出60.00万元、其他支出40.00万元。",
    "amounts_in_the_reasons_of_a_list": "政府采购300.00万元。其中：货物100.00万元；工程100.00万元；服务100.00万元，"
    "主要原因是新增信息化建设1000.00万元、压减物业190.00万元。",
    "subject_that_begins_with_its_change": "收支总计比上年增加，主要是增加基本支出20.00万元，减少项目支出5.00万元。",
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


def test_the_change_of_a_list_together_holds(tmp_path: Path) -> None:
    sentence = "本年拨款400.00万元、实户资金50.00万元、其他收入50.00万元，较上年增加100.00万元，增长25.00%。"
    path = tmp_path / "某某市水利局.txt"
    path.write_text(
        f"{HEAD}{PAGES['total_of_both_sides'].removeprefix(HEAD)}\n一、情况说明\n{sentence}\n", encoding="utf-8"
    )
    changes = [finding.grade for finding in file_to_facts(path).findings if finding.rule == "prose.change"]
    assert changes == [Grade.AGREES]


def test_same_page_with_a_broken_total_is_told(tmp_path: Path) -> None:
    broken = PAGES["rounded_projects_below_offices"].replace("100.01	90.01", "101.01	90.01")
    assert any("合计" in alarm for alarm in _alarms(broken, tmp_path))


def test_lines_that_one_table_lost_are_told(tmp_path: Path) -> None:
    table = PAGES["section_without_items"].removeprefix(HEAD)
    whole = table.replace("支出总表", "一般公共预算支出表").replace(
        "221	住房", "2199901	援助支出	60.00		60.00\n221	住房"
    )
    assert any("没有下级行" in alarm for alarm in _alarms(f"{HEAD}{table}\n{whole}", tmp_path))


def test_less_than_the_basic_expenditure_is_told(tmp_path: Path) -> None:
    page = PAGES["explanation_of_more_than_basic_expenditure"].replace("39.00", "0.50")
    assert any("培训费" in alarm for alarm in _alarms(page, tmp_path))
