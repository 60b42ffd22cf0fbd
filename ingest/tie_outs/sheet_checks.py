"""What a performance sheet says of itself that does not fit together: years, cost caps, frequencies, odd targets.

These findings point something out; a sheet's plans may have reasons it does not print, so no figure becomes doubtful.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.facts import Absence, Fact, Finding, Fund, Grade, Period
from ingest.labels import label_key
from ingest.numbers.numbers import to_base_unit
from ingest.numbers.quantities import PERCENT, YUAN, Quantity, Relation
from ingest.tie_outs.equations import shown
from ingest.tie_outs.rules import SheetRules, TieOutRules
from ingest.tie_outs.sheet_sums import Sheet, likeness

_CAPS = (Relation.AT_MOST, Relation.LESS, Relation.EXACTLY, Relation.ABOUT)
_MATCHING_NAMES = 0.3
_SLACK = Decimal("1.005")  # caps are round figures: half a percent above the budget says nothing
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target of a sheet, by the name its sheet gives it."""

    index: int
    name: str
    fact: Fact
    quantity: Quantity | None


def sheet_to_findings(sheet: Sheet, rules: TieOutRules) -> Iterator[Finding]:
    words = rules.sheets
    yield from _years(sheet)
    yield from _cost_caps(sheet, words)
    yield from _unit_costs(sheet, words)
    yield from _contradicting_sources(sheet, words)
    yield from _halves(sheet)
    yield from _frequencies(sheet, words)
    yield from _odd_targets(sheet, words)
    yield from _lost_amounts(sheet)
    yield from _lost_values(sheet)


def finding(
    rule: str,
    sheet: Sheet,
    summary: str,
    indexes: Sequence[int],
    figures: tuple[Quantity | None, Quantity | None] = (None, None),
    recomputation: str = "",
    grade: Grade = Grade.DISAGREES,
) -> Finding:
    """A finding about one sheet; `figures` are (expected, actual)."""
    return Finding(
        rule=rule,
        grade=grade,
        summary=summary,
        table=sheet.facts[sheet.indexes[0]].table,
        expected=figures[0],
        actual=figures[1],
        recomputation=recomputation,
        fact_indexes=tuple(indexes),
    )


def sheet_indicators(sheet: Sheet) -> list[Indicator]:
    found = []
    for index in sheet.indicators():
        fact = sheet.facts[index]
        name = fact.row.removeprefix(f"{sheet.project} / ")
        found.append(Indicator(index, name, fact, to_base_unit(fact.quantity) if fact.quantity else None))
    return found


def _first_half(sheet: Sheet) -> list[Indicator]:
    """Each indicator once: the year's half where there is one."""
    indicators = sheet_indicators(sheet)
    for period in (Period.ANNUAL, Period.WHOLE, Period.NONE):
        half = [item for item in indicators if item.fact.coordinates.period is period]
        if any(item.quantity is not None for item in half):
            return half
    return indicators


def _by_name(sheet: Sheet) -> list[Indicator]:
    """Each name once, of whichever half; a name that is cut off in one half is whole in the other."""
    return list({label_key(item.name): item for item in reversed(sheet_indicators(sheet))}.values())[::-1]


def _number(sheet: Sheet, index: int | None) -> Quantity | None:
    return sheet.facts[index].quantity if index is not None else None


def _years(sheet: Sheet) -> Iterator[Finding]:
    """A year's money times the years of the project is the whole period's, if each year gets the same."""
    whole, annual = sheet.total(Period.WHOLE), sheet.total(Period.ANNUAL)
    period = next((index for index in sheet.indexes if sheet.facts[index].field == "period"), None)
    if whole is None or annual is None or period is None:
        return
    years = _years_printed(sheet.facts[period].printed)
    total, yearly = _number(sheet, whole), _number(sheet, annual)
    if years is None or total is None or yearly is None or yearly.number == 0:
        return
    product = Quantity(yearly.number * years, YUAN)
    holds = product.number == total.number
    sign = "=" if holds else "≠"
    sums = f"{shown(yearly)} × {years}年 = {shown(product)} {sign} {shown(total)}"
    summary = f"「{sheet.project}」年度资金×项目期：{sums}" + ("，相符。" if holds else "，与实施期资金总额不符。")
    grade = Grade.AGREES if holds else Grade.DISAGREES
    yield finding("sheet.years", sheet, summary, (annual, period, whole), (product, total), sums, grade)


def _years_printed(text: str) -> int | None:
    match = re.search(r"(?<!\d)(\d{1,2})\s*年(?!\d|\s*\d*月)", text)
    return int(match.group(1)) if match else None


def _caps(sheet: Sheet) -> list[Indicator]:
    """Targets that cap an amount of money, as such or for a year."""
    caps = []
    for item in _first_half(sheet):
        if item.quantity is None or item.quantity.relation not in _CAPS:
            continue
        if item.quantity.unit in (YUAN, f"{YUAN}/年"):
            caps.append(item)
    return caps


def _names_whole_budget(item: Indicator, words: SheetRules) -> bool:
    return any(word in item.name for word in words.whole_budget_cap)


def _is_per_each(item: Indicator, words: SheetRules) -> bool:
    return re.match(words.per_each, item.name) is not None


def _is_cost(item: Indicator, words: SheetRules) -> bool:
    return bool(item.fact.row_path) and label_key(item.fact.row_path[-1]) in map(label_key, words.cost_indicator)


def _cost_caps(sheet: Sheet, words: SheetRules) -> Iterator[Finding]:
    """The caps of the single costs together stay within the year's money; a cap of the whole budget equals it.

    Of several caps of a whole those that miss the budget are of parts, and a single cost that is all of it heads the others.
    """
    index = sheet.yearly_total
    funding = _number(sheet, index)
    if index is None or funding is None or funding.number == 0:
        return
    caps = [item for item in _caps(sheet) if not _is_per_each(item, words)]
    named = [item for item in caps if _names_whole_budget(item, words)]
    whole = [item for item in named if len(named) == 1 or _is_all_of(item, funding)]
    for item in whole:
        yield _budget_cap(sheet, item, index, funding)
    single = [item for item in caps if item not in whole and (item in named or _is_cost(item, words))]
    heads = [item for item in single if _is_all_of(item, funding)] if len(single) > 2 else []
    single = [item for item in single if item not in heads[:1]]
    total = Quantity(sum((item.quantity.number for item in single if item.quantity), Decimal(0)), YUAN)
    if len(single) > 1:
        holds = total.number <= funding.number * _SLACK
        terms = " + ".join(item.fact.printed for item in single)
        sums = f"{terms} = {shown(total)} {'≤' if holds else '>'} {shown(funding)}"
        told = "不超过年度资金" if holds else f"超过年度资金，多 {shown(total - funding)}"
        summary = f"「{sheet.project}」各项成本上限合计 {shown(total)}，{told}（年度资金 {shown(funding)}）。"
        grade = Grade.AGREES if holds else Grade.DISAGREES
        indexes = (*(item.index for item in single), index)
        yield finding("sheet.cost_caps", sheet, summary, indexes, (funding, total), sums, grade)


def _is_all_of(item: Indicator, funding: Quantity) -> bool:
    return item.quantity is not None and Quantity(item.quantity.number, YUAN).agrees_with(funding)


def _budget_cap(sheet: Sheet, item: Indicator, index: int, funding: Quantity) -> Finding:
    cap = item.quantity or funding
    amount = Quantity(cap.number, YUAN, precision=cap.precision)
    grade = Grade.AGREES if amount.number == funding.number else Grade.ROUNDING
    if not amount.agrees_with(funding):
        grade = Grade.DISAGREES
    told = {Grade.AGREES: "一致", Grade.ROUNDING: "在其书写精度内一致", Grade.DISAGREES: "不一致"}[grade]
    summary = f"「{sheet.project}」指标“{item.name}”{item.fact.printed}，与年度资金 {shown(funding)} {told}。"
    sums = f"{item.fact.printed} {'≠' if grade is Grade.DISAGREES else '='} {shown(funding)}"
    return finding("sheet.budget_cap", sheet, summary, (item.index, index), (funding, amount), sums, grade)


def _unit_costs(sheet: Sheet, words: SheetRules) -> Iterator[Finding]:
    """Unit price caps times the quantities that the sheet itself plans, against the year's money."""
    index = sheet.yearly_total
    funding = _number(sheet, index)
    half = _first_half(sheet)
    products = [product for item in half if (product := _product(item, half, words)) is not None]
    if index is None or funding is None or not products:
        return
    total = Quantity(sum((amount for _, _, amount in products), Decimal(0)), YUAN)
    if total.number <= funding.number * _SLACK:
        return
    terms = " + ".join(f"{price.fact.printed} × {count.fact.printed}" for price, count, _ in products)
    sums = f"{terms} = {shown(total)} > {shown(funding)}"
    summary = (
        f"「{sheet.project}」按所列单价上限×数量计算为 {shown(total)}，高于年度资金 {shown(funding)}"
        f"，多 {shown(total - funding)}（单价是上限，数量是目标，只是名义算法）。"
    )
    used = dict.fromkeys(i for price, count, _ in products for i in (price.index, count.index))
    yield finding("sheet.unit_costs", sheet, summary, (*used, index), (funding, total), sums)


def _product(
    price: Indicator, half: Sequence[Indicator], words: SheetRules
) -> tuple[Indicator, Indicator, Decimal] | None:
    """A unit price, the quantity it is multiplied with and the product; None where nothing matches it."""
    if price.quantity is None or price.quantity.relation not in _CAPS:
        return None
    money, _, unit = price.quantity.unit.partition("/")
    if money != YUAN:
        return None
    if unit in ("", *words.per_year):
        count = _counted(price, half, words)
    else:
        alike = [item for item in half if item.quantity is not None and item.quantity.unit == unit.removesuffix("/年")]
        count = _most_alike(price, alike)
    if count is None or count.quantity is None:
        return None
    return price, count, price.quantity.number * count.quantity.number


def _counted(price: Indicator, half: Sequence[Indicator], words: SheetRules) -> Indicator | None:
    """For 每个X… the indicator that counts X."""
    match = re.match(words.per_each, price.name)
    if match is None:
        return None
    rest = price.name[match.end() :]
    for length in range(len(rest), 1, -1):
        counts = [
            item
            for item in half
            if rest[:length] in item.name
            and item.quantity is not None
            and item.quantity.unit in price.name[: match.end()]
            and item.quantity.unit
        ]
        if len(counts) == 1:
            return counts[0]
    return None


def _most_alike(price: Indicator, counts: Sequence[Indicator]) -> Indicator | None:
    best = max(counts, key=lambda item: likeness(price.name, item.name), default=None)
    return best if best is not None and likeness(price.name, best.name) >= _MATCHING_NAMES else None


def _contradicting_sources(sheet: Sheet, words: SheetRules) -> Iterator[Finding]:
    """A source of funding left at zero while an indicator speaks of its money."""
    for fund, names in words.fund_words.items():
        amounts = [i for period in (Period.WHOLE, Period.ANNUAL, Period.NONE) for i in sheet.amounts(period, fund)]
        if not amounts or any(sheet.facts[i].quantity and sheet.facts[i].quantity.number for i in amounts):  # type: ignore[union-attr]
            continue
        for item in _first_half(sheet):
            if item.quantity is None or item.quantity.unit != YUAN or not item.quantity.number:
                continue
            if any(name in item.name for name in names):
                yield _contradiction(sheet, item, amounts, words.fund_names.get(fund, str(fund)))


def _contradiction(sheet: Sheet, item: Indicator, amounts: Sequence[int], fund_name: str) -> Finding:
    summary = f"「{sheet.project}」资金来源中{fund_name}为 0，而指标“{item.name}”写 {item.fact.printed}，两处说法矛盾。"
    zero = Quantity(Decimal(0), YUAN)
    sums = f"{fund_name} 0 ≠ {item.fact.printed}"
    return finding("sheet.fund_sources", sheet, summary, (*amounts, item.index), (zero, item.quantity), sums)


def _halves(sheet: Sheet) -> Iterator[Finding]:
    """The same indicator in the whole period's and the year's half; only an unlike number is told."""
    by_name: dict[str, dict[Period, Indicator]] = defaultdict(dict)
    for item in sheet_indicators(sheet):
        by_name[label_key(item.name)].setdefault(item.fact.coordinates.period, item)
    for halves in by_name.values():
        whole, annual = halves.get(Period.WHOLE), halves.get(Period.ANNUAL)
        if whole is None or annual is None or whole.quantity is None or annual.quantity is None:
            continue
        if whole.quantity.unit == annual.quantity.unit == PERCENT and whole.quantity != annual.quantity:
            sums = f"{whole.fact.printed} ≠ {annual.fact.printed}"
            told = f"实施期写 {whole.fact.printed}，年度写 {annual.fact.printed}"
            summary = f"「{sheet.project}」指标“{whole.name}”{told}。"
            figures = (whole.quantity, annual.quantity)
            yield finding("sheet.halves", sheet, summary, (whole.index, annual.index), figures, sums)


def _frequencies(sheet: Sheet, words: SheetRules) -> Iterator[Finding]:
    """How often the same thing happens in a year, told twice."""
    stems: dict[str, list[tuple[Indicator, Decimal]]] = defaultdict(list)
    for item in _by_name(sheet):
        ending = next((end for end in words.frequency_endings if item.name.endswith(end)), None)
        times = _times_a_year(item.fact.printed, words) if ending else None
        if ending and times is not None and len(item.name) - len(ending) >= _SHORTEST_STEM:
            stems[item.name.removesuffix(ending)].append((item, times))
    for stem, told in stems.items():
        first, times = told[0]
        for other, others in told[1:]:
            if others != times:
                pair = ((first, times), (other, others))
                sums = " ≠ ".join(f"{item.fact.printed}（每年{often.normalize():f}次）" for item, often in pair)
                summary = (
                    f"「{sheet.project}」“{first.name}”写 {first.fact.printed}，“{other.name}”写 {other.fact.printed}"
                    f"，同一件事（{stem}）的次数前后不一。"
                )
                yield finding("sheet.frequency", sheet, summary, (first.index, other.index), recomputation=sums)


def _times_a_year(printed: str, words: SheetRules) -> Decimal | None:
    """`≥2次` → 2, `每季度1次` → 4, `3个月1次` → 4; None for anything that is no number of times."""
    spans = "|".join(sorted(words.spans_per_year, key=len, reverse=True))
    times = "|".join(words.times)
    each = rf"(?:每|(?P<every>\d+)(?=个))(?P<count>\d*)个?(?P<span>{spans})"
    match = re.search(rf"(?:{each})?\D{{0,4}}(?P<times>\d+)\s*(?:{times})", printed)
    if match is None:
        return None
    often = Decimal(match["times"])
    if match["span"]:
        every = Decimal(match["every"] or match["count"] or 1)
        span = "月" if match["span"] == "个月" else match["span"]
        often = often * words.spans_per_year[span] / every
    return often


def _odd_targets(sheet: Sheet, words: SheetRules) -> Iterator[Finding]:
    """A share that should reach 100 % with a target below it."""
    for item in _by_name(sheet):
        quantity = item.quantity
        if quantity is None or quantity.unit != PERCENT or quantity.relation is not Relation.LESS:
            continue
        if quantity.number == 100 and any(re.search(word, item.name) for word in words.rate_indicator):
            summary = f"「{sheet.project}」指标“{item.name}”写作 {item.fact.printed}：越低越好不合常理，疑为印错。"
            yield finding("sheet.odd_target", sheet, summary, (item.index,), (None, quantity), item.fact.printed)


def _lost_amounts(sheet: Sheet) -> Iterator[Finding]:
    """The whole period's money is printed and the year's is not."""
    whole = sheet.total(Period.WHOLE)
    lost = sheet.amounts(Period.ANNUAL, Fund.ALL)
    if whole is None or not lost or sheet.total(Period.ANNUAL) is not None:
        return
    printed = f"绩效表只有实施期资金总额 {shown(_must(sheet, whole))}"
    summary = f"「{sheet.project}」{printed}，年度资金总额及其来源在原文中缺失。"
    yield finding("sheet.lost_amounts", sheet, summary, (whole, *lost), (None, _number(sheet, whole)))


def _must(sheet: Sheet, index: int) -> Quantity:
    quantity = sheet.facts[index].quantity
    assert quantity is not None
    return quantity


def _lost_values(sheet: Sheet) -> Iterator[Finding]:
    """One finding a sheet for the targets that the source has lost or put out of place."""
    odd = [item for item in sheet_indicators(sheet) if item.fact.absence is Absence.LOST or item.fact.warnings]
    if not odd:
        return
    names = list(dict.fromkeys(item.name for item in odd))
    listed = "、".join(f"“{name}”" for name in names[:4]) + ("等" if len(names) > 4 else "")
    summary = f"「{sheet.project}」绩效指标有 {len(names)} 项在原表中错位或缺值：{listed}。"
    yield finding("sheet.lost_values", sheet, summary, tuple(item.index for item in odd))
