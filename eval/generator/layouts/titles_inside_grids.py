"""Title, office and unit in the grid's own first rows; projects by type; all sheets in one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.generator.balances import balance_sides
from eval.generator.budget import Budget, Item
from eval.generator.drawing import Block, Document, Drawing, Line, Look
from eval.generator.explanation import beginning, explanation, terms
from eval.generator.figures import Figure, Style, words
from eval.generator.rows import Codes, basic, current, economic_rows, functional_rows, project
from eval.generator.sheets import sheets_in_one_grid
from eval.generator.tables import Row, table, two_sided

_STYLE = Style("万元", "0.00")


def titles_inside_grids(budget: Budget, seed: int) -> Document:
    title = f"{budget.department}{budget.year}年度部门预算"
    blocks: list[Block] = [Line(title, centred=True), *beginning(budget, "第一部分 单位概况")]
    blocks.append(Line(f"第二部分 {budget.year}年度部门预算表", heading=1))
    blocks += _tables(budget, Look(department=budget.department, department_label="预算单位", inside=True))
    blocks.append(sheets_in_one_grid(budget, f"{budget.department}{budget.year}年项目支出绩效目标表"))
    blocks += explanation(budget, f"第三部分 {budget.year}年度部门预算情况说明", seed)
    blocks += terms("第四部分 名词解释")
    return Document(title, budget.department, budget.year, tuple(blocks))


def _tables(budget: Budget, look: Look) -> Iterator[Drawing]:
    yield two_sided("收支总表（预算表1）", balance_sides(budget, _STYLE, "本年预算"), look)
    yield _spending(budget, "支出总表（预算表2）", look)
    yield _spending(budget.general(), "本年一般公共预算支出表（预算表3）", look)
    yield _economic(budget, "本年一般公共预算基本支出表（预算表4）", look)
    yield _spending(budget.funds(), "本年政府性基金预算支出表（预算表5）", look)
    yield _projects(budget, "项目支出表（预算表6）", look)


def _spending(budget: Budget, title: str, look: Look) -> Drawing:
    columns = [("合计",), *(("当年预算", name) for name in ("小计", "基本支出", "项目支出"))]

    def figures(items: Sequence[Item]) -> tuple[Figure, ...]:
        amounts = (current(items), current(items), basic(items), project(items))
        return tuple(map(_STYLE.money, amounts))

    rows = functional_rows(budget.items, figures, Codes.ONE)
    labels = [("科目编码",), ("功能分类科目名称",)]
    return table(title, labels, columns, [Row(("总计：", ""), figures(budget.items)), *rows], look)


def _economic(budget: Budget, title: str, look: Look) -> Drawing:
    money = _STYLE.money
    columns = [("合计",), *(("当年预算", name) for name in ("小计", "人员经费", "公用经费"))]

    def figures(amount: int, people: int, office: int) -> tuple[Figure, ...]:
        return money(amount), money(amount), money(people), money(office)

    rows = economic_rows(
        budget,
        lambda amount, people: figures(amount, amount if people else 0, 0 if people else amount),
        Codes.ONE,
    )
    labels = [("科目编码",), ("支出经济分类科目名称",)]
    whole = Row(("合计", ""), figures(budget.basic, budget.people_cost, budget.office_cost), "合计")
    return table(title, labels, columns, [whole, *rows], look)


def _projects(budget: Budget, title: str, look: Look) -> Drawing:
    """A type above its projects, which stand in a column of their own with the office that runs them."""
    money, kind = _STYLE.money, "特定目标类项目"
    labels = [("类型",), ("项目名称",)]
    columns = [
        ("项目单位",),
        ("合计",),
        ("本年财政拨款", "一般公共预算"),
        ("本年财政拨款", "政府性基金预算"),
        ("单位资金",),
    ]
    general, funds = budget.general().project, budget.funds().project
    whole = (Figure(""), money(general + funds), money(general), money(funds), money(0))
    rows = [Row((kind, ""), whole, kind)]
    for each in budget.projects:
        amounts = (each.amount, 0 if each.is_fund else each.amount, each.amount if each.is_fund else 0, 0)
        figures = (words(budget.department), *map(money, amounts))
        rows.append(Row(("", each.name), figures, each.name, path=(kind,)))
    return table(title, labels, columns, rows, look)
