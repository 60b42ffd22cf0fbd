"""Codes in brackets before the names, 0.00 for nothing, tables of one amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.generator.balances import balance_sides
from eval.generator.budget import Budget, Item
from eval.generator.drawing import Block, Document, Drawing, Line, Look
from eval.generator.explanation import beginning, explanation, terms
from eval.generator.figures import Figure, Style
from eval.generator.rows import Codes, basic, current, economic_rows, functional_rows, named_row, project
from eval.generator.sheets import scored_sheet
from eval.generator.tables import table, two_sided

_STYLE = Style("万元", "0.00")


def bracketed_codes(budget: Budget, seed: int) -> Document:
    title = f"{budget.year}年{budget.department}部门预算"
    blocks: list[Block] = [Line(title, centred=True), *beginning(budget, f"第一部分 {budget.department}概况")]
    blocks.append(Line(f"第二部分 {budget.year}年部门预算表", heading=1))
    look = Look(department=budget.department, department_label="单位名称", note="注：无。")
    for position, drawn in enumerate(_tables(budget, look), 1):
        blocks.append(replace(drawn, look=replace(drawn.look, number=f"表{position}")))
    blocks += explanation(budget, f"第三部分 {budget.year}年部门预算情况说明", seed)
    blocks += [scored_sheet(each, budget.department, "项目支出绩效目标表") for each in budget.projects]
    blocks += terms("第四部分 名词解释")
    return Document(title, budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    yield two_sided("收支总体情况表", balance_sides(budget, _STYLE, "预算"), look)
    yield _income(budget, look)
    yield _spending(budget, "本年支出总体情况表", "本年支出", look)
    general = "一般公共预算支出情况表（按功能分类科目）"
    yield _spending(budget.general(), general, "一般公共预算支出", look)
    yield _economic(budget, "一般公共预算基本支出情况表（按经济分类科目）", look)
    yield _spending(budget.funds(), "政府性基金预算支出情况表", "政府性基金预算支出", look)
    yield _projects(budget, "部门预算项目支出预算表", look)


def _income(budget: Budget, look: Look) -> Drawing:
    """By department: itself, and the sum over it."""
    money = _STYLE.money
    columns = [
        ("合计",),
        *(("财政拨款收入", name) for name in ("一般公共预算", "政府性基金预算", "国有资本经营预算")),
        ("其他收入",),
    ]
    figures = (
        money(budget.current),
        money(budget.general().current),
        money(budget.funds().current),
        money(0),
        money(0),
    )
    rows = [named_row("合计", *figures), named_row(budget.department, *figures)]
    return table("收入总体情况表", [("单位名称",)], columns, rows, look)


def _spending(budget: Budget, title: str, header: str, look: Look) -> Drawing:
    columns = [(header, name) for name in ("小计", "其中：基本支出", "项目支出")]
    rows = functional_rows(budget.items, _three, Codes.BRACKETS)
    return table(title, [("功能科目名称",)], columns, [named_row("合计", *_three(budget.items)), *rows], look)


def _three(items: Sequence[Item]) -> tuple[Figure, ...]:
    return _STYLE.money(current(items)), _STYLE.money(basic(items)), _STYLE.money(project(items))


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    rows = economic_rows(budget, lambda amount, _: (_STYLE.money(amount),), Codes.BRACKETS)
    whole = named_row("合计", _STYLE.money(budget.basic))
    return table(title, [("部门预算支出经济科目",)], [("预算",)], [whole, *rows], look)


def _projects(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    columns = [("总计",), *(("财政拨款", name) for name in ("一般公共预算", "政府性基金预算")), ("其他资金",)]
    general, funds = budget.general().project, budget.funds().project
    whole = named_row("合计", money(general + funds), money(general), money(funds), money(0))
    rows = [
        named_row(
            each.name,
            money(each.amount),
            money(0 if each.is_fund else each.amount),
            money(each.amount if each.is_fund else 0),
            money(0),
        )
        for each in budget.projects
    ]
    return table(title, [("支出项目类别（资金使用单位）",)], columns, [whole, *rows], look)
