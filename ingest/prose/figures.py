"""What a figure of prose is, and the marks, brackets and words around a numeral that tell what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.facts import Role
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals
from ingest.numbers.quantities import YUAN, Quantity
from ingest.prose.words import any_of, clean_subject, comparison_pattern, prose_words

STRONG = "，,；;。：:！!？?\n"
SENTENCE_ENDS = "。！!？?\n"
MEASURED = (NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.MULTIPLE, NumeralKind.COUNT, NumeralKind.RATE)
_LONGEST_SUBJECT = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text: text[start:end] prints it; `sentence` is the span of its sentence."""

    start: int
    end: int
    printed: str
    subject: str
    path: tuple[str, ...]
    role: Role
    quantity: Quantity | None
    sentence: tuple[int, int]
    year: int | None = None  # told by the words right before the figure
    last_year: bool = False
    dates: tuple[str, ...] = ()
    doubt: str = ""


def is_item_mark(before: str, numeral: Numeral) -> bool:
    is_mark = numeral.kind is NumeralKind.MARK and re.search(r"[.．、)）①-⑳]\s*$", numeral.printed)
    return bool(is_mark) and not before.strip(" 　；;。")


def rate_fits(amount: Decimal, change: Quantity | None, rate: Quantity | None) -> bool:
    """Whether an amount, its change and the rate of change agree: change / (amount - change) = rate; what was nothing is
    said to have grown by 100 %."""
    if change is None or rate is None or not change.number:
        return False
    if amount == change.number:
        return rate.number == 100
    found = change.number / (amount - change.number) * 100
    return abs(found - rate.number) <= max(rate.precision, Decimal("0.01"))


def clause_spans(
    text: str, numerals: Sequence[Numeral], marks: str, within: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """The stretches between marks that stand outside numerals (1,389.97) and outside quotation marks."""
    start, end = within or (0, len(text))
    inside = {i for numeral in numerals for i in range(numeral.start, numeral.end)}
    begin, quoted = start, 0
    for i in range(start, end):
        quoted += {"《": 1, "》": -1}.get(text[i], 0)
        if text[i] in marks and i not in inside and quoted <= 0:
            yield begin, i + 1
            begin = i + 1
    if text[begin:end].strip():
        yield begin, end


def is_quoted(text: str, numeral: Numeral) -> bool:
    """Numbers inside a document's title are no figures."""
    before = text[: numeral.start]
    return before.count("《") > before.count("》")


def open_bracket(text: str, start: int, end: int) -> int:
    """Where the innermost bracket that is open at `end` begins its content; `start` if none is open."""
    depth: list[int] = []
    for i in range(start, end):
        if text[i] in "（(":
            depth.append(i + 1)
        elif text[i] in "）)" and depth:
            depth.pop()
    return depth[-1] if depth else start


def bracket_closed_before(text: str, start: int, end: int) -> int | None:
    """Where the bracket opens that closes in text[start:end], or right before it but for a mark; None where none does."""
    closed = max(text.rfind(mark, start, end) for mark in "）)")
    if closed < 0:
        before = text[:start].rstrip(f"{STRONG} ")
        closed = len(before) - 1 if before.endswith(("）", ")")) else -1
    depth = 0
    for i in range(closed, -1, -1):
        depth += (text[i] in "）)") - (text[i] in "（(")
        if depth == 0:
            return i
    return None


def numeral_to_quantity(text: str, numeral: Numeral) -> Quantity | None:
    """What a numeral measures; 1600万 among money words is money."""
    if numeral.quantity is None or numeral.upper is not None:
        return None
    if numeral.kind in MEASURED:
        return numeral.quantity
    if numeral.kind is NumeralKind.NUMBER and re.search(r"[万亿]$", numeral.printed.strip()):
        around = text[max(0, numeral.start - 40) : numeral.end + 10]
        if any(word in around for word in prose_words().money_words):
            return replace(numeral.quantity, unit=YUAN)
    return None


def year_before(prefix: str) -> int | None:
    """The year a figure is about, if the words before it name one: 2023年预算数为."""
    years = re.findall(r"(?<!\d)(20\d\d)\s*年(?!\s*\d{1,2}\s*月)", prefix)
    return int(years[-1]) if years and "结转" not in prefix else None


def is_qualifier(text: str, numeral: Numeral, end: int) -> bool:
    """单价50万元以上的设备: the number says which things, not how much."""
    rest = re.sub(r"^[（(][^（()）]{0,6}[）)]", "", text[numeral.end : end])
    after = numeral.printed + rest[:10]
    return bool(re.search(r"(?:以上|以下|以内)(?:[（(][^（()）]{0,8}[）)])?的?[\u4e00-\u9fff]", after)) and (
        numeral.kind is NumeralKind.MONEY
    )


def role_of(quantity: Quantity, numeral: Numeral, prefix: str) -> Role:
    each = any(word in prefix[-8:] for word in prose_words().each)
    if quantity.unit.startswith(YUAN + "/") or (each and quantity.unit == YUAN):
        return Role.UNIT_PRICE
    if quantity.unit == YUAN:
        return Role.AMOUNT
    return Role.SHARE if quantity.unit == "%" else Role.COUNT


def unit_price_unit(quantity: Quantity, prefix: str) -> str:
    """每座13500元 → 元/座."""
    if "/" in quantity.unit:
        return quantity.unit
    match = re.search(r"每(?:个|一)?([\u4e00-\u9fff]{1,3}?)(?:补助|补贴|奖励|标准|约|为|按|需)*$", prefix.strip())
    return f"{quantity.unit}/{match.group(1)}" if match else quantity.unit


def with_noun(subject: str, text: str, numeral: Numeral, end: int) -> str:
    """What is counted may stand after the count: 保证园区33条道路路灯正常照明, 约12处宅基地."""
    noun = re.match(r"[\u4e00-\u9fff]{1,12}", text[numeral.end : end])
    if not noun:
        return subject
    if any(mark in subject for mark in "、"):
        subject = subject.rpartition("、")[2]
    counted = clean_subject(re.split("[和及与、]", noun.group())[0])
    if not counted or len(subject) > 12 or comparison_pattern().match(noun.group()):
        return subject
    return subject + counted


def short_subject(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject.rpartition("、")[2][-_LONGEST_SUBJECT:]


CHINESE_DIGIT = re.compile(r"[一二两三四五六七八九十](?![一二三四五六七八九十百千万亿])")
_HEAD_END = re.compile(r"[，,；;：:。（(\n]")


def is_in_a_name(numeral: Numeral) -> bool:
    """一期, 二所, 三节点: a Chinese numeral that tells things apart and counts nothing."""
    printed = numeral.printed.strip()
    if numeral.kind is not NumeralKind.COUNT or not CHINESE_DIGIT.match(printed):
        return False
    return printed[1:] in prose_words().ordinal_units or printed[0] == "一"


def item_head(text: str) -> str:
    """The name an item of a list begins with: up to 项目, before 第…, or its first words up to a mark or a number."""
    words = prose_words()
    first = _HEAD_END.split(text.lstrip("　 "), maxsplit=1)[0].strip()
    if first.startswith(tuple(words.headless)):
        return ""
    if numerals := [n for n in find_numerals(first) if n.kind is not NumeralKind.MARK and not is_in_a_name(n)]:
        first = first[: numerals[0].start]
    first = re.split("的?第[一二三四五六七八九十]+(?:[批期次、]|节点|阶段)", first)[0]
    if match := re.match(f"(.{{2,20}}?){any_of(words.head_ends)}", first):
        first = match.group(1)
    head = clean_subject(first)
    return head if len(head) <= 24 else ""
