"""Lists that texts print: their names whole and in order, found by what introduces them."""

from __future__ import annotations

import pytest

from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Enumerate
from assistant.plans.enumerations import EnumerationPlans
from assistant.question import read_question
from tests.assistant.made_up import small_department


def _plans() -> EnumerationPlans:
    made = small_department()
    made.text("本局内设3个机构，分别为：", "机构设置")
    made.text("办公室、水利科（防汛办，挂牌）和政策法规科。", "机构设置")
    made.text("（二）公用经费2,376.26万元，主要包括：办公费、水费和电费等。")
    made.text("2023年城东片区工程2个，具体为北闸改造、南闸改造；其余待定。", project="河道清淤", field="overview")
    made.text("对东河大桥、西河大桥进行检测，排除隐患。", project="绿地养护", field="overview")
    made.text("政府采购预算总额80万元。其中：货物预算30万元、工程预算50万元。")
    made.text(
        "其他资金：是指财政拨款以外的资金，包括事业收入、经营收入，债务收入、投资收益。", "名词解释", term="其他资金"
    )
    catalog = made.catalog()
    return EnumerationPlans(Phrases(catalog, Linker(catalog)))


PLANS = _plans()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("内设的3个机构都叫什么", ["办公室", "水利科（防汛办，挂牌）", "政策法规科"]),
        ("把内设的机构都列一下", ["办公室", "水利科（防汛办，挂牌）", "政策法规科"]),
        ("公用经费列了哪几样费用", ["办公费", "水费", "电费"]),
        ("采购预算由哪两类构成，金额逐类列示", ["货物预算", "工程预算"]),
        ("河道清淤2023年城东片区那2个工程具体是哪几个", ["北闸改造", "南闸改造"]),
        ("其他资金都算哪几种收入", ["事业收入", "经营收入", "债务收入", "投资收益"]),
    ],
)
def test_names(asked: str, names: list[str]) -> None:
    plan = PLANS.listed(read_question(asked))
    assert isinstance(plan, Enumerate)
    assert [entry.label for entry in PLANS.catalog.enumerations[plan.position].entries] == names


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("内设的5个机构都叫什么", id="another number"),
        pytest.param("水库管理所有哪些", id="nothing says so"),
        pytest.param("公用经费列了几样", id="no number of a list that goes on"),
    ],
)
def test_no_list(asked: str) -> None:
    assert PLANS.listed(read_question(asked)) is None


@pytest.mark.parametrize("asked", ["要查的是哪两座桥", "今年要给哪两座桥做检查", "要检测哪几座桥"])
def test_things_by_what_is_done_with_them(asked: str) -> None:
    plan = PLANS.alike(read_question(asked))
    assert isinstance(plan, Enumerate)
    assert [e.label for e in PLANS.catalog.enumerations[plan.position].entries] == ["东河大桥", "西河大桥"]
