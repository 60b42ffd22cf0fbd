"""Whether what an answer cites is there, and whether every figure it states comes from somewhere it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer, Citation
from eval.arithmetic import computed
from eval.expectations import Figure
from eval.figures import figures_in, in_base_unit
from ingest.reading import read_source
from ingest.source import Line

_QUOTATION = re.compile(r"“([^“”]{6,})”|^> (.{6,})$", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALES = tuple(Decimal(10) ** exponent for exponent in (0, 2, -2, 3, 4, -4, 6, 8, -8))


class Sources:
    """The texts of documents by page or line, to look citations up in; read when first asked for."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = {path.name: path for path in paths}
        self._lines: dict[str, dict[int, str]] = {}

    def knows(self, citation: Citation) -> bool:
        return citation.document in self._paths

    def holds(self, citation: Citation) -> bool:
        """Whether the cited page or lines print what the citation says is printed there."""
        return any(_bare(citation.printed) in text for text in self._cited(citation))

    def quotes(self, citation: Citation, words: str) -> bool:
        """Whether these words stand at the cited place, word for word."""
        return any(_bare(words) in text for text in self._cited(citation))

    def _cited(self, citation: Citation) -> list[str]:
        """The cited lines or page as one text; every page where the citation names no place."""
        texts = self._lines.setdefault(citation.document, {}) or self._read(citation.document)
        first, last = citation.lines or (citation.page, citation.page)
        if first is None or last is None:
            return list(texts.values())
        return ["".join(texts.get(number, "") for number in range(first, last + 1))]

    def _read(self, document: str) -> dict[int, str]:
        texts = self._lines[document]
        path = self._paths[document]
        if path.suffix in (".txt", ".md"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                texts[number] = _bare(line)
            return texts
        for block in read_source(path).blocks:
            for cell in [block] if isinstance(block, Line) else [cell for row in block.rows for cell in row]:
                page = cell.place.page or 0
                texts[page] = texts.get(page, "") + _bare(cell.text)
        return texts


def false_citations(answer: Answer, sources: Sources) -> tuple[str, ...]:
    """Citations whose place does not print what they say; those of documents that are not at hand are passed over."""
    return tuple(
        f"{citation.table}·{citation.row}·{citation.column}：{citation.printed}"
        for citation in answer.citations
        if sources.knows(citation) and not sources.holds(citation)
    )


def loose_figures(answer: Answer, sources: Sources | None = None) -> tuple[str, ...]:
    """Amounts, shares and multiples of the text that stand in no citation, no step and not in the question.

    A step's own operands must come from there too, or be an earlier step's result; what stands after its `=` must
    follow from them. Figures of a quotation are borne out by a cited place that prints all of it.
    """
    known = {number for citation in answer.citations for number in _numbers(citation.printed)}
    known.update(_numbers(answer.question))
    known.update(number for words in _borne_out(answer, sources) for number in _numbers(words))
    loose: list[Figure] = []
    for step in answer.steps:
        result = Decimal(step.result.number)
        known.update(figure.number for figure in computed(step.expression))
        loose += [figure for figure, _ in figures_in(step.expression) if not _supported(figure, known | {result})]
        known.update((result, *_numbers(step.expression)))
    loose += [figure for figure, _ in figures_in(answer.text) if not _supported(figure, known)]
    return tuple(dict.fromkeys(map(str, loose)))


def _borne_out(answer: Answer, sources: Sources | None) -> Iterator[str]:
    """The quotations of an answer that stand at a place it cites."""
    for quoted in _QUOTATION.findall(answer.text) if sources else ():
        words = "".join(quoted).strip("；。，; ")
        if any(sources.knows(each) and sources.quotes(each, words) for each in answer.citations if sources):
            yield words


def _numbers(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        yield Decimal(match[0].replace(",", "").rstrip("."))


def _supported(figure: Figure, known: set[Decimal]) -> bool:
    """Equal to a known number in some scale, within half of the last digit that the text shows."""
    number = abs(in_base_unit(figure.number, figure.unit)[0])
    exponent = figure.number.as_tuple().exponent
    last_digit = in_base_unit(Decimal(10) ** (exponent if isinstance(exponent, int) else 0), figure.unit)[0]
    return number == 0 or any(abs(abs(one) * scale - number) * 2 <= last_digit for one in known for scale in _SCALES)


def _bare(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
