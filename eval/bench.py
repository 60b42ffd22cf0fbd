"""How fast it is, as ratios measured within one run on one machine: `python -m eval.bench`, or `make bench`.

Absolute times say more about the machine than about the program; each is shown beside the work it cannot do without.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from assistant.assistant import Assistant
from eval.cases import CASES, load_cases
from eval.expectations import Case
from eval.rag import measure
from eval.random_questions import in_dialogues
from eval.reporting import percentile
from ingest.home import DEFAULT_SETTINGS, Home
from ingest.ledger.ledger import Ledger
from ingest.pipeline import ingest
from ingest.reading import read_source
from ingest.search.embedding import embed_passages, embed_query, encode_passages, member_names
from ingest.search.vectors import stored_chunks

_ROOT = Path(__file__).parents[1]
_SAMPLE = Path(__file__).parent / "documents" / "000_6a9881425d282efc.txt"
_PDFS = _ROOT.parent / "shared" / "documents"
_QUESTION = "总支出是多少"
_RANDOM = 1000


@dataclass(frozen=True, slots=True)
class Ratio:
    """A time beside the time it is measured against; `goal` is the largest ratio that is good enough, None: no goal."""

    name: str
    seconds: float
    against: str
    base: float
    goal: float | None = None

    def line(self) -> str:
        ratio = self.seconds / self.base
        verdict = "" if self.goal is None else f"≤ {self.goal:g} {'ok' if ratio <= self.goal else 'MISSED'}"
        return (
            f"| {self.name} | {_shown(self.seconds)} | {self.against} | {_shown(self.base)} | {ratio:.2f} | {verdict} |"
        )


def main() -> int:
    print("| what | time | against | time | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        for ratio in _ratios(Path(folder)):
            print(ratio.line(), flush=True)
            missed |= ratio.goal is not None and ratio.seconds > ratio.goal * ratio.base
    return 1 if missed else 0


def _ratios(folder: Path) -> Iterator[Ratio]:
    cases = [case for case in load_cases([CASES]) if not case.documents]
    home = Home(folder / "home")
    storing = list(_storing(folder, home))
    yield from _cold(home)
    yield from _warm(home, cases)
    yield from storing
    yield from _plain_pipeline(cases, storing[0].seconds)
    yield from _reading()


def _cold(home: Home) -> Iterator[Ratio]:
    """One question from the shell, the best of three, each after its counterpart."""
    ask = [sys.executable, "-m", "assistant.cli", "ask", _QUESTION, "--home", str(home.folder)]
    chroma = [sys.executable, "-c", "import chromadb"]
    times = [(_timed(lambda: _run(chroma)), _timed(lambda: _run(ask))) for _ in range(3)]
    yield Ratio("cold `mingzhang ask`", min(b for _, b in times), "`import chromadb`", min(a for a, _ in times), 3)


def _warm(home: Home, cases: Sequence[Case]) -> Iterator[Ratio]:
    """Every question on the sample, in a process that has answered before."""
    questions = [case.turns[0].question for case in cases]
    assistant = Assistant.open(home)
    assistant.conversation().ask(_QUESTION)
    embedding, answering = [], []
    for question in questions:
        embed_query.cache_clear()
        embedding.append(_timed(partial(embed_query, question)))
        embed_query.cache_clear()
        answering.append(_timed(partial(assistant.conversation().ask, question)))
    one = percentile(embedding, 0.5)
    yield Ratio(f"warm answer, median of {len(questions)}", percentile(answering, 0.5), "one query embedding", one, 3)
    yield Ratio("warm answer, 95th percentile", percentile(answering, 0.95), "one query embedding", one, 10)
    slowest = max(answer.elapsed_ms for _, answer in islice(in_dialogues(assistant, seed=2023), _RANDOM)) / 1000
    yield Ratio(f"slowest of {_RANDOM} random questions", slowest, "one second", 1, 1)


def _storing(folder: Path, home: Home) -> Iterator[Ratio]:
    """The sample into an empty home, against embedding the same chunks without storing anything; then once more."""
    _ingest(Home(folder / "first"))  # loads the libraries and the model
    ledger = Ledger.open(Home(folder / "first"))
    chunks = [chunk.text for chunk in stored_chunks(ledger, ledger.documents()[0])]
    names = member_names(ledger, None)
    alone = _timed(lambda: encode_passages(chunks, DEFAULT_SETTINGS))
    new = _timed(lambda: _ingest(home))
    alone = min(alone, _timed(lambda: encode_passages(chunks, DEFAULT_SETTINGS)))
    again = _timed(lambda: _ingest(home))
    described = f"embedding its {len(chunks)} chunks alone"
    yield Ratio(f"ingest of the sample (with {len(names)} names)", new, described, alone, 1.3)
    yield Ratio("ingest again, unchanged", again, "its first ingest", new, 0.05)
    cached = _timed(lambda: embed_passages(chunks, ledger))
    yield Ratio("vectors from the cache", cached, described, alone)


def _plain_pipeline(cases: Sequence[Case], ours: float) -> Iterator[Ratio]:
    """LangChain's recursive splitter, the same model, Chroma's similarity search."""
    plain = measure(cases, [_SAMPLE])
    found = next(recall for recall in plain.recalls if (recall.retriever, recall.kind) == ("dense", ""))
    yield Ratio("ingest of the sample", ours, f"plain pipeline, {plain.passages} passages", plain.build_seconds)
    embed_query.cache_clear()
    one = _timed(lambda: embed_query(_QUESTION))
    yield Ratio("plain pipeline's search", found.median_ms / 1000, "one query embedding", one)


def _reading() -> Iterator[Ratio]:
    """Reading PDF against bare pdfplumber, where the folder of public documents lies beside the project."""
    for path in sorted(_PDFS.glob("*.pdf")):
        if path.name != "scanned.pdf":
            bare = _timed(partial(_bare_pdfplumber, path))
            ours = _timed(partial(read_source, path))
            yield Ratio(f"reading {path.name}", ours, "bare pdfplumber", bare, 1.5)


def _bare_pdfplumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def _ingest(home: Home) -> None:
    ingest([_SAMPLE], home, lambda _: None, lambda _: None)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)


def _timed(work: Callable[[], object]) -> float:
    clock = time.perf_counter()
    work()
    return time.perf_counter() - clock


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
