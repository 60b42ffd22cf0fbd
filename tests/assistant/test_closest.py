"""Figures found by what a question explains of them and by the kind of value it asks for; nothing where too little fits."""

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param("迁个祖坟能给补多少，一座", "13500", id="characters apart"),
        pytest.param("路灯电费最多几毛一度", "0.6", id="a price for one"),
        pytest.param("拆迁这摊子事定的目标是允许几次上访", "0", id="a count among few"),
        pytest.param("中心下头分了几个科", "9", id="counted in the list behind the figure"),
        pytest.param("潇河新城酒店第二个节点给多少扶持", "42400000", id="an ordinal picks one"),
        pytest.param("污水厂咨询服务的成本控制数是多少", "5000000", id="something of a project, not its budget"),
        pytest.param("东方雨虹固定资产投资到4亿能兑现多少", "4500000", id="a value said is not the answer"),
        pytest.param(
            "能把管廊大桥泵站都连到一块看的那个监控平台，2023年批了多少", "25000000", id="told by what it is for"
        ),
        pytest.param("2023年一般公共预算当年拨款是多少", "977665900", id="the year's own money"),
        pytest.param("起重机厂占的那块地，得挪走多少座坟", "2500", id="a rare unit and the one name that tells"),
        pytest.param("小牛线西延修好了能跑多快", "60", id="the only value of its kind in the project"),
        pytest.param("小牛线西延多宽", "66", id="a width is no length"),
        pytest.param("园区雇的临时工有多少个", "33", id="persons may be counted as pieces"),
        pytest.param("新修的路起码得能用几年", "5", id="an everyday word for an indicator"),
        pytest.param("单位有多少临时工", "33", id="counted under another name, so not absent"),
        pytest.param("党员搞活动学习的经费今年是多少", "100000", id="a project's money told by what it is for"),
    ],
)
def test_found(sample_assistant: Assistant, question: str, number: str) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.number == number


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("迁一座工厂能补多少钱", id="another thing"),
        pytest.param("监控平台装了多少个摄像头", id="not what is counted"),
        pytest.param("征地每亩补偿多少钱", id="no price for one"),
        pytest.param("东方雨虹一年交多少税", id="not what is asked of it"),
        pytest.param("小店村拆迁要赔多少钱", id="a place left over"),
        pytest.param("信访科有多少人", id="another unit"),
        pytest.param("电梯维修多少钱一部", id="nothing near"),
        pytest.param("污水厂一天能处理多少吨水", id="a rare unit, and a name left over"),
        pytest.param("隧道修多长", id="a rare unit, and no name"),
        pytest.param("单位有多少辅警", id="staff that nothing counts"),
        pytest.param("泵站的机器能用几年", id="a service life that is another thing's"),
    ],
)
def test_not_there(sample_assistant: Assistant, question: str) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.text
    assert answer.value is None
