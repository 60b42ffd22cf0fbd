"""Words that tell what a question asks for, as named patterns of vocabulary/cues.yaml; no other module knows them."""

from __future__ import annotations

import re
from functools import cache

from pydantic import RootModel, model_validator

from ingest.vocabulary_loading import load_vocabulary


class _Cues(RootModel[dict[str, tuple[str, ...]]]):
    """Each cue's alternatives, in the order in which they are tried."""

    @model_validator(mode="after")
    def _patterns_compile(self) -> _Cues:
        for name, alternatives in self.root.items():
            for pattern in alternatives:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"提示词 {name} 的“{pattern}”不是正确的模式：{error}") from error
        return self


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    loaded = load_vocabulary("cues", _Cues, "assistant").root
    return {name: re.compile("|".join(alternatives)) for name, alternatives in loaded.items()}


def cue(name: str) -> re.Pattern[str]:
    """The pattern of a cue; KeyError names one that the vocabulary does not have."""
    return _cues()[name]


def whole(text: str, *names: str) -> re.Match[str] | None:
    """The match of the first of these cues that says all of a text."""
    return next(filter(None, (_cues()[name].fullmatch(text) for name in names)), None)


def says(text: str, *names: str) -> bool:
    """Whether a text has any of these cues in it."""
    return any(_cues()[name].search(text) for name in names)
