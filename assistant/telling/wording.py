"""The fixed phrases of answers in both languages."""

from __future__ import annotations

_PHRASES: dict[str, tuple[str, str]] = {
    "note": ("说明", "Note"),
    "other_readings": ("另有口径", "Other readings"),
    "conflict": ("另一处印的数不同", "Printed differently elsewhere"),
    "source": ("依据", "Source"),
    "steps": ("计算", "Computation"),
    "none": ("没有符合条件的", "None meets the condition"),
    "which_one": ("有几处都符合，请说明要哪一个：", "Several things fit; which one do you mean?"),
    "printed": ("印作", "printed"),
    "which_document": ("几份文件都有，请说明要哪一份：", "Several documents hold it; which one do you mean?"),
    "last_year": ("上年", "Last year, "),
    "derived": ("推算", "derived"),
    "up": ("增加 ", "increased by "),
    "down": ("减少 ", "decreased by "),
    "unchanged": ("持平（相同，没有增减）", "unchanged"),
    "than_last_year": ("比上年", ", compared with last year: "),
    "quoted": ("原文", "The source says"),
    "yes": ("是。", "Yes."),
    "no": ("否。", "No."),
    "there_is": ("有。", "Yes, there is."),
    "there_is_none": ("没有。", "No, there is none."),
    "left_blank": ("{place}在原文中是空白，没有填数。", "{place} is left blank in the source."),
    "equal": ("是，两者一致（相等）", "Yes, they are equal"),
    "not_equal": ("否，两者不一致（不相等，对不上）", "No, they are not equal"),
    "differs": ("是，两者不一致（不相等）", "Yes, they differ"),
    "does_not_differ": ("否，两者一致（相等）", "No, they are equal"),
    "trusted": ("应以 {amount} 为准", "The right figure is {amount}"),
    "no_mistake": ("不是差错", "It is no mistake"),
    "gap_of": ("相差 {amount}，是", "They differ by {amount}: "),
    "exceeds": ("是，超过（大于）", "Yes, it exceeds"),
    "not_exceed": ("否，不超过", "No, it does not exceed"),
    "below": ("是，低于（小于）", "Yes, it is below"),
    "not_below": ("否，不低于", "No, it is not below"),
    "enough": ("是，够（不超过）", "Yes, it is enough"),
    "not_enough": ("否，不够（超过）", "No, it is not enough"),
    "reaches": ("是，达到", "Yes, it reaches it"),
    "not_reaches": ("否，未达到", "No, it does not reach it"),
    "is_larger": ("更多", " is larger"),
    "is_smaller": ("更少", " is smaller"),
    "more_by": ("多", " more by"),
    "less_by": ("少", " less by"),
    "share": ("占", "share"),
    "count_of": ("共 {number} 项：", "{number} in all:"),
    "over_budget": ("超出（高于）预算", "Over the budget"),
    "within_budget": ("未高于预算", "Within the budget"),
    "sum": ("合计", "Sum"),
    "average": ("平均", "Average"),
    "median": ("中位数", "Median"),
    "count": ("个数", "Count"),
    "cover": ("需要个数", "Number needed"),
    "cannot": ("不能回答", "Cannot be answered"),
    "nearest": ("文件里相近的内容有", "The nearest the documents hold"),
}


class Wording:
    """Fixed phrases in the question's language: `say("source")`."""

    def __init__(self, english: bool) -> None:
        self._column = 1 if english else 0

    def __call__(self, key: str) -> str:
        return _PHRASES[key][self._column]
