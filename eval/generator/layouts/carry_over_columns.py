"""In 万元, this year's money beside the carry-over, projects in tables of their own, sheets of two periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.generator.balances import balance_by_fund, balance_with_vintages
from eval.generator.budget import Amount, Budget
from eval.generator.drawing import Block, Document, Drawing, Line, Look
from eval.generator.explanation import beginning, explanation, terms
from eval.generator.figures import Figure, Style
from eval.generator.rows import Codes, basic, carried, current, economic_rows, functional_rows, named_row, project
from eval.generator.sheets import two_period_sheet
from eval.generator.tables import Row, table, two_sided
from eval.generator.words import words

_STYLE = Style("万元", "")
_CODED = [("项目", "科目编码"), ("项目", "科目名称")]
_GOALS = "绩效目标情况"
_FUNDS = ["一般公共预算", "政府性基金预算", "国有资本经营预算"]


def carry_over_columns(budget: Budget, seed: int) -> Document:
    title = f"{budget.year}年度部门预算公开"
    blocks: list[Block] = [Line(budget.department, centred=True), Line(title, centred=True)]
    blocks += beginning(budget, "第一部分 概况")
    blocks.append(Line(f"第二部分 {budget.year}年部门预算报表", heading=1))
    look = Look(department=budget.department)
    for position, drawn in enumerate(_tables(budget, look), 1):
        blocks.append(replace(drawn, look=replace(drawn.look, number=f"预算公开表{position}")))
    blocks += explanation(budget, f"第三部分 {budget.year}年度部门预算情况说明", seed)
    blocks.append(Line(f"七、{_GOALS}", heading=2))
    blocks += [two_period_sheet(each, budget.department, _GOALS) for each in budget.projects]
    blocks += terms("第四部分 名词解释")
    return Document(f"{budget.department}{title}", budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    year = budget.year
    yield two_sided(f"{year}年预算收支总表", balance_with_vintages(budget, _STYLE), look)
    yield _income(budget, look)
    yield _spending(budget, f"{year}年预算支出总表", look, with_carried=True)
    yield two_sided(f"{year}年财政拨款收支总表", balance_by_fund(budget, _STYLE), look)
    general = f"{year}年一般公共预算支出预算表（不含上年结转）"
    yield _spending(budget.general(), general, look, with_carried=False)
    yield _economic(budget, f"{year}年一般公共预算安排基本支出分经济科目表（不含上年结转）", look)
    funds = f"{year}年政府性基金预算支出预算表（不含上年结转）"
    yield _spending(budget.funds(), funds, look, with_carried=False)
    yield _three_public(budget, f"{year}年一般公共预算“三公”经费支出预算表", look)
    this_year = [(each.name, each.amount, each.is_fund) for each in budget.projects]
    yield _projects(budget, this_year, f"{year}年项目支出预算表（本年预算）", look)
    carried_over = [(each.name, each.carried_over, each.is_fund) for each in budget.projects if each.carried_over]
    if carried_over:
        yield _projects(budget, carried_over, f"{year}年项目支出预算表（上年结转）", look)


def _three_public(budget: Budget, title: str, look: Look) -> Drawing:
    """A row for each kind, the vehicles' two parts marked below their sum."""
    public, money = budget.three_public, _STYLE.money
    rows = [
        named_row("因公出国（境）费", *_in_general(money(public.abroad))),
        named_row("公务接待费", *_in_general(money(public.reception))),
        named_row("公务用车购置及运行费", *_in_general(money(public.vehicles))),
        *(
            Row((mark + name,), _in_general(money(amount)), mark + name, path=("公务用车购置及运行费",))
            for mark, name, amount in (
                ("①", "公务用车购置费", public.purchase),
                ("②", "公务用车运行维护费", public.running),
            )
        ),
        named_row("合计", *_in_general(money(public.total))),
    ]
    columns = [(f"{budget.year}年预算数", name) for name in ("合计", *_FUNDS)]
    return table(title, [("项目",)], columns, rows, look)


def _in_general(figure: Figure) -> tuple[Figure, ...]:
    return figure, figure, _STYLE.money(0), _STYLE.money(0)


def _income(budget: Budget, look: Look) -> Drawing:
    money = _STYLE.money
    columns = [*(("本年收入", name) for name in ("合计", "一般公共预算", "政府性基金")), ("上年结转",)]
    whole = (money(budget.current), money(budget.general().current), money(budget.funds().current))
    total = Row(("", "合计"), (*whole, money(budget.carried_over)), "合计")
    rows = functional_rows(
        budget.items,
        lambda items: (
            money(current(items)),
            money(sum(item.current for item in items if not item.is_fund)),
            money(sum(item.current for item in items if item.is_fund)),
            money(carried(items)),
        ),
        Codes.ONE,
    )
    return table(f"{budget.year}年预算收入总表", _CODED, columns, [total, *rows], look)


def _spending(budget: Budget, title: str, look: Look, with_carried: bool) -> Drawing:
    money = _STYLE.money
    columns = [(f"{budget.year}年预算数", name) for name in ("合计", "基本支出", "项目支出")]
    extra = budget.carried_over if with_carried else 0
    total = (money(budget.current + extra), money(budget.basic), money(budget.project + extra))
    rows = functional_rows(
        budget.items,
        lambda items: (
            money(current(items) + (carried(items) if with_carried else 0)),
            money(basic(items)),
            money(project(items) + (carried(items) if with_carried else 0)),
        ),
        Codes.ONE,
    )
    return table(title, _CODED, columns, [Row(("", "合计"), total, "合计"), *rows], look)


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    """Without codes: the department's item beside the government's category."""
    money = _STYLE.money
    columns = [(f"{budget.year}年预算数", name) for name in ("合计", "人员经费", "公用经费")]
    labels = [("部门预算支出经济科目名称",), ("政府预算支出经济科目名称",)]
    figures = economic_rows(budget, lambda amount, people: (
        money(amount), money(amount if people else 0), money(0 if people else amount)
    ), Codes.ONE)  # fmt: skip
    rows = [
        Row(
            (row.label, words().government_categories[row.code[:3]][1] if row.path else ""),
            row.figures,
            row.label,
            path=row.path,
        )
        for row in figures
    ]
    return table(title, labels, columns, rows, look)


def _projects(budget: Budget, projects: Sequence[tuple[str, Amount, bool]], title: str, look: Look) -> Drawing:
    """With a row of column numbers below the header."""
    money = _STYLE.money
    appropriation = f"{budget.year}年财政拨款"
    columns = [("合计",), *((appropriation, name) for name in _FUNDS), ("财政专户管理资金",), ("单位资金",)]
    numbers = Row(("1",), tuple(Figure("") for _ in columns))
    rows = [
        named_row(
            name,
            money(amount),
            money(0 if is_fund else amount),
            money(amount if is_fund else 0),
            *(money(0) for _ in range(3)),
        )
        for name, amount, is_fund in projects
    ]
    drawn = table(title, [("项目名称",)], columns, [numbers, *rows], look)
    numbered = tuple(replace(cell, text=str(place)) for place, cell in enumerate(drawn.rows[2], 1) if cell)
    return replace(drawn, rows=(*drawn.rows[:2], numbered, *drawn.rows[3:]))
