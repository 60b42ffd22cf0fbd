"""What a question takes for granted and the documents contradict: a person, a period, a fund, a count, a direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.figures import FUND_LABELS, Figure
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Selector
from assistant.results import Computation, Result
from assistant.words import plain_words
from ingest.facts import Fund, Role
from ingest.ledger import StoredFact
from ingest.numbers import as_number, format_quantity
from ingest.quantities import Quantity

WHY = re.compile(r"为什么|为何|为啥|咋|怎么(?:会|就|没|不)|原因|凭什么|什么缘故|缘何|why")
_ROSE = re.compile(
    r"增加|增长|上涨|上升|涨|提高|翻番|翻了|翻倍|变多|多了|飙升|猛增|大增|double|increase|rise|rose|grow"
)
FELL = re.compile(
    r"减少|下降|降低|缩水|缩减|削减|压减|砍|降了|变少|少了|下滑|骤降|大降|decrease|fall|fell|drop|cut|decline"
)
_GONE = re.compile(
    r"取消|不买|没买|没有买|不安排|没安排|没有安排|不再|停了|没有编|没编|不花|一分钱没|没钱|为零|为0|归零|没有预算|没预算|不列"
)

CHANGE_WORDS = re.compile(f"(?:{_GONE.pattern})|(?:{_ROSE.pattern})|(?:{FELL.pattern})")


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that sets a premise right, with the cells or the count that prove it."""

    text: str
    cells: tuple[StoredFact, ...] = ()
    steps: tuple[Computation, ...] = ()


class Premises:
    """Checks premises against a catalog."""

    def __init__(self, catalog: Catalog, phrases: Phrases) -> None:
        self.catalog = catalog
        self.phrases = phrases

    def of_project(self, text: str) -> list[Correction]:
        """What the question says of the project it names, where the sheet or the table says otherwise."""
        project = self.phrases.project_in(text)
        if project is None or "哪" in text or "和" in text:
            return []
        found: list[Correction] = []
        handler = next(iter(project.fields.get("handler", ())), None)
        named = [p for p in self.catalog.people if p in text]
        if (
            handler is not None
            and handler.fact.printed
            and named
            and not any(p in project.text("handler") + project.text("person_in_charge") for p in named)
        ):
            found.append(
                Correction(f"前提不符：{project.name}的经办人是{handler.fact.printed}，不是{named[0]}", (handler,))
            )
        period = next(iter(project.fields.get("period", ())), None)
        said = re.search(r"([一二三四五六七八九十\d]+)年(?:期|的项目|做完|完成)", text)
        if period is not None and said and (number := as_number(said[1])) is not None:
            printed = re.search(r"\d+", period.fact.printed)
            if printed and int(printed[0]) != int(number):
                found.append(
                    Correction(f"前提不符：{project.name}的项目期是{period.fact.printed}，不是{said[1]}年", (period,))
                )
        for fund, words in plain_words().wishes["fund"].items():
            claimed = next(
                (
                    w
                    for w in words
                    if re.search(rf"{w}(?:预算)?(?:的?钱)?(?:出的|出资|安排的|列支|里的|的项目|拨的)", text)
                ),
                None,
            )
            if claimed and project.funds and Fund(fund) not in project.funds and Fund(fund) is not Fund.FISCAL:
                actual = "、".join(FUND_LABELS[f] for f in sorted(project.funds))
                cells = tuple(s for s in project.rows if s.fact.coordinates.fund in project.funds)[:2]
                found.append(Correction(f"前提不符：{project.name}的资金来自{actual}，不是{claimed}", cells))
        return found

    def of_count(self, text: str) -> list[Correction]:
        """`30个项目里`: how many there are."""
        said = re.search(
            r"(?<!前)(?<!大的)(?<!小的)(?<!这)(\d+|[一二三四五六七八九十]{2,3})个(?:二级)?项目(?:里|中|当中|之中|里面|的?总|全部|一共|加)",
            text,
        )
        number = as_number(said[1]) if said else None
        projects = list(self.catalog.projects.values())
        if said is None or number is None or not projects or int(number) == len(projects):
            return []
        tables = {
            len({p.key for p in projects if any(s.fact.table_index == t for s in p.rows)})
            for t in {s.fact.table_index for p in projects for s in p.rows}
        }
        if int(number) in tables:
            return []
        counted = Computation(f"文件里的项目共 {len(projects)}个", Quantity(Decimal(len(projects)), "个"))
        return [Correction(f"前提不符：文件里一共只有{len(projects)}个项目，不是{said[1]}个", steps=(counted,))]

    def of_direction(self, text: str, selector: Selector, computed: Result, amount: Figure | None) -> Correction | None:
        """`为什么增加了` of what fell, `为什么取消` of what is there."""
        if _GONE.search(text) and amount is not None and amount.quantity.number > 0:
            return Correction(f"前提不符：{amount.label}安排了 {format_quantity(amount.quantity)}", amount.cells[:2])
        if computed.value is None or not isinstance(computed.plan, Change):
            return None
        claimed = 1 if _ROSE.search(text) else -1 if FELL.search(text) else 0
        actual = 1 if computed.value.number > 0 else -1 if computed.value.number < 0 else 0
        if claimed == 0 or claimed == actual:
            return None
        word = {1: "增加", -1: "减少", 0: "持平（相同，没有变化）"}[actual]
        size = (
            ""
            if actual == 0
            else " " + format_quantity(type(computed.value)(abs(computed.value.number), computed.value.unit))
        )
        cells = (
            tuple(c for c in computed.all_cells if c.fact.coordinates.role in (Role.CHANGE, Role.CHANGE_RATE))[:2]
            or computed.all_cells[:2]
        )
        rates = [
            s
            for c in cells[:1]
            for s in self.catalog.facts
            if s.fact.sentence
            and s.fact.sentence == c.fact.sentence
            and s.fact.row == c.fact.row
            and s.fact.coordinates.role is Role.CHANGE_RATE
        ]
        rate = f"（{rates[0].fact.printed}）" if rates else ""
        return Correction(f"前提不符：{computed.label}比上年{word}{size}{rate}", (*cells, *rates[:1]))


def claims_direction(text: str) -> bool:
    return bool(_ROSE.search(text) or FELL.search(text) or _GONE.search(text))
