"""Ten kinds of question about one generated document each, and one about all of them, with the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from eval.expectations import Case, Declined, Expectation, Figure, Listing, Number, Text, Turn, Verdict
from eval.generator.budget import Budget, share

KINDS = ("total", "project", "code", "share", "comparison", "rank", "verdict", "indicators", "definition", "declined")
ACROSS = "across"
_HALF_A_CENT = Decimal("0.01")


def across(budgets: Sequence[Budget]) -> Case:
    """The one question that a figure of every document is needed for."""
    most = max(budgets, key=lambda budget: budget.three_public.total)
    turn = Turn("哪个部门的“三公”经费最多", Text(), ((most.department,),))
    return Case(ACROSS, ACROSS, "script", "zh", (turn,))


def cases_of(budgets: Sequence[Budget]) -> Iterator[Case]:
    """One case of each kind for each budget, by the department's name and its year."""
    for number, budget in enumerate(budgets):
        for kind, (question, expected, contains) in zip(KINDS, _questions(budget), strict=True):
            turn = Turn(f"{budget.year}年{budget.department}{question}", expected, contains)
            yield Case(f"{kind}-{number}", kind, "script", "zh", (turn,))


Question = tuple[str, Expectation, tuple[tuple[str, ...], ...]]


def _questions(budget: Budget) -> Iterator[Question]:
    first, second = budget.projects[:2]
    item = next(item for item in budget.items if item.project and not item.is_fund)
    yield "的收入总计是多少", _yuan(budget.total), ()
    yield f"的{first.name}安排了多少钱", _yuan(first.amount), ()
    yield f"科目{item.code}安排了多少", _yuan(item.current + item.carried_over), ()
    yield "基本支出占总支出的比例是多少", Number(Figure(share(budget.basic, budget.total), "%", _HALF_A_CENT)), ()
    larger = max((first, second), key=lambda project: project.amount)
    yield f"的{first.name}和{second.name}哪个安排的钱多", Text(), ((larger.name,),)
    ranked = sorted(budget.projects, key=lambda project: -project.amount)[:3]
    yield "金额最大的三个项目是哪些", Listing(tuple(project.name for project in ranked), ordered=True), ()
    public = budget.three_public
    yield (
        f"的公务接待费有没有超过{public.reception + 100}元",
        Verdict(public.reception * 100 > public.reception + 100),
        (),
    )
    targets = tuple(each.name for each in first.indicators if each.levels[1] == "数量指标")
    yield f"的{first.name}的数量指标有哪些", Listing(targets), ()
    yield "预算公开里，基本支出是什么意思", Text(), (("保障机构正常运转",),)
    yield "的决算支出是多少", Declined("没有决算数"), ()


def _yuan(amount: int) -> Number:
    return Number(Figure(Decimal(amount) * 100, "元"))
