"""Answers that are words: which family tells a plan, greetings, why something is missing, premises set right.

Sheets, texts and findings are told by modules of their own (sheets, texts, findings).
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.answer import Answer, AnswerStatus
from assistant.catalog import Catalog
from assistant.computing.computing import Computer
from assistant.computing.figures import Figure, Missing
from assistant.computing.results import Result
from assistant.cues import cue, says
from assistant.doubts.premises import Premises
from assistant.names.linking import Linker
from assistant.names.meaning import Meaning
from assistant.names.segments import content_of
from assistant.plan import (
    Audit,
    Change,
    Check,
    CheckFinding,
    CodeOf,
    Contained,
    CutOff,
    Decline,
    Define,
    Enumerate,
    FieldLookup,
    FundedBy,
    Literal,
    Lookup,
    Placing,
    Plan,
    Quote,
    TableFilled,
    Unexplained,
    Why,
)
from assistant.question import Question
from assistant.questions.asked import asks_number
from assistant.questions.statements import asks_yes_or_no, statement_of
from assistant.telling.answering import Answering, computation_to_step
from assistant.telling.findings import FindingTelling
from assistant.telling.funding import FundingTelling
from assistant.telling.sheets import SheetTelling
from assistant.telling.tables import TableTelling
from assistant.telling.texts import TextTelling
from assistant.texts.passages import Found, Passages
from assistant.texts.sentences import entry_with
from assistant.words import plain_words, reasons
from ingest.facts import Origin
from ingest.labels import label_key
from ingest.numbers.numbers import find_numerals

_ABSENT = ("无", "没有", "未安排", "不涉及", "未编制", "没有安排")
_TELLING = 3  # characters of a name that is not said by chance
_MEANT = 0.6  # how sure a name is that it is meant at all
_KNOWN = 0.9  # how sure a name is that it is told whether there is any of it
_SHORT = 160  # characters of an entry that is told as a whole
_ABSENCES = ("year_item", "unknown", "blank")  # missing for reasons of which a text may speak

Told = (
    Define
    | CodeOf
    | Enumerate
    | Quote
    | Contained
    | FieldLookup
    | Audit
    | CheckFinding
    | Placing
    | FundedBy
    | CutOff
    | TableFilled
    | Unexplained
    | Why
)


class Telling:
    """Tells texts over one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        linker: Linker,
        passages: Passages,
        answering: Answering,
        computer: Computer,
        premises: Premises,
        meaning: Meaning | None = None,
    ) -> None:
        self.meaning = meaning
        self.catalog = catalog
        self.linker = linker
        self.answering = answering
        self.computer = computer
        self.premises = premises
        self.texts = TextTelling(catalog, passages, answering)
        self.sheets = SheetTelling(catalog, answering)
        self.funding = FundingTelling(catalog, answering)
        self.tables = TableTelling(catalog, answering)
        self.findings = FindingTelling(catalog, answering)

    def tell(self, question: Question, plan: Told) -> Answer:
        match plan:
            case Why():
                return self._why(question, plan)
            case CheckFinding():
                return self.findings.check_finding(question, plan)
            case Placing():
                return self.sheets.placing(question, plan)
            case CutOff():
                return self.texts.cut_off(question, plan)
            case TableFilled():
                return self.tables.filled(question, plan)
            case Unexplained():
                return self._unexplained(question, plan)
            case FundedBy():
                return self.funding.funded(question, plan)
            case FieldLookup():
                return self.sheets.fields(question, plan)
            case Define():
                return self.texts.definition(question, plan)
            case CodeOf():
                return self.texts.code(question, plan)
            case Audit():
                return self.findings.audit(question, plan)
            case Enumerate():
                return self.texts.enumerated(question, plan)
            case Contained():
                return self.texts.contained(question, plan) or self._untold(question, "")
            case Quote():
                return self.texts.quote(question, plan) or self._untold(question, plan.kind)

    def greeting(self, question: Question) -> Answer:
        names = "、".join(self.answering.document_label(d.id) for d in self.catalog.documents[:3])
        if question.english:
            text = (
                f"Hello. I am 明账 (Mingzhang). Loaded: {names}. Ask for any figure, project, indicator, comparison or definition; "
                "every figure I show is read from the document or computed from such cells, and cited."
            )
        else:
            text = (
                f"您好，我是明账。已载入：{names}。可以问任何一笔预算、项目资金、绩效指标、经办人，也可以求和、比较、算占比、查勾稽。"
                "每个数字都取自文件的单元格或由其精确计算，并注明出处；文件里没有的，我会说明查不到。"
            )
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text)

    def nothing_loaded(self, question: Question) -> Answer:
        reason = reasons()["nothing_loaded"]
        return Answer(
            question=question.raw,
            status=AnswerStatus.NOT_FOUND,
            text=(reason.en if question.english else reason.zh) + "。",
        )

    # ── what is missing ────────────────────────────────────────────────────────────────────────────────────

    def missing(self, question: Question, result: Result) -> Answer:
        """Why a figure is missing; what the document itself says of its absence is quoted."""
        assert result.missing is not None
        plan = result.plan
        for label in labels_of(plan):
            if may_be_told_absent(result) and (stated := self._stated_absence(label)) is not None:
                judged = isinstance(plan, Check | Change) or asks_yes_or_no(question)
                nothing = says(question.text, "nothing_said")
                return self.texts.quoted(question, [stated], verdict=nothing if judged else None)
        if (isinstance(plan, Decline) and plan.reason == "unknown") or result.missing.reason == "unknown":
            return self._unknown(question, result)
        return self.answering.declined(question, result)

    def _untold(self, question: Question, kind: str) -> Answer:
        result = self.texts.untold(question, kind)
        told = result.missing is not None and result.missing.reason != "unknown"
        return self.answering.declined(question, result) if told else self._unknown(question, result)

    def _unknown(self, question: Question, result: Result) -> Answer:
        links = self.linker.link(question.text)
        looked_for = label_key(result.missing.detail) if result.missing is not None else ""
        near = (link.entry.label for link in links[:5] if link.coverage >= 0.3)
        nearest = list(dict.fromkeys(label for label in near if label_key(label) != looked_for))[:3]
        if not nearest and self.meaning is not None:
            nearest = list(self.meaning.nearest(question.raw))
        return self.answering.declined(question, result, nearest)

    def _stated_absence(self, label: str) -> Found | None:
        """A sentence such as 本部门无机关运行经费."""
        key = label_key(label)
        for stored in self.catalog.passages:
            if tells_absence(stored.passage.text, label):
                sentence = next(
                    (s for s in stored.passage.text.split("。") if key in label_key(s)), stored.passage.text
                )
                return Found(stored, 1.0, (sentence.strip() + "。",))
        return None

    # ── premises and reasons ───────────────────────────────────────────────────────────────────────────────

    def corrected(self, question: Question, answer: Answer) -> Answer:
        """The answer with what the question wrongly takes for granted set right before it."""
        corrections = self.premises.of_question(question)
        if not corrections:
            return answer
        text = "\n\n".join(f"**{c.text}。**" for c in corrections)
        if answer.status is AnswerStatus.ANSWERED:
            text += f"\n\n{answer.text}"
        cells = self.answering.citations(cell for c in corrections for cell in c.cells)
        steps = tuple(computation_to_step(computation) for c in corrections for computation in c.steps)
        found: dict[str, object] = {"citations": (*answer.citations, *cells), "steps": (*steps, *answer.steps)}
        if answer.verdict is None and (says(question.raw, "confirmed") or any(c.denies for c in corrections)):
            found["verdict"] = False
        return answer.model_copy(update={"text": text, "status": AnswerStatus.ANSWERED, **found})

    def with_its_entry(self, question: Question, plan: Plan, answer: Answer) -> Answer:
        """A figure of a list in a text with its entry, where more than one number is asked for and the entry tells others."""
        if not isinstance(plan, Lookup) or len(cue("one_number_asked").findall(question.text)) < 2:
            return answer
        facts = (self.catalog.by_id[i].fact for i in plan.of.fact_ids if i in self.catalog.by_id)
        fact = next((f for f in facts if f.origin is Origin.PROSE and f.project), None)
        if fact is None or answer.status is not AnswerStatus.ANSWERED:
            return answer
        entry = entry_with(fact.sentence, fact.printed)
        told = [s for s in self.catalog.facts if s.fact.sentence == fact.sentence and s.fact.printed in entry]
        if not entry or len(told) < 2 or len(entry) > _SHORT:
            return answer
        more = {
            "text": f"{answer.text}\n\n> {entry}",
            "citations": (*answer.citations, *self.answering.citations(told)),
        }
        return answer.model_copy(update=more)

    def existing(self, question: Question, plan: Plan, answer: Answer) -> Answer:
        """Yes or no before the figure, where it is asked whether there is anything of it; before a text that tells of none."""
        if answer.verdict is not None or answer.status is not AnswerStatus.ANSWERED:
            return answer
        if isinstance(plan, Quote):
            return self._existing_text(question, plan, answer)
        asked = isinstance(plan, Lookup) and plan.of.confidence >= _MEANT and not asks_number(question.text)
        if not asked or answer.value is None:
            return answer
        there = Decimal(answer.value.number) != 0
        exists = says(f"{question.raw.lower()}\n{question.said}", "exists")
        if not exists and not self._is_done(question, plan, there):
            return answer
        verdict = there is not says(question.text, "nothing_said")
        words = ("Yes.", "No.") if question.english else ("有。", "没有。")
        return answer.model_copy(update={"verdict": verdict, "text": f"**{words[not there]}**\n\n{answer.text}"})

    @staticmethod
    def _is_done(question: Question, plan: Plan, there: bool) -> bool:
        """Whether it is asked if money is spent on something, and the figure tells: nothing of all is nothing of a part."""
        statement = statement_of(question)
        asked = asks_yes_or_no(question) and says(statement, "deed_at_all") and not find_numerals(statement)
        if not asked or says(statement, "opinion_asked", "said_otherwise"):
            return False
        known = isinstance(plan, Lookup) and plan.of.confidence >= _KNOWN and not says(statement, "vague_amount")
        return known or not there

    def _existing_text(self, question: Question, plan: Quote, answer: Answer) -> Answer:
        """No, where what is asked for is a text that only says that there is none: 无; yes where it has all that is named."""
        told = [label_key(citation.printed) for citation in answer.citations]
        if not told or not asks_yes_or_no(question):
            return answer
        none = all(text in _ABSENT for text in told)
        explained = any(label_key(citation.row) in self.catalog.terms for citation in answer.citations)
        if not none and (explained or not self._names_all(question, plan, "".join(told))):
            return answer
        words = ("Yes.", "No.") if question.english else ("是，原文写到了。", "没有。")
        return answer.model_copy(update={"verdict": not none, "text": f"**{words[none]}**\n\n{answer.text}"})

    def _names_all(self, question: Question, plan: Quote, told: str) -> bool:
        """Whether a text has every word of what is asked for; not where either denies it, or another thing is asked."""
        statement = statement_of(question)
        if not says(statement, "whether_there") or says(statement, "opinion_asked", "asks_money"):
            return False
        if find_numerals(statement):
            return False
        projects = self.catalog.project_by_key.get(plan.project, ())
        names = "".join(label_key(name) for project in projects for name in project.names)
        around = names + "".join(plan.headings)
        words = content_of(self.linker.words(cue("whether_there").sub(",", statement)))
        words = [w for w in words if w.text not in plain_words().generic and not says(w.text, "names_nothing")]
        words = [w for w in words if not any(reading in around for reading in w.readings)]
        telling = sum(len(word.text) for word in words) >= _TELLING
        return telling and all(any(reading in told for reading in word.readings) for word in words)

    def _why(self, question: Question, plan: Why) -> Answer:
        """The premise set right where it is wrong, else the reason the document gives."""
        computed = self.computer.compute(Change(plan.of, "amount"))
        amount = self.computer.figures.figure(plan.of)
        correction = self.premises.of_direction(
            question.original or question.text, plan.of, computed, amount if isinstance(amount, Figure) else None
        )
        if isinstance(amount, Missing) and (stated := self._stated_absence(plan.of.label)) is not None:
            return self.texts.quoted(question, [stated])
        if correction is None:
            reason = self._reason(plan, computed)
            return reason or self.tell(question, Quote(plan.words, kind="reason"))
        text = f"**{correction.text}。**"
        citations = self.answering.citations(correction.cells)
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text, citations=citations)

    def _unexplained(self, question: Question, plan: Unexplained) -> Answer:
        """That no reason is given for a target, and the target as printed."""
        cells = [self.catalog.by_id[number] for number in plan.of.fact_ids]
        printed = "、".join(dict.fromkeys(cell.fact.printed for cell in cells))
        text = f"**文件没有写明原因。** {cells[0].fact.project} · {plan.of.label}：指标值印作 {printed}。"
        if question.english:
            text = f"**The documents give no reason.** {cells[0].fact.project} · {plan.of.label}: printed {printed}."
        citations = self.answering.citations(cells)
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text, citations=citations)

    def _reason(self, plan: Why, computed: Result) -> Answer | None:
        """The sentence that states the change, when it also gives a reason."""
        for cell in computed.all_cells:
            if re.search("原因|由于|主要是", cell.fact.sentence):
                text = f"> {cell.fact.sentence}\n\n依据：{cell.fact.table}"
                return Answer(
                    question=plan.words,
                    status=AnswerStatus.ANSWERED,
                    text=text,
                    citations=self.answering.citations([cell]),
                )
        return None


def may_be_told_absent(result: Result) -> bool:
    """Whether a figure is missing for a reason of which a text may speak."""
    return result.missing is not None and result.missing.reason in _ABSENCES


def tells_absence(text: str, label: str) -> bool:
    """Whether a text says that there is none of it: 本部门无机关运行经费."""
    key, said = label_key(label), label_key(text)
    return any(f"{word}{key}" in said for word in _ABSENT)


def labels_of(plan: Plan) -> list[str]:
    """What a plan's figures are called, for looking up whether the document says that it has none."""
    match plan:
        case Lookup():
            return [plan.of.label or plan.of.words]
        case Change(of=of):
            return [of.label or of.words]
        case Check(left=Lookup() as left, right=Lookup() as right):
            return [left.of.label, right.of.label]
        case Check(left=Lookup() as left, right=Literal()):
            return [left.of.label]
        case _:
            return []
