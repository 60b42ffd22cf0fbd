"""Small judges: each looks at one answer for one kind of expectation and says what it found, with the reason.

They share no code with the assistant's own reading of numbers and labels: an instrument that used the same parser
could not see its faults.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.answer import Answer, AnswerStatus, Item, Value
from eval.expectations import AsksBack, Declined, Figure, Listing, Number, Readings, Text, Turn, Verdict
from eval.figures import figures_in, in_base_unit, same_kind_of_unit


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"  # something else is given as the answer
    INVENTED = "invented"  # a figure without citation or step
    MISSED = "missed"  # declined, or no answer in the place where a script looks for it
    ASKED = "asked"  # asked back although one answer is right
    NOT_DECLINED = "not_declined"  # answered what the documents do not hold
    NOT_ASKED = "not_asked"  # answered one of several readings as if there were no other
    RAISED = "raised"


FALSE = (Outcome.WRONG, Outcome.INVENTED, Outcome.NOT_DECLINED)  # a figure or a verdict is given that is not right


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    reason: str = ""


_RIGHT = Judgement(Outcome.RIGHT)
_LIST_MARK = re.compile(r"(?<![\d.,])(?P<number>\d{1,2})\.\s+(?=\d)")  # 1. 2019年 is no 1.2019
_MARKS = re.compile(r"[\s*_`>#“”\"'‘’]+")
_LABEL_MARKS = re.compile(r"[\s*_`“”\"'‘’「」《》()（）\[\]【】,，.。;；:：、·/\\—–-]+")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_SHORTAGE = re.compile(
    r"没有|未|无法|不能|缺|空白|查不到|找不到|不包含|不存在|不涉及|无此|并无|不含|没写|没列|没披露|不在|"
    r"\bnot?\b|\bcannot\b|n't\b|\bwithout\b|\bblank\b|\bmissing\b|\bnone\b"
)
_NEGATED = re.compile(r"(没有|没|未|并未|未曾|不|不会|不再|并不|并非|尚未)$")
_CLAIMS = re.compile(r"^(超|高于|低于|大于|小于|多|少|增加|减少|下降|上升|一致|相符|相等|等于|平|对得上|健全|吻合)")
_DIRECTION = re.compile(
    r"(?<![多至])少|[减降跌缩差低剩削]|fall|fell|decreas|drop|cut|less|lower|differ|short|smaller|gap|down|reduc|declin"
)
_CLOSE_LABELS = 0.85
_NEGATIONS = ("没", "无", "不", "未", "缺", "空", "非")


def judge(turn: Turn, answer: Answer) -> Judgement:
    """The verdict on one answer; the expectation proper first, then the words the text must and must not hold."""
    judgement = _judge_expectation(turn, answer)
    if judgement.outcome is not Outcome.RIGHT:
        return judgement
    for group in turn.contains:
        if not any(_stands_in(part, answer.text) for part in group):
            return Judgement(Outcome.WRONG, f"文字里没有：{'|'.join(group)}")
    for part in turn.excludes:
        if _plain(part) in _plain(answer.text):
            return Judgement(Outcome.WRONG, f"文字里不该有：{part}")
    return _RIGHT


def _judge_expectation(turn: Turn, answer: Answer) -> Judgement:
    match turn.expected:
        case Number() as expected:
            return _number(expected, answer, _DIRECTION.search(turn.question.lower()) is not None)
        case Listing() as expected:
            return _listing(expected, answer)
        case Verdict() as expected:
            return _verdict(expected, answer)
        case Text():
            return _text(turn, answer)
        case Declined():
            return _declined(turn.question, answer)
        case AsksBack() as expected:
            return _asks_back(expected, answer)
        case Readings() as expected:
            return _readings(expected, answer)


def _number(expected: Number, answer: Answer, either_sign: bool) -> Judgement:
    if (unanswered := _unanswered(answer)) is not None:
        return unanswered
    value = _the_value(answer)
    if value is None:
        return Judgement(Outcome.MISSED, "value 为空")
    if not answer.citations and not answer.steps:
        return Judgement(Outcome.INVENTED, f"{value.number} {value.unit} 没有出处也没有算式")
    return _compare(expected.figure, value, either_sign)


def _compare(expected: Figure, value: Value, either_sign: bool = False) -> Judgement:
    """A change may be given with either sign only when the question itself names the direction."""
    if not same_kind_of_unit(expected.unit, value.unit):
        return Judgement(Outcome.WRONG, f"单位不同：应为 {expected.unit}，得到 {value.unit}")
    got, factor = in_base_unit(Decimal(value.number), value.unit)[0], in_base_unit(Decimal(1), expected.unit)[0]
    wanted, tolerance = expected.number * factor, expected.tolerance * factor
    distance = abs(abs(got) - abs(wanted)) if either_sign else abs(got - wanted)
    if distance > tolerance:
        return Judgement(Outcome.WRONG, f"应为 {expected}，得到 {value.number} {value.unit}")
    return _RIGHT


def _listing(expected: Listing, answer: Answer) -> Judgement:
    if (unanswered := _unanswered(answer)) is not None:
        return unanswered
    if expected.at_least:
        return _RIGHT
    if not answer.items:
        single = len(expected.labels) == 1 and _label(expected.labels[0]) in _label(answer.text)
        return _RIGHT if single else Judgement(Outcome.MISSED, "items 为空")
    pairs = _matched(expected.labels, answer.items)
    missing = [label for label, position in zip(expected.labels, pairs, strict=True) if position is None]
    extra = [item.label for position, item in enumerate(answer.items) if position not in pairs]
    if missing or extra:
        return Judgement(Outcome.WRONG, f"缺 {len(missing)} 项：{missing}；多 {len(extra)} 项：{extra}")
    if expected.ordered and pairs != sorted(position for position in pairs if position is not None):
        return Judgement(Outcome.WRONG, f"顺序不对：{[item.label for item in answer.items]}")
    return _items_values(expected, answer, pairs)


def _items_values(expected: Listing, answer: Answer, pairs: list[int | None]) -> Judgement:
    positions = dict(zip(expected.labels, pairs, strict=True))
    for label, figure in expected.figures:
        value = answer.items[positions[label] or 0].value
        if value is None:
            return Judgement(Outcome.WRONG, f"{label} 没有数值")
        if (judgement := _compare(figure, value)).outcome is not Outcome.RIGHT:
            return Judgement(Outcome.WRONG, f"{label}：{judgement.reason}")
    return _RIGHT


def _matched(labels: tuple[str, ...], items: tuple[Item, ...]) -> list[int | None]:
    """For each expected label the index of its item, the closest pairs first, no item twice."""
    scored = sorted(
        ((_closeness(label, item), -i, -j) for i, label in enumerate(labels) for j, item in enumerate(items)),
        reverse=True,
    )
    found: list[int | None] = [None] * len(labels)
    for closeness, i, j in scored:
        if closeness >= _CLOSE_LABELS and found[-i] is None and -j not in found:
            found[-i] = -j
    return found


def _closeness(expected: str, item: Item) -> float:
    """1 for equal labels, a little less for one inside the other, else their similarity.

    An expected `label：value` matches an item with that label; its value is asked for by `contains`.
    """
    wanted, got = _label(expected), _label(item.label)
    if wanted == got:
        return 1.0
    name = _label(re.split("[：:]", expected, maxsplit=1)[0])
    if name == got:
        return 0.99
    short, long = sorted((wanted, got), key=len)
    if len(short) >= 2 and short in long:
        return 0.9 + 0.08 * len(short) / len(long)
    return difflib.SequenceMatcher(None, wanted, got).ratio() * 0.98


def _verdict(expected: Verdict, answer: Answer) -> Judgement:
    if (unanswered := _unanswered(answer)) is not None:
        return unanswered
    if answer.verdict is None:
        return Judgement(Outcome.MISSED, "verdict 为空")
    if answer.verdict is not expected.holds:
        return Judgement(Outcome.WRONG, f"应判{expected.holds}，得到{answer.verdict}")
    return _RIGHT


def _text(turn: Turn, answer: Answer) -> Judgement:
    """A decline counts as the text only where every group asks for words of absence."""
    absence = all(any(part.startswith(_NEGATIONS) for part in group) for group in turn.contains)
    if absence and answer.status is AnswerStatus.NOT_FOUND:
        return _RIGHT
    return _unanswered(answer) or _RIGHT


def _declined(question: str, answer: Answer) -> Judgement:
    value = _the_value(answer)
    if value is not None or answer.verdict is not None:
        return Judgement(Outcome.NOT_DECLINED, f"给出了 {value.number + value.unit if value else answer.verdict}")
    if answer.status is AnswerStatus.CLARIFY:
        return _RIGHT
    shortage = _SHORTAGE.search(answer.text.lower())
    if shortage is None:
        return Judgement(Outcome.NOT_DECLINED, "没有说明文件里没有")
    if (decoy := _figure_before(answer.text, shortage.start(), question)) is not None:
        return Judgement(Outcome.NOT_DECLINED, f"先给出了 {decoy}")
    return _RIGHT


def _figure_before(text: str, position: int, question: str) -> Figure | None:
    """A figure, other than those of the question, offered before it is said that there is none."""
    asked = [figure for figure, _ in figures_in(question)]
    offered = (figure for figure, start in figures_in(text) if start < position)
    return next((figure for figure in offered if not any(_equal(figure, other) for other in asked)), None)


def _asks_back(expected: AsksBack, answer: Answer) -> Judgement:
    if answer.status is not AnswerStatus.CLARIFY:
        outcome = Outcome.NOT_ASKED if answer.status is AnswerStatus.ANSWERED else Outcome.MISSED
        return Judgement(outcome, "应反问")
    missing = [
        choice
        for choice, position in zip(expected.choices, _matched(expected.choices, answer.items), strict=True)
        if position is None and _label(choice) not in _label(answer.text)
    ]
    return Judgement(Outcome.WRONG, f"选项里缺：{missing}") if missing else _RIGHT


def _readings(expected: Readings, answer: Answer) -> Judgement:  # fair too: both side by side as items
    if answer.status is AnswerStatus.NOT_FOUND:
        return Judgement(Outcome.MISSED, "回答没有")
    if answer.status is AnswerStatus.CLARIFY:
        return _RIGHT
    if expected.words:
        said = [part for part in expected.words if _stands_in(part, answer.text)]
        return _RIGHT if len(said) > 1 else Judgement(Outcome.NOT_ASKED, f"只说了：{said}")
    given = [item.value for item in answer.items if item.value is not None]
    if sum(any(_compare(figure, value).outcome is Outcome.RIGHT for value in given) for figure in expected.figures) > 1:
        return _RIGHT
    value = _the_value(answer)
    if value is None:
        return Judgement(Outcome.MISSED, "value 为空")
    others = [figure for figure in expected.figures if _compare(figure, value).outcome is not Outcome.RIGHT]
    if len(others) == len(expected.figures):
        return Judgement(Outcome.WRONG, f"{value.number} {value.unit} 不是任何一种理解的数")
    named = any(_equal(figure, other) for figure in others for other, _ in figures_in(answer.text, figure.unit))
    return _RIGHT if named else Judgement(Outcome.NOT_ASKED, f"没有说明另一种理解：{', '.join(map(str, others))}")


def _equal(one: Figure, other: Figure) -> bool:
    return _compare(one, Value(number=str(other.number), unit=other.unit)).outcome is Outcome.RIGHT


def _unanswered(answer: Answer) -> Judgement | None:
    match answer.status:
        case AnswerStatus.CLARIFY:
            return Judgement(Outcome.ASKED, "反问了")
        case AnswerStatus.NOT_FOUND:
            return Judgement(Outcome.MISSED, "回答没有")
        case AnswerStatus.ANSWERED:
            return None


def _the_value(answer: Answer) -> Value | None:
    """The figure a script would take: `value`, else that of the only item."""
    if answer.value is None and len(answer.items) == 1:
        return answer.items[0].value
    return answer.value


def _plain(text: str) -> str:
    normalised = _LIST_MARK.sub(r"\g<number>、", unicodedata.normalize("NFKC", text))
    return _MARKS.sub("", normalised).lower()


def _label(text: str) -> str:
    return _LABEL_MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def _stands_in(part: str, text: str) -> bool:
    """Whether the text says this: a number by its value and whole, a claim not in its negated form."""
    wanted, plain = _plain(part), _plain(text)
    number = _NUMBER.match(wanted)
    if number is not None:
        return _prints(number[0], wanted[number.end() :], plain)
    return any(
        not (_CLAIMS.match(wanted) and _NEGATED.search(plain[: match.start()]))
        for match in re.finditer(re.escape(wanted), plain)
    )


def _prints(number: str, after: str, plain: str) -> bool:
    """25 is printed by 25.00, not by 125 or 25.07; 16,500.00, with its zeros, only by the same digits."""
    exact = "." in number and number.endswith("0")
    wanted = Decimal(number.replace(",", ""))
    return any(
        plain.startswith(after, match.end())
        and Decimal(match[0].replace(",", "")) == wanted
        and (not exact or match[0].replace(",", "") == number.replace(",", ""))
        for match in _NUMBER.finditer(plain)
    )
