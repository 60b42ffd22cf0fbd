"""Answers are drawn with bold and lists; what documents say in them stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.screens.answer_text import answer_html

ANSWERS = {
    "figure first": ("**4.00 万元**（40,000 元）", "<p><b>4.00 万元</b>（40,000 元）</p>"),
    "paragraphs and lines": ("一\n二\n\n三", "<p>一<br>二</p><p>三</p>"),
    "list": ("**两项**\n- 甲：1\n- 乙：2", "<p><b>两项</b></p><ul><li>甲：1</li><li>乙：2</li></ul>"),
    "ranking": ("1. 甲\n2. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
    "quotation": ("> 一\n> 二", "<blockquote>一<br>二<br></blockquote>"),
    "warning": ("一\n\n⚠ 原表错位", '<p>一</p><p class="mz-warning">⚠ 原表错位</p>'),
    "amount is no list": ("1.65 万元", "<p>1.65 万元</p>"),
    "html": ("**<b>甲</b>**<img src=x>", "<p><b>&lt;b&gt;甲&lt;/b&gt;</b>&lt;img src=x&gt;</p>"),
    "formula, link, directive": ("$x$ [a](b) :red[c]", "<p>$x$ [a](b) :red[c]</p>"),
    "escaped marks": (r"\*\*甲\*\* \<乙\>", "<p>**甲** &lt;乙&gt;</p>"),
    "escaped inside bold": (r"**甲\*乙**", "<p><b>甲*乙</b></p>"),
    "lone stars": ("2 ** 3", "<p>2 ** 3</p>"),
}


@pytest.mark.parametrize(("text", "html"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_is_drawn(text: str, html: str) -> None:
    assert answer_html(text) == f'<div class="mz-answer">{html}</div>'


@given(st.text(alphabet="*\\<>&-1. >⚠\n甲$"))
def test_only_our_own_tags_are_drawn(text: str) -> None:
    tags = set(re.findall(r"<[^>]*>", answer_html(text)))
    own = {'<div class="mz-answer">', '<p class="mz-warning">', "<br>"}
    assert tags <= own | {f"<{s}{t}>" for s in ("", "/") for t in ("div", "p", "b", "ul", "ol", "li", "blockquote")}
