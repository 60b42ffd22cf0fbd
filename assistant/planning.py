"""A question into a typed plan: kinds by example, slots by linking, the policy for what is left open.

The order tells what is more specific than what: greetings; what no budget holds; other years; audits; fields of a
sheet; computed questions by example; sets and ranks; a single figure; a passage. What none of them understands is declined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import Catalog, Project
from assistant.cues import says
from assistant.exemplars import match_exemplars
from assistant.figures import Figures
from assistant.linking import Entry, EntryKind, Linker, indicator_name
from assistant.operations import unaccounted
from assistant.ordering import order_in
from assistant.phrases.expressions import of_ranked
from assistant.phrases.figures import SURE
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Audit,
    Change,
    Check,
    CheckFinding,
    Combine,
    Compare,
    Condition,
    Consistent,
    CostEstimate,
    Decline,
    Define,
    Expression,
    FieldLookup,
    Greeting,
    Listing,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Placing,
    Plan,
    Position,
    Quote,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Why,
    Wish,
)
from assistant.premises import CHANGE_WORDS, claims_direction
from assistant.question import Question
from assistant.segments import WordKind, content_of
from assistant.spelling import is_misprint
from assistant.words import Exemplars, concept_names, finding_words, longest_first, plain_words, sheet_fields, topics
from ingest.facts import Grade, Origin, Role, Vintage
from ingest.labels import label_key
from ingest.numbers import NumeralKind, find_numerals
from ingest.quantities import MULTIPLE, PERCENT, YUAN, Quantity
from ingest.units import to_base

_ESTIMATE = re.compile(
    r"(?:按|以|照|根据).*?(?:单价|上限|每[座个度平吨人次]|标准|目标值|用电量|用水量|面积|成本).*?(?:算|测算|估算|推算|计|多少|合计|一共|超)"
    r"|单价.{0,6}(?:乘|×|x|\*)|(?:数量|面积|用量|用电量|总量).{0,12}(?:乘|×|x|\*)|最大用量.*单价|上限和单价上限|[两二三四五六七八九十\d]+座.{0,6}(?:最多|上限).{0,4}多少|费用上限"
)
_SHARES = {
    "一半": Decimal(50),
    "半数": Decimal(50),
    "三分之二": Decimal(200) / 3,
    "四分之三": Decimal(75),
    "三分之一": Decimal(100) / 3,
}
_EXCESS = re.compile(r"(?:超|多|高)(?:出|过|了)?(?:年度|本年|项目)?(?:预算)?(?:了)?(?:多少|几)")
_AGAINST = re.compile(r"预算|超|够不够|对得上|对不上|一致|吻合|占")
_PLACING = re.compile(
    r"新安排|转过来的?还是|结转的?还是|还是.{0,6}(?:结转|转过来)|哪类预算|哪个预算|哪种预算|资金来源|钱从哪|出自哪|哪类资金|什么资金|资金性质|列在哪|哪张表|从哪来|哪里来|哪一类预算|什么预算里|走的什么预算"
)
_WRONG = re.compile(
    r"矛盾|冲突|打架|缺了什么|少了什么|缺什么|漏了什么|重复的行|重复行|有没有重复|错位|错行|不一致的|不符的|对不上的|不等于.*的项目|算错|加错|哪里错|什么问题|有问题吗|有错吗|哪不对|不合理"
)
_MONEY_ASKED = re.compile(
    r"钱|预算|经费|资金|金额|多少(?!长|宽|高|个|条|座|人|辆|次)|花|拨|安排|投|批|元|规模|总额|额度|费用|换|折"
)
_NUMBER_ASKED = re.compile(r"(?:预算|经费|金额|总额|资金)$|多少|几[个条座辆人次台套册项笔家天年月成倍]|百分之几")
_TIES = re.compile(r"合不合理|合理吗|对不对|对吗|准确吗|正确吗|靠谱吗|有没有问题|可信吗")


class Planner:
    """Plans questions over one catalog; `examples` are other example questions than the built-in ones."""

    def __init__(self, catalog: Catalog, linker: Linker, examples: Exemplars | None = None) -> None:
        self.catalog = catalog
        self.examples = examples
        self.linker = linker
        self.phrases = Phrases(catalog, linker)

    def plan(self, question: Question) -> Plan:
        """The plan of a question that stands on its own; `Decline` when it is not understood."""
        return self.try_plan(question) or Decline(
            "unknown", question.raw.strip() if question.english else question.text
        )

    def try_plan(self, question: Question) -> Plan | None:
        text = question.text
        steps: tuple[Callable[[Question, str], Plan | None], ...] = (
            self._greeting,
            self._other_year,
            self._absent,
            self._audit,
            self._remaining,
            self._field,
            self._topic,
            self._placing,
            self._estimate,
            self._indicator_question,
            self._top_with_share,
            self._listed_payments,
            self._position,
            self._per_unit,
            self._agreement,
            self._claimed_value,
            self._by_example,
            self._several,
            self._set,
            self._single,
            self._definition,
            self._quote,
        )
        for step in steps:
            if (plan := step(question, text)) is not None and not unaccounted(plan, text):
                return plan
        return None

    # ── what needs no figure ───────────────────────────────────────────────────────────────────────────────

    def _greeting(self, question: Question, text: str) -> Plan | None:
        matches = [m for m in match_exemplars(re.sub(r"[\s,，]", "", text)) if m.kind == "greeting"]
        if not matches:
            return None
        rest = "".join(matches[0].slots.values())
        return None if content_of(self.linker.words(rest)) and len(rest) > 4 else Greeting()

    def _absent(self, question: Question, text: str) -> Plan | None:
        for reason, absent in plain_words().absent.items():
            for word in longest_first(absent.words):
                if word in text and not any(other in text for other in absent.unless):
                    if any(
                        label_key(word) in entry.core and entry.core in label_key(text)
                        for entry in self.linker.entries
                        if entry.kind is not EntryKind.CONCEPT
                    ):
                        continue
                    if reason == "staff_number" and (staff := self._staff(text)) is not None:
                        return staff
                    return Decline(reason, self._loaded())
        return None

    def _staff(self, text: str) -> Plan | None:
        """Staff numbers where a document does print them: the one named, else all of the section that has them."""
        counted = [
            s
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            and not s.fact.project
            and s.fact.quantity is not None
            and s.fact.quantity.unit in ("人", "名")
        ]
        first = next((s for s in counted if re.search(r"编制|实有|在编|在职|人员", s.fact.row)), None)
        if first is None:
            return None
        section = [s for s in counted if s.document_id == first.document_id and s.fact.table == first.fact.table]
        given = tuple(Lookup(Selector(s.fact.row, s.fact.row, fact_ids=(s.id,))) for s in section)
        return Listing(Members(Universe.GIVEN, text, given=given))

    def _loaded(self) -> str:
        kinds = {"budget": "部门预算", "final_accounts": "部门决算"}
        return "、".join(f"{d.year or ''}年{kinds.get(d.kind, '文件')}" for d in self.catalog.documents[:4])

    def _other_year(self, question: Question, text: str) -> Plan | None:
        years = self.catalog.years
        if not years or not question.years:
            return None
        for year in question.years:
            if year in years or self._printed_in_a_name(year, text):
                continue
            if year + 1 in years:
                of_last_year = re.sub(rf"{year}(?:年度|年)?", "上年", text)
                plan = self._by_example(question, of_last_year, kinds=("change", "last_year"))
                if plan is not None:
                    return plan
                if (absent := self._absent(question, text)) is not None:
                    return absent
                rest = re.sub(rf"{year}(?:年度|年)?的?", "", text)
                selector = self.phrases.selector(rest)
                if selector is not None:
                    return Change(selector, "last_year")
            return Decline("year", f"{year}年")
        return None

    def _printed_in_a_name(self, year: int, text: str) -> bool:
        """Whether the year belongs to a name or a date that the documents print near the question's other words."""
        links = self.linker.link(text)
        others = [
            w for w in content_of(self.linker.words(text.replace(str(year), ""))) if w.kind is not WordKind.UNKNOWN
        ]
        if (
            links
            and str(year) in links[0].entry.core
            and any(r in links[0].entry.core for w in others for r in w.readings)
        ):
            return True
        dated = [f"{year}年{month}月" for month in range(1, 13)]
        return (
            any(day in text for day in dated)
            or bool(re.search(rf"{year}年?[-—至到~]", text))
            or bool(re.search(rf"[-—至到~]{year}", text))
        )

    def _audit(self, question: Question, text: str) -> Plan | None:
        """What is wrong: everything, or the findings on a table, a project or a kind of check."""
        said = {word: entry.rules for entry in finding_words() for word in entry.words if word in text}
        longest = max(map(len, said), default=0)
        rules = tuple(dict.fromkeys(rule for word, keys in said.items() if len(word) == longest for rule in keys))
        if re.search(r"全部|所有|这份|整份|哪些地方|通篇|整个", text):
            rules = ()
        tables, rest = self.phrases.tables_in(text)
        wrong = _WRONG.search(text)
        if re.search(r"多少[钱元万亿]|几成", text):
            return None
        if any(match.kind == "audit" for match in match_exemplars(text)) and not (rules and wrong):
            project = self.phrases.project_in(rest)
            return Audit(text, project.key if project else "", tables)
        ties = _TIES.search(text) or ("sheet.years" in rules and re.search(r"等于|对得上|一致|相等|乘|吻合", text))
        if not wrong and not (rules and ties):
            return None
        project = self.phrases.project_in(rest)
        if project is None and not tables and (not rules or not wrong):
            return None
        judge = bool(re.search(r"吗|是否|是不是|有没有|对不对|么|会不会", question.raw + text)) and bool(ties)
        by_project = bool(re.search(r"哪些项目|哪个项目|的项目|项目有哪", text))
        return Audit(text, project.key if project else "", tables, rules, judge, by_project)

    def _topic(self, question: Question, text: str) -> Plan | None:
        """What the department does, how it is organised."""
        hits = [(len(name), topic) for topic in topics() for name in topic.names if name in text]
        if not hits or re.search(r"多少[钱元万]|几个|多少个|为什么", text) or self.phrases.project_in(text) is not None:
            return None
        topic = max(hits, key=lambda hit: hit[0])[1]
        known = any(heading in "".join(s.passage.heading) for s in self.catalog.passages for heading in topic.headings)
        return Quote(text, headings=topic.headings) if known else None

    def _definition(self, question: Question, text: str) -> Plan | None:
        key = label_key(text)
        return Define(key) if key in self.catalog.terms else None

    def _quote(self, question: Question, text: str) -> Plan | None:
        if not content_of(self.linker.words(text)):
            return None
        if _NUMBER_ASKED.search(text):
            return None
        project = self.phrases.project_in(text)
        return Quote(text, project.key if project else "")

    # ── sheets ─────────────────────────────────────────────────────────────────────────────────────────────

    def _field(self, question: Question, text: str) -> Plan | None:
        """A text field of one project's sheet."""
        if "哪些项目" in text or "哪个项目" in text or "几个项目" in text:
            return None
        hits = [(len(name), entry) for entry in sheet_fields() for name in entry.names if name in text]
        if not hits:
            return None
        _size, entry = max(hits, key=lambda hit: hit[0])
        name = max((n for n in entry.names if n in text), key=len)
        rest = text.replace(name, "", 1)
        person = next((p for p in self.catalog.people if p in rest), None)
        project = self.phrases.project_in(rest)
        if (
            person is not None
            and project is None
            and entry.key in ("phone", "filing_date")
            and self.catalog.people[person]
        ):
            return FieldLookup(self.catalog.people[person][0].key, (entry.key,), text)
        if person is not None or project is None:
            return None
        if (entry.key == "overview" and find_amounts(rest)) or re.search(r"等于|对得上|一致|乘", rest):
            return None
        if re.search(
            r"(?:多少[钱元万]|几成|一共多少|合计|对得上|超过|平均|总和|比例|占|加起来|加总|几笔)", rest
        ) and entry.key in ("overview", "plan", "whole_goal"):
            return None
        keys = [entry.key]
        for other in sheet_fields():
            if (
                other.key != entry.key
                and any(n in rest for n in other.names if len(n) >= 2)
                and entry.key in ("handler", "person_in_charge", "phone", "filing_date")
            ):
                keys.append(other.key)
        return FieldLookup(project.key, tuple(keys), text)

    def _indicator_question(self, question: Question, text: str) -> Plan | None:
        """Indicators of a class, of a project: `时效指标有哪些`."""
        if re.search(r"合计|超过|是否|对得上|之和|加起来|低于|高于", text):
            return None
        if "指标" not in text or not re.search(
            r"哪些|有什么|是什么|列|几个|多少个|几项|分别|哪几|多少|要求|达到", text
        ):
            return None
        members = self.phrases.members(text)
        if members is None or members.universe is not Universe.INDICATORS:
            return None
        if re.search(r"哪些项目|哪个项目|几个项目|多少个项目", text):
            return None
        if not any(c.attribute in ("project", "indicator_class", "amount") for c in members.conditions):
            return None
        if re.search(r"多少|要求|达到", text) and not {"project", "indicator_class"} <= {
            c.attribute for c in members.conditions
        }:
            return None
        if re.search(r"几个|多少个|几项|几条", text):
            return Aggregate("count", members)
        return Listing(members, "target")

    def _placing(self, question: Question, text: str) -> Plan | None:
        """Where a project stands: which fund, this year's or carried over, in which table."""
        if not _PLACING.search(text):
            return None
        project = self.phrases.project_in(text)
        if project is None:
            return None
        claimed = None
        if not re.search(r"还是|哪", text):
            claimed = (
                Vintage.CURRENT
                if re.search(r"新安排|今年安排|当年安排", text)
                else Vintage.CARRIED_OVER
                if re.search(r"结转|转过来", text)
                else None
            )
        return Placing(project.key, claimed)

    # ── computed ───────────────────────────────────────────────────────────────────────────────────────────

    def _estimate(self, question: Question, text: str) -> Plan | None:
        if not _ESTIMATE.search(text) or (re.search(r"合计|加起来|之和|一共", text) and "成本指标" in text):
            return None
        project = self.phrases.project_in(text)
        against: Expression | None = None
        if project is not None and _AGAINST.search(text):
            against = Lookup(Selector(project.name, f"{project.name}年度预算", project=project.key))
        ask = "total"
        if against is not None and _EXCESS.search(text):
            ask = "excess"
        elif against is not None and re.search(r"占|百分比|比例", text):
            ask = "share" if re.search(r"多少元|多少钱|多少万|共多少|一共", text) else "share_only"
        elif against is not None:
            ask = "check"
        return CostEstimate(text, project.key if project else "", against, ask)

    def _remaining(self, question: Question, text: str) -> Plan | None:
        """What is left of the whole period after this year: whole-period less annual funding, summed over projects."""
        if not re.search(r"实施期|周期|项目期", text) or not re.search(
            r"(?:除|减|扣|去掉).{0,12}(?:外|年度|今年|本年|20\d\d)|还剩|剩余|剩下", text
        ):
            return None
        conditions, rest = self.phrases.conditions_in(text)
        project = self.phrases.project_in(rest)
        if project is not None:
            conditions.append(Condition("key", "=", project.key))
        return Aggregate("sum", Members(Universe.PROJECTS, "实施期总额减年度总额", tuple(conditions), remaining=True))

    def _top_with_share(self, question: Question, text: str) -> Plan | None:
        """`花得最多的是哪一项,占多少`: one ranking and its share, before `占` is taken for a ratio of two figures."""
        found = re.fullmatch(
            r"(?P<rank>.+?[最第].+?)[,，]?(?:它|其)?占(?:比|了|到)?(?:多少|几成|百分之几|比例|比重)?(?:是多少)?", text
        )
        ranked = self.phrases.ranking(found["rank"]) if found else None
        return (
            Ranked(ranked.members, ranked.descending, ranked.first, ranked.count, True)
            if ranked is not None and ranked.count == 1
            else None
        )

    def _listed_payments(self, question: Question, text: str) -> Plan | None:
        """Whether a list in a text adds up to its own total: the finding of the check that was made when it was read."""
        if not re.search(r"分项|明细|各项|列举|几笔|清单|各笔|细项|那一段|那段|那几笔|那部分", text) or not re.search(
            r"合计|总数|总额|加起来|加总", text
        ):
            return None
        if not re.search(r"对得上|一致|相等|等于|吻合|对不上|平|相符|对吗|对不对|正确|有没有错", question.raw):
            return None
        words = {
            r
            for w in content_of(self.linker.words(text))
            if w.kind is not WordKind.UNKNOWN
            for r in w.readings
            if len(r) > 1
        }
        best = (0, False, 0, 0)
        for number, stored in enumerate(self.catalog.findings):
            around = label_key(stored.finding.summary)
            if "合计" not in around and "total" not in stored.finding.rule and "listed" not in stored.finding.rule:
                continue
            facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
            around += "".join(label_key(label) for fact in facts for label in (fact.row, *fact.row_path))
            best = max(
                best,
                (sum(word in around for word in words), stored.finding.grade is Grade.DISAGREES, -len(facts), number),
            )
        return CheckFinding(text, best[3]) if best[0] else None

    def _by_example(self, question: Question, text: str, kinds: tuple[str, ...] = ()) -> Plan | None:
        for match in match_exemplars(text, self.examples):
            if match.covered == 0 or (kinds and match.kind not in kinds):
                continue
            builder = self._builders().get(match.kind)
            plan = builder(match.slots, text) if builder is not None else None
            if plan is not None:
                return plan
        return None

    def _builders(self) -> dict[str, Callable[[dict[str, str], str], Plan | None]]:
        return {
            "share": lambda s, t: self._ratio(s, PERCENT),
            "multiple": lambda s, t: self._ratio(s, MULTIPLE),
            "compare_both": lambda s, t: self._compare({**s, "whole": t}, "difference"),
            "difference": lambda s, t: self._compare({**s, "whole": t}, "difference"),
            "which_larger": lambda s, t: self._compare(s, "which"),
            "sum": self._sum,
            "average": lambda s, t: self._aggregate("average", s),
            "median": lambda s, t: self._aggregate("median", s),
            "count": self._count,
            "cover": self._cover,
            "change": self._change,
            "last_year_rest": lambda s, t: self._last_year_rest(s),
            "last_year": lambda s, t: self._change_of(s, "last_year"),
            "check_equal": lambda s, t: self._check(s, "=", t),
            "check_exceed_total": lambda s, t: self._check_total(s),
            "check_exceed": lambda s, t: self._check(s, ">", t),
            "check_below": lambda s, t: self._check(s, "<", t),
            "who": lambda s, t: self._who(s, t),
            "list_of_person": lambda s, t: self._projects_of(s),
            "why": self._why,
            "define": self._define,
        }

    def _operands(self, slots: dict[str, str]) -> tuple[Expression, Expression] | None:
        tail = slots.get("T", "")
        shared = self.phrases.figures(f"{slots['A']}和{slots['B']}{tail}")
        if tail and (hint := hint_of(f"多少{tail}")).units:
            both = [self.phrases.selector(f"{slots[name]}{tail}", hint) for name in ("A", "B")]
            if both[0] is not None and both[1] is not None:
                return Lookup(both[0]), Lookup(both[1])
        left = self.phrases.expression(slots["A"] + tail)
        if left is None:
            return (shared[0], shared[1]) if len(shared) == 2 else None
        project = project_of(left, self.catalog)
        tables, rest = self.phrases.tables_in(slots["B"])
        if (
            project is not None
            and tables
            and not re.search(r"合计|总计|总额|总数|加总", rest)
            and not content_of(self.linker.words(rest))
        ):
            return left, Lookup(
                Selector(
                    slots["B"],
                    f"{project.name}（{self.catalog.tables[tables[0]].title}）",
                    project=project.key,
                    tables=tables,
                )
            )
        right = self.phrases.expression(self._anaphora(slots["B"] + tail, left))
        if right is None or (len(shared) == 2 and _units_clash(left, right, self.catalog)):
            return (shared[0], shared[1]) if len(shared) == 2 else None
        return left, right

    def _anaphora(self, text: str, left: Expression) -> str:
        """`该项目`, `预算`, `年度预算` after a figure of a project mean that project's budget."""
        project = project_of(left, self.catalog)
        if isinstance(left, Ranked) and order_in(text) is not None and self.phrases.universe_in(text) is None:
            return f"{text}项目" if left.members.universe is Universe.PROJECTS else f"{text}科目"
        if label_key(text) in ("合计", "总计", "总数", "合计数", "总额") and isinstance(left, Aggregate):
            table = next((c.text for c in left.members.conditions if c.attribute == "table"), "")
            titles = [self.catalog.tables[t].title for t in self.catalog.tables if f"{t[0]}:{t[1]}" == table]
            return f"{titles[0]}合计" if titles else text
        if project is not None and re.fullmatch(r"(?:实施期|项目期)(?:资金)?(?:总额|总数|合计|资金)?", text):
            return f"{project.name}实施期总额"
        if project is not None and re.fullmatch(r"(?:年度|本年|今年|当年)(?:资金|预算|金额)?(?:总额|合计|数)?", text):
            return project.name
        if project is not None and (
            re.search(r"该项目|本项目|这个项目|其年度|其预算", text)
            or label_key(text) in ("预算", "年度预算", "本年预算", "预算规模", "年度资金", "年度金额", "年度资金总额")
        ):
            return project.name
        return text

    def _ratio(self, slots: dict[str, str], unit: str) -> Plan | None:
        if "B" not in slots:
            left = self.phrases.expression(slots["A"])
            return Ratio(left, None, unit) if left is not None else None
        operands = self._operands(slots)
        return Ratio(operands[0], operands[1], unit) if operands is not None else None

    def _compare(self, slots: dict[str, str], ask: str) -> Plan | None:
        if re.search(r"几个|多少个|几家", slots.get("whole", "")):
            slots = {name: f"{words}个数" for name, words in slots.items()}
        operands = self._operands(slots)
        return Compare(operands[0], operands[1], ask) if operands is not None else None

    def _check(self, slots: dict[str, str], relation: str, text: str) -> Plan | None:
        if "B" not in slots or re.search(r"的(?:项目|科目|指标|单位)(?:有哪些)?$|哪些|哪几|哪个|的有$|的有没有$", text):
            return None
        operands = self._operands(slots)
        if operands is None:
            return None
        return Check(
            operands[0],
            relation,
            operands[1],
            ask_amount=bool(_EXCESS.search(text)) or bool(re.search(r"差多少|相差多少|差额", text)),
        )

    def _check_total(self, slots: dict[str, str]) -> Plan | None:
        operands = self._operands(slots)
        return Check(operands[0], ">", operands[1], ask_left=True) if operands is not None else None

    def _sum(self, slots: dict[str, str], text: str) -> Plan | None:
        if "A" in slots:
            figures = self.phrases.figures(f"{slots['A']}和{slots['B']}")
            operands = tuple(figures) if len(figures) > 1 else self._operands(slots)
            if (
                operands is not None
                and len({each.of.project for each in operands if isinstance(each, Lookup)} - {""}) == 1
            ):
                if all(isinstance(each, Lookup) and each.of.project and each.of.wish.is_empty for each in operands):
                    return operands[0]
            return Combine("+", operands) if operands is not None else None
        words = slots["S"]
        figures = self.phrases.figures(words)
        if len(figures) > 1:
            return Combine("+", tuple(figures))
        if (ranked := self.phrases.ranking(words)) is not None and ranked.count > 1:
            return Combine("+", (ranked,))
        members = self.phrases.prose_group(words) or self.phrases.members(words)
        if members is not None:
            return Aggregate("sum", members)
        return self.phrases.expression(words)

    def _aggregate(self, function: str, slots: dict[str, str]) -> Plan | None:
        ranked = self.phrases.ranking(slots["S"]) if "S" in slots else None
        if ranked is not None and ranked.count > 1:
            return of_ranked(function, ranked)
        members = self.phrases.members(slots["S"]) if "S" in slots else None
        return Aggregate(function, members) if members is not None else None

    def _count(self, slots: dict[str, str], text: str) -> Plan | None:
        if re.search(r"哪几[个项类]|哪些", text):
            return None
        members = self.phrases.members(slots["S"]) or self.phrases.members(text)
        if members is None or members.universe is Universe.PARTS:
            return None
        known = [w for w in content_of(self.linker.words(slots["S"])) if w.kind is WordKind.UNKNOWN]
        return Aggregate("count", members) if not known else None

    def _cover(self, slots: dict[str, str], text: str) -> Plan | None:
        share = next((n.quantity for n in find_numerals(text) if n.kind is NumeralKind.SHARE and n.quantity), None)
        if share is None and (word := next((w for w in _SHARES if w in text), None)):
            share = Quantity(_SHARES[word], PERCENT)
        if share is None:
            return None
        conditions, _ = self.phrases.conditions_in(text)
        kept = (*self._table_condition(text), *(c for c in conditions if c.attribute in ("vintage", "fund")))
        return Aggregate("cover", Members(Universe.PROJECTS, "项目", kept), share.number)

    def _table_condition(self, text: str) -> tuple[Condition, ...]:
        tables, _ = self.phrases.tables_in(text)
        return tuple(Condition("table", "=", f"{d}:{i}") for d, i in tables[:1])

    def _change(self, slots: dict[str, str], text: str) -> Plan | None:
        rate = re.search(r"百分|比例|幅|率|几成|几个点|同比", text)
        ask = (
            "rate" if rate else "direction" if re.search(r"还是|有没有|是否|是增|是减|怎么样|如何", text) else "amount"
        )
        return self._change_of(slots, ask, text)

    def _change_of(self, slots: dict[str, str], ask: str, text: str = "") -> Plan | None:
        phrase = slots.get("A", "")
        selector = self.phrases.selector(phrase) if phrase else None
        if selector is None and "预算" in phrase and not content_of(self.linker.words(phrase)):
            selector = self.phrases.selector("总支出")
        if selector is None or "结转" in phrase or selector.concept == "carried_over":
            return None
        claimed = 0
        if re.search(r"没有|吗|是否|有没有|是不是|没$", text) and ask in ("amount", "direction"):
            claimed = 1 if re.search(r"涨|增|升|多", text) else -1 if re.search(r"降|减|跌|少", text) else 0
        return Change(selector, ask, claimed)

    def _last_year_rest(self, slots: dict[str, str]) -> Plan | None:
        whole = self.phrases.selector(slots["A"]) or self.phrases.selector(f"预算{slots['A']}")
        part = self.phrases.selector(slots["B"])
        if whole is None or part is None:
            return None
        return Combine("-", (Change(whole, "last_year"), Change(part, "last_year")))

    def _who(self, slots: dict[str, str], text: str) -> Plan | None:
        project = self.phrases.project_in(slots["P"])
        if project is None:
            return None
        if "经办" in text or "经手" in text:
            return FieldLookup(project.key, ("handler",), text)
        if "负责人" in text:
            return FieldLookup(project.key, ("person_in_charge", "handler"), text)
        return FieldLookup(project.key, ("implementing_unit", "handler", "person_in_charge"), text)

    def _projects_of(self, slots: dict[str, str]) -> Plan | None:
        members = self.phrases.members(slots["P"] + "项目")
        return Listing(members) if members is not None and members.conditions else None

    def _why(self, slots: dict[str, str], text: str) -> Plan | None:
        project = self.phrases.project_in(text)
        if claims_direction(text) or re.search(r"没变|不变|没有变|持平|一样", text):
            rest = re.sub(
                r"(?:官方|给出?的?|主要|到底)?(?:是)?(?:为什么|为何|为啥|什么原因|的?原因是?什么?|怎么会?|咋|缘何)|今年|大幅|明显|大大|突然|一下子|那么多|这么多|(?:比|较)?(?:上年|去年)|翻(?:了)?(?:一)?(?:番|倍)|了",
                "",
                text,
            )
            rest = re.sub(r"没有变化|没变|不变|没有变|持平|一样", "", CHANGE_WORDS.sub("", rest))
            selector = self.phrases.selector(rest) if rest.strip(",的是") else None
            if selector is None and re.search(r"预算|收入|支出|经费|钱", text):
                selector = self.phrases.selector("总收入" if "收入" in text else "总支出")
            if selector is not None and not selector.fact_ids:
                return Why(text, selector)
        return Quote(text, project.key if project else "", ("necessity", "basis", "overview") if project else ())

    def _define(self, slots: dict[str, str], text: str) -> Plan | None:
        key = label_key(slots["P"])
        for term in self.catalog.terms:
            if term == key or (len(key) >= 3 and (key in term or term in key)):
                return Define(term)
        concept = concept_names().get(key)
        if concept is not None and label_key(concept.label) in self.catalog.terms:
            return Define(label_key(concept.label))
        return (
            Quote(text)
            if concept is not None and "定义" not in text and not re.search(r"什么是|是什么意思", text)
            else None
        )

    # ── sets and single figures ────────────────────────────────────────────────────────────────────────────

    def _several(self, question: Question, text: str) -> Plan | None:
        """`办公费、差旅费各是多少`: several figures asked for at once."""
        if not re.search(r"各是|各|分别|都是", text) and "、" not in text:
            return None
        if order_in(text) is not None:
            return None
        listed = not re.search(r"各是|各|分别|都是", text)
        stripped = re.sub(r"(?:各是|分别是|分别|各自|各|都是|都)(?:多少.*|几.*)?$|是?多少[钱元万亿]*$", "", text)
        figures = self.phrases.figures(stripped, distinct=False)
        if listed and any(figure.of.confidence < 0.85 for figure in figures):
            return None
        owners = {figure.of.project for figure in figures if figure.of.wish.is_empty}
        if len(figures) > 1 and len(owners) == 1 and "" not in owners:
            return Decline("not_split", figures[0].of.label)
        return Listing(Members(Universe.GIVEN, stripped, given=tuple(figures))) if len(figures) > 1 else None

    def _set(self, question: Question, text: str) -> Plan | None:
        text = re.sub(r"[,，]?(?:各|分别)(?:是|有|为)?(?:多少.*)?$", "", text)
        ranked = self.phrases.ranking(text)
        if ranked is not None:
            share = bool(re.search(r"占(?:多少|几|比)|占比", text)) and ranked.count == 1
            return Ranked(ranked.members, ranked.descending, ranked.first, ranked.count, share)
        if not re.search(
            r"的项目$|项目$|的有$|的有没有$|的?构成$|的?组成$|什么项目|啥项目|哪些|哪几|列|都有|有什么|清单|名单|所有|全部|各个|每个|分别|几个|多少个|各项目|名下|which|都是",
            text + question.original,
        ):
            return None
        members = self.phrases.members(text)
        if members is None or (
            members.universe is Universe.PROJECTS and not members.conditions and not re.search(r"项目", text)
        ):
            return None
        if re.search(r"(?<!哪)几个|多少个|(?<!哪)几项|(?<!哪)几类", text) and members.universe is not Universe.PARTS:
            return Aggregate("count", members)
        if (
            members.universe is Universe.PROJECTS
            and not members.conditions
            and not re.search(r"哪些|哪几|列|都有|清单|名单|所有|全部", text)
        ):
            return None
        unknown = [w for w in content_of(self.linker.words(text)) if w.kind is WordKind.UNKNOWN]
        if unknown and not members.conditions and members.universe is not Universe.PARTS:
            return None
        return Listing(members)

    def _position(self, question: Question, text: str) -> Plan | None:
        """`X排第几`."""
        found = re.search(r"排(?:名|行|在)?第?几(?:位|名)?|第几大|位列第几|名次", text)
        project = self.phrases.project_in(text) if found else None
        if found is None or project is None:
            return None
        members = self.phrases.members(text.replace(found[0], "")) or Members(Universe.PROJECTS, "项目")
        kept = tuple(
            c for c in members.conditions if c.attribute in ("table", "vintage", "fund", "nature", "period_years")
        )
        return Position(project.key, Members(Universe.PROJECTS, "项目", kept, members.wish))

    def _per_unit(self, question: Question, text: str) -> Plan | None:
        """`每村平均多少`, `平均每公里造价`: an amount over a count of the same project."""
        found = re.search(
            r"每(?:一)?(?:个|条|座)?(?P<unit>村|公里|平方米|平米|吨|人|辆|座|户|条|处|米|度)[^,]{0,6}(?:多少|摊|花|合|造价|投资|平均|成本)",
            text,
        )
        if found is None or not re.search(r"平摊|分摊|均摊|平均|摊|造价|投资|合多少|下来", text):
            return None
        numerals = [
            n
            for n in find_numerals(text)
            if n.kind in (NumeralKind.MONEY, NumeralKind.NUMBER)
            and n.quantity
            and ("万" in n.printed or "亿" in n.printed or "元" in n.printed)
        ]
        project = self.phrases.project_in(text)
        if project is None:
            links = self.linker.link(text)
            project = next(
                (self.catalog.project_by_key[x.entry.project][0] for x in links[:1] if x.entry.project), None
            )
        if project is None:
            return None
        counts = [
            s
            for s in (*project.indicators, *project.prose)
            if s.fact.quantity
            and to_base(s.fact.quantity.unit)[0] in (to_base(found["unit"])[0], "个")
            and found["unit"] in s.fact.row + s.fact.quantity.unit
        ]
        if not counts:
            return None
        amount: Expression = (
            Literal(Quantity(numerals[0].quantity.number, YUAN))
            if numerals and numerals[0].quantity
            else Lookup(Selector(project.name, project.name, project=project.key))
        )
        return PerUnit(amount, Selector(counts[0].fact.row, indicator_name(counts[0]), fact_ids=(counts[0].id,)))

    def _told_as_tabled(self, text: str) -> Plan | None:
        """`X在表里和文字说明里一致吗`: the figure as a table prints it against the figure that the prose tells."""
        if (
            not re.search(r"文字|说明", text)
            or "表" not in text
            or not re.search(r"一致|相等|对得上|相同|一样|吻合|相符", text)
        ):
            return None
        named = re.match(r"(?P<A>.{2,}?)(?:在|[,，]|的?(?:文字|说明|表))", text)
        selector = self.phrases.selector(named["A"]) if named else None
        if selector is None:
            return None
        told = self.catalog.prose.get(selector.project, []) if selector.project else []
        selector = replace(selector, wish=Wish()) if selector.project else selector
        cells = [*Figures(self.catalog).candidates(selector), *told]
        tabled = tuple(s.id for s in cells if s.fact.origin is Origin.TABLE)
        in_prose = tuple(s.id for s in cells if s.fact.origin is Origin.PROSE)
        if not tabled or not in_prose:
            return None
        return Check(
            Lookup(replace(selector, label=f"{selector.label}（表）", fact_ids=tabled)),
            "=",
            Lookup(replace(selector, label=f"{selector.label}（文字说明）", fact_ids=in_prose)),
        )

    def _agreement(self, question: Question, text: str) -> Plan | None:
        """`X两张表一致吗`, `收支平衡吗`: one figure in several places, or the two sides of the balance."""
        if (compared := self._told_as_tabled(text)) is not None:
            return compared
        if re.search(r"收支.{0,6}(?:平衡|平不平|相抵|相等|一致|平$)|收入.{0,4}支出.{0,4}平衡", text):
            income, spending = self.phrases.selector("总收入"), self.phrases.selector("总支出")
            return Check(Lookup(income), "=", Lookup(spending)) if income is not None and spending is not None else None
        found = re.search(
            r"(?:在)?(?:两|几|各|不同|多)(?:张|个|份|处)(?:表|地方)?(?:里|中|间|之间|上|的)?(?:的)?(?:数|数字|金额|口径)?(?:是否|都|是不是|对不对)?(?:一致|一样|相同|对得上|相等|吻合)",
            text,
        )
        if found is None:
            return None
        selector = self.phrases.selector(text.replace(found[0], ""))
        return Consistent(selector) if selector is not None else None

    def _claimed_value(self, question: Question, text: str) -> Plan | None:
        """`征拆资金2个亿对不对`, `文中说占75.44%，对吗`: a figure said and asked to be confirmed."""
        if not re.search(
            r"对不对|对吗|是吗|对么|准确吗|正确吗|没错吧|是不是|算对了吗|加得对吗|以上吗|以下吗|左右吗|成吗|%吗|一半吗",
            question.raw,
        ):
            return None
        bound = re.fullmatch(
            r"(?P<A>.+?)占(?P<B>.+?)(?P<share>[\d.]+%|百分之[一二三四五六七八九十\d]+|[一二三四五六七八九]成|一半)(?P<way>以上|以下|多|左右)?",
            text,
        )
        if bound is not None:
            return self._bounded_share(bound["A"], bound["B"], bound["share"], bound["way"] or "")
        body = re.sub(
            r"(?:到底)?是?多少.*$|对不对|对吗|是吗|对么|准确吗?|正确吗?|没错吧?|是不是|算对了吗?|加得对吗?|,",
            "",
            re.sub(r"^(?:文中|文件|文字|说明)?(?:里|中)?(?:说|写|称)的?", "", text),
        ).strip("对的")
        share = re.search(r"(?P<A>.+?)占(?P<B>.*?)(?P<value>[\d.]+%)", body)
        if share:
            part = self.phrases.expression(share["A"])
            whole = self.phrases.expression(share["B"]) if share["B"].strip("的了") else None
            stated = next((n.quantity for n in find_numerals(share["value"]) if n.quantity), None)
            if part is not None and stated is not None:
                if whole is None:
                    whole = self.phrases.expression("总收入" if "收入" in share["A"] else "总支出")
                return Check(Ratio(part, whole, PERCENT), "=", Literal(stated))
        if (
            re.search(r"合计|总数|加起来|总计", body)
            and (whole_selector := self.phrases.selector(re.sub(r"的?(?:合计|总数|加起来|总计)", "", body))) is not None
            and not whole_selector.project
        ):
            return Check(
                Aggregate("sum", Members(Universe.PARTS, f"{whole_selector.label}各项", of=whole_selector)),
                "=",
                Lookup(whole_selector),
            )
        amounts = [
            n
            for n in find_numerals(body)
            if n.kind in (NumeralKind.MONEY, NumeralKind.NUMBER) and n.quantity and re.search("[万亿元]", n.printed)
        ]
        if len(amounts) == 1 and amounts[0].quantity is not None:
            selector = self.phrases.selector(re.sub(r"个$|个亿", "", body[: amounts[0].start]) + body[amounts[0].end :])
            if selector is not None:
                return Check(
                    Lookup(selector),
                    "=",
                    Literal(Quantity(amounts[0].quantity.number, YUAN, precision=amounts[0].quantity.precision)),
                )
        return None

    def _bounded_share(self, part: str, whole: str, share: str, way: str) -> Plan | None:
        """`A占B七成以上吗`: a share against a bound."""
        operands = self._operands({"A": part, "B": re.sub(r"超过|不到|达到|大于|小于|不足|是否|有没有", "", whole)})
        stated = next((n.quantity for n in find_numerals(share) if n.quantity is not None), None)
        bound = Quantity(_SHARES[share], PERCENT) if share in _SHARES else stated
        if operands is None or bound is None:
            return None
        less = way == "以下" or bool(re.search(r"不到|不足|小于", whole))
        more = way in ("以上", "多") or bool(re.search(r"超过|达到|大于", whole))
        return Check(Ratio(*operands, PERCENT), "<" if less else ">" if more else "=", Literal(bound))

    def _single(self, question: Question, text: str) -> Plan | None:
        if (code := self.phrases.unknown_code(text)) is not None and "科目" in text:
            return Decline("unknown", f"科目编码 {code}")
        if re.search(r"哪些项目|哪个项目|哪几个项目|几个项目", text):
            return None
        if re.search(r"^什么(?:是|叫)|是什么意思|什么意思|的定义|的含义", text):
            return Decline("unknown", question.raw.strip())
        if self._asks_unknown_attribute(text):
            return Decline("unknown", question.raw.strip())
        if re.search(r"包括哪|包含哪|主要包括|哪些内容|为了|打造|作用", text):
            return None
        hint = hint_of(text)
        selector = self.phrases.selector(text, hint)
        counted = selector is not None and selector.wish.role is Role.COUNT
        if selector is None or (hint.units and not counted and (selector.concept or selector.project)):
            return None  # 多少辆, 多少人: a figure in money is no answer
        if selector.project and not question.english and not _MONEY_ASKED.search(text):
            return self._about_project(text, selector)
        if selector.fact_ids:
            return self._indicator_or_ambiguous(text, selector, question.unit)
        return Lookup(selector, question.unit)

    def _asks_unknown_attribute(self, text: str) -> bool:
        """Whether what is asked of a thing is a noun that no document knows: `发行利率`, `中标价`."""
        words = content_of(self.linker.words(re.sub(r"(?:是|有)?(?:多少|几|什么|谁).*$", "", text)))
        last = words[-1] if words else None
        return last is not None and last.kind is WordKind.UNKNOWN and says(last.text, "unknown_attribute")

    def _about_project(self, text: str, selector: Selector) -> Plan:
        """A project named without asking for money: its budget when nothing else is asked, else its text."""
        key = label_key(selector.label)
        rest = [w for w in content_of(self.linker.words(text)) if not any(r in key for r in w.readings)]
        asks = re.search(r"什么|怎么|如何|吗|多长|多宽|多高|多久|哪|谁|几", text)
        return Quote(text, selector.project, ("overview",)) if asks or rest else Lookup(selector)

    def _indicator_or_ambiguous(self, text: str, selector: Selector, unit: str) -> Plan:
        """One indicator or prose figure; a product where a price and a count are known; a question back where several fit alike."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        units = {f.quantity.unit for f in facts if f.quantity is not None}
        asks_money = bool(re.search(r"多少钱|花|费|赔|要多少|付多少", text)) or text.endswith("多少")
        if (
            asks_money
            and YUAN not in units
            and any(u.startswith(f"{YUAN}/") for u in units)
            and any(not u.startswith(YUAN) for u in units)
        ):
            return CostEstimate(selector.label, label_key(facts[0].project))
        if re.search(r"多少钱|多少元|多少万元", text) and not any(u.startswith(YUAN) for u in units):
            return Decline("no_amount", selector.label)
        if (
            re.search(r"哪些|哪几|什么|列", text)
            and all(f.origin is Origin.PROSE for f in facts)
            and not any(f.quantity is None for f in facts)
        ):
            return Quote(selector.label, label_key(facts[0].project))
        project = self.phrases.project_in(text)
        if project is not None and all(label_key(f.project) != project.key for f in facts):
            own = next(
                (
                    x
                    for x in self.linker.link(text, hint_of(text))
                    if x.entry.project == project.key and x.coverage >= SURE
                ),
                None,
            )
            if own is not None and own.entry.facts:
                return Lookup(Selector(text, own.entry.label, fact_ids=tuple(s.id for s in own.entry.facts)), unit)
            return Quote(text, project.key, ("plan", "overview"))
        alike = self._alike(text, selector)
        if (whole := self._whole_among(alike)) is not None:
            return Lookup(whole, unit)
        if len(alike) > 1:
            given = tuple(Lookup(each) for each in alike)
            members = Members(Universe.GIVEN, text, given=given)
            if re.search(r"一共|合计|总共|加起来|两个|两处|三个", text) and len(units) <= 1:
                return Aggregate("sum", members)
            return Ambiguous(text, members)
        return Lookup(selector, unit)

    def _whole_among(self, alike: Sequence[Selector]) -> Selector | None:
        """The one that the others are parts of: 公务用车编制 among kinds of vehicles."""
        paths = {
            label_key(label) for each in alike for i in each.fact_ids for label in self.catalog.by_id[i].fact.row_path
        }
        wholes = [
            each for each in alike if any(label_key(self.catalog.by_id[i].fact.row) in paths for i in each.fact_ids)
        ]
        return wholes[0] if wholes else None

    def _alike(self, text: str, chosen: Selector) -> list[Selector]:
        """Other indicators or prose figures that fit the words as well as the chosen one, with other values."""
        links = self.linker.link(text, hint_of(text))
        if not links:
            return []
        best = links[0]
        if best.how == "exact" or best.entry.kind not in (EntryKind.INDICATOR, EntryKind.PROSE):
            return []
        found: list[tuple[Entry, set[str]]] = []
        for link in links[:12]:
            near = link.coverage >= best.coverage - 0.01 and link.score >= best.score - 0.1
            if (
                not near
                or link.entry.kind not in (EntryKind.INDICATOR, EntryKind.PROSE)
                or link.entry.units != best.entry.units
            ):
                continue
            values = {s.fact.printed.lstrip("≤≥<>=约") for s in link.entry.facts}
            if not any(_same_thing(link.entry, values, other, known) for other, known in found):
                found.append((link.entry, values))
        return [Selector(text, entry.label, fact_ids=tuple(s.id for s in entry.facts)) for entry, _ in found]


def _same_thing(one: Entry, values: set[str], other: Entry, known: set[str]) -> bool:
    """Whether two entries are one indicator printed twice: the same values and all but the same name."""
    if not (values <= known or known <= values):
        return False
    if one.kind is not other.kind:
        return one.project == other.project
    shorter, longer = sorted((one.core, other.core), key=len)
    return one.project != other.project or longer.startswith(shorter) or is_misprint(shorter, longer)


def _units_clash(left: Expression, right: Expression, catalog: Catalog) -> bool:
    """Whether two looked-up facts are in units that cannot be compared."""
    if not (isinstance(left, Lookup) and isinstance(right, Lookup)):
        return False
    units = [{q.unit for i in each.of.fact_ids if (q := catalog.by_id[i].fact.quantity)} for each in (left, right)]
    return bool(units[0] and units[1]) and not units[0] & units[1]


def project_of(expression: Expression, catalog: Catalog) -> Project | None:
    """The project that an expression's figure belongs to."""
    if isinstance(expression, Aggregate | Ranked):
        key = next((c.text for c in expression.members.conditions if c.attribute in ("project", "key")), "")
        return next(iter(catalog.project_by_key.get(key, [])), None)
    if isinstance(expression, Lookup):
        key = expression.of.project
        if not key and expression.of.fact_ids:
            stored = catalog.by_id.get(expression.of.fact_ids[0])
            key = label_key(stored.fact.project) if stored else ""
        return next(iter(catalog.project_by_key.get(key, [])), None)
    return None


def find_amounts(text: str) -> Sequence[object]:
    return [n for n in find_numerals(text) if n.kind is NumeralKind.MONEY]
