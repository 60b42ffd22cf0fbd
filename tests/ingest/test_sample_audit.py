"""What the audit finds in the sample document, checked by eye; and that sound tables raise no alarm."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from eval.planting import read_documents
from ingest.facts import DocumentFacts, Finding, Grade, Status
from ingest.tie_outs.auditing import report, summary_of
from ingest.tie_outs.tie_outs import check_document

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval" / "documents" / "000_6a9881425d282efc.txt"
SHARED = ROOT / "../shared/documents"


@cache
def checked(path: Path) -> DocumentFacts:
    return check_document(next(read_documents([path])))


def disagreements(document: DocumentFacts) -> list[Finding]:
    return [finding for finding in document.findings if finding.grade is Grade.DISAGREES]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("repair.shifted_rows", ["基本支出分经济科目表", "错"], id="shifted table"),
        pytest.param("table.repeated", ["10,773.00", "连印两行"], id="subtotal printed twice"),
        pytest.param("table.no_data", ["国有资本经营", "0.00"], id="no data but zeros"),
        pytest.param("sheet.years", ["园区保密专项经费", "2.50万元"], id="5,000 × 4 ≠ 25,000"),
        pytest.param("sheet.years", ["园区运行经费", "5,281.06万元"], id="13,218,200 × 4 ≠ 52,810,600"),
        pytest.param("sheet.cost_caps", ["抢险车运行", "4.00万元", "3.00万元"], id="cost caps above funding"),
        pytest.param("sheet.budget_cap", ["污水处理厂", "≤500万元", "800.00万元"], id="budget cap"),
        pytest.param("sheet.unit_costs", ["道路环卫", "5,000.00万元"], id="sweeping price × area"),
        pytest.param("sheet.unit_costs", ["泵站运行", "403.00万元", "400.00万元"], id="pumps × cost + power"),
        pytest.param("sheet.listed_payments", ["700万元", "450万元", "1600万"], id="700 + 750 + 450 ≠ 1600"),
        pytest.param("sheet.payments_and_funding", ["政策兑现", "24,573.62万元"], id="payments above funding"),
        pytest.param("sheet.payments_and_funding", ["14.8647亿", "60,000.00万元"], id="amount above whole period"),
        pytest.param("sheet.project_name", ["汚/污"], id="a character differs"),
        pytest.param("sheet.lost_amounts", ["征拆资金"], id="lost yearly amounts"),
        pytest.param("sheet.fund_sources", ["省级财政资金为 0", "2000万元"], id="contradicting sources"),
        pytest.param("prose.scope", ["16个", "97708.94万元", "129,531.94万元"], id="scope of 97708.94"),
        pytest.param("assets.office_space", ["0平方米", "5719平米"], id="office space"),
        pytest.param("sheet.frequency", ["外出学习考察", "至少4次"], id="two trips or four"),
        pytest.param("sheet.frequency", ["党员轮训", "3个月1次"], id="every three months or once"),
        pytest.param("sheet.odd_target", ["真武路", "<100%"], id="odd target"),
        pytest.param("sheet.lost_values", ["政策兑现"], id="misplaced indicators"),
    ],
)
def test_the_sample_s_inconsistencies_are_found(rule: str, words: list[str]) -> None:
    told = [finding.summary for finding in disagreements(checked(SAMPLE)) if finding.rule == rule]
    assert any(all(word in summary for word in words) for summary in told), told


def test_the_sample_s_tables_hold_but_for_the_shifted_one() -> None:
    tables = {table.kind: table.ties_out for table in checked(SAMPLE).tables if table.kind != "performance_sheet"}
    assert {kind for kind, ties_out in tables.items() if ties_out is False} == {"basic_expenditure"}
    assert {"balance", "income", "expenditure", "fiscal_balance", "general_public_expenditure"} <= {
        kind for kind, ties_out in tables.items() if ties_out
    }


def test_the_shifted_table_reads_as_its_sums_demand() -> None:
    facts = [fact for fact in checked(SAMPLE).facts if fact.table_kind == "basic_expenditure"]
    mended = {f.row: f.printed for f in facts if f.status is Status.REPAIRED and f.column[-1] == "合计"}
    assert mended == {
        "合计": "57.65",
        "商品和服务支出": "57.15",
        "办公费": "9.35",
        "印刷费": "4.40",
        "邮电费": "6.60",
        "差旅费": "8.80",
        "会议费": "0.80",
        "培训费": "0.55",
        "公务接待费": "1.65",
        "公务用车运行维护费": "25.00",
        "资本性支出": "0.50",
        "办公设备购置": "0.50",
    }
    assert not any(fact.status is Status.OK for fact in facts)
    printed = {f.row: f.printed for f in facts if f.field == "as_printed" and f.column[-1] == "合计"}
    assert printed["办公费"] == "57.15"


def test_the_report_groups_the_findings_and_names_both_places() -> None:
    document = checked(SAMPLE)
    told = report([document])
    assert summary_of(document.findings) in told.text
    assert told.text.index("表格（") < told.text.index("绩效表（") < told.text.index("文字说明（")
    assert "第248–258行" in told.text
    grades = [finding["grade"] for finding in told.data["documents"][0]["findings"]]  # type: ignore[index]
    assert grades == sorted(grades, key=["disagrees", "rounding", "agrees"].index)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "wuxi-xinfang-2025",
        "gz-xinfang-2026",
        "sh-putuo-shangwuwei-2025",
        "quanzhou-gov-office-2026",
        "js-zhengxie-2019",
    ],
)
def test_documents_that_hold_raise_no_alarm(name: str) -> None:
    path = SHARED / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the folder of real documents is not beside the repository")
    document = checked(path)
    assert [finding.summary for finding in disagreements(document)] == []
    assert sum(table.ties_out is True for table in document.tables) >= 6
