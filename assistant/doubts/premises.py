"""What a question takes for granted and the documents contradict: a person, a period, a fund, a count, a direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.catalog import LEVELS, Catalog, Project
from assistant.computing.computing import Computer
from assistant.computing.figures import FUND_LABELS, Figure
from assistant.computing.results import Computation, Result
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Change, Check, Literal, Lookup, Ratio, Selector
from assistant.question import Question
from assistant.questions.value_kinds import SPANS, value_kind_of
from assistant.words import plain_words
from ingest.facts import Fund, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, as_number, find_numerals, format_quantity
from ingest.numbers.quantities import PERCENT, YUAN, Quantity

WHY = re.compile(r"为什么|为何|为啥|咋|怎么(?:会|就|没|不)|原因|凭什么|什么缘故|缘何|why")
_ROSE = re.compile(
    r"增加|增长|上涨|上升|涨|加(?=$)|提高|翻番|翻了|翻倍|变多|多了|增了|升了|上调|飙升|猛增|大增|double|increase|rise|rose|grow"
)
FELL = re.compile(
    r"减少|降幅|跌幅|减幅|下降|降低|缩水|瘦了|缩减|削减|压减|砍|降了|变少|少了|少多少|减多少|降多少|减了|减掉|跌|掉了|缩了|小了|下调|回落|下滑|骤降|大降|decrease|fall|fell|drop|cut|decline"
)
_GONE = re.compile(
    r"取消|不买|没买|没有买|不安排|没安排|没有安排|不再|停了|没有编|没编|不花|一分钱没|没钱|为零|为0|归零|没有预算|没预算|不列"
)

_DEEDS = re.compile("(?:经办|经手|负责|承办|填报)?的?项目|经办|经手|负责")  # what people do, which names no project
_OPEN = re.compile(
    "哪(?:个|些|几个|类|种)?(?:项目|人|位|更|最|预算|资金|基金)|还是"
)  # asks which, and takes nothing for granted
_PAID_BY = "出的|出资|安排的|列支|里的|的项目|拨的|出钱|付的|掏的|支付|资金吗"
_BESIDE = re.compile(
    r"(?P<name>[一-鿿]{2,12}?)(?:的|今年|本年|年度|全年|每年|这|那|这个|那个|这笔|那笔|有|是|才|只有|一共|总共|预算|资金|拨款|经费)*$"
)
_CALCULATED = re.compile(
    r"加上|减去|除以|乘|如果|假如|要是|按|超过|大于|小于|低于|高于|以上|以下|不到|至少|最多|对不对|对吗|是吗|还差|多出|比"
)
_SHARE = re.compile(
    r"(?P<A>.{2,20}?)占(?:到|了|去)?(?P<B>.{2,20}?)的?(?P<share>一半|半数|[一二三四五六七八九]成|\d[\d.]*[%％]|百分之[一二三四五六七八九十\d.]+)"
)
_CLAUSES = re.compile(r",(?!\d{3})")
_KNOWN = 0.9  # how sure a name is that a premise is told of
_NEAR, _SHARE_NEAR = Decimal("0.06"), Decimal(5)  # how far a rounded amount may be off, as a share; a share, in points

CHANGE_WORDS = re.compile(f"(?:{_GONE.pattern})|(?:{_ROSE.pattern})|(?:{FELL.pattern})")


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that sets a premise right, with the cells or the count that prove it."""

    text: str
    cells: tuple[StoredFact, ...] = ()
    steps: tuple[Computation, ...] = ()
    denies: bool = False  # what is asked rests on it, so that the answer is no


class Premises:
    """Checks premises against a catalog."""

    def __init__(self, catalog: Catalog, phrases: Phrases, computer: Computer) -> None:
        self.catalog = catalog
        self.phrases = phrases
        self.computer = computer

    def of_question(self, question: Question) -> list[Correction]:
        """All that a question takes for granted of projects, counts, shares and figures, and that is otherwise."""
        text = question.text
        found = [*self.of_project(text), *self.of_count(text), *self._of_things(text), *self._of_share(text)]
        return [*found, *self._of_clauses(question)]

    def _of_clauses(self, question: Question) -> list[Correction]:
        """What clauses that ask nothing say of a figure or a project: which way it went, how much it is, its nature."""
        *told, asked = _CLAUSES.split(question.text)
        if not told or not (says(asked, "asks_part") or says(question.said, "yes_no_end")):
            return []
        clauses = [clause for clause in told if not says(clause, "asks_part")]
        checks = (self._of_clause_direction, self._of_clause_amount, self._of_clause_nature)
        return [found for clause in clauses for check in checks if (found := check(clause)) is not None]

    def _of_clause_direction(self, clause: str) -> Correction | None:
        """`预算增长37.45%，钱花到哪里去了`: which way it went."""
        said = cue("asserted_direction").match(cue("granted").sub("", clause))
        selector = self.phrases.selector(said["A"]) if said is not None else None
        if said is None or selector is None or selector.fact_ids or selector.project:
            return None
        found = self.of_direction(said["how"], selector, self.computer.compute(Change(selector, "amount")), None)
        return replace(found, denies=True) if found is not None else None

    def _of_clause_amount(self, clause: str) -> Correction | None:
        """`购置费给了25万，能买几辆`: how much a figure known everywhere is."""
        amounts = amounts_in(clause)
        said = amounts[0].quantity if len(amounts) == 1 else None
        if said is None or not re.search("[万亿元]", amounts[0].printed) or _CALCULATED.search(clause):
            return None
        name = cue("copula_before").sub("", clause[: amounts[0].start])
        selector = self.phrases.selector(name)
        if selector is None or not selector.concept or selector.confidence < _KNOWN or clause[amounts[0].end :]:
            return None
        figure = self.computer.figures.figure(selector)
        if not isinstance(figure, Figure) or figure.quantity.unit != YUAN:
            return None
        readings = [figure.quantity, *(s.fact.quantity for s in (*figure.others, *figure.conflicts) if s.fact.quantity)]
        if any(abs(each.number - said.number) <= _NEAR * said.number for each in readings):
            return None
        checked = self.computer.compute(Check(Lookup(selector), "=", Literal(replace(said, unit=YUAN))))
        notes = "".join(f"；{note}" for note in checked.notes)
        actual = format_quantity(figure.quantity)
        text = f"前提不符：{figure.label}是 {actual}，不是{amounts[0].printed}{notes}"
        return Correction(text, checked.all_cells, denies=True)

    def _of_clause_nature(self, clause: str) -> Correction | None:
        """`这是一次性项目，明年还有吗`: the nature that its sheet prints."""
        project = self.phrases.project_in(clause) if says(clause, "is_of_nature") else None
        nature = next(iter(project.fields.get("nature", ())), None) if project is not None else None
        natures = plain_words().nature
        said = next((name for name, words in natures.items() if any(word in clause for word in words)), "")
        if project is None or nature is None or not said or not nature.fact.printed or said in nature.fact.printed:
            return None
        return Correction(f"前提不符：{project.name}是{nature.fact.printed}，不是{said}项目", (nature,), denies=True)

    def of_project(self, text: str) -> list[Correction]:
        """What the question says of the project it names, where the sheet or the table says otherwise."""
        project = self.phrases.project_in(_DEEDS.sub(",", text))
        if project is None or "和" in text or _OPEN.search(text):
            return []
        checks = (self._of_person, self._of_period, self._of_fund, self._of_amount)
        return [found for check in checks if (found := check(project, text)) is not None]

    def _of_person(self, project: Project, text: str) -> Correction | None:
        handler = next(iter(project.fields.get("handler", ())), None)
        named = [p for p in self.catalog.people if p in text]
        if handler is None or not handler.fact.printed or not named:
            return None
        if any(p in project.text("handler") + project.text("person_in_charge") for p in named):
            return None
        return Correction(f"前提不符：{project.name}的经办人是{handler.fact.printed}，不是{named[0]}", (handler,))

    def _of_period(self, project: Project, text: str) -> Correction | None:
        period = next(iter(project.fields.get("period", ())), None)
        said = re.search(r"([一二三四五六七八九十\d]+)年(?:期|的项目|做完|完成|干完|搞完|建完)", text)
        number = as_number(said[1]) if said else None
        printed = re.search(r"\d+", period.fact.printed) if period is not None else None
        if period is None or said is None or number is None or printed is None or int(printed[0]) == int(number):
            return None
        return Correction(f"前提不符：{project.name}的项目期是{period.fact.printed}，不是{said[1]}年", (period,))

    def _of_fund(self, project: Project, text: str) -> Correction | None:
        for fund, words in plain_words().wishes["fund"].items():
            paid = (w for w in words if re.search(rf"{w}(?:预算)?(?:的?钱)?(?:{_PAID_BY})", text))
            claimed = next(paid, None)
            cells = project.sources if Fund(fund) in LEVELS else project.rows
            held = {s.fact.coordinates.fund for s in cells if s.fact.quantity is not None and s.fact.quantity.number}
            held -= {Fund.ALL, Fund.FISCAL}
            if claimed and held and Fund(fund) not in held and Fund(fund) is not Fund.FISCAL:
                actual = "、".join(FUND_LABELS[f] for f in sorted(held))
                paying = tuple(s for s in cells if s.fact.coordinates.fund in held)[:2]
                return Correction(f"前提不符：{project.name}的资金来自{actual}，不是{claimed}", paying)
        return None

    def _of_amount(self, project: Project, text: str) -> Correction | None:
        """`征拆资金那5个亿`: an amount said right beside the project's name that the project has nowhere."""
        if _CALCULATED.search(text):
            return None
        budget = next(iter(project.budget()), None)
        if budget is None or budget.fact.quantity is None:
            return None
        cells = [*project.rows, *project.prose, *project.indicators, *(c for of in project.fields.values() for c in of)]
        known = [s.fact.quantity.number for s in cells if s.fact.quantity is not None and s.fact.quantity.unit == YUAN]
        for numeral in find_numerals(text):
            said = numeral.quantity
            beside = _BESIDE.search(text[: numeral.start])
            if not re.search("[万亿元]", numeral.printed) or said is None or not said.number or beside is None:
                continue
            name = label_key(beside["name"])
            if len(name) < 2 or not any(name in label_key(each) for each in project.names):
                continue
            if not any(abs(number - said.number) <= _NEAR * said.number for number in known):
                actual = format_quantity(budget.fact.quantity)
                owner = self._with_budget(said)
                another = f"；{numeral.printed}是{owner.name}的预算" if owner is not None else ""
                proof = (budget, *(owner.budget()[:1] if owner is not None else ()))
                text = f"前提不符：{project.name}的预算是 {actual}，不是{numeral.printed}{another}"
                return Correction(text, proof, denies=True)
        return None

    def _with_budget(self, amount: Quantity) -> Project | None:
        """The one project whose budget is an amount."""
        budgets = ((project, s.fact.quantity) for project in self.catalog.projects.values() for s in project.budget())
        found = {p.key: p for p, quantity in budgets if quantity is not None and quantity.number == amount.number}
        return next(iter(found.values())) if len(found) == 1 else None

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

    def _of_things(self, text: str) -> list[Correction]:
        """`建了12个泵站，每个要花多少`: a number of things told in a clause that asks nothing, where another is printed."""
        if _CALCULATED.search(text):
            return []
        found = []
        for clause in text.split(","):
            counts = [n for n in find_numerals(clause) if n.kind is NumeralKind.COUNT]
            said = counts[0].quantity if len(counts) == 1 else None
            if said is None or said.unit in SPANS or says(clause, "asks_besides"):
                continue
            if said.number == 1 and not says(clause, "only_one"):
                continue  # 管一个泵站: any one of them
            asked = f"{clause[: counts[0].start]}多少{said.unit}{clause[counts[0].end :]}"
            near = self.phrases.closest.chosen(asked, value_kind_of(asked))
            printed = [(s, s.fact.quantity) for each in near for s in each.facts if s.fact.quantity is not None]
            if len(near) == 1 and printed and all(q.unit == said.unit and q.number != said.number for _, q in printed):
                cell, quantity = printed[0]
                actual = format_quantity(quantity)
                text = f"前提不符：{near[0].entry.label}是{actual}，不是{counts[0].printed}"
                found.append(Correction(text, (cell,)))
        return found

    def _of_share(self, text: str) -> list[Correction]:
        """`A占B的一半,为什么这么高`: what the share is."""
        said = _SHARE.match(text)
        if said is None or not WHY.search(text):
            return []
        part, whole = self.phrases.selector(said["A"]), self.phrases.selector(said["B"])
        if part is None or whole is None:
            return []
        computed = self.computer.compute(Ratio(Lookup(part), Lookup(whole), PERCENT))
        claimed = _share_said(said["share"])
        if claimed is None or computed.missing is not None or computed.value is None:
            return []
        if abs(computed.value.number - claimed) <= _SHARE_NEAR:
            return []
        actual = format_quantity(computed.value)
        steps = tuple(computed.steps)
        return [
            Correction(
                f"前提不符：{part.label}占{whole.label}的 {actual}，不是{said['share']}", computed.all_cells[:4], steps
            )
        ]

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


def _share_said(words: str) -> Decimal | None:
    """A share in words, in %."""
    if words in ("一半", "半数"):
        return Decimal(50)
    if words.endswith("成"):
        tenths = as_number(words[0])
        return tenths * 10 if tenths is not None else None
    numeral = next((n.quantity for n in find_numerals(words) if n.quantity is not None), None)
    return numeral.number if numeral is not None else None


def claims_direction(text: str) -> bool:
    return bool(_ROSE.search(text) or FELL.search(text) or _GONE.search(text))
