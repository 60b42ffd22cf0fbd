"""A question made ready for planning: one script, no politeness, with its units, years and language told apart.

English is turned into the sentence a Chinese reader would ask (assistant/english/sentences.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from assistant.cues import cue, says
from assistant.english.clauses import chinese_of
from assistant.english.sentences import is_english, wished_unit
from assistant.questions.formulas import formula_in_words
from assistant.questions.queries import query_in_words
from assistant.words import english_words, longest_first, plain_words
from ingest.errors import QuestionError
from ingest.numbers.numbers import as_number

LONGEST = 500  # matching examples takes time that grows with the square of the length
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f​-‏﻿]")
_ASIDE = re.compile(
    r"(?<=表[\d一二三四五六七八九十])[(（][^()（）]{4,}表[)）]|(?<=[\d十]表)[(（][^()（）]{4,}表[)）]|[(（](?:(?:以|用|按)?(?:亿|万|千)?元(?:为单位)?(?:计|表示)?|单位[:：]?(?:亿|万|千)?元|按预计|[^()（）]*口径|[^()（）]*小数|[^()（）]*绝对值|[^()（）]*请先?[^()（）]+|不要[^()（）]*|含(?:上年)?结转|包括结转|精确到[^()（）]*|百分比|%|元/[^()（）]*|指标值|含\d[^()（）]*|[两三二]问)[)）]"
)
_VINTAGE_ASIDE = re.compile(r"[(（]((?:本年|当年|不含(?:上年)?结转|本年预算|上年结转))[)）]")
_END = re.compile(r"[?？!！。.~～…;；,，\s]+$")
_UNIT_WISH = re.compile(
    r"(?:换算?成?|写成|换成|折算?成?|折合|转成|用|以|按|单位[是为:：]?|多少个?|几|[(（]|是|合)(?P<unit>亿元|万元|千元|元|亿|万)(?:[)）]|人民币|为单位|来?(?:说|表示|计|算)|$|是|呢|吗|的|[,，?？。])"
)
_YEAR = re.compile(
    r"(?<![\d.\u3014\uff3b\[])((?:19|20)\d{2})(?:年度?|财年|财政年度)?(?![\d.万亿元千百个座吨人名户辆台])"
)
_HAN = re.compile("[一-鿿]")
_AMOUNT_AFTER_TABLE = re.compile(r"(?<=表\d)\s+(?=\d)|(?<=表\d\d)\s+(?=\d)")  # 表3 50万以上 is no 表350
_ASKED_POLITELY = frozenset("列给问把帮你您告计算查说看核对汇总选按用将解提指分比回")
_DECIMALS = re.compile(
    r"([一二两三四1-4])位小数|小数点?后([一二两三四1-4])位|([1-4]|two|three) (?:decimal|digits after)"
)
_THREE_PUBLIC = re.compile(r"[“\"'‘「]三公[”\"'’」](?!经费|支出|费用)")  # “三公”里 measures no way
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉]")

# 某科目在表1和表3里的金额: the same thing in two tables, said once.
_IN_TWO_TABLES = re.compile(
    r"(?P<X>[^,，]{2,30}?)在(?P<one>表(?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?:和|与|、|跟|及)(?P<two>表(?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?:里面|里|中|上)?的?(?:金额|数字|数据|数)?"
)


@dataclass(frozen=True, slots=True)
class Question:
    """`raw` as asked; `text` normalised Chinese without end marks; `english` tells the answer's language, `original` its
    normalised English. `unit` is a wished money unit (元, 万元, 亿元) or "", `count_unit` a wished counting unit,
    `places` how many decimal places are wished. `years` are the calendar years named, `said` is the question in Chinese with
    the words at its end that ask for a yes."""

    raw: str
    text: str
    english: bool = False
    original: str = ""
    unit: str = ""
    years: tuple[int, ...] = ()
    to_the_cent: bool = False
    count_unit: str = ""
    said: str = ""
    places: int | None = None


def read_question(raw: str) -> Question:
    """Normalise; QuestionError with a sentence when it is empty or too long to be a question."""
    cleaned = _CONTROL.sub("", unicodedata.normalize("NFKC", raw)).strip()
    if not cleaned:
        raise QuestionError("没有输入问题，请写下想查的内容，例如“总支出是多少”。")
    if len(cleaned) > LONGEST:
        raise QuestionError(f"问题太长（{len(cleaned)} 字），请控制在 {LONGEST} 字以内，一次问一件事。")
    cleaned = _AMOUNT_AFTER_TABLE.sub(",", cleaned)
    cleaned = re.sub(r"(?<=[一-鿿])\s+(?:元|万元|亿元|%|个)$", "", cleaned)
    asked = query_in_words(cleaned)
    english = is_english(cleaned) and (asked is None or not _HAN.search(cleaned))
    original = re.sub(r"\s+", " ", _END.sub("", cleaned.lower())).replace("’", "'") if english else ""
    chinese = asked or (chinese_of(cleaned) if english else cleaned)
    chinese = formula_in_words(_THREE_PUBLIC.sub("三公经费", with_stops(chinese)))
    chinese = _BOUND.sub(lambda found: "不低于" if found[1] in "大高多" else "不超过", _in_words(chinese))
    chinese = re.sub(r"([\d一二两三四五六七八九十几]|多少)个(亿|万)", r"\1\2", chinese)
    chinese = re.sub(r"(\d[万亿]?|[一二两三四五六七八九十百千][万亿]|多少)块钱?", r"\1元", chinese)
    chinese = re.sub(r"几个(?=钱|大子)", "多少", chinese)
    chinese = re.sub(r"几[十百千万]+块钱?(?!一|每)|几块钱(?!一|每)", "多少元", chinese)
    if (told := cue("quoted_then_pointed").search(chinese)) is not None:
        chinese = told["X"] + told["rest"]
    text = _without_politeness(re.sub(r"(?<![a-z])\s+|\s+(?![a-z])", "", _QUOTES.sub("", chinese).lower()))
    text = _without_presentation(_ASIDE.sub("", re.sub(r"[?？!！;；。]+(?=.)", ",", text)))
    text = _IN_TWO_TABLES.sub(r"\g<one>的\g<X>和\g<two>的\g<X>", _VINTAGE_ASIDE.sub(r"\1", text))
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(cleaned)))
    return Question(
        raw,
        text,
        english,
        original,
        _unit_wish(cleaned, english),
        years,
        bool(re.search(r"精确到分|到分|to the cent", cleaned)),
        _count_unit(cleaned),
        chinese if english else raw,
        _places_wished(cleaned),
    )


def _places_wished(text: str) -> int | None:
    """保留两位小数, 小数点后一位, to 2 decimal places; None when nothing is said of it."""
    found = _DECIMALS.search(text.lower())
    said = next(filter(None, found.groups())) if found is not None else ""
    number = as_number(english_words().numbers.get(said, said))
    return int(number) if number is not None else None


def with_stops(text: str) -> str:
    """A text with a comma for each space between two clauses that both ask: `哪边多 多多少`."""
    clauses = _SPACED.split(text)
    joined = clauses[0]
    for before, clause in pairwise(clauses):
        both_ask = says(before, "asks_part") and says(clause, "asks_part")
        joined += f"{',' if both_ask else ' '}{clause}"
    return joined


_SPACED = re.compile(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿])")
_SYMBOLS = {"/": "除以", "÷": "除以", "-": "减去", "−": "减去", "–": "减去", "+": "加上", "×": "乘以", "*": "乘以"}
_OPERATOR = re.compile(r"(?<=\S)\s+(?P<symbol>[/÷\-−–+×*])\s+(?=\S)|(?<=[一-鿿)）])(?P<tight>[÷×−])(?=[一-鿿])")
_PART_OF = re.compile(
    r"(?<=.)的?(?:(?P<half>一半|二分之一)|(?P<of>[三四五六七八九十])分之(?P<count>[一二两三四五六七八九]))(?:是|为|等于|有|合)?(?:多少|几)(?:钱|[万亿]?元)?$"
)
_OF_A_TABLE = re.compile(
    r"占(?P<table>(?:20\d\d年?)?(?:表\s?\d{1,2}|[^,，占的]{2,12}表(?:[(（][^()（）]{2,8}[)）])?))的?(?=百分之|比[例重])"
)
_BOUND = re.compile(
    r"([大高多小低少])于或?(?:者)?等于"
)  # 大于等于 and 小于或等于 set a bound, and no figure against another
_PLACES = {"first": "第一", "second": "第二", "third": "第三"}
_FLIPPED = {"≤": "≥", "<=": "≥", "<": ">", "≥": "≤", ">=": "≤", ">": "<"}
_BOUND_FIRST = re.compile(
    r"(?P<bound>\d[\d.,]*[万亿]?元?)\s*(?P<sign><=|>=|[≤<≥>])\s*(?P<what>金额|预算数?|资金|总额)\s*(?P<more><=|>=|[≤<≥>])?"
)
_OWNER_OF_LISTED = re.compile(
    r"(?P<owner>[一-鿿]{2,8}?)的(?:那|这)?[两几二三2-3][笔项个条]?[(（](?P<one>[^()（）、,，和]+)[、,，和](?P<two>[^()（）、,，和]+)[)）]"
)
_SEVERAL_PROJECTS = re.compile(
    r"(?<=[一-鿿)）])(?P<n>[两二三四五2-5]个项目)(?=(?:实施期|年度|全周期|整个周期|全期)(?:资金)?(?:总额|金额|资金|预算))"
)
_DESCENDING = re.compile(
    r"[,，]?按(?:照)?(?:总计|合计|金额|预算数|数额)?的?(?:降序|从[大高]到[小低]|由[大高]到[小低])(?:排[序列名]?)?[,，、]?(?:输出|列出|取|给出|返回)?(?=前)"
)
_NAME_AND_AMOUNT = re.compile(
    r"(?:(?<=[名位])|(?<=[一二两三四五六七八九十\d][个项]))的?(?:科目|项目|单位)?(?:名称|名字|编码)(?:[与和及、](?:其|各自)?的?金额)?(?=$|[。.])"
)
_OF_TABLE = re.compile(r"^(表\s?[一二三四五六七八九十\d]{1,3}):(?=[一-鿿])")


def _flipped(found: re.Match[str]) -> str:
    """`1000万元≤金额<1亿元` as both bounds of the amount."""
    sign = _FLIPPED[found["sign"]]
    more = f"且{found['what']}" if found["more"] else ""
    return f"{found['what']}{sign}{found['bound']}{more}{found['more'] or ''}"


def _in_words(text: str) -> str:
    """Signs of arithmetic between figures as words, `表8:` as the table that a figure is of, `排老二` as a place in an order,
    ways of saying as the usual words."""
    text = _OWNER_OF_LISTED.sub(r"\g<owner>\g<one>和\g<owner>\g<two>", text)
    text = _SEVERAL_PROJECTS.sub(r"\g<n>的", _BOUND_FIRST.sub(_flipped, text))
    text = re.sub("各(?=[类款项]级)", "", _NAME_AND_AMOUNT.sub("", _DESCENDING.sub("", text)))
    text = _OF_A_TABLE.sub(r"占\g<table>合计的", _PART_OF.sub(_divided, text))
    text = _OPERATOR.sub(lambda found: _SYMBOLS[found["symbol"] or found["tight"]], text)
    text = cue("kinds_added").sub(r"各类\g<X>", text)
    for usual, ways in plain_words().usual.items():
        for way in longest_first(ways):
            text = text.replace(way, usual)
    text = cue("place_called").sub(lambda found: _PLACES[found.lastgroup or ""], text)
    return _OF_TABLE.sub(r"\1的", text)


def _divided(part: re.Match[str]) -> str:
    """`的三分之二是多少` as 乘以2除以3是多少."""
    of, count = (2, 1) if part["half"] else (as_number(part["of"]), as_number(part["count"]))
    times = f"乘以{count}" if count != 1 else ""
    return f"{times}除以{of}是多少"


def _without_politeness(text: str) -> str:
    words = plain_words()
    changed = True
    text = _END.sub("", text)
    while changed:
        changed = False
        for polite in longest_first(words.polite):
            if polite == "请" and text[1:2] not in _ASKED_POLITELY:
                continue
            if text.startswith(polite) and len(text) > len(polite) + 1:
                text, changed = text[len(polite) :].lstrip(",，:：、"), True
        for tail in longest_first(words.tails):
            if text.endswith(("什么", "怎么", "多么")):
                break
            if text.endswith(tail) and len(text) > len(tail) + 1:
                text, changed = _END.sub("", text[: -len(tail)]), True
    return text


def _without_presentation(text: str) -> str:
    """Without clauses at the end that only tell how the answer is to be shown, or ask whether it is true, and the word for
    the task, the saying or who said it before it, what is thought of a part, about how many there are; last year's money that
    is left out first, or counted in, in the usual words."""
    text = cue("saying_opener").sub("", cue("task_opener").sub("", text))
    text = cue("describing_opener").sub("", text)
    text = cue("carried_over_left_out").sub("不含上年结转的", text)
    text = cue("carried_over_counted").sub(",含上年结转", text)
    text = cue("about_so_many").sub("", cue("opinion_then_share").sub("占", text))
    text = cue("truth_tail").sub("", cue("hearsay_opener").sub("", text))
    while (found := cue("presentation").search(text)) is not None and found.start() > 1:
        text = text[: found.start()]
    return text


def _count_unit(text: str) -> str:
    """A counting unit asked for: 多少平方米, 换成度."""
    found = re.search(
        r"(?:多少|换算?成|折合?成?|几)(平方米|平米|万平方米|万平米|度|万度|千瓦时|吨|万吨|公里|米|亩|公顷)(?!以)", text
    )
    return found[1] if found else ""


def _unit_wish(text: str, english: bool) -> str:
    compact = re.sub(r"\s+", "", text.lower())
    if english:
        return wished_unit(text)
    wishes = [found["unit"] for found in _UNIT_WISH.finditer(compact)]
    return {"亿": "亿元", "万": "万元"}.get(wishes[-1], wishes[-1]) if wishes else ""
