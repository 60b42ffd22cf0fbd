"""Document words are shown, never obeyed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.screens.safe_text import WORD_JOINER, safe_html, safe_text

HOSTILE = {
    "html": ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
    "emphasis": ("**粗** _斜_ ~~删~~ `码`", "\\*\\*粗\\*\\* \\_斜\\_ \\~\\~删\\~\\~ \\`码\\`"),
    "formula": ("共 $5$ 至 $$6$$", "共 \\$5\\$ 至 \\$\\$6\\$\\$"),
    "link": ("[点我](javascript:x)", "\\[点我\\](javascript\\:\u2060x)"),
    "colour directive": (":red[假]", "\\:\u2060red\\[假\\]"),
    "icon": (":material/home:", "\\:\u2060material/home\\:"),
    "bare address": ("https://a.cn www.b.cn c@d.cn", "https\\:\u2060//a.cn www\u2060.b.cn c\u2060@d.cn"),
    "arrow": ("甲 -> 乙 -- 丙", "甲 -\u2060\\> 乙 -\u2060- 丙"),
    "heading": ("# 一", "\\# 一"),
    "list mark": ("- 一", "\\- 一"),
    "numbered list": ("1. 一", "1\\. 一"),
    "quote": ("> 一", "\\> 一"),
    "lines folded": ("一\n\n    二", "一 二"),
    "table row": ("|一|二|", "\\|一\\|二\\|"),
    "entity": ("&lt;b&gt;", "\\&lt;b\\&gt;"),
    "direction override": ("一\u202e二", "一二"),
    "plain words and figures": ("征拆资金 20,000.00 万元（合计）", "征拆资金 20,000.00 万元（合计）"),
}


@pytest.mark.parametrize(("printed", "shown"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_neutralised(printed: str, shown: str) -> None:
    assert safe_text(printed) == shown


@given(st.text())
def test_the_words_stay_the_words(printed: str) -> None:
    """Without the escapes and the invisible joiners, what is shown is what was printed, white space folded."""
    shown = re.sub(r"\\([\\`*_\[\]<>$~&|:+=#.)-])", r"\1", safe_text(printed).replace(WORD_JOINER, ""))
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", printed)
    assert shown == re.sub(r"\s+", " ", kept).strip().replace(WORD_JOINER, "")


@given(st.text(alphabet="<>&\"'$*_[]:\\`|#ab \n"))
def test_no_mark_is_left_bare(printed: str) -> None:
    bare = re.sub(r"\\.", "", safe_text(printed))
    assert not set(bare) & set("<>&$*_[]:\\`|")
    assert not set(safe_html(printed).replace("<br>", "")) & set("<>\"'")
