"""`python -m eval run` measures, `compare A B` shows what changed, `publish` puts the results into the READMEs."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from assistant.means import ALL_MEANS, Means
from eval.cases import CASES, CaseError, load_cases
from eval.citing import Sources
from eval.comparing import comparison
from eval.expectations import Case
from eval.floor import below, read_floor
from eval.publishing import publish
from eval.records import RunResult, read_result, write_result
from eval.reporting import ablations, alternative, attacks, failures, markdown, summary
from eval.running import documents_in, ingest, open_assistant, run_cases
from eval.web_report import web_report

_DOCUMENTS = Path(__file__).parent / "documents"
_SHARED = Path(__file__).parents[2] / "shared" / "documents"


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    try:
        return int(options.work(options))
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask all cases and judge the answers")
    run.set_defaults(work=_run)
    run.add_argument("--cases", nargs="+", type=Path, default=[CASES], metavar="PATH", help="YAML or JSON lines")
    run.add_argument("--documents", nargs="+", type=Path, metavar="PATH", help="ingest these first")
    run.add_argument("--home", type=Path, help="ledger to ask; without it a temporary one is made")
    run.add_argument("--out", type=Path, help="folder for result.json, report.md and report.html")
    run.add_argument("--no-held-out", action="store_true", help="leave out cases/held_out")
    run.add_argument("--reveal", action="store_true", help="show the failures of held-out cases too")
    run.add_argument("--rag", action="store_true", help="measure plain retrieval beside it")
    run.add_argument("--ablations", action="store_true", help="run again without each of the assistant's means")
    run.add_argument(
        "--attacks", type=int, default=0, metavar="N", help="attack the number gate with N texts of a kind"
    )
    run.add_argument("--floor", type=Path, help="YAML; exit 1 when the run misses it")
    run.add_argument("--quiet", action="store_true", help="only the tables, not the failures")
    compare = commands.add_parser("compare", help="what changed from one run to another")
    compare.set_defaults(work=_compare)
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    published = commands.add_parser("publish", help="put a run, and a growth bench, into the READMEs")
    published.set_defaults(work=_publish)
    published.add_argument("results", type=Path, help="folder with result.json, and growth.json if there is one")
    return parser


def _run(options: argparse.Namespace) -> int:
    cases = load_cases(options.cases)
    if options.no_held_out:
        cases = tuple(case for case in cases if not case.held_out)
    with tempfile.TemporaryDirectory() as temporary:
        result = _measured(options, cases, options.home or Path(temporary))
    _tell(result, options)
    if options.out:
        _write(result, options.out, options.reveal)
    missed = below(result, read_floor(options.floor)) if options.floor else ""
    print(missed, end="\n" if missed else "", file=sys.stderr)
    return 1 if missed else 0


def _measured(options: argparse.Namespace, cases: tuple[Case, ...], home: Path) -> RunResult:
    from eval.extended import with_ablations, with_alternative, with_attacks

    paths = options.documents or ([] if options.home else [_DOCUMENTS, *_shared(cases)])
    if paths:
        ingest(paths, home)
    loaded = documents_in(home)
    usual = () if options.documents else usual_documents(loaded)
    sources = Sources(_files(paths) or [*_DOCUMENTS.iterdir(), *_shared(cases)])

    def run(means: frozenset[Means] = ALL_MEANS) -> RunResult:
        return run_cases(cases, open_assistant(home, means), loaded, usual, sources)

    result = run()
    if options.rag:
        result = with_alternative(result, cases, _files(options.documents or [_DOCUMENTS]))
    if options.ablations:
        result = with_ablations(result, run)
    if options.attacks:
        result = with_attacks(result, cases, home, usual, options.attacks)
    return result


def _tell(result: RunResult, options: argparse.Namespace) -> None:
    print(summary(result))
    if result.alternative:
        print(alternative(result, result.alternative))
    if result.ablations:
        print(ablations(result, result.ablations))
    if result.attacks:
        print(attacks(result.attacks))
    if not options.quiet:
        print(failures(result, options.reveal))


def _write(result: RunResult, folder: Path, reveal: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_result(result, folder / "result.json")
    (folder / "report.md").write_text(markdown(result, reveal), encoding="utf-8")
    (folder / "report.html").write_text(web_report(result, reveal), encoding="utf-8")


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


def _publish(options: argparse.Namespace) -> int:
    publish(options.results)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
