"""What kind of words a question asks for, and which sentences can answer it."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.questions.asked import asks_number, holds, kinds_asked

KINDS = [
    ("服务费什么时候付", "time"),
    ("为什么要请咨询公司", "reason"),
    ("考核怎么打分", "manner"),
    ("要先做到哪几条才给钱", "condition"),
    ("依据的是哪个文件", "document"),
    ("考核用的那本办法全名叫啥", "document"),
    ("立项引的是哪个字号的文件", "document"),
    ("投到什么程度能拿奖励", "condition"),
    ("要拆些什么东西", "list"),
    ("机关运行经费指的是什么钱", "meaning"),
    ("该问谁", "person"),
    ("都包括哪些费用", "list"),
]


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_what_is_asked_for(question: str, kind: str) -> None:
    assert kind in kinds_asked(question)
    assert not asks_number(question)


@pytest.mark.parametrize("question", ["一共多少钱", "占比几成", "有几个项目", "平均每个花多少"])
def test_a_number_is_no_text(question: str) -> None:
    assert kinds_asked(question) == ()


def test_a_sentence_must_hold_what_is_asked_for() -> None:
    assert holds("每月中旬完成上月服务费用支付。", "time")
    assert not holds("按照合同约定及时付款。", "time")
    assert holds("根据《保密工作制度》做好保密工作。", "document")


TOLD = [
    ("环卫公司的服务费什么时候付", "每月中旬"),
    ("污水处理厂为什么要请咨询公司", "项目管理能力"),
    ("环卫考核怎么打分", "100分"),
    ("小牛线西延立项依据是哪份文件", "154号"),
    ("修园区把水渠水井弄坏了，谁出钱修", "两县区补贴"),
    ("财政专户管理资金都包括啥", "教育收费"),
    ("党建经费属性是经常性还是一次性，干几年", "4年"),
    ("绩效表上主管部门代码是多少", "620"),
    ("桃李面包满足什么条件能兑现", "招拍挂"),
    ("炼科的仪器设备补贴要满足啥条件", "土建全面开工"),
    ("中电科贷款贴息最终怎么分配", "协商"),
    ("环卫服务单位的钱几号给", "每月中旬"),
    ("清徐指挥部物业到几号到期", "2024年9月19日"),
    ("要检测的桥是哪两座", "大运路潇河大桥"),
    ("伤残人士能领的钱从哪个项目出", "两县区补贴"),
    ("公交站台没修好，修的钱从哪个项目出", "小牛线西延"),
]


@pytest.mark.parametrize(("question", "words"), TOLD)
def test_the_sentence_that_answers(question: str, words: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED and words in answer.text and answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "小牛线西延什么时候通车",
        "深国际项目什么时候开工",
        "泵站合同是跟谁签的",
        "酒店几层楼",
        "小区电梯坏了，修的钱从哪个项目出",
    ],
)
def test_what_is_not_told_is_declined(question: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("内设机构里有没有财务科", False),
        ("有没有企业服务科", True),
        ("这个中心管不管招生", False),
        ("公务接待费包不包括外宾接待", True),
    ],
)
def test_whether_a_text_has_it(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.verdict is verdict and answer.citations
