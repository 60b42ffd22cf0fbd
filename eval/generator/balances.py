"""The balance tables: all money beside what it is spent on."""

from __future__ import annotations

from collections.abc import Iterator

from eval.generator.budget import Budget
from eval.generator.figures import Figure, Style
from eval.generator.rows import carried, class_rows, current, named_row
from eval.generator.tables import Row, Side

_NO_SOURCES = ("三、国有资本经营预算{}", "四、财政专户管理资金{}", "五、单位资金{}")


def income_rows(budget: Budget, style: Style, suffix: str = "") -> Iterator[Row]:
    """The sources of this year's money, and those that the department has none of."""
    yield named_row(f"一、一般公共预算{suffix}", style.money(budget.general().current))
    yield named_row(f"二、政府性基金预算{suffix}", style.money(budget.funds().current))
    for label in _NO_SOURCES:
        yield named_row(label.format(suffix), style.money(0))


def balance_sides(budget: Budget, style: Style, column: str) -> tuple[Side, Side]:
    """Income and expenditure with one column each; classes include the carry-over, as the totals do."""
    classes = list(class_rows(budget, lambda items: (style.money(current(items) + carried(items)),)))
    income = _filled(list(income_rows(budget, style)), len(classes), 1)
    money = style.money
    return (
        Side("收入", "项目", (column,), (
            *income,
            named_row("本年收入合计", money(budget.current)),
            named_row("上年结转", money(budget.carried_over)),
            named_row("收入总计", money(budget.total)),
        )),
        Side("支出", "项目", (column,), (
            *classes,
            named_row("本年支出合计", money(budget.total)),
            named_row("年终结转", money(0)),
            named_row("支出总计", money(budget.total)),
        )),
    )  # fmt: skip


def balance_with_vintages(budget: Budget, style: Style) -> tuple[Side, Side]:
    """Expenditure in three columns: all, this year's money, carried over."""
    money, year = style.money, budget.year

    def three(now: int, before: int) -> tuple[Figure, Figure, Figure]:
        return money(now + before), money(now), money(before)

    classes = list(class_rows(budget, lambda items: three(current(items), carried(items))))
    income = _filled(list(income_rows(budget, style)), len(classes), 1)
    both = three(budget.current, budget.carried_over)
    nothing = (Figure(style.zero),) * 3 if not style.zero else (money(0),) * 3
    return (
        Side("收入", "项目", (f"{year}年",), (
            *income,
            named_row("本年收入合计", money(budget.current)),
            named_row("上年结转", money(budget.carried_over)),
            named_row("收入总计", money(budget.total)),
        )),
        Side("支出", "项目", (f"{year}年合计", "当年预算安排", "上年结转安排"), (
            *classes,
            named_row("本年支出合计", *both),
            named_row("年终结转", *nothing),
            named_row("支出总计", *both),
        )),
    )  # fmt: skip


def balance_by_fund(budget: Budget, style: Style) -> tuple[Side, Side]:
    """Fiscal appropriation: expenditure as a whole and by fund."""
    money, general, funds = style.money, budget.general(), budget.funds()

    def by_fund(code: str) -> tuple[Figure, ...]:
        parts = [
            sum(item.current + item.carried_over for item in part.items if item.code.startswith(code))
            for part in (general, funds)
        ]
        return money(sum(parts)), money(parts[0]), money(parts[1]), money(0)

    classes = list(class_rows(budget, lambda items: by_fund(items[0].code[:3]) if items else (money(0),) * 4))
    sources = list(income_rows(budget, style))[:3]
    carried_rows = [
        Row((label,), (money(part.carried_over),), label, path=("上年财政拨款结转",))
        for label, part in (("一、一般公共预算", general), ("二、政府性基金预算", funds))
    ]
    income = _filled(sources, len(classes), 1)
    whole = by_fund("")
    totals = [
        named_row("本年收入合计", money(budget.current)),
        named_row("上年财政拨款结转", money(budget.carried_over)),
    ]
    return (
        Side("收入", "项目", ("金额",), (
            *income, *totals, *carried_rows, named_row("收入总计", money(budget.total)),
        )),
        Side("支出", "项目", ("小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"), (
            *classes,
            named_row("本年支出合计", *whole),
            named_row("年终结转", *(money(0) for _ in range(4))),
            *(_blank(4) for _ in carried_rows),
            named_row("支出总计", *whole),
        )),
    )  # fmt: skip


def _filled(rows: list[Row], height: int, width: int) -> list[Row]:
    """With blank rows below, so that the totals of both sides stand beside each other."""
    return [*rows, *(_blank(width) for _ in range(height - len(rows)))]


def _blank(width: int) -> Row:
    return Row(("",), (Figure(""),) * width)
