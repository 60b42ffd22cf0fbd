"""The chat as a reader uses it, over the real assistant and the sample document."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
SAMPLE = "000_6a9881425d282efc.txt"
HOSTILE = """某某局2023年部门预算公开

部门名称：某某局

单位：万元

2023年项目支出预算表

项目名称	合计	一般公共预算
<img src=x onerror=alert(1)>$x^2$工程	120.00	120.00
**粗体**[点我](http://evil.example)经费	30.00	30.00
合计	150.00	150.00
"""

pytestmark = pytest.mark.slow

Opened = Callable[[], AppTest]


@pytest.fixture
def home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample's home, for one test to change."""
    own = shutil.copytree(sample_home, tmp_path / "home")
    monkeypatch.setenv("MINGZHANG_HOME", str(own))
    return own


@pytest.fixture
def opened(home: Path) -> Opened:
    return lambda: AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def app(opened: Opened) -> AppTest:
    return opened().run()


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def shown(app: AppTest) -> str:
    """All words on the page, the HTML ones included."""
    return "\n".join([*(element.value for element in [*app.markdown, *app.warning, *app.info]), html(app)])


def html(app: AppTest) -> str:
    """The HTML drawn, without the style sheet."""
    return "\n".join(body for element in app.html if "<style>" not in (body := element.proto.body))


def answer(app: AppTest, message: int) -> str:
    return next(body for element in app.chat_message[message].html if "mz-answer" in (body := element.proto.body))


def buttons(app: AppTest, prefix: str) -> list[str]:
    return [button.label for button in app.button if (button.key or "").startswith(prefix)]


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_first_load_offers_questions_about_what_is_loaded(app: AppTest) -> None:
    assert not app.exception and not app.error
    assert 4 <= len(buttons(app, "example-")) <= 6
    assert "全部 1 份" in app.sidebar.multiselect[0].proto.placeholder


def test_every_example_question_is_answered(app: AppTest, opened: Opened) -> None:
    for key in [button.key for button in app.button if (button.key or "").startswith("example-")]:
        answered = press(opened().run(), str(key))
        assert not answered.exception and not answered.error
        assert "不能回答" not in shown(answered) and len(answered.chat_message) == 2


def test_an_answer_gives_the_figure_and_the_cell_it_came_from(app: AppTest) -> None:
    ask(app, "征拆资金多少")
    assert "20,000.00" in answer(app, 1)
    assert any("征拆资金" in label for label in buttons(app, "cite-0-"))
    assert "mz-mark" not in html(app)


def test_an_opened_citation_shows_its_table_with_the_cell_marked(app: AppTest) -> None:
    press(ask(app, "征拆资金多少"), "cite-0-0")
    assert re.findall(r'<td class="[^"]*mz-mark[^"]*">(.*?)</td>', html(app)) == ["20,000.00"]
    assert "市政设施维护费用" in html(app)
    press(app, "cite-0-0")
    assert "mz-mark" not in html(app)


def test_answers_and_open_citations_survive_a_reload(app: AppTest, opened: Opened) -> None:
    press(ask(app, "征拆资金多少"), "cite-0-0")
    again = opened()
    again.query_params["visit"] = app.query_params["visit"]
    again.run()
    assert "20,000.00" in answer(again, 1)
    assert "mz-mark" in html(again)


def test_a_follow_up_is_understood_in_the_same_conversation(app: AppTest) -> None:
    ask(ask(app, "征拆资金多少"), "换算成亿元")
    assert len(app.chat_message) == 4
    assert "2" in answer(app, 3) and "亿" in answer(app, 3)


def test_a_new_conversation_begins_empty(app: AppTest) -> None:
    press(ask(app, "征拆资金多少"), "begin-again")
    assert not app.chat_message and buttons(app, "example-")


def test_what_is_not_there_is_declined_in_words(app: AppTest) -> None:
    ask(app, "2019年的征拆资金是多少")
    assert not app.error and not buttons(app, "cite-0-0")
    assert "2019" in answer(app, 1)


def test_the_words_of_a_question_are_shown_and_not_obeyed(app: AppTest) -> None:
    ask(app, "<b>征拆资金</b> $多少$")
    assert app.chat_message[0].markdown[0].value == "\\<b\\>征拆资金\\</b\\> \\$多少\\$"


def screen(name: str, *arguments: str) -> AppTest:
    """One screen without the frame around it."""
    drawn = f"from assistant.screens import {name}\nfrom assistant.screens.desk import open_desk\n"
    drawn += f"from assistant.screens.visit import current_visit\n{name}.draw({', '.join(arguments)})"
    return AppTest.from_string(drawn, default_timeout=60).run()


def upload(name: str, content: bytes) -> AppTest:
    documents = screen("documents", "open_desk()")
    documents.file_uploader[0].upload(name, content)
    return press(documents, "read-files")


BAD_FILES = {
    "empty": ("空.txt", b""),
    "binary with a text's suffix": ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
    "not a disclosure": ("菜谱.txt", "西红柿两个，鸡蛋三只，盐少许。".encode()),
    "unknown suffix": ("歌.mp3", b"ID3\x03\x00"),
    "a path for a name": ("../../逃出.txt", b""),
}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("name", "content"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_gets_its_sentence_and_nothing_is_lost(name: str, content: bytes) -> None:
    documents = upload(name, content)
    assert not documents.exception and not documents.success
    assert [Path(name).stem in error.value and error.value.endswith("。") for error in documents.error] == [True]
    assert SAMPLE in html(documents)


@pytest.mark.usefixtures("home")
def test_a_hostile_document_is_uploaded_chosen_asked_and_stays_text(opened: Opened) -> None:
    documents = upload("敌意.txt", HOSTILE.encode())
    assert not documents.exception and not documents.error and "敌意" in documents.success[0].value
    app = opened().run()
    app.sidebar.multiselect[0].select("敌意.txt").run()
    press(ask(app, "最大的项目是哪个"), "cite-0-0")
    assert "120" in answer(app, 1)
    assert "&lt;img src=x onerror=alert(1)&gt;$x^2$工程" in html(app) and "<img" not in html(app)
    markdown = [*buttons(app, "cite-"), *(element.value for element in app.markdown)]
    bare = re.sub(r"\\.", "", "\n".join(markdown))
    assert "<img" not in bare and "$x" not in bare and "[点我]" not in bare


def test_the_choice_of_documents_limits_the_answers(opened: Opened, home: Path) -> None:
    upload("敌意.txt", HOSTILE.encode())
    app = opened().run()
    app.sidebar.multiselect[0].select("敌意.txt").run()
    ask(app, "征拆资金多少")
    assert "20,000.00" not in answer(app, 1) and not buttons(app, "cite-0-0")
    app.sidebar.multiselect[0].unselect("敌意.txt").select(SAMPLE).run()
    ask(app, "征拆资金多少")
    assert "20,000.00" in answer(app, 3)


@pytest.mark.usefixtures("home")
def test_a_document_is_taken_out() -> None:
    documents = screen("documents", "open_desk()")
    key = next(button.key for button in documents.button if (button.key or "").startswith("confirm-remove-"))
    press(documents, str(key))
    assert not documents.exception and SAMPLE not in html(documents)


@pytest.mark.usefixtures("home")
def test_the_audit_shows_both_figures_and_both_places() -> None:
    audit = screen("audit", "current_visit()", "open_desk()")
    assert not audit.exception
    assert "对不上" in html(audit)
    assert re.search(r"<p><b>[^<]+</b> 对 <b>[^<]+</b></p>", html(audit))
    audit.toggle[0].set_value(True).run()
    assert "mz-mark" in html(audit)


def test_an_empty_ledger_asks_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "nothing"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception and not app.error
    assert app.chat_input[0].disabled and app.file_uploader


def test_a_damaged_ledger_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ledger.sqlite3").write_bytes(b"no ledger at all, only some words " * 40)
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [error.value.endswith("。") and "账本" in error.value for error in app.error] == [True]
