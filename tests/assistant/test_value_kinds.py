"""What kind of value a question asks for."""

import pytest

from assistant.questions.value_kinds import Value, value_kind_of


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        pytest.param("食堂每天管多少人吃饭", Value.COUNT, "人", id="people"),
        pytest.param("培训要上几个小时", Value.COUNT, "小时", id="a unit of two characters behind 个"),
        pytest.param("路灯电费最多几毛一度", Value.PRICE, "度", id="money for one"),
        pytest.param("迁个坟能给补多少,一座", Value.PRICE, "座", id="the one said last"),
        pytest.param("能带动多少村民就业", Value.COUNT, "人", id="村民 are people, not villages"),
        pytest.param("那条路有多宽", Value.COUNT, "米", id="a measure without its unit"),
        pytest.param("完成率要达到多少", Value.SHARE, "", id="a rate"),
        pytest.param("欠的是哪几年的钱", Value.DATE, "", id="years"),
        pytest.param("三通一平花多少钱", Value.MONEY, "", id="一平 inside a name is no square metre"),
        pytest.param("园区运行经费", Value.MONEY, "", id="money"),
    ],
)
def test_kinds(question: str, value: Value, unit: str) -> None:
    kind = value_kind_of(question)
    assert kind.value is value
    assert not unit or unit in kind.units
