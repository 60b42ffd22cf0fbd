"""Performance sheets of projects in three forms: two periods side by side, one year with scores, all in one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.generator.budget import Amount, Budget, Indicator, Project
from eval.generator.drawing import Drawing, Known, Labels, Look, Printed, plain
from eval.generator.figures import Figure, Style

Cells = tuple[Printed | None, ...]
_LOOK = Look(unit="")
_LEVELS = ("一级指标", "二级指标", "三级指标")
_SCORES = 90
_TEN_THOUSAND = Style("万元", "0.00")


class _Facts:
    """The cells of one project's sheet, each with what it states."""

    def __init__(self, title: str, project: str) -> None:
        self._title, self._project = title, project

    def cell(
        self, label: str, figure: Figure, column: str = "", across: int = 1, path: Labels = (), down: int = 1
    ) -> Printed:
        row = f"{self._project} / {label}"
        columns = tuple(part for part in column.split("/") if part)
        known = Known(self._title, row, path, "", columns, figure.number, figure.unit, figure.printed)
        return Printed(figure.printed, across, down, known if figure.printed else None)

    def text(self, label: str, text: str, column: str = "", across: int = 1) -> Printed:
        return self.cell(label, Figure(text), column, across)

    def target(self, indicator: Indicator, column: str) -> Printed:
        figure = Figure(indicator.target, plain(indicator.number), indicator.unit)
        return self.cell(indicator.name, figure, column, path=indicator.levels)

    def score(self, indicator: Indicator, score: int, column: str) -> Printed:
        return self.cell(indicator.name, Figure(str(score), str(score), "分"), column, path=indicator.levels)


def two_period_sheet(project: Project, department: str, title: str) -> Drawing:
    """Whole period and year side by side, amounts in yuan; it has no title, `title` is the heading before it."""
    facts = _Facts(title, project.name)
    rows = [
        _spread(Printed("项目名称"), facts.text("项目名称", project.name, across=6)),
        _spread(
            Printed("主管部门及代码"),
            facts.text("主管部门及代码", department, across=2),
            Printed("实施单位"),
            facts.text("实施单位", department, across=3),
        ),
        _spread(
            Printed("项目属性"),
            facts.text("项目属性", project.nature, across=2),
            Printed("项目期"),
            facts.cell("项目期", Figure(f"{project.years}年", str(project.years), "年"), across=3),
        ),
        *_two_period_money(facts, project),
        _spread(Printed("项目概况"), facts.text("项目概况", project.overview, across=6)),
        _spread(Printed(""), Printed("实施期目标", 3), Printed("年度目标", 3)),
        _spread(
            Printed("总体目标"),
            facts.text("总体目标", project.goal, "实施期", 3),
            facts.text("总体目标", project.goal, "年度", 3),
        ),
        *_two_period_indicators(facts, project),
        _spread(Printed("经办人："), facts.text("经办人", project.handler, across=6)),
    ]
    return Drawing(title, tuple(rows), 0, Look(unit="", titled=False))


def _two_period_money(facts: _Facts, project: Project) -> Iterator[Cells]:
    annual = project.amount + project.carried_over
    year, whole = _yuan(annual), _yuan(annual * project.years)
    zero = _yuan(0)
    lines = [
        ("实施期资金总额：", whole, "年度资金总额：", year),
        ("其中：中央财政资金", zero, "其中：中央财政资金", zero),
        ("省级财政资金", zero, "省级财政资金", zero),
        ("市县（区）财政资金", whole, "市县（区）财政资金", year),
        ("单位自筹", zero, "单位自筹", zero),
    ]
    for position, (left, first, right, second) in enumerate(lines):
        head = Printed("项目资金（元）", down=len(lines)) if position == 0 else None
        yield _spread(
            head,
            Printed(left),
            facts.cell(left.rstrip("："), first, "实施期", 2),
            Printed(right),
            facts.cell(right.rstrip("："), second, "年度", 2),
        )


def _two_period_indicators(facts: _Facts, project: Project) -> Iterator[Cells]:
    yield (*map(Printed, (*_LEVELS, "指标值", "二级指标", "三级指标", "指标值")),)
    for indicator, first, second in _grouped(project.indicators):
        yield (
            first,
            second,
            Printed(indicator.name),
            facts.target(indicator, "实施期/指标值"),
            second,
            Printed(indicator.name),
            facts.target(indicator, "年度/指标值"),
        )


def scored_sheet(project: Project, department: str, title: str) -> Drawing:
    """One year, amounts in 万元, each indicator with its score."""
    facts = _Facts(title, project.name)
    rows = [
        _spread(Printed("项目名称"), facts.text("项目名称", project.name, across=4)),
        _spread(
            Printed("主管部门"),
            facts.text("主管部门", department, across=2),
            Printed("实施单位"),
            facts.text("实施单位", department),
        ),
        *_one_year_money(facts, project),
        _spread(Printed("年度总体目标"), facts.text("年度总体目标", project.goal, "年度", 4)),
        (*map(Printed, (*_LEVELS, "指标值", "分值")),),
    ]
    for (indicator, first, second), score in zip(_grouped(project.indicators), _scores(project), strict=True):
        target, points = facts.target(indicator, "指标值"), facts.score(indicator, score, "分值")
        rows.append((first, second, Printed(indicator.name), target, points))
    return Drawing(title, tuple(rows), 0, _LOOK)


def _one_year_money(facts: _Facts, project: Project) -> Iterator[Cells]:
    lines: list[tuple[str, Amount]] = [
        ("年度资金总额：", project.amount + project.carried_over),
        ("其中：财政拨款", project.amount),
        ("上年结转", project.carried_over),
        ("其他资金", 0),
    ]
    for position, (label, amount) in enumerate(lines):
        head = Printed("项目资金（万元）", down=len(lines)) if position == 0 else None
        figure = facts.cell(label.rstrip("："), _TEN_THOUSAND.money(amount), "年度", 2)
        yield _spread(head, Printed(label, 2), figure)


def sheets_in_one_grid(budget: Budget, title: str) -> Drawing:
    """All projects below each other; what a project says once stands in its first row."""
    heads = ("单位名称", "项目名称", "年度资金总额(万元)", "年度绩效目标", *_LEVELS, "指标值", "权重")
    rows: list[Cells] = [tuple(map(Printed, heads))]
    for project in budget.projects:
        facts, down = _Facts(title, project.name), len(project.indicators)
        scores = _scores(project)
        for position, (indicator, first, second) in enumerate(_grouped(project.indicators)):
            once: Cells = (None,) * 4
            if position == 0:
                once = _one_grid_head(facts, project, f"{budget.code}001{budget.department}", down)
            target, weight = facts.target(indicator, "指标值"), facts.score(indicator, scores[position], "权重")
            rows.append((*once, first, second, Printed(indicator.name), target, weight))
    return Drawing(title, tuple(rows), 1, Look(unit="", inside=True))


def _one_grid_head(facts: _Facts, project: Project, unit: str, down: int) -> Cells:
    money = _TEN_THOUSAND.money(project.amount)
    return (
        facts.cell("单位名称", Figure(unit), down=down),
        facts.cell("项目名称", Figure(project.name), down=down),
        facts.cell("年度资金总额(万元)", money, "年度", down=down),
        facts.cell("年度绩效目标", Figure(project.goal), "年度", down=down),
    )


def _grouped(indicators: Sequence[Indicator]) -> Iterator[tuple[Indicator, Printed | None, Printed | None]]:
    """Each indicator with its first and second level where they begin, None where the cell above reaches down."""
    for first, group in groupby(indicators, key=lambda indicator: indicator.levels[0]):
        below = list(group)
        top: Printed | None = Printed(first, down=len(below))
        for second, those in groupby(below, key=lambda indicator: indicator.levels[1]):
            same = list(those)
            middle: Printed | None = Printed(second, down=len(same))
            for indicator in same:
                yield indicator, top, middle
                top = middle = None


def _scores(project: Project) -> list[int]:
    """Whole points that add up to 90."""
    each, left = divmod(_SCORES, len(project.indicators))
    return [each + left, *(each for _ in project.indicators[1:])]


def _yuan(amount: Amount) -> Figure:
    return Figure(f"{amount * 100:,}", str(amount * 100), "元")


def _spread(*cells: Printed | None) -> Cells:
    """A row whose wide cells are followed by the places they cover."""
    return tuple(place for cell in cells for place in (cell, *(None,) * ((cell.across if cell else 1) - 1)))
