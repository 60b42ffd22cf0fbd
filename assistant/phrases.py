"""A phrase of a question into what it stands for: a figure, a set, a ranking, a number given in the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.catalog import Catalog, Project
from assistant.conditions import carried, nature, period_years, relation_before, threshold
from assistant.exemplars import match_exemplars
from assistant.linking import EntryKind, Hint, Link, Linker, is_generic
from assistant.ordering import order_in
from assistant.plan import (
    Aggregate,
    Change,
    Combine,
    Condition,
    Expression,
    Literal,
    Lookup,
    Members,
    Ranked,
    Selector,
    Universe,
    Wish,
)
from assistant.segments import Word, WordKind, content_of
from assistant.words import (
    Concept,
    concept_by_key,
    concept_names,
    concepts,
    longest_first,
    plain_words,
    sheet_fields,
    wish_of,
)
from ingest.facts import Fund, Level, Origin, Role, Side, Spending, Vintage
from ingest.labels import bare_label, label_key
from ingest.numbers import Numeral, NumeralKind, as_number, find_numerals
from ingest.quantities import YUAN, Quantity
from ingest.titles import title_to_kind
from ingest.units import UnitKind, to_base, unit_named

SURE = 0.62  # the share of a phrase's content that must be explained before a link counts
_TABLE = re.compile(
    r"(?:第(?P<ordinal>\d{1,2}|[一二三四五六七八九十]{1,3})[张个](?:表格?)|表(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?!格|致|样|共|下|起))"
)
_CODE = re.compile(r"(?<!\d)(\d{3}|\d{5}|\d{7})(?!\d|元|万|年|个|条|人|平|度|吨)")
_HOW_MANY = re.compile(r"(?:多少|几)(?P<unit>[一-鿿]{1,4})")
_MONEY = re.compile(r"钱|元|花|经费|预算|资金|拨款|金额|投入|费|开支|支出|贵")
_AREA = re.compile(r"面积|多大|平米|平方")
_DATE = re.compile(r"什么时候|啥时候|何时|几号|哪天|哪一天|到什么时候|几月|哪几年|哪年|哪一年")
_RATE = re.compile(r"单价|每座|一座|每度|一度|每平|单位成本|每吨|每个|每次|标准|一次")
_SHARE = re.compile(r"百分比|百分之几|比例|占比|几成|满意度|完成率|合格率|率是")
_A_NOUN = re.compile(r"..(?:率|度|费|额|数|量|期|人|标准|比例|地址|名单|公司|单位|价|利息|面积)$")
_ASKING = re.compile(r"(?:是|有|要|花)?(?:多少[钱元万亿]*|几何)?(?:钱|元)?$")
_AND = re.compile(r"(?:加上|加|和|与|及|以及|、|\+|跟|,)")


class Phrases:
    """Understands phrases over one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────

    def expression(self, phrase: str, depth: int = 0) -> Expression | None:
        """The figure a phrase stands for, simple or computed; None when it is not understood."""
        text = _trimmed(phrase)
        if not text:
            return None
        if (literal := self.literal(text)) is not None:
            return literal
        if (change := self._change_amount(text)) is not None:
            return change
        if (
            re.fullmatch(r"(?:\d+个)?(?:本年|当年)的?(?:全部|所有)?项目(?:支出|预算|资金|金额|总额|合计|总)*", text)
            and self.catalog.projects
        ):
            return Aggregate(
                "sum",
                Members(Universe.PROJECTS, "本年预算项目支出", (Condition("vintage", "=", Vintage.CURRENT.value),)),
            )
        if (exact := self._exact(self._without_loaded_years(text))) is not None:
            return Lookup(replace(exact, words=text))
        if depth < 3:
            if (ranked := self.ranking(text)) is not None:
                return ranked
            if (combined := self._combined(text, depth)) is not None:
                return combined
            if (aggregate := self._aggregate(text)) is not None:
                return aggregate
        if (stated := self._stated_number(text)) is not None:
            return stated
        if (listed := self.prose_group(text)) is not None:
            return Aggregate("sum", listed)
        if (several := self._of_several_projects(text)) is not None:
            return several
        if (costs := self._indicator_costs(text)) is not None:
            return costs
        selector = self.selector(text)
        if selector is None:
            return None
        if (
            selector.concept == "project_expenditure"
            and selector.wish.vintage is Vintage.CURRENT
            and not selector.tables
        ):
            conditions = [Condition("vintage", "=", Vintage.CURRENT.value)]
            if selector.wish.fund is not None:
                conditions.append(Condition("fund", "=", selector.wish.fund.value))
            if self.catalog.projects:
                return Aggregate("sum", Members(Universe.PROJECTS, "本年预算项目支出", tuple(conditions)))
        if (
            selector.tables
            and selector.concept
            and selector.wish.fund is not None
            and self._is_project_table(selector.tables[0])
        ):
            document, index = selector.tables[0]
            table = Condition("table", "=", f"{document}:{index}")
            return Aggregate("sum", Members(Universe.PROJECTS, selector.words, (table,), Wish(fund=selector.wish.fund)))
        if selector.tables and not (
            selector.concept or selector.code or selector.row_keys or selector.project or selector.fact_ids
        ):
            return self._table_total(selector)
        return Lookup(selector)

    def _change_amount(self, text: str) -> Change | None:
        """`总预算的减少额`: a change as an operand."""
        found = re.fullmatch(
            r"(?P<A>.+?)(?:比上年|较上年)?(?:的)?(?P<rate>降幅|增幅|增长率|下降率)?(?:减少额|增加额|增减额|变动额|减少数|下降额|减少|增加)?(?:里|中)?",
            text,
        )
        if found is None or not re.search("[增减变降幅率]", text[len(found["A"]) :]):
            return None
        selector = self.selector(found["A"])
        return (
            Change(selector, "rate" if found["rate"] else "amount")
            if selector is not None and not selector.fact_ids
            else None
        )

    def _of_several_projects(self, text: str) -> Aggregate | None:
        """`张春翔经办项目金额`: the sum over the projects that a person, a period or a nature picks out."""
        conditions, rest = self.conditions_in(text)
        if not any(c.attribute in ("handler", "period_years", "nature") for c in conditions) or "项目" not in rest:
            return None
        members = self.members(text)
        return Aggregate("sum", members) if members is not None and members.universe is Universe.PROJECTS else None

    def _indicator_costs(self, text: str) -> Expression | None:
        """`某项目的成本指标`: its money targets, one or their sum."""
        found = re.fullmatch(
            r"(?P<P>.+?)(?:的)?(?:各项|[二三四五六七八九\d]+项)?成本(?:指标|上限)(?:上限|值|目标)?", text
        )
        project = self.project_in(found["P"]) if found else None
        if project is None:
            return None
        members = Members(
            Universe.INDICATORS,
            text,
            (
                Condition("project", "=", project.key),
                Condition("indicator_class", "=", "成本"),
                Condition("unit", "=", YUAN),
            ),
        )
        return Aggregate("sum", members)

    def _table_total(self, selector: Selector) -> Expression:
        """A table's printed total, or the sum of its projects where no total is printed."""
        printed = [
            s
            for t in selector.tables
            for s in self.catalog.cells_of_table(t)
            if s.fact.coordinates.level is Level.TOTAL and s.fact.quantity is not None
        ]
        if printed or not self._is_project_table(selector.tables[0]):
            return Lookup(selector)
        document, index = selector.tables[0]
        return Aggregate(
            "sum", Members(Universe.PROJECTS, selector.label, (Condition("table", "=", f"{document}:{index}"),))
        )

    def prose_group(self, text: str) -> Members | None:
        """`酒店扶持三个节点`, `两笔兑现`: the amounts listed under one subject, when as many are printed as the phrase says."""
        found = re.search(r"(?P<n>[二两三四五六七八九十\d]+)(?P<unit>个节点|节点|笔|项|处|个|期)", text)
        number = as_number(found["n"].replace("两", "二")) if found else None
        if found is None or number is None:
            return None
        words = [
            w
            for w in content_of(self.linker.words(text.replace(found[0], found["unit"].removeprefix("个") + " ")))
            if w.kind is not WordKind.UNKNOWN
        ]
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for stored in self.catalog.facts:
            fact = stored.fact
            if (
                fact.origin is Origin.PROSE
                and fact.project
                and fact.row_path
                and fact.coordinates.role is Role.AMOUNT
                and fact.quantity
                and label_key(fact.row) not in ("合计", "共计")
            ):
                groups.setdefault((fact.project, fact.row_path), []).append(stored.id)
        scored = []
        for (_project, path), ids in groups.items():
            if len(ids) != int(number):
                continue
            around = "".join(map(label_key, path)) + "".join(label_key(self.catalog.by_id[i].fact.row) for i in ids)
            hits = sum(any(reading in around for reading in word.readings) for word in words)
            if hits and hits >= len(words) - 1:
                scored.append((hits, ids))
        if not scored and words:
            named: dict[str, list[int]] = {}
            for stored in self.catalog.facts:
                fact = stored.fact
                if (
                    fact.origin is Origin.PROSE
                    and fact.project
                    and fact.coordinates.role is Role.AMOUNT
                    and fact.quantity
                ):
                    asked = [w for w in words if not any(r in label_key(fact.project) for r in w.readings)]
                    if asked and all(any(r in label_key(fact.row) for r in w.readings) for w in asked):
                        named.setdefault(fact.project, []).append(stored.id)
            scored = [(1, ids) for ids in named.values() if len(ids) == int(number)]
        if not scored:
            return None
        ids = max(scored, key=lambda pair: pair[0])[1]
        given = tuple(
            Lookup(Selector(self.catalog.by_id[i].fact.row, self.catalog.by_id[i].fact.row, fact_ids=(i,))) for i in ids
        )
        return Members(Universe.GIVEN, text, given=given)

    def literal(self, text: str) -> Literal | None:
        """A number given in the question: `400万的预算` when the words around it name nothing."""
        numerals = _amounts(text)
        if len(numerals) != 1 or numerals[0].quantity is None:
            return None
        rest = text[: numerals[0].start] + text[numerals[0].end :]
        if content_of(self.linker.words(rest)):
            return None
        quantity = numerals[0].quantity
        if numerals[0].kind is NumeralKind.NUMBER:
            if not re.search(r"[万亿]", numerals[0].printed):
                return None
            quantity = Quantity(quantity.number, YUAN)
        return Literal(quantity)

    def _stated_number(self, text: str) -> Lookup | None:
        """`概况中的14.8647亿元`: the prose figure of that very number, in the project named or about what is named."""
        numerals = _amounts(text)
        if not numerals or numerals[0].quantity is None:
            return None
        number = numerals[0].quantity.number
        rest = text[: numerals[0].start] + text[numerals[0].end :]
        words = [w for w in content_of(self.linker.words(rest)) if w.kind is not WordKind.UNKNOWN]
        project = self.project_in(text[: numerals[0].start])
        hits = [
            s
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            and s.fact.project
            and s.fact.quantity is not None
            and s.fact.quantity.number == number
            and (
                label_key(s.fact.project) == project.key
                if project is not None
                else self._is_about(s.fact.row + "".join(s.fact.row_path) + s.fact.sentence, words)
            )
        ]
        if not hits:
            return None
        project = project or self.catalog.project_by_key[label_key(hits[0].fact.project)][0]
        label = f"{project.name}{hits[0].fact.table}中“{hits[0].fact.row}”" if hits[0].fact.row else project.name
        return Lookup(Selector(text, label, fact_ids=tuple(s.id for s in hits)))

    @staticmethod
    def _is_about(printed: str, words: Sequence[Word]) -> bool:
        key = label_key(printed)
        return bool(words) and all(any(reading in key for reading in word.readings) for word in words)

    def _combined(self, text: str, depth: int) -> Combine | None:
        """`A加B`, `A和B两者合计`: only where both sides are figures and the whole is not itself a name."""
        matched = re.fullmatch(r"(?P<A>.+?)(?P<op>加上|加|减去|减|\+|-)(?P<B>.+)", text)
        both = re.fullmatch(
            r"(?P<A>.+?)(?:和|与|及|、)(?P<B>.+?)(?:两者|两项|两个|二者|这两项)?(?:合计|之和|加起来|总和|一共|总共|的和)",
            text,
        )
        matched = matched or both
        listed = re.fullmatch(
            r"(?P<L>.+?)(?:这)?(?:[两二三四五]项|[两二三四五]者|[两二三四五]个|[两二三四五]笔|[两二三四五]类)?(?:的)?(?:之和|合计|加起来|总和|加总|相加)",
            text,
        )
        if listed is not None and not self._is_a_name(text):
            figures = self._adjacent_concepts(_AND.sub("", listed["L"])) or self.figures(listed["L"])
            if len(figures) > 1:
                return Combine("+", tuple(figures))
        if matched is None or self._is_a_name(text):
            return None
        left, right = self.expression(matched["A"], depth + 1), self.expression(matched["B"], depth + 1)
        if left is None or right is None:
            return None
        operator = "-" if "op" in matched.re.groupindex and matched["op"] in ("减去", "减", "-") else "+"
        return Combine(operator, (left, right))

    def _aggregate(self, text: str) -> Aggregate | Combine | None:
        for match in match_exemplars(text):
            if match.kind in ("sum", "average", "median", "count") and "S" in match.slots:
                ranked = self.ranking(match.slots["S"])
                if ranked is not None and ranked.count > 1:
                    return Combine("+", (ranked,)) if match.kind == "sum" else self.of_ranked(match.kind, ranked)
                members = self.members(match.slots["S"])
                if members is not None:
                    return Aggregate(match.kind, members)
        return None

    @staticmethod
    def of_ranked(function: str, ranked: Ranked) -> Aggregate:
        """`前三大项目平均`: an aggregate over the first of a ranking only."""
        members = replace(ranked.members, kept=ranked.count, kept_largest=ranked.descending)
        return Aggregate(function, members)

    def _is_a_name(self, text: str) -> bool:
        key = label_key(text)
        return key in self.linker.pieces or key in concept_names()

    def figures(self, phrase: str, distinct: bool = True) -> list[Lookup]:
        """Several figures named one after the other: `办公费、差旅费和会议费`; empty unless each is understood."""
        parts = [part for part in _AND.split(phrase) if part.strip()]
        if len(parts) < 2:
            return []
        found = [self.selector(part) for part in parts]
        owner = found[0]
        if owner is not None and owner.project:
            found = [each or self._period_of(owner, part) for each, part in zip(found, parts, strict=True)]
        last = found[-1]
        if last is not None:
            found = [
                each
                if each is not None and self._units(each) & self._units(last)
                else self._sharing_tail(part, parts[-1], last)
                for each, part in zip(found, parts, strict=True)
            ]
        found = [
            found[0],
            *(self._sharing_head(parts[0], part, each) for each, part in zip(found[1:], parts[1:], strict=True)),
        ]
        return (
            [Lookup(each) for each in found if each is not None]
            if all(found) and (not distinct or _all_different(found))
            else []
        )

    def _period_of(self, owner: Selector, part: str) -> Selector | None:
        """`泵站的实施期总额、年度总额`: a later part that only names a period of the first one's project."""
        wish, rest = self.wish_in(part)
        annual = re.fullmatch(r"(?:年度|本年|今年)(?:资金|预算|金额)?(?:总额|总数|合计)?", part)
        if annual is None and (wish.period is None or content_of(self.linker.words(rest))):
            return None
        return replace(owner, words=part, label=f"{owner.label}（{part}）", wish=Wish(period=wish.period))

    def _sharing_head(self, first: str, part: str, alone: Selector | None) -> Selector | None:
        """`风华的贴息和补贴`: a later part belongs to the name that the first one begins with, where that fits better."""
        if alone is None or not alone.fact_ids:
            return alone
        for length in (4, 3, 2):
            head = self.selector(first[:length] + part) if len(first) > length else None
            if (
                head is not None
                and head.fact_ids
                and head.fact_ids != alone.fact_ids
                and label_key(first[:length]) in self._labels_of(head)
            ):
                return head
        return alone

    def _labels_of(self, selector: Selector) -> str:
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        return "".join(label_key(label) for fact in facts for label in (fact.row, *fact.row_path))

    def _units(self, selector: Selector) -> set[str]:
        """The units a selector's own facts are in; money for what is found by name."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids if i in self.catalog.by_id]
        return {to_base(f.quantity.unit)[0] for f in facts if f.quantity is not None} or {YUAN}

    def _sharing_tail(self, head: str, last: str, other: Selector) -> Selector | None:
        """`小店和清徐片区面积`: the first takes over what the last says after its own name."""
        for length in range(1, min(6, len(last))):
            found = self.selector(head + last[length:])
            if (
                found is not None
                and found.fact_ids
                and other.fact_ids
                and not set(found.fact_ids) & set(other.fact_ids)
            ):
                return found
        return None

    def selector(self, phrase: str, hint: Hint | None = None) -> Selector | None:
        """One figure by name, code, table or coordinates."""
        text = self._without_loaded_years(_trimmed(phrase))
        text = _without_money(text) if content_of(self.linker.words(_without_money(text))) else text
        tables, text = self.tables_in(text)
        if tables and not content_of(self.linker.words(_without(text, ("合计", "总计", "总额", "数")))):
            return Selector(phrase, self._table_label(tables), self._table_wish(text), tables=tables)
        if (code := self._code_in(text)) is not None:
            wish, _ = self.wish_in(text.replace(code, ""))
            return Selector(phrase, self._code_label(code), wish, code=code, tables=tables)
        exact = self._exact(text)
        if exact is not None:
            return replace(exact, words=phrase, tables=tables)
        wish, rest = self.wish_in(text)
        if not content_of(self.linker.words(rest)):
            concept = _concept_of(wish, text)
            if concept is None:
                return None
            return Selector(
                phrase,
                concept_by_key()[concept].label,
                wish.with_defaults(concept_by_key()[concept].wished()),
                concept=concept,
                table_kinds=concept_by_key()[concept].tables,
                tables=tables,
            )
        exact = self._exact(rest)
        if exact is not None:
            return replace(exact, words=phrase, wish=wish.with_defaults(exact.wish), tables=tables)
        hint = hint or hint_of(text)
        links = self.linker.link(rest, hint)
        if links and links[0].coverage >= self._sure(rest):
            return self._of_link(links[0], phrase, wish, tables)
        whole = self.linker.link(text, hint)
        if whole and whole[0].coverage >= self._sure(text):
            return self._of_link(whole[0], phrase, Wish(), tables)
        if (
            (hint.money or "多少" in text)
            and not hint.rate
            and "指标" not in text
            and (budget := self._budget_of_project(phrase, text, links, wish)) is not None
        ):
            return budget
        return self._within(phrase, text)

    def _within(self, phrase: str, text: str) -> Selector | None:
        """`财政拨款支出里一般公共预算`: the figure named last, in the coordinates named first."""
        found = re.fullmatch(r"(?P<around>.+?)(?:里面|里|当中|中|下面)[,的]?(?P<inner>.{2,})", text)
        if found is None:
            return None
        inner = self.selector(found["inner"])
        if inner is None:
            return None
        wish, _ = self.wish_in(found["around"])
        side = Side.INCOME if "收入" in found["around"] else Side.EXPENDITURE if "支出" in found["around"] else None
        return replace(
            inner, words=phrase, wish=inner.wish.with_defaults(replace(wish, fund=wish.fund, side=wish.side or side))
        )

    def _budget_of_project(self, phrase: str, text: str, links: Sequence[Link], wish: Wish) -> Selector | None:
        """Money asked of a project whose telling word is there, though the phrase says more than its name."""
        project = self.project_in(text)
        if project is None or not links:
            return None
        known = next((link for link in links if link.entry.project == project.key), None)
        if known is None or known.coverage < 0.53:
            return None
        return Selector(phrase, project.name, wish, project=project.key, confidence=known.coverage)

    def _without_loaded_years(self, text: str) -> str:
        """The documents' own year goes without saying."""
        for year in self.catalog.years:
            text = re.sub(rf"{year}(?:年度?)?(?![-—~至到]|\d|年?\d{{1,2}}月)", "", text)
        return text or "总支出"

    def _sure(self, text: str) -> float:
        """How much of a phrase must be explained: more where it has a noun that nothing knows."""
        unknown = any(w.kind is WordKind.UNKNOWN and _A_NOUN.search(w.text) for w in self.linker.words(text))
        return SURE + 0.13 if unknown else SURE

    def _exact(self, text: str) -> Selector | None:
        """A concept or a row whose whole name the phrase is."""
        key = label_key(text)
        if (
            key in self.catalog.rows
            and any(s.fact.quantity is not None and not s.fact.project for s in self.catalog.rows[key])
            and key not in concept_names()
        ):
            return Selector(text, bare_label(self.catalog.rows[key][0].fact.row), row_keys=(key,))
        if (blank := self._blank_row(key)) is not None:
            return Selector(text, blank, row_keys=(label_key(blank),))
        words = [word.text for word in content_of(self.linker.words(text))]
        named = {concept_names()[word].key for word in words if word in concept_names()}
        one = words[0] if len(named) == 1 and all(word in concept_names() for word in words) else ""
        for candidate in (key, "".join(words), one, _counted(key)):
            if (concept := concept_names().get(candidate)) is not None and self._is_printed(concept):
                wish = concept.wished()
                if concept.fund_row and wish.side is None:
                    side = Side.INCOME if "收入" in text else Side.EXPENDITURE if "支出" in text else None
                    wish = replace(wish, side=side)
                return Selector(text, concept.label, wish, concept=concept.key, table_kinds=concept.tables)
        return None

    def _blank_row(self, key: str) -> str | None:
        """The label of a row that every table prints without a value."""
        for candidate in (key, label_key(_ASKING.sub("", key))):
            if (
                candidate in self.catalog.blank_rows
                and candidate not in self.catalog.rows
                and candidate not in concept_names()
            ):
                return self.catalog.blank_rows[candidate][1]
        return None

    def _is_printed(self, concept: Concept) -> bool:
        """Whether a concept that only prose tells is told; any other may be asked for."""
        return bool(concept.rows or concept.total or concept.tables or not concept.prose) or any(
            label_key(name) in self.catalog.prose for name in concept.prose
        )

    def _of_link(self, link: Link, phrase: str, wish: Wish, tables: tuple[tuple[int, int], ...]) -> Selector:
        entry = link.entry
        base = Selector(phrase, entry.label, wish, tables=tables, confidence=link.score)
        match entry.kind:
            case EntryKind.PROJECT:
                return replace(base, project=entry.project)
            case EntryKind.CONCEPT:
                assert entry.concept is not None
                concept = entry.concept
                return replace(
                    base, concept=concept.key, wish=wish.with_defaults(concept.wished()), table_kinds=concept.tables
                )
            case EntryKind.ROW:
                return replace(base, row_keys=(entry.core,))
            case _:
                facts = [s for s in entry.facts if s.fact.quantity is not None]
                money = [s for s in facts if s.fact.quantity and s.fact.quantity.unit == YUAN]
                counts = [s for s in facts if s.fact.quantity and s.fact.quantity.unit not in (YUAN, "%")]
                hint = hint_of(phrase)
                wants_count = bool(hint.units) or bool(re.search(r"几|个数|数量|多少个", phrase))
                kept = counts if wants_count and counts else money if money else list(entry.facts)
                return replace(base, fact_ids=tuple(s.id for s in kept), project="")

    def _code_in(self, text: str) -> str | None:
        return next((code for code in _CODE.findall(text) if code in self.catalog.codes), None)

    def unknown_code(self, text: str) -> str | None:
        """A subject code asked for that no document holds."""
        found = re.search(r"(?<!\d)(\d{7}|\d{5})(?!\d|元|万|年|个|度)", text)
        return found[1] if found and found[1] not in self.catalog.codes and "科目" in text + "科目" else None

    def _code_label(self, code: str) -> str:
        return f"{code} {bare_label(self.catalog.codes[code][0].fact.row)}"

    def tables_in(self, text: str) -> tuple[tuple[tuple[int, int], ...], str]:
        """Tables named by number or by title, and the text without them."""
        found: list[tuple[int, int]] = []
        for match in _TABLE.finditer(text):
            number = as_number(match["number"] or match["ordinal"])
            if number is not None:
                found += self.catalog.table_numbers.get(str(int(number)), [])
        rest = _TABLE.sub("", text) if found else text
        for identity, table in self.catalog.tables.items():
            title = _bare_title(table.title)
            if len(title) >= 5 and title in label_key(rest) and not found:
                found.append(identity)
                rest = rest.replace(title, "")
        if not found:
            found, rest = self._tables_by_kind(rest)
        rest = re.sub(r"^(?:预算公开|公开|里面?的?|中的?|的|里)+", "", rest) if found else rest
        return tuple(dict.fromkeys(found)), rest

    def _tables_by_kind(self, text: str) -> tuple[list[tuple[int, int]], str]:
        """`支出总表`, `三公经费支出表`: tables by what such titles are called everywhere."""
        for match in re.finditer(r"[一-鿿“”]{2,24}表(?:[(（](?:本年|结转|上年结转|本年预算)[)）])?", text):
            for start in range(match.start(), match.end() - 2):
                mention = text[start : match.end()]
                kind = title_to_kind(mention) if len(mention) >= 3 else ""
                tables = [identity for identity, table in self.catalog.tables.items() if kind and table.kind == kind]
                if len(tables) > 1 and re.search(r"结转", mention):
                    tables = [
                        t
                        for t in tables
                        if "结转" in self.catalog.tables[t].title and "不含" not in self.catalog.tables[t].title
                    ]
                elif len(tables) > 1 and kind == "projects":
                    tables = [t for t in tables if "结转" not in self.catalog.tables[t].title] or tables
                if tables:
                    return tables, text[:start] + text[match.end() :]
        return [], text

    def _table_label(self, tables: Sequence[tuple[int, int]]) -> str:
        table = self.catalog.tables[tables[0]]
        return f"{table.title}合计"

    def _table_wish(self, text: str) -> Wish:
        return self.wish_in(text)[0]

    # ── coordinates ────────────────────────────────────────────────────────────────────────────────────────

    def wish_in(self, text: str) -> tuple[Wish, str]:
        """The coordinates a phrase names, and the phrase without their words."""
        found: dict[str, str] = {}
        rest = text
        for dimension, values in plain_words().wishes.items():
            hits = [(word, value) for value, words in values.items() for word in words if word in rest]
            if not hits:
                continue
            word, value = max(hits, key=lambda hit: len(hit[0]))
            if value == "annual" and "绩效" not in text:
                rest = rest.replace(word, "年度" if rest == word else "")
                continue
            if dimension == "side" and len(content_of(self.linker.words(rest.replace(word, "")))) > 0:
                if value == "income":
                    found[dimension] = value
                continue
            found[dimension] = value
            rest = rest.replace(word, "")
            rest = re.sub(r"[(（]\s*[)）]", "", rest)
        return wish_of(found), rest

    # ── projects ───────────────────────────────────────────────────────────────────────────────────────────

    def project_in(self, text: str) -> Project | None:
        """The one project that the words of a longer text point at, by its telling words."""
        words = [w for w in content_of(self.linker.words(text)) if w.kind is not WordKind.UNKNOWN]
        best: list[tuple[float, Project]] = []
        for project in self.catalog.projects.values():
            names = [label_key(name) for name in project.names]
            score = 0.0
            for word in words:
                score += max((self.linker.telling(reading, names) for reading in word.readings), default=0.0)
            if score > 0:
                best.append((score, project))
        best.sort(key=lambda pair: -pair[0])
        if not best or best[0][0] < self.linker.telling_enough:
            return None
        if len(best) > 1 and best[0][0] - best[1][0] < 0.15 * best[0][0]:
            return None
        return best[0][1]

    # ── sets ───────────────────────────────────────────────────────────────────────────────────────────────

    def members(self, phrase: str) -> Members | None:
        """The set a phrase stands for: its universe and conditions; None when it names no set."""
        text = _trimmed(phrase)
        if (rest_of := self._without_top(text)) is not None:
            return rest_of
        tables, rest = self.tables_in(text)
        conditions: list[Condition] = [Condition("table", "=", f"{d}:{i}") for d, i in tables[:1]]
        more, rest = self.conditions_in(rest)
        wish, rest = self.wish_in(rest)
        universe = self.universe_in(rest)
        if universe is None and any(c.attribute in ("handler", "period_years", "nature") for c in more):
            universe = Universe.PROJECTS
        if (
            universe is None
            and tables
            and self._is_project_table(tables[0])
            and not content_of(self.linker.words(rest))
        ):
            universe = Universe.PROJECTS
        if universe is None or (universe is Universe.SUBJECTS and re.search(r"下面|下属|之下|项下|底下", text)):
            parts = self._parts(text)
            return (
                replace(parts, of=replace(parts.of, tables=tables))
                if parts is not None and parts.of is not None and tables
                else parts
            )
        if universe is Universe.PROJECTS:
            conditions += self._about_indicators(text, more)
            if wish.fund is not None:
                word = next((w for w in plain_words().wishes["fund"][wish.fund.value] if w in text), "")
                conditions.append(Condition("fund", relation_before(text, word) if word else "=", wish.fund.value))
                wish = replace(wish, fund=None)
            if wish.vintage is not None and wish.vintage is not Vintage.ALL:
                conditions.append(Condition("vintage", "=", wish.vintage.value))
            wish = replace(wish, vintage=None, spending=None, side=None)
            names = self._name_conditions(rest)
            if self._unexplained(rest, names):
                return None
            conditions += names
        elif universe is Universe.SUBJECTS:
            conditions += [*more, Condition("level", "=", _level_in(text).value)]
            wish = replace(wish, spending=None if wish.spending is None else wish.spending)
        elif universe is Universe.INDICATORS:
            conditions += more
            if (project := self.project_in(rest)) is not None:
                conditions.append(Condition("project", "=", project.key))
            conditions += [Condition("indicator_class", "=", name) for name in self._indicator_class(text)]
        else:
            conditions += more
        return Members(universe, text, tuple(conditions), wish)

    def _without_top(self, text: str) -> Members | None:
        """`除了最大的项目以外其他项目`: a set without its largest or smallest."""
        found = re.match(
            r"(?:除了?|去掉|剔除|不算|扣除|扣掉|刨去|刨掉|排除)(?P<top>.+?)(?:以外|之外|外|后|以后|之后|,)(?P<rest>.*)",
            text,
        )
        order = order_in(found["top"]) if found else None
        if found is None or order is None:
            return None
        members = self.members(re.sub(r"其他|其余|剩下的?|余下的?", "", found["rest"])) or self.members(order[3])
        return replace(members, words=text, skipped=order[2], skipped_largest=order[0]) if members is not None else None

    def universe_in(self, text: str) -> Universe | None:
        if re.search(r"(?:的|哪些|哪个|几个|多少个|所有|全部)项目(?!支出|期|属性|资金|概况)", text):
            return Universe.PROJECTS
        for universe, words in plain_words().universes.items():
            for word in longest_first(words):
                if word in _without(text, ("项目支出", "项目期", "项目属性", "项目资金", "项目概况", "项目经费")) or (
                    word == "项目" and re.search(r"项目(?!支出|期|属性|资金|概况|经费)", text)
                ):
                    return Universe(universe)
        return None

    def _is_project_table(self, table: tuple[int, int]) -> bool:
        return any(s.fact.project for s in self.catalog.cells_of_table(table))

    def _parts(self, text: str) -> Members | None:
        """`三公经费各项`, `基本支出里`: the parts of a figure."""
        conditions, plain = self.conditions_in(text)
        found = re.fullmatch(
            r"(?P<X>.+?)(?:(?:下面|下属|之下|项下|底下|里面|里头|里|当中|中)(?:的)?(?P<of>[^,]*)|(?:的)?(?:各项|各部分|分项|明细|构成|组成)|(?:由|分|包括|包含|分成|分为)(?:哪|几)(?:几|些)?(?:类|项|部分|块|种)?(?:构成|组成)?)",
            plain,
        )
        if found is None or self._is_a_name(plain):
            return None
        selector = self.selector(found["X"])
        if selector is None or (selector.fact_ids and not self._is_whole(selector)):
            return None
        level = _level_in(found["of"] or "")
        levels = (
            [Condition("level", "=", level.value)]
            if re.search(r"款级|各款|类级|各类|项级|款科目", found["of"] or "")
            else []
        )
        return Members(
            Universe.PARTS, text, (*(c for c in conditions if c.attribute == "amount"), *levels), of=selector
        )

    def _is_whole(self, selector: Selector) -> bool:
        keys = {label_key(self.catalog.by_id[i].fact.row) for i in selector.fact_ids}
        return any(
            label_key(label) in keys
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            for label in s.fact.row_path[-1:]
        )

    def conditions_in(self, text: str) -> tuple[list[Condition], str]:
        """Conditions said in a phrase, and the phrase without them."""
        found: list[Condition] = []
        busiest = re.search(
            r"(?:经办|负责|管)?(?:的)?项目(?:个数|数量|数|个)?(?:最多|最少)的(?:那个|那位)?(?:经办人|负责人|人)[,，]?(?:其)?(?:名下|手上|手里|经办)?(?:的)?",
            text,
        )
        if busiest and self.catalog.people:
            count = {person: len({p.key for p in projects}) for person, projects in self.catalog.people.items()}
            person = (min if "最少" in busiest[0] else max)(count, key=lambda name: count[name])
            found.append(Condition("handler", "=", person))
            text = text.replace(busiest[0], "")
        for reader in (self._person, period_years, nature, threshold, carried):
            conditions, text = reader(text)
            found += conditions
        return found, text

    def _person(self, text: str) -> tuple[list[Condition], str]:
        named = [person for person in sorted(self.catalog.people, key=len, reverse=True) if person in text]
        if named:
            relation, people = relation_before(text, named[0]), "|".join(map(re.escape, named))
            rest = re.sub(rf"(?:{people})(?:(?:以及|、|和|与|及|跟)(?:{people}))*", "", text)
            return [Condition("handler", relation, "、".join(named))], rest
        for person in self.catalog.people:
            for length in (3, 2):
                for start in range(0, len(person) - length + 1):
                    part = person[start : start + length]
                    if len(person) > 3 and part in text:
                        return [Condition("handler", "=", part)], text.replace(part, "")
        return [], text

    def _name_conditions(self, rest: str) -> list[Condition]:
        """Words of project names that narrow the set (`保障类项目`), only where several projects share them."""
        words = [w.text for w in content_of(self.linker.words(rest)) if w.kind is WordKind.NAME and len(w.text) >= 2]
        found = []
        for word in words:
            hits = [p for p in self.catalog.projects.values() if any(word in label_key(name) for name in p.names)]
            if hits and len(hits) < len(self.catalog.projects) and word not in plain_words().generic:
                found.append(Condition("name", relation_before(rest, word), word))
        return found

    def _unexplained(self, rest: str, names: Sequence[Condition]) -> bool:
        """Whether a set's words say more than was understood: `特定目标类项目` is no set that can be told apart."""
        explained = {condition.text for condition in names}
        left = [
            w for w in content_of(self.linker.words(re.sub(r"二级项目|工程项目|项目", ",", rest))) if len(w.text) > 1
        ]
        return any(
            not any(r in explained or is_generic(r) for r in word.readings)
            for word in left
            if word.kind is WordKind.NAME
        )

    def _about_indicators(self, text: str, conditions: list[Condition]) -> list[Condition]:
        """Conditions on a project's indicators or blank fields instead of its amount: `成本指标超过1000万的`, `没填负责人的`."""
        missing = re.search(
            r"空的|为空|没有?(?:填写?|写|设置?|列|注明)|未(?:填写?|写|设置?|列|注明)|空白|空着|缺少?", text
        )
        fields = [entry for entry in sheet_fields() for name in entry.names if missing and name in text]
        if missing and fields:
            return [*conditions, Condition("blank", "=", fields[0].key)]
        classes = self._indicator_class(text)
        named = re.search(r"满意度|成本|时效|质量|数量", text)
        words = (
            classes[0].removesuffix("指标") if classes else named[0] if named and ("指标" in text or missing) else ""
        )
        if not words:
            return conditions
        amounts = [c for c in conditions if c.attribute == "amount"]
        others = [c for c in conditions if c.attribute != "amount"]
        if amounts:
            return [*others, *(Condition("target", c.relation, words, c.quantity) for c in amounts)]
        return [*others, Condition("target", "≠" if missing else "has", words)]

    def _indicator_class(self, text: str) -> list[str]:
        classes = {
            label for project in self.catalog.projects.values() for s in project.indicators for label in s.fact.row_path
        }
        hits = [name for name in classes if name and name.removesuffix("指标") in text]
        return [max(hits, key=len)] if hits else []

    # ── ranking ────────────────────────────────────────────────────────────────────────────────────────────

    def ranking(self, phrase: str) -> Ranked | None:
        """`最大的三个项目`, `第二小的`, `基本支出里花得最多的一项`: a slice of a set in order."""
        text = _trimmed(phrase)
        order = order_in(text)
        if order is None:
            return None
        descending, first, count, rest = order
        if (
            re.search(r"谁|哪个人|哪位|哪个经办人|哪位经办人", text)
            and re.search(r"项目|经办|管|负责", text)
            and self.catalog.people
        ):
            return Ranked(Members(Universe.PEOPLE, text), descending, first, count)
        members = self.members(rest) or self._given(rest) or self._set_around(rest)
        return Ranked(members, descending, first, count) if members is not None else None

    def _given(self, text: str) -> Members | None:
        figures = self.figures(text) or self._adjacent_concepts(text)
        return Members(Universe.GIVEN, text, given=tuple(figures)) if len(figures) > 1 else None

    def _adjacent_concepts(self, text: str) -> list[Lookup]:
        """`货物工程服务`: names of figures written one after the other."""
        found = []
        key = label_key(text)
        names = {
            label_key(row): concept for concept in concepts() for row in (*concept.rows, *concept.prose)
        } | concept_names()
        ordered = sorted(names, key=len, reverse=True)
        position = 0
        while position < len(key):
            name = next((n for n in ordered if key.startswith(n, position)), None)
            if name is None:
                return []
            concept = names[name]
            found.append(
                Lookup(Selector(name, concept.label, concept.wished(), concept=concept.key, table_kinds=concept.tables))
            )
            position += len(name)
        return found

    def _set_around(self, text: str) -> Members | None:
        stripped = re.sub(
            r"(?:里面|里头|里|当中|中|的|是|哪|一|项|个|笔|块|类|种|部分|,|占多少|多少钱|多少|金额|花|钱)+$",
            "",
            _without_money(text),
        )
        if not stripped:
            return None
        selector = self.selector(stripped)
        if selector is None or selector.project or selector.fact_ids:
            return None
        return Members(Universe.PARTS, text, of=selector)


def _all_different(found: Sequence[Selector | None]) -> bool:
    """Whether the figures are of different things: the same project twice is no sum."""
    projects = [(each.project, each.wish) for each in found if each is not None and each.project]
    return len(set(found)) == len(found) and len(set(projects)) == len(projects)


def hint_of(text: str) -> Hint:
    """What kind of value a question asks for."""
    for match in _HOW_MANY.finditer(text):
        for length in range(len(match["unit"]), 0, -1):
            unit = unit_named(match["unit"][:length])
            if unit is not None and unit.kind is UnitKind.COUNT:
                return Hint(units=(to_base(match["unit"][:length])[0], match["unit"][:length]))
    if _AREA.search(text) and not re.search(r"钱|元|费", text):
        return Hint(units=("平方米", "平米", "亩"))
    if _DATE.search(text):
        return Hint(dates=True)
    if _RATE.search(text) and _MONEY.search(text):
        return Hint(money=True, rate=True)
    return Hint(money=bool(_MONEY.search(text)) and "指标" not in text)


def _concept_of(wish: Wish, text: str) -> str | None:
    """The figure that coordinates alone stand for: a spending kind, the carry-over, a fund."""
    for spending, key in (
        (Spending.BASIC, "basic_expenditure"),
        (Spending.PROJECT, "project_expenditure"),
        (Spending.PERSONNEL, "personnel_expenditure"),
        (Spending.OPERATING, "operating_expenditure"),
    ):
        if wish.spending is spending:
            return key
    if wish.fund is not None:
        return {
            Fund.FISCAL: "fiscal_appropriation",
            Fund.GENERAL_PUBLIC: "general_public_budget",
            Fund.GOVERNMENT_FUNDS: "government_funds_budget",
            Fund.STATE_CAPITAL: "state_capital_budget",
            Fund.SPECIAL_ACCOUNT: "special_account_funds",
            Fund.OWN: "own_funds",
        }.get(wish.fund)
    if wish.vintage is Vintage.CARRIED_OVER:
        return "carried_over"
    if wish.side is not None:
        return "total_income" if wish.side.value == "income" else "total_expenditure"
    return None


def _amounts(text: str) -> list[Numeral]:
    kinds = (NumeralKind.MONEY, NumeralKind.NUMBER, NumeralKind.SHARE)
    return [n for n in find_numerals(text) if n.kind in kinds and n.quantity is not None]


def _without_money(text: str) -> str:
    """A phrase without the amounts that only repeat what is known: `基本支出57.65万里` → `基本支出里`."""
    for numeral in reversed(find_numerals(text)):
        amount = numeral.kind is NumeralKind.MONEY or (
            numeral.kind is NumeralKind.NUMBER and re.search(r"[万亿]|\d,\d{3}|\.\d", numeral.printed)
        )
        if amount:
            text = text[: numeral.start] + text[numeral.end :]
    return text


def _level_in(text: str) -> Level:
    if re.search(r"项级|项目级|最细|具体科目|末级", text):
        return Level.ITEM
    if re.search(r"款级|款", text):
        return Level.SECTION
    return Level.CLASS


def _counted(key: str) -> str:
    """`有几辆公车` as the name of a number of things: 公车数量; "" when nothing is counted."""
    found = re.fullmatch(r"(?P<A>.*?)(?:一共|总共|共|有)*(?:几|多少)(?:辆|台)(?P<B>.*)", key)
    return re.sub("^(?:单位|部门|一共|总共|共|有)+", "", found["A"]) + found["B"] + "数量" if found else ""


def _trimmed(phrase: str) -> str:
    text = phrase.strip(" ,，:：、的?？了")
    return re.sub(r"^(?:那么|那|请问|其中|把|将|在|仅|只|光|就|按)(?=.{2,})", "", text)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


def _bare_title(title: str) -> str:
    return re.sub(r"(?:20\d\d年度?)|[(（].*?[)）]", "", label_key(title))
