"""A question about a set, read word by word: projects, people, tables, rows of a table, parts of a figure, some of them left out."""

from __future__ import annotations

from assistant.phrases.left_out import LeftOut
from assistant.phrases.row_questions import RowQuestions
from assistant.phrases.set_questions import SetQuestions
from assistant.plan import Plan


class SetReading:
    """Reads whole questions over one catalog; a question of which a word is not understood is none."""

    def __init__(self, questions: SetQuestions, rows: RowQuestions, left_out: LeftOut) -> None:
        self.questions = questions
        self.rows = rows
        self.left_out = left_out

    def plan(self, text: str) -> Plan | None:
        """The plan of a question about a set; None where it is not one."""
        return self._whole(text) or self.left_out.plan(text, self._whole)

    def _whole(self, text: str) -> Plan | None:
        return self.questions.plan(text) or self.rows.plan(text)
