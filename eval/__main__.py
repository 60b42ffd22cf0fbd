"""`python -m eval run` measures, `python -m eval compare A B` shows what changed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from eval.cases import CASES, CaseError, load_cases
from eval.citing import Sources
from eval.comparing import comparison
from eval.expectations import Case
from eval.floor import below, read_floor
from eval.records import read_result, write_result
from eval.reporting import alternative, failures, markdown, summary
from eval.running import documents_in, ingest, open_assistant, run_cases
from eval.web_report import web_report

_DOCUMENTS = Path(__file__).parent / "documents"
_SHARED = Path(__file__).parents[2] / "shared" / "documents"


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    try:
        return _compare(options) if options.command == "compare" else _run(options)
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask all cases and judge the answers")
    run.add_argument("--cases", nargs="+", type=Path, default=[CASES], metavar="PATH", help="YAML or JSON lines")
    run.add_argument("--documents", nargs="+", type=Path, metavar="PATH", help="ingest these first")
    run.add_argument("--home", type=Path, help="ledger to ask; without it a temporary one is made")
    run.add_argument("--out", type=Path, help="folder for result.json, report.md and report.html")
    run.add_argument("--no-held-out", action="store_true", help="leave out cases/held_out")
    run.add_argument("--reveal", action="store_true", help="show the failures of held-out cases too")
    run.add_argument("--rag", action="store_true", help="measure plain retrieval beside it")
    run.add_argument("--floor", type=Path, help="YAML with accuracy and wrong; exit 1 when the run misses it")
    run.add_argument("--quiet", action="store_true", help="only the table, not the failures")
    compare = commands.add_parser("compare", help="what changed from one run to another")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    return parser


def _run(options: argparse.Namespace) -> int:
    cases = load_cases(options.cases)
    if options.no_held_out:
        cases = tuple(case for case in cases if not case.held_out)
    with tempfile.TemporaryDirectory() as temporary:
        home = options.home or Path(temporary)
        paths = options.documents or ([] if options.home else [_DOCUMENTS, *_shared(cases)])
        if paths:
            ingest(paths, home)
        loaded = documents_in(home)
        usual = () if options.documents else usual_documents(loaded)
        sources = Sources(_files(paths) or [*_DOCUMENTS.iterdir(), *_shared(cases)])
        result = run_cases(cases, open_assistant(home), loaded, usual, sources)
    if options.rag:
        from eval.rag import measure

        asked = [case for case in cases if not case.documents]
        measured = measure(asked, _files(options.documents or [_DOCUMENTS]))
        result = result.model_copy(update={"alternative": measured})
        print(alternative(result, measured))
    print(summary(result))
    if not options.quiet:
        print(failures(result, options.reveal))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        write_result(result, options.out / "result.json")
        (options.out / "report.md").write_text(markdown(result, options.reveal), encoding="utf-8")
        (options.out / "report.html").write_text(web_report(result, options.reveal), encoding="utf-8")
    missed = below(result, read_floor(options.floor)) if options.floor else ""
    print(missed, end="\n" if missed else "", file=sys.stderr)
    return 1 if missed else 0


def _files(paths: list[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def usual_documents(loaded: frozenset[str]) -> tuple[str, ...]:
    """Our own documents, where others are loaded beside them: cases that name none mean those."""
    own = loaded.intersection(file.name for file in _DOCUMENTS.iterdir())
    return tuple(sorted(own)) if own < loaded else ()


def _shared(cases: tuple[Case, ...]) -> list[Path]:
    """Those documents that cases name and that lie beside the repository; they are not part of it."""
    return [_SHARED / name for name in sorted({n for c in cases for n in c.documents}) if (_SHARED / name).is_file()]


def _compare(options: argparse.Namespace) -> int:
    print(comparison(read_result(options.before), read_result(options.after)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
