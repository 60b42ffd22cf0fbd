"""Plans for the code of a subject that is named, and the name of a code: `行政运行的科目编码是多少`, `2010301科目全称怎么写`."""

from __future__ import annotations

from assistant.cues import cue
from assistant.phrases.phrases import Phrases
from assistant.plan import CodeOf
from assistant.question import Question


class CodePlans:
    """Reads questions for codes over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def code(self, question: Question) -> CodeOf | None:
        """The code of the row that a question names and asks nothing else of; None where no such row has one."""
        asked = cue("code_asked").fullmatch(question.text)
        selector = self.phrases.selector(asked["name"]) if asked is not None else None
        if selector is None or not selector.row_keys or selector.project:
            return None
        coded = tuple(key for key in selector.row_keys if any(s.fact.row_code for s in self.catalog.rows.get(key, ())))
        return CodeOf(question.text, coded) if coded else None

    def name(self, question: Question) -> CodeOf | None:
        """The name printed under a code, where nothing else is asked of it."""
        asked = cue("name_of_code").fullmatch(question.text)
        known = asked is not None and asked["code"] in self.catalog.codes
        return CodeOf(question.text, code=asked["code"]) if asked is not None and known else None
