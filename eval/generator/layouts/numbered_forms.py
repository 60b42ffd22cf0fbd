"""Forms numbered 公开01表 onwards; meetings and training beside the three public expenses."""

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
from eval.generator.tables import Row, table, two_sided
from eval.generator.three_public import Column, Names, one_row_table, three_public_columns

_STYLE = Style("万元", "")
_LABELS = [("科目编码",), ("科目名称",)]
_MEETINGS, _TRAINING = "30215", "30216"


def numbered_forms(budget: Budget, seed: int) -> Document:
    title = f"{budget.department}{budget.year}年度部门预算"
    blocks: list[Block] = [Line(title, centred=True), *beginning(budget, "第一部分 部门概况")]
    blocks.append(Line(f"第二部分 {budget.year}年度部门预算表", heading=1))
    look = Look(department=budget.department, department_label="部门")
    for position, drawn in enumerate(_tables(budget, look), 1):
        blocks.append(replace(drawn, look=replace(drawn.look, number=f"公开{position:02}表")))
    blocks += explanation(budget, f"第三部分 {budget.year}年度部门预算情况说明", seed)
    blocks += [scored_sheet(each, budget.department, "项目支出绩效目标表") for each in budget.projects]
    blocks += terms("第四部分 名词解释")
    return Document(title, budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    yield two_sided("收支总表", balance_sides(budget, _STYLE, "预算数"), look)
    yield _spending(budget, "支出总表", look)
    yield _by_kind(budget.general(), "一般公共预算支出表", look)
    yield _economic(budget, "一般公共预算基本支出表", look)
    names = Names("“三公”经费合计", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费")
    costs = {code: amount for code, _, amount in budget.operating}
    columns = [
        *three_public_columns(budget, names),
        Column(("会议费",), costs[_MEETINGS], "会议费"),
        Column(("培训费",), costs[_TRAINING], "培训费"),
    ]
    title = "一般公共预算“三公”经费、会议费、培训费支出表"
    yield one_row_table(title, columns, Style("万元", "0.00"), look)
    yield _spending(budget.funds(), "政府性基金预算支出表", look)
    yield _procurement(budget, "政府采购支出表", look)


def _spending(budget: Budget, title: str, look: Look) -> Drawing:
    columns = [("合计",), ("基本支出",), ("项目支出",), ("事业单位经营支出",)]

    def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
        amounts = (current(items), basic(items), project(items), 0)
        return tuple(map(_STYLE.money, amounts))

    rows = functional_rows(budget.items, figures, Codes.ONE)
    return table(title, _LABELS, columns, [Row(("合计", ""), figures(budget.items), "合计"), *rows], look)


def _by_kind(budget: Budget, title: str, look: Look) -> Drawing:
    """Basic expenditure split into people and office, shared out over the items in the order of their size."""
    columns = [("合计",), *(("基本支出", name) for name in ("小计", "人员经费", "公用经费")), ("项目支出",)]
    largest = max(budget.items, key=lambda item: item.basic)

    def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
        office = budget.office_cost if largest in items else 0
        amounts = (current(items), basic(items), basic(items) - office, office, project(items))
        return tuple(map(_STYLE.money, amounts))

    rows = functional_rows(budget.items, figures, Codes.ONE)
    return table(title, _LABELS, columns, [Row(("合计", ""), figures(budget.items), "合计"), *rows], look)


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    head = "部门预算支出经济分类科目"
    columns = [("本年一般公共预算基本支出", name) for name in ("合计", "人员经费", "公用经费")]
    whole = (money(budget.basic), money(budget.people_cost), money(budget.office_cost))
    rows = economic_rows(
        budget,
        lambda amount, people: (money(amount), money(amount if people else 0), money(0 if people else amount)),
        Codes.ONE,
    )
    labels = [(head, "科目编码"), (head, "科目名称")]
    return table(title, labels, columns, [Row(("合计", ""), whole, "合计"), *rows], look)


def _procurement(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    goods, engineering, services = budget.procurement
    rows = [
        named_row("合计", money(goods + engineering + services)),
        *(
            named_row(*pair)
            for pair in (("货物", money(goods)), ("工程", money(engineering)), ("服务", money(services)))
        ),
    ]
    return table(title, [("采购品目大类",)], [("总计",)], rows, look)
