"""Whether a plan can be what a question means, whatever found it: no name cut in two, nothing counted twice, the kind of
figure that was asked for. A plan that fails is not run; declining is better than a wrong figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.doubts.coordinates_said import passes_over_coordinates
from assistant.doubts.left_out import leaves_something_out
from assistant.doubts.operations import unaccounted
from assistant.names.light_words import tagged
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    Claimed,
    Combine,
    Compare,
    CostEstimate,
    Expression,
    Listing,
    Lookup,
    PerUnit,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
    bare,
    selectors_in,
)
from assistant.questions.asked import asks_number, figure_answers, kinds_asked
from assistant.questions.value_kinds import Value, value_kind_of
from assistant.words import Concept, concept_by_key, concept_names
from ingest.facts import Fact, Period, Role
from ingest.labels import label_key
from ingest.numbers.quantities import PERCENT

_JOINED = re.compile(r"和|与|及|、")
_ASKS_SHARE = re.compile(r"率|度|比|成|几分|百分|%|％|满意|多少$|是多少|目标|指标|要求|标准")
_PER_UNIT = re.compile("每(?:一)?(?:座|辆|人|户|平|公里|吨|度|坟|台|亩|米|个坟|村)|人均|每月|一个月")
_EACH_OF = re.compile("每(?:一)?(?:座|辆|户|台|亩|村|坟|栋|套)")
_TOLD_OF_EACH = re.compile("每|单位|标准|单价|均")
_WHICH = re.compile("哪[几些两三四五六七八九]")
_WHICH_ONE = re.compile("哪(?:一?个|所|位|间|栋|座|条|辆)(?!月|数|季|指标|值)")  # a thing is asked for, no figure
_CODE = re.compile(
    r"^\d{6}(?=[一-鿿])|(?<![\d.,/+-])(?:\d{5}|\d{7})(?=科目|[的在这]|当年|支出|基本|项目支出|,|$)"
)  # of a section or an item
_REMEMBERED = 64  # questions
_TOPIC = 4  # characters of the name of a topic that is not said by chance
_WHICH_KIND = re.compile("哪一?[类种]")
_AMOUNT = re.compile(r"\d[\d,.]*(?:万|亿)?元")
_ASKS_AMOUNT = re.compile(r"(?:多少|几|啥|什么)(?:钱|元|万|亿|税|费|人|批|次|个|辆|户|家|件|条|座|吨|度电)")


def makes_sense(plan: Plan, text: str, catalog: Catalog) -> bool:
    """Whether a plan may run for a question's text."""
    if unaccounted(plan, text) or (isinstance(plan, Check) and says(text, "asks_bound")):
        return False
    selectors = list(selectors_in(plan))
    return not (
        _counts_twice(plan)
        or _is_against_itself(plan)
        or _cuts_a_name(selectors, text, catalog)
        or _share_for_an_amount(plan, text, catalog)
        or _table_beside_its_row(plan)
        or _period_of_one_side(plan)
        or (says(text, "year_basis") and any(_of_any_year(selector) for selector in selectors))
        or _amounts_beside_names(plan)
        or _figure_for_words(plan, text, catalog)
        or _leaves_a_qualifier(selectors, text, catalog)
        or _budget_for_something_else(plan, text)
        or _passes_over_a_name(plan, selectors, text, catalog)
        or _one_of_two(plan, text)
        or _years_unused(plan, text)
        or _money_for_projects(plan)
        or any(_is_within_a_word(selector, text) for selector in selectors)
        or (isinstance(plan, Check) and says(text, "each_must", "details_asked"))
        or _adds_nothing_up(plan, text)
        or passes_over_coordinates(plan, text, catalog)
        or _adds_a_row_to_a_whole(plan)
        or _passes_over_a_code(plan, text, catalog)
        or (isinstance(plan, Compare | Check) and any(says(each.words, "asked_of_each") for each in selectors))
        or numbers_for_amounts(plan, text)
        or (isinstance(plan, CostEstimate) and says(text, "price_of_one_asked"))
        or _leaves_a_bound(plan, text)
        or _share_of_a_share(plan, catalog)
        or leaves_something_out(plan, text, catalog)
        or (isinstance(plan, Check | Claimed) and says(text, "does_it_mean"))
        or _share_for_places(plan, text)
        or _passes_over_places(plan, selectors, text)
        or any(says(each.words, "other_projects") and not each.project for each in selectors)
    )


def _leaves_a_bound(plan: Plan, text: str) -> bool:
    """A set of everything where only what is above or below an amount is meant: 低于1000万元的项目."""
    members = plan.members if isinstance(plan, Aggregate | Listing | Ranked) else None
    if members is None or members.universe not in (Universe.PROJECTS, Universe.ROWS, Universe.SUBJECTS):
        return False
    bounded = any(c.attribute in ("amount", "target") for c in members.conditions)
    return not bounded and not members.labels and says(text, "bounded_members")


def _share_for_places(plan: Plan, text: str) -> bool:
    """`管多少个点`: a share where nothing is said to be a part, to rise or to fall, so that places may be meant."""
    bare_ratio = isinstance(plan, Ratio) and plan.denominator is None
    return bare_ratio and says(text, "points_said") and not says(text, "asks_percentage")


def _passes_over_places(plan: Plan, selectors: list[Selector], text: str) -> bool:
    """A comparison of two places, a table and the prose, that looks in neither."""
    if not isinstance(plan, Compare | Check) or not (says(text, "table_number") and says(text, "prose_place")):
        return False
    return bool(selectors) and not any(each.tables or each.fact_ids for each in selectors)


def _share_of_a_share(plan: Plan, catalog: Catalog) -> bool:
    """A ratio whose part is a rate itself: 完工率 is no share of another rate."""
    plan = plan.of if isinstance(plan, Claimed) else plan
    ratio = plan.left if isinstance(plan, Check) else plan
    if not isinstance(ratio, Ratio) or not isinstance(ratio.numerator, Lookup):
        return False
    facts = [catalog.by_id[i].fact for i in ratio.numerator.of.fact_ids if i in catalog.by_id]
    return bool(facts) and all(fact.quantity is not None and fact.quantity.unit == PERCENT for fact in facts)


def gives_a_figure_for_a_name(plan: Plan, text: str) -> bool:
    """A figure where it is asked which project, kind or thing it is."""
    if not isinstance(plan, Lookup) or asks_number(text):
        return False
    named = plan.of.project or ("科目" in text and (plan.of.row_keys or plan.of.code))
    return bool(_WHICH_KIND.search(text) or (not named and _WHICH_ONE.search(text)))


def _adds_a_row_to_a_whole(plan: Plan) -> bool:
    """One row added to what is carried over of everything: 某科目的当年加结转 are columns of the row."""
    parts = plan.left.operands if isinstance(plan, Check) and isinstance(plan.left, Combine) else ()
    named = [each.of for each in parts if isinstance(each, Lookup)]
    return any(of.row_keys for of in named) and any(of.concept == "carried_over" and not of.row_keys for of in named)


def _passes_over_a_code(plan: Plan, text: str, catalog: Catalog) -> bool:
    """A figure of something else where a subject's code is said, be it one that the documents do not print."""
    if not isinstance(plan, Lookup):
        return False
    facts = [catalog.by_id[i].fact for i in plan.of.fact_ids if i in catalog.by_id]
    rows = [s.fact.row_code for key in plan.of.row_keys for s in catalog.rows.get(key, ())]
    known = {plan.of.code, *plan.of.label.split(), *rows, *(fact.row_code for fact in facts)}
    return any(code not in known for code in _CODE.findall(text))


def numbers_for_amounts(plan: Plan, text: str) -> bool:
    """How many projects people have, added up, where amounts are to be."""
    return isinstance(plan, Aggregate) and plan.members.measure == "count" and says(text, "amounts_said")


def _adds_nothing_up(plan: Plan, text: str) -> bool:
    """A check of two single figures where one is the sum of several: 三类之和与总额."""
    if not isinstance(plan, Check) or not says(text, "sum_of_several"):
        return False
    return all(isinstance(side, Lookup) for side in (plan.left, plan.right))


def _passes_over_a_name(plan: Plan, selectors: list[Selector], text: str, catalog: Catalog) -> bool:
    """A figure of something else where an indicator's whole name is said, or a topic that has a table of its own: 政策兑现
    for 每个政策兑现率, a subject's share of all for its share of 政府采购."""
    if not isinstance(plan, Lookup | Ratio) or not selectors:
        return False
    key = label_key(text)
    said = [name for name in catalog.indicator_names if name in key]
    topics = _topics_in(key)
    if not said and not topics:
        return False
    facts = [catalog.by_id[i].fact for s in selectors for i in s.fact_ids if i in catalog.by_id]
    known = "".join(label_key(part) for s in selectors for part in (s.label, *s.row_keys, s.project))
    known += "".join(label_key(f.row) for f in facts)
    if any(name not in known for name in said):
        return True
    around = known + "".join(label_key(part) for f in facts for part in (f.table, f.sentence, *f.row_path))
    around += "".join(label_key(catalog.tables[t].title) for s in selectors for t in s.tables)
    around += "".join(label_key(name) for s in selectors if s.concept for name in concept_by_key()[s.concept].names)
    kinds = {kind for s in selectors for kind in s.table_kinds}
    names = (
        label_key(name) for s in selectors if s.project for p in catalog.project_by_key[s.project] for name in p.names
    )
    around += "".join(names)
    return bool(topics) and not any(
        kinds & set(c.tables) or any(label_key(name) in around for name in c.names) for c in topics
    )


@lru_cache(_REMEMBERED)
def _topics_in(key: str) -> tuple[Concept, ...]:
    """The figures known everywhere that have tables of their own, by the names in a question; the same for all its plans."""
    return tuple(c for name, c in concept_names().items() if len(name) >= _TOPIC and c.tables and name in key)


def _one_of_two(plan: Plan, text: str) -> bool:
    """The figure of one where both together are asked for."""
    return isinstance(plan, Lookup) and says(text, "both_together_asked")


def _is_within_a_word(selector: Selector, text: str) -> bool:
    """Whether a row is only called by a word that begins inside a word of its name: 电费 is no 邮电费."""
    if not selector.row_keys or selector.project or selector.fact_ids:
        return False
    name = label_key(selector.label)
    said = max(_parts_in(name, text), key=len, default="")
    if not said or said == name or len(tagged(said)) != 1:
        return False
    begins, at = {0}, 0
    for word, _ in tagged(name):
        at += len(word)
        begins.add(at)
    return name.index(said) not in begins


def _parts_in(name: str, text: str) -> list[str]:
    """The parts of a name, two characters or more, that stand in a text."""
    return [name[i:j] for i in range(len(name)) for j in range(i + 2, len(name) + 1) if name[i:j] in text]


def _money_for_projects(plan: Plan) -> bool:
    """All of a fund beside one that is said of its projects: 政府性基金项目占…."""
    if not isinstance(plan, Ratio):
        return False
    of = plan.numerator.of if isinstance(plan.numerator, Lookup) else None
    return of is not None and bool(of.concept) and of.words.endswith("项目") and "项目" not in of.label


def _years_unused(plan: Plan, text: str) -> bool:
    """A year's amount against the whole period's where it is first to be multiplied."""
    if not isinstance(plan, Compare | Check) or not (isinstance(plan.left, Lookup) and isinstance(plan.right, Lookup)):
        return False
    left, right = plan.left.of, plan.right.of
    one_project = bool(left.project) and left.project == right.project
    return one_project and left.wish.period is not right.wish.period and says(text, "years_multiplied")


def _budget_for_something_else(plan: Plan, text: str) -> bool:
    """A project's budget where something of it is asked: how many, when, what is paid once something is done."""
    if not isinstance(plan, Lookup) or not plan.of.project:
        return False
    return value_kind_of(text).value in (Value.COUNT, Value.DATE) or says(
        text, "after_an_event", "of_the_year_before", "cap_asked", "stakes_said"
    )


def _figure_for_words(plan: Plan, text: str, catalog: Catalog) -> bool:
    """A figure where a reason, a place, a way or a meaning is asked for; a text where a number is."""
    if not isinstance(plan, Lookup | Ratio | Combine | Aggregate | PerUnit | CostEstimate | Change):
        return False
    if isinstance(plan, Change):
        return not asks_number(text) and "reason" in kinds_asked(text) and not says(text, "changed_how")
    ids = plan.of.fact_ids if isinstance(plan, Lookup) else ()
    facts = [catalog.by_id[i].fact for i in ids if i in catalog.by_id]
    if _PER_UNIT.search(text) and facts == [] and isinstance(plan, Lookup):
        return "每" not in plan.of.label
    if _EACH_OF.search(text) and isinstance(plan, Lookup) and facts and not any(map(_is_for_each, facts)):
        return True
    if asks_number(text):
        return bool(facts) and not any(fact.quantity is not None or re.search(r"\d", fact.printed) for fact in facts)
    if gives_a_figure_for_a_name(plan, text) or cue("income_from_where").fullmatch(text):
        return True
    kinds = kinds_asked(text)
    if "list" in kinds:
        return isinstance(plan, Lookup) and bool(_WHICH.search(text)) and any(f.quantity is not None for f in facts)
    return bool(kinds) and not figure_answers([fact.printed for fact in facts], kinds)


def _is_for_each(fact: Fact) -> bool:
    """Whether a figure is told of each of several, by its name or its unit."""
    unit = fact.quantity.unit if fact.quantity is not None else ""
    return "/" in unit or bool(_TOLD_OF_EACH.search(fact.row + fact.printed + fact.sentence))


def _leaves_a_qualifier(selectors: list[Selector], text: str, catalog: Catalog) -> bool:
    """A figure of all, or of the other, where the question says which: the villages of one county are not those of both."""
    told = [selector for selector in selectors if selector.fact_ids]
    if not told or len(told) < len(selectors):
        return False
    facts = [catalog.by_id[i].fact for selector in told for i in selector.fact_ids if i in catalog.by_id]
    about = "".join(label_key(part) for f in facts for part in (f.row, f.project, f.table, *f.row_path))
    return any(each in text and each not in about for each in catalog.qualifiers)


def _counts_twice(plan: Plan) -> bool:
    """The same cells as two operands: `某公司一家，贴息加…` where the first part only says whose, `不超过多少` with no bound."""
    match plan:
        case Compare(left=Combine(operands=parts), right=one) | Compare(left=one, right=Combine(operands=parts)) if (
            bare(one) in map(bare, parts)
        ):
            return True
        case Check(left=Combine() as several):
            return _counts_twice(several)
        case Listing(members=members) | Ranked(members=members) if members.universe is Universe.GIVEN:
            pair = members.given
        case Combine(operator="+", operands=operands) if _year_and_period(operands):
            return True
        case Combine(operator="+", operands=operands):
            pair = tuple(_added(operands))
        case Combine(operands=operands):
            pair = operands
        case Check(left=left, right=right) | Compare(left=left, right=right):
            pair = (left, right)
        case Ratio(numerator=top, denominator=bottom) if bottom is not None:
            pair = (top, bottom)
        case _:
            return False
    asked = [e.of.fact_ids or (e.of.label, e.of.project, e.of.wish, e.of.tables) for e in pair if isinstance(e, Lookup)]
    return len(set(asked)) < len(asked)


def _added(operands: tuple[Expression, ...]) -> Iterator[Expression]:
    """All that is added up, in sums within sums too."""
    for each in operands:
        if isinstance(each, Combine) and each.operator == "+":
            yield from _added(each.operands)
        else:
            yield each


def _year_and_period(operands: tuple[Expression, ...]) -> bool:
    """A project's year added to its whole period, which holds the year."""
    projects = [
        each.of.project for each in operands if isinstance(each, Lookup) and each.of.project and not each.of.fact_ids
    ]
    return len(set(projects)) < len(projects)


def _is_against_itself(plan: Plan) -> bool:
    """A figure set against itself: the words that told the two sides apart were not understood."""
    match plan:
        case Check(left=Ratio() as inner) | Check(right=Ratio() as inner):
            return _is_against_itself(inner)
        case Compare(left=left, right=right) | Ratio(numerator=left, denominator=right):
            facts = [e.of.fact_ids for e in (left, right) if isinstance(e, Lookup) and e.of.fact_ids]
            return bare(left) == bare(right) or (len(facts) == 2 and bool(set(facts[0]) & set(facts[1])))
        case _:
            return False


def _cuts_a_name(selectors: list[Selector], text: str, catalog: Catalog) -> bool:
    """Whether operands are the halves of one printed name, as 商品 and 服务支出 of 商品和服务支出."""
    if len(selectors) < 2:
        return False
    for name in catalog.joined_rows:
        if name not in text:
            continue
        halves = [(name[: found.start()], name[found.end() :]) for found in _JOINED.finditer(name)]
        for selector in selectors:
            if name not in selector.words and any(
                selector.words.endswith(before) or selector.words.startswith(after) for before, after in halves
            ):
                return True
    return False


def _share_for_an_amount(plan: Plan, text: str, catalog: Catalog) -> bool:
    """A satisfaction or completion rate given for `多少税`."""
    if (
        not isinstance(plan, Lookup)
        or not plan.of.fact_ids
        or not _ASKS_AMOUNT.search(text)
        or _ASKS_SHARE.search(text)
    ):
        return False
    facts = [catalog.by_id[i].fact for i in plan.of.fact_ids if i in catalog.by_id]
    return any(
        f.coordinates.role in (Role.SHARE, Role.TARGET) and f.quantity is not None and f.quantity.unit == "%"
        for f in facts
    )


def _table_beside_its_row(plan: Plan) -> bool:
    """`表一与表二的某科目`: the row is meant in both tables, not one table's total."""
    match plan:
        case Compare(left=left, right=right) | Check(left=left, right=right):
            pair = [each.of for each in (left, right) if isinstance(each, Lookup)]
        case Ratio(numerator=left, denominator=right):
            pair = [each.of for each in (left, right) if isinstance(each, Lookup)]
        case _:
            return False
    whole = [s for s in pair if s.tables and not (s.row_keys or s.concept or s.project or s.fact_ids)]
    rows = [s for s in pair if s.tables and s.row_keys]
    return bool(whole and rows) and label_key(whole[0].words) != label_key(rows[0].words)


def _of_any_year(selector: Selector) -> bool:
    """Whether a figure is left to the policy though the question is of this year's money alone."""
    return selector.wish.vintage is None and not (selector.fact_ids or selector.project)


def _period_of_one_side(plan: Plan) -> bool:
    """`整个实施期算，甲比乙多多少`: a period said once, before both names, is meant for both."""
    match plan:
        case Compare(left=left, right=right) | Check(left=left, right=right):
            pair = [each.of for each in (left, right) if isinstance(each, Lookup) and each.of.project]
        case _:
            return False
    whole = [s.wish.period is Period.WHOLE for s in pair]
    return len(pair) == 2 and whole[0] and pair[1].wish.period is None and pair[0].project != pair[1].project


def _amounts_beside_names(plan: Plan) -> bool:
    """`甲99,766.59万元比乙97,766.59万元多在哪里`: the question's own amounts say which cells it means; names alone do not."""
    if not isinstance(plan, Compare):
        return False
    pair = [each.of for each in (plan.left, plan.right) if isinstance(each, Lookup)]
    return len(pair) == 2 and all(_AMOUNT.search(selector.words) for selector in pair)
