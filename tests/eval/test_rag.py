"""The alternative must be measured fairly: words found, figures recognised in any scale, and none by accident."""

from __future__ import annotations

import pytest

from eval.bm25 import BM25, tokens
from eval.expectations import figure_of
from eval.passages import fuse, prints, split

PRINTED = {
    "in 万元": ("泵站运行管理经费\t400.00\t400.00", "4000000 元", True),
    "in yuan": ("年度资金总额: 4,000,000", "400 万元", True),
    "in 亿元": ("征拆预付款14.8647亿元", "1486470000 元", True),
    "a longer number": ("合计 1,400.00", "400 万元", False),
    "another amount": ("5,000.00", "400 万元", False),
    "a count with its unit": ("实有10辆", "10 辆", True),
    "a count's digits alone": ("第10页", "10 辆", False),
    "a share": ("下降46.15%", "46.15 %", True),
    "a share's digits alone": ("46.15万元", "46.15 %", False),
    "ten thousand kWh": ("≤230万度", "2300000 度", True),
}


@pytest.mark.parametrize(("passage", "figure", "held"), PRINTED.values(), ids=PRINTED.keys())
def test_prints(passage: str, figure: str, held: bool) -> None:
    assert prints(passage, figure_of(figure)) is held


def test_tokens() -> None:
    assert tokens("泵站费 2120801 PPP") == ["泵站", "站费", "2120801", "ppp"]


def test_bm25_ranks_the_rare_word_first() -> None:
    found = BM25(["预算合计", "预算合计 泵站", "预算合计 环卫"]).search("环卫预算", 3)
    assert found == [2, 0, 1]
    assert BM25(["预算"]).search("天气", 3) == []


def test_fusion_prefers_what_both_find() -> None:
    assert fuse([[1, 2, 3], [3, 4]])[0] == 3


def test_split_keeps_everything_in_pieces_of_limited_length() -> None:
    text = "\n".join(f"第{i}行：收入合计{i}万元。" for i in range(500))
    pieces = split(text)
    assert max(map(len, pieces)) <= 500
    assert all(any(f"第{i}行" in piece for piece in pieces) for i in range(500))
