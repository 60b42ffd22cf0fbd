"""Which of a department's units a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.departments import scope_words
from assistant.documents.scope import MARK, MARKS, Disclosure, Scope
from assistant.question import Question
from assistant.units.names import UnitMention, UnitName, UnitNames
from assistant.words import longest_first

_UNIT = "单位"
_SHORTEST = 3
_DESCRIBED = re.compile(r"^[^,，]*?(?:那个|那家|这个|这家)$")  # 打120那个急救中心
_LEFT_OUT = re.compile(r"[(（]不[含包算计][^()（）]*[)）]")


class UnitScoper:
    """Finds the units that a question names; `disclosures` stand for the units, in their order."""

    def __init__(self, disclosures: Sequence[Disclosure], names: UnitNames) -> None:
        self._by_name = dict(zip(names.names, disclosures, strict=True))
        self._names = names

    def scope(self, question: Question, within: Sequence[Disclosure] = ()) -> Scope:
        """The scope of a question: the units named in it, else those of the kind it names, else all or `within`."""
        text = question.text
        text, among = self._of_kind(_LEFT_OUT.sub("", text))
        mentions = self._names.mentions(text) if among is None else []
        named = tuple(dict.fromkeys(tuple(self._by_name[name] for name in each.units) for each in mentions))
        marked = self._marked(text, mentions, named)
        chosen = tuple(dict.fromkeys(each for group in named for each in group))
        chosen = chosen or tuple(within) or tuple(self._by_name[name] for name in among or self._names.names)
        rest = re.sub(f"{MARKS}+的?", "", marked).strip(",、:")
        return Scope(replace(question, text=rest), chosen, named, marked)

    def _of_kind(self, text: str) -> tuple[str, tuple[UnitName, ...] | None]:
        """`社会保险基金管理局的11个分局` as 11个单位 with those that it means; None where no kind is named."""
        kind = self._names.kind_in(text)
        if kind is None:
            return text, None
        before = text[: kind.start]
        counted = re.sub(rf"(?:[市直下区局]属)?{kind.kind}$", _UNIT, text[kind.start : kind.end])
        for length in range(len(before), _SHORTEST - 1, -1):
            said = before[len(before) - length :].removesuffix("的")
            inside = tuple(name for name in kind.units if any(said in form for form in name.forms))
            if inside:
                return f"{before[: len(before) - length]}{counted}{text[kind.end :]}", inside
        return f"{before}{counted}{text[kind.end :]}", kind.units

    def _marked(self, text: str, mentions: Sequence[UnitMention], named: Sequence[tuple[Disclosure, ...]]) -> str:
        parts, last = list[str](), 0
        behind = "|".join(longest_first(scope_words().one_unit))
        for mention in mentions:
            whose = tuple(self._by_name[name] for name in mention.units)
            parts += [_DESCRIBED.sub("", text[last : mention.start]), chr(MARK + named.index(whose))]
            last = mention.end
            if (after := re.match(behind, text[last:])) is not None:
                last += after.end()
        return "".join([*parts, text[last:]])
