"""In 元, codes split over columns for class, section and item, one table and the words in 万元."""

from __future__ import annotations

from collections.abc import Iterator

from eval.generator.balances import balance_sides
from eval.generator.budget import Budget
from eval.generator.drawing import Block, Document, Drawing, Line, Look
from eval.generator.explanation import beginning, explanation, terms
from eval.generator.figures import Style
from eval.generator.rows import Codes, basic, current, economic_rows, functional_rows, project
from eval.generator.sheets import scored_sheet
from eval.generator.tables import Row, table, two_sided
from eval.generator.three_public import Column, Names, one_row_table, three_public_columns

_STYLE = Style("元", "")
_CODES = ("项目", "功能分类科目编码")
_LABELS = [(*_CODES, "类"), (*_CODES, "款"), (*_CODES, "项"), ("项目", "功能分类科目名称")]


def codes_in_three_columns(budget: Budget, seed: int) -> Document:
    title = f"{budget.department}{budget.year}年部门预算"
    blocks: list[Block] = [Line(title, centred=True), *beginning(budget, "第一部分 部门概况")]
    blocks.append(Line(f"第二部分 {budget.year}年部门预算表", heading=1))
    blocks += _tables(budget, Look(unit="元", department=budget.department, department_label="编制部门"))
    blocks += explanation(budget, f"第三部分 {budget.year}年部门预算情况说明", seed)
    blocks += [scored_sheet(each, budget.department, f"{budget.year}年项目支出绩效目标表") for each in budget.projects]
    blocks += terms("第四部分 名词解释")
    return Document(title, budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    year = budget.year
    yield two_sided(f"{year}年部门财务收支预算总表", balance_sides(budget, _STYLE, "预算数"), look)
    yield _income(budget, f"{year}年部门收入预算总表", look)
    yield _spending(budget, f"{year}年部门支出预算总表", "支出预算", look)
    general = f"{year}年部门一般公共预算支出功能分类预算表"
    yield _spending(budget.general(), general, "一般公共预算支出", look)
    yield _spending(budget.funds(), f"{year}年部门政府性基金预算支出功能分类预算表", "政府性基金预算支出", look)
    yield _economic(budget, f"{year}年部门一般公共预算基本支出部门预算经济分类预算表", look)
    yield _three_public(budget, f"{year}年部门“三公”经费和机关运行经费预算表", look)


def _income(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    columns = [("收入预算", name) for name in ("合计", "财政拨款收入", "事业收入", "其他收入")]
    whole = (money(budget.current), money(budget.current), money(0), money(0))
    rows = functional_rows(
        budget.items,
        lambda items: (money(current(items)), money(current(items)), money(0), money(0)),
        Codes.SPLIT,
    )
    return table(title, _LABELS, columns, [*rows, Row(("", "", "", "合计"), whole, "合计")], look)


def _spending(budget: Budget, title: str, header: str, look: Look) -> Drawing:
    money = _STYLE.money
    columns = [(header, name) for name in ("合计", "基本支出", "项目支出")]
    whole = (money(budget.current), money(budget.basic), money(budget.project))
    rows = functional_rows(
        budget.items,
        lambda items: (money(current(items)), money(basic(items)), money(project(items))),
        Codes.SPLIT,
    )
    return table(title, _LABELS, columns, [*rows, Row(("", "", "", "合计"), whole, "合计")], look)


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    codes = ("项目", "部门预算经济分类科目编码")
    labels = [(*codes, "类"), (*codes, "款"), ("项目", "经济分类科目名称")]
    columns = [("一般公共预算基本支出", name) for name in ("合计", "人员经费", "公用经费")]
    whole = (money(budget.basic), money(budget.people_cost), money(budget.office_cost))
    rows = economic_rows(
        budget,
        lambda amount, people: (money(amount), money(amount if people else 0), money(0 if people else amount)),
        Codes.SPLIT,
    )
    return table(title, labels, columns, [*rows, Row(("", "", "合计"), whole, "合计")], look)


def _three_public(budget: Budget, title: str, look: Look) -> Drawing:
    """In 万元, beside what the office itself costs."""
    names = Names("合计", "公务用车购置及运行费", "购置费", "运行费", "“三公”经费预算数", group_is_label=True)
    operating = Column(("机关运行经费预算数",), budget.office_cost, "机关运行经费预算数")
    return one_row_table(title, [*three_public_columns(budget, names), operating], Style("万元", ""), look)
