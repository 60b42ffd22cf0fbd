"""The command line: every command of the machine interface; errors are one sentence, and exit codes tell scripts.

Exit 0: done. 1: something could not be done, the rest is kept. 2: the command or its input is wrong.
What a command needs is imported when it runs: a single question must not wait for libraries that it does not use.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import MingzhangError, QuestionError
from ingest.home import Home

if TYPE_CHECKING:
    from ingest.ledger.ledger import Ledger

NO_DOCUMENTS = "账本里还没有文件；请先运行：mingzhang ingest 文件或文件夹"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options, Home.at(options.home))
    except QuestionError as error:
        return _refused(error, 2)
    except MingzhangError as error:
        return _refused(error, 1)
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("已停止；已存的内容没有损失，再次运行会接着做。", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("MINGZHANG_DEBUG"):
            raise
        print(
            f"程序出了差错（{type(error).__name__}: {error}）；设 MINGZHANG_DEBUG=1 再运行可看到详情。", file=sys.stderr
        )
        return 1
    return code


def _refused(error: MingzhangError, code: int) -> int:
    print(error, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mingzhang", description="明账：问部门预算，答确切数字和出处。")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--home", metavar="DIR", help="账本所在文件夹（默认：用户数据文件夹，或环境变量 MINGZHANG_HOME）"
    )
    commands = parser.add_subparsers(required=True, metavar="命令")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=text, description=text)
        added.set_defaults(run=run)
        return added

    added = command("ingest", _ingest, "把文件或文件夹读入账本")
    added.add_argument("paths", nargs="+", metavar="PATH", type=Path)
    added = command("ask", _ask, "问一个问题")
    added.add_argument("question", metavar="QUESTION")
    added.add_argument("--json", action="store_true", help="输出答案对象")
    added.add_argument("--explain", action="store_true", help="同时输出对问题的理解（计划）")
    added.add_argument("--document", action="append", default=[], metavar="NAME", help="只问这份文件（可重复）")
    added = command("batch", _batch, "批量问答：每行一段对话")
    added.add_argument("questions", metavar="IN.jsonl", type=Path)
    added.add_argument("answers", metavar="OUT.jsonl", type=Path)
    added = command("audit", _audit, "列出勾稽检查的结果")
    added.add_argument("document", nargs="?", metavar="DOCUMENT")
    added.add_argument("--json", action="store_true")
    added = command("check", _check, "核对一段文字里的数字：每个数由哪个单元格支持，哪些没有依据")
    added.add_argument("text", metavar="TEXT")
    added.add_argument("--json", action="store_true")
    added = command("documents", _documents, "列出账本里的文件")
    added.add_argument("--json", action="store_true")
    added = command("remove", _remove, "从账本里取出一份文件")
    added.add_argument("document", metavar="DOCUMENT")
    added = command("facts", _facts, "导出全部数据及其出处")
    added.add_argument("document", nargs="?", metavar="DOCUMENT")
    added.add_argument("--csv", required=True, metavar="OUT", type=Path)
    command("rebuild", _rebuild, "由账本重建向量库")
    added = command("chat", _chat, "打开网页问答")
    added.add_argument("--port", type=int, default=8501)
    return parser


def _ingest(options: argparse.Namespace, home: Home) -> int:
    from assistant.progress import progress_bar
    from ingest.pipeline import Outcome, ingest

    outcomes: list[Outcome] = []
    with progress_bar() as bar:

        def report(outcome: Outcome) -> None:
            outcomes.append(outcome)
            bar.line(outcome.summary, error=outcome.failed)

        ingest(options.paths, home, report, bar.watch)
    if not outcomes:
        print("没有找到可读的文件。", file=sys.stderr)
    if len(outcomes) > 1:
        stored, unchanged, failed = (
            sum(getattr(o, kind) for o in outcomes) for kind in ("stored", "unchanged", "failed")
        )
        print(f"共 {len(outcomes)} 份：读入 {stored}，没有变化 {unchanged}，没有读入 {failed}", file=sys.stderr)
    return 1 if not outcomes or any(outcome.failed for outcome in outcomes) else 0


def _ask(options: argparse.Namespace, home: Home) -> int:
    from assistant.assistant import Assistant
    from assistant.printing import answer_to_text

    conversation = Assistant.open(home).conversation(options.document)
    answer = conversation.ask(options.question)
    if options.explain:
        print(conversation.last_plan, file=sys.stderr if options.json else sys.stdout)
    print(json.dumps(answer.public(), ensure_ascii=False) if options.json else answer_to_text(answer))
    return 0


def _batch(options: argparse.Namespace, home: Home) -> int:
    from assistant.assistant import Assistant
    from assistant.batch import read_dialogues, write_answers

    dialogues = read_dialogues(options.questions)
    return write_answers(dialogues, Assistant.open(home), options.answers)


def _audit(options: argparse.Namespace, home: Home) -> int:
    from ingest.tie_outs.auditing import report

    ledger = _ledger(home)
    found = report([ledger.document_facts(document_id) for document_id in _chosen(ledger, options.document)])
    print(found.as_json() if options.json else found.text or NO_DOCUMENTS)
    return 0


def _check(options: argparse.Namespace, home: Home) -> int:
    """Exit 1 when some figure of the text is not supported."""
    from assistant.assistant import Assistant
    from assistant.checking.gate import check_against_ledger

    report = check_against_ledger(options.text, Assistant.open(home).catalog())
    print(json.dumps(report.as_json(), ensure_ascii=False) if options.json else report.as_text())
    return 0 if report.holds else 1


def _documents(options: argparse.Namespace, home: Home) -> int:
    from assistant.printing import document_to_json, document_to_text

    documents = _ledger(home).documents()
    if options.json:
        print(json.dumps([document_to_json(document) for document in documents], ensure_ascii=False, indent=1))
        return 0
    print("\n".join(map(document_to_text, documents)) or NO_DOCUMENTS)
    return 0


def _remove(options: argparse.Namespace, home: Home) -> int:
    from ingest.pipeline import remove

    if not remove(options.document, home):
        raise MingzhangError(_unknown(options.document, _ledger(home)))
    print(f"{options.document}：已取出")
    return 0


def _facts(options: argparse.Namespace, home: Home) -> int:
    from assistant.fact_lines import write_fact_lines

    ledger = _ledger(home)
    count = write_fact_lines(ledger, _chosen(ledger, options.document), options.csv)
    print(f"{options.csv}：{count} 行")
    return 0


def _rebuild(options: argparse.Namespace, home: Home) -> int:
    from assistant.progress import progress_bar
    from ingest.pipeline import rebuild

    with progress_bar() as bar:
        rebuild(home, bar.watch)
    print("向量库已由账本重建。")
    return 0


def _chat(options: argparse.Namespace, home: Home) -> int:
    from assistant.serving import serve

    return serve(home, options.port)


def _ledger(home: Home) -> Ledger:
    from ingest.ledger.ledger import Ledger

    return Ledger.open(home)


def _chosen(ledger: Ledger, name: str | None) -> list[int]:
    """The ids of the document named, or of all; a name that is not there is an error."""
    chosen = [document.id for document in ledger.documents() if name in (None, document.name)]
    if name is not None and not chosen:
        raise MingzhangError(_unknown(name, ledger))
    return chosen


def _unknown(name: str, ledger: Ledger) -> str:
    names = "、".join(document.name for document in ledger.documents())
    return f"账本里没有“{name}”；" + (f"现有：{names}" if names else NO_DOCUMENTS)


if __name__ == "__main__":
    sys.exit(main())
