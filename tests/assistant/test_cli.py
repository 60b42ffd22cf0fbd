"""The command line as scripts see it: output, exit codes, files; and its errors as sentences."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerStatus, Citation, Value
from assistant.batch import Dialogue, read_dialogues, write_answers
from assistant.cli import main
from assistant.printing import answer_to_text
from ingest.errors import QuestionError
from ingest.home import Home
from ingest.ledger.ledger import Ledger
from tests.ingest.documents import DOCUMENT

HEADER = [
    "document", "year", "department", "table", "table_kind", "row", "row_path", "row_code", "column", "printed",
    "number", "unit", "page", "line", "status",
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> str:
    home = Home(tmp_path / "home")
    ledger = Ledger.open(home, readonly=False)
    ledger.store(DOCUMENT)
    ledger.store(replace(DOCUMENT, name="乙.pdf", department="某办", year=None, kind=""))
    ledger.close()
    return str(home.folder)


def test_documents(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "--home", home]) == 0
    assert capsys.readouterr().out == "乙.pdf\t某办\t年度不明\t分辨率低\n甲.txt\t某局\t2023年预算\t分辨率低\n"
    assert main(["documents", "--json", "--home", home]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(entry["name"], entry["year"]) for entry in listed] == [("乙.pdf", None), ("甲.txt", 2023)]


def test_no_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["documents", "--home", str(tmp_path)]) == 0
    assert "请先运行：mingzhang ingest" in capsys.readouterr().out


def test_home_from_the_environment(
    home: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGZHANG_HOME", home)
    assert main(["documents"]) == 0
    assert "甲.txt" in capsys.readouterr().out


def test_facts(home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "facts.csv"
    assert main(["facts", "甲.txt", "--csv", str(out), "--home", home]) == 0
    assert capsys.readouterr().out == f"{out}：3 行\n"
    with out.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        HEADER,
        ["甲.txt", "2023", "某局", "支出预算表", "expenditure", "办公费", "商品和服务支出", "30201", "预算数 / 合计",
         "1,234.50", "12345000", "元", "", "12", "ok"],
        ["甲.txt", "2023", "某局", "绩效目标表", "performance_sheet", "道路养护 / 经办人", "产出指标 / 数量指标", "",
         "年度", "甲某", "", "", "3", "", "ok"],
        ["甲.txt", "2023", "某局", "收支说明", "prose", "公务接待费", "", "", "预算", "约10.3万元", "103000",
         "元", "9", "", "ok"],
    ]  # fmt: skip
    assert main(["facts", "--csv", str(out), "--home", home]) == 0
    assert capsys.readouterr().out == f"{out}：6 行\n"


def test_audit(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "甲.txt", "--home", home]) == 0
    assert "合计不符" in capsys.readouterr().out
    assert main(["audit", "--json", "--home", home]) == 0
    audited = json.loads(capsys.readouterr().out)
    assert [entry["document"] for entry in audited["documents"]] == ["乙.pdf", "甲.txt"]


def test_remove(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "甲.txt", "--home", home]) == 0
    assert capsys.readouterr().out == "甲.txt：已取出\n"
    main(["documents", "--home", home])
    assert "甲.txt" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        pytest.param(
            ["remove", "丙.txt"], 1, "账本里没有“丙.txt”；现有：乙.pdf、甲.txt", id="remove what is not there"
        ),
        pytest.param(["audit", "丙.txt"], 1, "账本里没有“丙.txt”", id="audit what is not there"),
        pytest.param(["facts", "丙.txt", "--csv", "x"], 1, "账本里没有“丙.txt”", id="export what is not there"),
        pytest.param(
            ["facts", "--csv", "/no/such/folder/x.csv"], 1, "写不了 /no/such/folder/x.csv", id="no such folder"
        ),
        pytest.param(["batch", "/no/such.jsonl", "out"], 2, "读不出问题文件 /no/such.jsonl", id="no questions"),
    ],
)
def test_errors(arguments: list[str], code: int, sentence: str, home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--home", home]) == code
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert sentence in said.err


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        pytest.param("not json", "第 2 行不是一段对话（整行 有误）", id="not JSON"),
        pytest.param('{"id": "q2"}', "第 2 行不是一段对话（turns 有误）", id="no turns"),
        pytest.param('{"turns": ["a"]}', "第 2 行不是一段对话（id 有误）", id="no id"),
        pytest.param('{"id": "q2", "turns": "a"}', "第 2 行不是一段对话（turns 有误）", id="turns not a list"),
    ],
)
def test_a_bad_line_of_a_batch(line: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "q1", "turns": ["a"]}\n' + line, encoding="utf-8")
    with pytest.raises(QuestionError, match=sentence.replace("（", r"\（").replace("）", r"\）")):
        read_dialogues(path)


class Echo:
    """An assistant that repeats, and breaks on some questions as a defective one would."""

    def __init__(self, documents: tuple[str, ...] = ()) -> None:
        self.documents = documents

    def conversation(self, documents: tuple[str, ...] = ()) -> Echo:
        return Echo(documents)

    def ask(self, text: str) -> Answer:
        if text == "":
            raise QuestionError("问题是空的。")
        if text == "break":
            raise ZeroDivisionError
        return Answer(question=text, status=AnswerStatus.ANSWERED, text=f"{text} {self.documents}")


def test_a_batch_answers_in_order_whatever_breaks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    dialogues = [
        Dialogue(id="q1", turns=("甲", "", "乙"), documents=("x.txt",)),
        Dialogue(id=2, turns=("break",)),
        Dialogue(id="q3", turns=()),
    ]
    assert write_answers(dialogues, Echo(), out) == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], [answer["text"] for answer in line["answers"]]) for line in lines] == [
        ("q1", ["甲 ('x.txt',)", "问题是空的。", "乙 ('x.txt',)"]),
        (2, ["程序出了差错，没有答案。"]),
        ("q3", []),
    ]
    assert lines[0]["answers"][1]["status"] == "not_found"
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_answer_for_the_terminal() -> None:
    citation = Citation(
        document="甲.txt", page=None, lines=(12, 13), table="支出表", row="办公费", column="合计", printed="1.50"
    )
    answer = Answer(
        question="办公费",
        status=AnswerStatus.ANSWERED,
        text="**1.50 万元**",
        value=Value(number="15000", unit="元"),
        citations=(citation, citation, citation.model_copy(update={"page": 4, "printed": "2.00"})),
        warnings=("合计不符",),
    )
    assert answer_to_text(answer).splitlines() == [
        "**1.50 万元**",
        "⚠ 合计不符",
        "出处：",
        "  甲.txt 第 12-13 行｜支出表 · 办公费 · 合计｜1.50",
        "  甲.txt 第 4 页｜支出表 · 办公费 · 合计｜2.00",
    ]
