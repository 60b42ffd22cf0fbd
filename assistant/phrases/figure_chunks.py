"""A computed question cut where it says what is to be done, so that what is left between are the phrases of its figures.

Examples know whole sentences; `会议、培训再加差旅，一年三项留了多少` is none of them, but 、, 再加 and 多少 part it into three names.
A separator is a word of its own (by the general dictionary) that stands in no printed name: the 差 of 差旅费 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from assistant.names.light_words import is_idle, tagged
from assistant.names.printed_names import PrintedNames
from assistant.words import exemplars, longest_first

COMMA, AND, OF, WITHIN, THAN = "comma", "and", "of", "within", "than"
_IN = "in"
_WAYS: dict[str, tuple[tuple[str, ...], ...]] = {  # kinds of separators, each by classes of words in a row
    "share": (("share",),),
    "times": (("times",),),
    "which": (("which", "larger", "more", "howmuch"), ("which", "larger")),
    "more": (("beyond", "howmuch"), ("more", "howmuch"), ("beyond",)),
    "apart": (("apart", "howmuch"), ("apart",)),
    "sum": (("sum", "howmuch"), ("sum",), ("all_counted",)),
    "howmuch": (("spend", "howmuch"), ("howmuch",)),
    THAN: (("than",),),
    OF: (("of",),),
    "plus": (("plus",),),
    AND: (("and",), ("plus",)),
    WITHIN: (("within",),),
}
_MORE = {
    COMMA: "[,，:：;；]",
    _IN: "在(?=[^,，]+[里中])",
    THAN: "较(?!上年|去年)",
    OF: "(?:相当于|等于|抵得上|顶得上|是|占到?了?)(?=[^,，多少几]+?的?(?:百分之|几成|多少|几分之|几倍))",
    "share": "占比?(?:有|到|了)?(?:多[大小高低少]|几)(?:的)?(?:分量|一块|一头|头)?(?=$|[,，])",
}
_NUMBER = re.compile(r"\d[\d.,]*")
_LOOSE = (
    "占较比和与跟及、,"  # what parts a text even where the dictionary takes it for a part of a word on its other side
)
_LONG = 3  # characters that are no part of two words by chance
_ALWAYS = (COMMA, "howmuch")
_SHARES = (*_ALWAYS, "share", "times", OF, _IN, WITHIN)
_TWO = (*_ALWAYS, "which", "more", "apart", THAN, AND)
_OPERATIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # the words that ask for each, and all that part it
    "multiple": (("times",), (*_SHARES, THAN)),
    "excess": (("share", THAN), (*_ALWAYS, "share", "more", THAN)),
    "share": (("share",), _SHARES),
    "which": (("which",), _TWO),
    "difference": (("apart",), _TWO),
    "more": (("more", THAN), _TWO),
    "sum": (("sum",), (*_ALWAYS, "sum", AND, WITHIN)),
    "plus": (("plus",), (*_ALWAYS, "plus", AND, WITHIN)),
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase with the kinds of separators on its two sides and the number of its clause."""

    text: str
    before: str
    after: str
    clause: int

    @property
    def is_whole(self) -> bool:
        """Whether it is said that something is in it, or a part of it."""
        return self.after == WITHIN or self.before == OF

    @property
    def is_listed(self) -> bool:
        """Whether it stands in a list with another."""
        return bool({self.before, self.after} & {AND, "plus"})

    @property
    def is_operand(self) -> bool:
        """Whether it stands beside a word that sets one thing against another."""
        return self.is_whole or self.after in (OF, THAN, "apart", "more") or self.before in (THAN, AND)


def following(chunk: Chunk, topic: Chunk) -> Chunk:
    """A phrase with what it is of."""
    return replace(chunk, text=topic.text + chunk.text, before=topic.before)


def operation_in(text: str, printed: PrintedNames) -> str:
    """The operation that the words between names ask for, the most telling first; "" where they ask for none."""
    for operation, (asks, _) in _OPERATIONS.items():
        said = {kind for _, _, kind in _separators(text, operation, printed)}
        if said.issuperset(asks):
            return operation
    return ""


def chunks_of(text: str, operation: str, printed: PrintedNames) -> list[Chunk]:
    """The phrases of a text in order, without light words around them; none where nothing is known of the operation."""
    found: list[Chunk] = []
    at, before, clause = 0, "", 0
    for start, end, kind in (*_separators(text, operation, printed), (len(text), len(text), "")):
        phrase = _without_idle_ends(text[at:start])
        if phrase:
            found.append(Chunk(phrase, before, kind, clause))
        elif found and kind == OF and found[-1].after == WITHIN:
            found[-1] = replace(found[-1], after=WITHIN)  # 收入里面占: what stands between names nothing
        before = kind
        clause += kind == COMMA
        at = end
    return found


def _separators(text: str, operation: str, printed: PrintedNames) -> Iterator[tuple[int, int, str]]:
    """Where the separators stand, from left to right, with their kinds."""
    names = printed.places(text)
    bounds = {0, *(place for span in names for place in span)}
    at = 0
    for word, _ in tagged(text):
        at += len(word)
        bounds.add(at)
    bounds.update(place for number in _NUMBER.finditer(text) for place in number.span())
    patterns = _patterns(operation)
    at = 0
    while at < len(text):
        found = next(((k, m) for k, pattern in patterns if (m := pattern.match(text, at)) and m.end() > at), None)
        if found is None:
            at += 1
            continue
        kind, match = found
        inside = any(start < match.end() and match.start() < end for start, end in names)
        ends = (match.start() in bounds) + (match.end() in bounds)
        if inside or ends < (1 if match[0] in _LOOSE or len(match[0]) >= _LONG else 2):
            at += 1
            continue
        yield match.start(), match.end(), kind
        at = match.end()


def _without_idle_ends(phrase: str) -> str:
    """A phrase without the words at its two ends that name nothing by their part of speech."""
    pieces = [word for word, _ in tagged(phrase.strip(" 的"))]
    while pieces and is_idle(pieces[-1]):
        pieces.pop()
    while pieces and is_idle(pieces[0]):
        pieces.pop(0)
    return "".join(pieces).strip(" 的")


@cache
def _patterns(operation: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = _OPERATIONS[operation][1]
    ordered = [kind for kind in (*_WAYS, *(kind for kind in _MORE if kind not in _WAYS)) if kind in kinds]
    return tuple((kind, re.compile("|".join(_said(kind)))) for kind in ordered)


def _said(kind: str) -> Iterator[str]:
    if kind in _MORE:
        yield _MORE[kind]
    for way in _WAYS.get(kind, ()):
        yield "".join(map(_of_class, way))


def _of_class(name: str) -> str:
    return f"(?:{'|'.join(longest_first(exemplars().classes[name]))})"
