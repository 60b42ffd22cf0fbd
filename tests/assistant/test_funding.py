"""Which subject a project's money stands in, told by equal amounts of one fund."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.computing.funding import Funding
from ingest.facts import Fund, Level, Side, Vintage
from tests.assistant.made_up import Department


def _department(*subjects: tuple[str, str], projects: tuple[tuple[str, str], ...]) -> Department:
    made = Department()
    for code, printed in subjects:
        made.cell(
            f"科目{code}", printed, row_code=code, side=Side.EXPENDITURE, level=Level.ITEM,
            fund=Fund.GENERAL_PUBLIC, vintage=Vintage.CURRENT,
        )  # fmt: skip
    for name, printed in projects:
        made.project(name, printed, vintage=Vintage.CURRENT)
    return made


def test_a_subject_pays_for_the_project_of_its_amount() -> None:
    made = _department(("2010101", "5.00"), ("2010102", "7.00"), projects=(("修桥", "5.00"), ("铺路", "7.00")))
    funding = Funding(made.catalog())
    assert [(f.code, f.projects[0].name) for f in funding.all] == [("2010101", "修桥"), ("2010102", "铺路")]
    assert [f.code for f in funding.of_project("铺路")] == ["2010102"]
    assert len(funding.of_subject("20101")) == 2


def test_several_projects_add_up_to_a_subject_only_where_all_money_is_shared_out() -> None:
    shared = (("修桥", "5.00"), ("铺路", "7.00"), ("植树", "2.00"))
    whole = Funding(_department(("2010101", "12.00"), ("2010102", "2.00"), projects=shared).catalog())
    assert [p.name for p in whole.of_subject("2010101")[0].projects] == ["修桥", "铺路"]
    part = Funding(_department(("2010101", "12.00"), projects=shared).catalog())
    assert part.of_subject("2010101") == []


def test_two_ways_to_add_up_tell_nothing() -> None:
    made = _department(("2010101", "7.00"), projects=(("修桥", "5.00"), ("铺路", "2.00"), ("植树", "7.00")))
    assert [p.name for p in Funding(made.catalog()).of_subject("2010101")[0].projects] == ["植树"]
    made = _department(("2010101", "7.00"), projects=(("修桥", "7.00"), ("铺路", "7.00")))
    assert Funding(made.catalog()).all == ()


ASKED = [
    ("土地开发支出那50万，对应的是哪个项目", "风险评估及测绘服务经费", "2120802"),
    ("政策兑现走的是哪个项级科目", "2150805", "中小企业发展专项"),
    ("专项债资金项目列支在哪个科目，是当年安排还是结转的", "2290402", "上年结转"),
    ("2011302下面是哪些项目", "园区党建经费", "1,332.32万元"),
]


@pytest.mark.parametrize(("question", "first", "second"), ASKED)
def test_both_ways_with_the_sums(question: str, first: str, second: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert first in answer.text and second in answer.text and "=" in answer.text
    assert answer.items and answer.citations
