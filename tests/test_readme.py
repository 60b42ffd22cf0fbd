"""What the READMEs say is so: every command, option, make target, file, field and column they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.cli import main
from assistant.fact_lines import COLUMNS

ROOT = Path(__file__).parents[1]
PAPERS = ["README.md", "README.zh.md", "CONTRIBUTING.md"]
READMES = PAPERS[:2]
COMMAND = re.compile(r"(?:^|[`\s/])mingzhang ([a-z]+)")


def text(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0, f"mingzhang {command} does not exist"
    return capsys.readouterr().out


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_named_exists(paper: str, capsys: pytest.CaptureFixture[str]) -> None:
    named = set(COMMAND.findall(text(paper)))
    assert named
    for command in named:
        help_of(command, capsys)


@pytest.mark.parametrize("paper", READMES)
def test_every_command_that_exists_is_named(paper: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    ([a-z]+)\s", capsys.readouterr().out, re.MULTILINE)
    assert listed and set(listed) == set(COMMAND.findall(text(paper)))


@pytest.mark.parametrize("paper", READMES)
def test_every_option_stands_in_its_command(paper: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line for line in text(paper).splitlines() if line.startswith("| `mingzhang ")]
    assert rows
    for row in rows:
        command = COMMAND.findall(row)[0]
        assert set(re.findall(r"--[a-z]+", row)) <= set(re.findall(r"--[a-z]+", help_of(command, capsys))), row


@pytest.mark.parametrize("paper", PAPERS)
def test_every_make_target_exists(paper: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text(paper), re.MULTILINE)) <= targets


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_named_exists(paper: str) -> None:
    inline = re.findall(r"[`(│ ]((?:ingest|assistant|eval|tests|docs)/[\w./-]*\w(?:/|\.\w+)?)", text(paper))
    linked = re.findall(r"\]\(([\w./-]+)\)", text(paper))
    missing = [name for name in {*inline, *linked} if not (ROOT / name).exists()]
    assert inline and missing == []


@pytest.mark.parametrize("paper", READMES)
def test_the_answer_object_is_told_whole(paper: str) -> None:
    words = set(re.findall(r"`(\w+)`", text(paper))) | set(re.findall(r'"(\w+)":', text(paper)))
    fields = set(Answer(question="", status=AnswerStatus.ANSWERED, text="").public())
    assert fields | {status.value for status in AnswerStatus} <= words


@pytest.mark.parametrize("paper", READMES)
def test_the_columns_of_facts_are_told_in_order(paper: str) -> None:
    assert f"`{', '.join(COLUMNS)}`" in text(paper)


def test_the_screenshot_is_light() -> None:
    images = [ROOT / name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text("README.md"))]
    assert images and all(image.stat().st_size < 400_000 for image in images)


def test_the_twins_hold_the_same_parts_and_lines_of_code() -> None:
    english, chinese = (text(paper) for paper in READMES)
    headings = [re.findall(r"^#+ ", paper, re.MULTILINE) for paper in (english, chinese)]
    assert headings[0] == headings[1]
    shell = [re.findall(r"```sh\n(.*?)```", paper, re.DOTALL) for paper in (english, chinese)]
    assert [re.sub(r"#.*", "", block) for block in shell[0]] == [re.sub(r"#.*", "", block) for block in shell[1]]
