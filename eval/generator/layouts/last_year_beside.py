"""Last year's execution beside this year's budget, with changes that may be negative; sheets with scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from eval.generator.balances import balance_sides
from eval.generator.budget import Budget, Item, share
from eval.generator.drawing import Block, Document, Drawing, Line, Look
from eval.generator.explanation import beginning, explanation, terms
from eval.generator.figures import Figure, Style, percent
from eval.generator.rows import Codes, basic, current, economic_rows, functional_rows, project
from eval.generator.sheets import scored_sheet
from eval.generator.tables import Row, table, two_sided
from eval.generator.three_public import Names, one_row_table, three_public_columns

_STYLE = Style("万元", "")
_LABELS = [("功能分类科目", "科目编码"), ("功能分类科目", "科目名称")]


def last_year_beside(budget: Budget, seed: int) -> Document:
    title = f"{budget.department}{budget.year}年部门预算"
    blocks: list[Block] = [Line(title, centred=True), *beginning(budget, f"第一部分 {budget.department}概况")]
    blocks.append(Line(f"第二部分 {budget.year}年部门预算表", heading=1))
    look = Look(department=budget.department, department_label="部门")
    for position, drawn in enumerate(_tables(budget, look), 1):
        blocks.append(replace(drawn, look=replace(drawn.look, number=f"部门公开表{position}")))
    blocks += explanation(budget, f"第三部分 {budget.year}年部门预算情况说明", seed)
    blocks += [scored_sheet(each, budget.department, f"{each.name}绩效目标表") for each in budget.projects]
    blocks += terms("第四部分 名词解释")
    return Document(title, budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    year = budget.year
    yield two_sided("部门收支总表", balance_sides(budget, _STYLE, "预算数"), look)
    yield _spending(budget, "部门支出总表", look)
    yield _compared(budget.general(), "一般公共预算支出表", look)
    yield _economic(budget, "一般公共预算基本支出表", look)
    yield _compared(budget.funds(), "政府性基金预算支出表", look)
    names = Names("合计", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", f"{year}年预算数")
    yield one_row_table("财政拨款预算“三公”经费支出表", three_public_columns(budget, names), _STYLE, look)


def _spending(budget: Budget, title: str, look: Look) -> Drawing:
    columns = [("合计",), ("基本支出",), ("项目支出",), ("上缴上级支出",)]

    def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
        return tuple(map(_STYLE.money, (current(items), basic(items), project(items), 0)))

    rows = functional_rows(budget.items, figures, Codes.ONE)
    labels = [("科目编码",), ("科目名称",)]
    return table(title, labels, columns, [*rows, Row(("合计", ""), figures(budget.items), "合计")], look)


def _compared(budget: Budget, title: str, look: Look) -> Drawing:
    now, before = f"{budget.year}年预算数", f"{budget.year - 1}年执行数"
    change = f"{now}比{before}"
    columns = [
        (before,),
        *((now, name) for name in ("小计", "基本支出", "项目支出")),
        (change, "增减额"),
        (change, "增减(%)"),
    ]
    rows = functional_rows(budget.items, _with_change, Codes.ONE)
    return table(title, _LABELS, columns, [*rows, Row(("合计", ""), _with_change(budget.items), "合计")], look)


def _with_change(items: Sequence[Item]) -> tuple[Figure, ...]:
    money, before = _STYLE.money, sum(item.last_year for item in items)
    change = current(items) - before
    rate = share(abs(change), before) * (1 if change >= 0 else -1)
    return (
        money(before),
        money(current(items)),
        money(basic(items)),
        money(project(items)),
        money(change),
        percent(Decimal(rate)) if change else Figure(""),
    )


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    head = "部门预算支出经济分类科目"
    columns = [(f"{budget.year}年基本支出", name) for name in ("合计", "人员经费", "公用经费")]
    whole = (money(budget.basic), money(budget.people_cost), money(budget.office_cost))
    rows = economic_rows(
        budget,
        lambda amount, people: (money(amount), money(amount if people else 0), money(0 if people else amount)),
        Codes.ONE,
    )
    labels = [(head, "科目编码"), (head, "科目名称")]
    return table(title, labels, columns, [*rows, Row(("合计", ""), whole, "合计")], look)
