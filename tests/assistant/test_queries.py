"""Queries in the words of a question; a question in English is none."""

from __future__ import annotations

import pytest

from assistant.questions.queries import query_in_words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("COUNT 经办人=甲某", "个数 经办人=甲某"),
        ("select 项目 where 项目期=4年", "列出 项目 , 项目期=4年"),
        ("项目 order by 金额 asc limit 3", "项目 ,按金额升序 ,前3"),
        ("经办人 group by 项目数 desc", "经办人 ,按项目数分组, 降序"),
        ("table 3 sum 元", "表3 合计"),
        ("list", "列出"),
    ],
)
def test_in_words(query: str, words: str) -> None:
    assert query_in_words(query) == words


@pytest.mark.parametrize(
    "question", ["total budget", "How many projects are there?", "list the projects", "项目有几个"]
)
def test_no_query(question: str) -> None:
    assert query_in_words(question) is None
