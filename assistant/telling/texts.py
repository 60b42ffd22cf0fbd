"""Answers that quote: the sentence that tells what is asked, definitions, whether a text has something in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, AnswerStatus, Item, Step, Value
from assistant.catalog import Catalog
from assistant.computing.figures import Missing
from assistant.computing.results import Result
from assistant.cues import cue, says
from assistant.phrases.trimming import without_money
from assistant.plan import CodeOf, Contained, CutOff, Decline, Define, Enumerate, Quote
from assistant.question import Question
from assistant.questions.asked import kinds_asked, tells_deed, told_by_field
from assistant.telling.answering import Answering, plain_number
from assistant.telling.wording import Wording
from assistant.texts.enumerations import Enumerated
from assistant.texts.passages import Found, Passages
from assistant.words import field_by_key, reasons
from ingest.labels import label_key
from ingest.ledger.ledger import StoredPassage
from ingest.numbers.numbers import find_numerals, format_quantity

_ENOUGH, _HINTED = 0.5, 0.2  # the share of a thing's words that tells that it is there; that leaves it open
_SAID = 0.4  # the share of a question that the sentence must explain which lacks a reason
_SHOWN_OF_END = 24  # characters
_SUBJECT = re.compile(r"(?:.{0,4}[：:])?(?P<name>[^：:，,。；;]{2,20}?)(?:[：:]|是指|指|反映|包括|包含)")
_LISTED = re.compile(
    r"(?:[:：]|分别为|分别是|具体为|具体是|包括|包含|分为|设有|内设)(?P<entries>[^:：；;。]+?、[^:：；;。]+?)(?:等)?(?:\d+个)?[。；;]?$"
)


class TextTelling:
    """Tells texts over one catalog."""

    def __init__(self, catalog: Catalog, passages: Passages, answering: Answering) -> None:
        self.catalog = catalog
        self.passages = passages
        self.answering = answering

    def quote(self, question: Question, plan: Quote) -> Answer | None:
        """The sentences that answer; None where no text does."""
        if plan.headings and (section := self.passages.under(plan.headings)):
            return self.quoted(question, section)
        found = self.passages.find(plan.words, plan.project, plan.kind, plan.fields)
        asked = not plan.project or told_by_field(plan.kind)  # else the project's name is not enough
        good = [
            each
            for each in found
            if (each.sure(_ENOUGH) or (plan.names_project and each.coverage >= _ENOUGH))
            and (asked or not each.named_only or tells_deed(plan.words, plan.project, each.sentences))
        ]
        if plan.project and not asked and says(plan.words, "paid_asked"):
            paid = self.passages.paid(plan.words, plan.project, plan.kind, _ENOUGH)
            good = [paid] if paid is not None else []
        if plan.project and not good:
            elsewhere = self.passages.find(plan.words, kind=plan.kind, fields=plan.fields)
            good = [each for each in elsewhere if each.sure(_ENOUGH) and not each.passage.passage.project]
        if not good and plan.project and (claimed := self._budget_claimed(question, plan.project)) is not None:
            found = self.passages.find(without_money(plan.words), plan.project, plan.kind, plan.fields)
            if not (asked and plan.kind and found and found[0].named_only):
                return claimed
        if not good and asked and plan.project and plan.fields and found and found[0].named_only:
            good = [each for each in found if each.passage.passage.field in plan.fields][:1]
        whether = plan.kind == "reason" and says(question.text, "reason_given")
        if not good:
            return self._without_reason(question, plan) if whether else None
        name = self.catalog.project_by_key[plan.project][0].name if plan.names_project else ""
        return self.quoted(question, good[:1], name, verdict=True if whether else None)

    def _without_reason(self, question: Question, plan: Quote) -> Answer | None:
        """`那一节交代原因没有`: no, with the sentence that tells of the thing without its reason."""
        found = self.passages.find(cue("reason_given").sub(",", plan.words), plan.project)
        if not found or not found[0].sure(_SAID):
            return None
        answer = self.quoted(question, found[:1], verdict=False)
        return answer.model_copy(update={"text": f"**没有，原文没有写明原因。**\n\n{answer.text}"})

    def _budget_claimed(self, question: Question, key: str) -> Answer | None:
        """A question that takes a project's budget for something else: what the amount is for, and that the rest is not told."""
        project = self.catalog.project_by_key[key][0]
        budget = next(iter(project.budget()), None)
        amounts = [
            n.quantity.number
            for n in find_numerals(question.text)
            if n.quantity is not None and re.search("[万亿元]", n.printed)
        ]
        if budget is None or budget.fact.quantity is None or budget.fact.quantity.number not in amounts:
            return None
        text = f"**文件里的 {format_quantity(budget.fact.quantity)} 是「{project.name}」的年度预算**，没有写所问的其他用途或时间。"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            verdict=False,
            citations=self.answering.citations([budget]),
        )

    def quoted(self, question: Question, found: Sequence[Found], head: str = "", verdict: bool | None = None) -> Answer:
        """Sentences with where they stand; the entries of their list as items where a list is asked for."""
        lines, citations = [f"**{head}**"] if head else [], []
        for each in found:
            passage = each.passage.passage
            for sentence in each.sentences:
                cut = passage.truncated and passage.text.strip().endswith(sentence)
                lines.append(f"> {sentence}" + ("（原文到此被截断）" if cut else ""))
                citations.append(self.answering.passage_citation(each.passage, sentence))
            lines.append(f"{'Source' if question.english else '依据'}：{_where(each)}")
        listed = "list" in kinds_asked(question.text) or re.search("列|what|which|list", question.raw.lower())
        sentences = [sentence for each in found for sentence in each.sentences]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n\n".join(lines),
            verdict=verdict,
            items=(Item(label=head),) if head else _enumerated(sentences) if listed else (),
            citations=tuple(citations),
        )

    def code(self, question: Question, plan: CodeOf) -> Answer:
        """The codes that tables print before rows of a name."""
        cells = {s.fact.row_code: s for key in plan.row_keys for s in self.catalog.rows[key] if s.fact.row_code}
        cells |= {s.fact.row_code: s for s in self.catalog.codes.get(plan.code, ())}
        lines = [f"**{code}**\n\n{stored.fact.row}" for code, stored in cells.items()]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n\n".join(lines),
            citations=self.answering.citations(cells.values()),
        )

    def definition(self, question: Question, plan: Define) -> Answer:
        stored = self.catalog.terms[plan.term]
        passage = stored.passage
        source = f"{'Source' if question.english else '依据'}：{passage.heading[-1] if passage.heading else '名词解释'}"
        text = f"**{passage.term}**\n\n> {passage.text}\n\n{source}"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            citations=(self.answering.passage_citation(stored, passage.text),),
        )

    # ── whether a text has something in it ─────────────────────────────────────────────────────────────────

    def enumerated(self, question: Question, plan: Enumerate) -> Answer:
        """The names on a printed list, or how many they are, with the sentence they stand in."""
        listed = self.catalog.enumerations[plan.position]
        say = Wording(question.english)
        count = say("count_of").format(number=len(listed.entries))
        shown = (entry.label + self._amount(entry, question) for entry in listed.entries)
        lines = [f"**{count}**", *(f"{position}. {name}" for position, name in enumerate(shown, start=1))]
        passage = listed.passage.passage
        source = f"{say('source')}：{passage.heading[-1] if passage.heading else passage.project}"
        value = Value(number=str(len(listed.entries)), unit="个")
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines) + f"\n\n> {listed.sentence}\n\n{source}",
            value=value if plan.counted else None,
            items=tuple(Item(label=entry.label, value=_value_of(entry)) for entry in listed.entries),
            steps=(Step(expression=count, result=value), *_amount_steps(listed.entries)),
            citations=(self.answering.passage_citation(listed.passage, listed.sentence),),
        )

    def _amount(self, entry: Enumerated, question: Question) -> str:
        return f"：{self.answering.money(entry.quantity, question)}" if entry.quantity is not None else ""

    def contained(self, question: Question, plan: Contained) -> Answer | None:
        """Yes with the sentence; no with the closed list that it is not in; None where the text cannot tell."""
        found = self.passages.under(plan.headings, None) if plan.headings else self._about(plan.within, plan.words)
        item = label_key(plan.item)
        told = [(self.passages.explains(plan.item, s), each, s) for each in found for s in _sentences(each)]
        whole = says(plan.item, "organ_name")  # 督查三处 is not there because 督查一处 is
        told = [(1.0 if item in label_key(s) else 0.0 if whole else share, each, s) for share, each, s in told]
        share, each, sentence = max(told, key=lambda found: found[0], default=(0.0, None, ""))
        if each is None:
            return None
        closed = [f for f in found if _enumerated(f.sentences) and not re.search("等[。；;]?$", f.sentences[0])]
        if share >= (_ENOUGH if not closed else 1.0):
            return self._judged(question, Found(each.passage, 1.0, (sentence,)), True)
        if closed:
            return self._judged(question, closed[0], False)
        return self._judged(question, found[0], False) if plan.headings and share < _HINTED else None

    def _about(self, term: str, words: str) -> list[Found]:
        """The sentence of the glossary's entry that is about what the words name, else the whole entry."""
        stored = self.catalog.terms.get(term)
        if stored is None:
            return []
        whole = Found(stored, 1.0, (stored.passage.text,))
        said = label_key(words)
        about = [s for s in _sentences(whole) if (subject := _SUBJECT.match(s)) and label_key(subject["name"]) in said]
        return [Found(stored, 1.0, (about[-1],))] if about else [whole]

    def _judged(self, question: Question, found: Found, verdict: bool) -> Answer:
        if question.english:
            head = "Yes, the source says so." if verdict else "No, it is not among what the source lists."
        else:
            head = "是，原文写到了。" if verdict else "否，原文所列的里面没有。"
        answer = self.quoted(question, [found], verdict=verdict)
        return answer.model_copy(update={"text": f"**{head}**\n\n{answer.text}", "items": ()})

    # ── where the source breaks off ────────────────────────────────────────────────────────────────────────

    def cut_off(self, question: Question, plan: CutOff) -> Answer:
        """Whether the texts asked about are whole, with the words at which they break off."""
        texts = [
            s
            for s in self.catalog.passages
            if (not plan.project or label_key(s.passage.project) == plan.project)
            and (not plan.fields or s.passage.field in plan.fields)
        ]
        cut = [s for s in texts if s.passage.truncated]
        verdict = bool(cut) is not plan.complete
        head = "**是。**" if verdict else "**否。**"
        lines = [f"- {_place(s)}：原文到“{_ending(s)}”处被截断，没有写完" for s in cut]
        text = "\n".join(lines) if lines else "原文是完整的，没有截断。"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=f"{head}\n\n{text}",
            verdict=verdict,
            items=tuple(Item(label=_place(s)) for s in cut) if not plan.project else (),
            citations=tuple(self.answering.passage_citation(s, _ending(s)) for s in cut or texts[:1]),
        )

    # ── what is not told ───────────────────────────────────────────────────────────────────────────────────

    def untold(self, question: Question, kind: str) -> Result:
        """Why no text answers: no reason, time, place, document … of what is asked is told."""
        reason = f"no_{kind}" if f"no_{kind}" in reasons() else "unknown"
        return Result(Decline("unknown", question.text), missing=Missing(reason, question.raw.strip()))


def _sentences(found: Found) -> list[str]:
    return [s.strip() for text in found.sentences for s in re.findall(r"[^。；;\n]+[。；;]?", text) if s.strip()]


def _ending(stored: StoredPassage) -> str:
    """The last words of a text."""
    return re.split(r"[。；;\n]", stored.passage.text.strip())[-1].strip()[-_SHOWN_OF_END:]


def _where(found: Found) -> str:
    return _place(found.passage)


def _place(stored: StoredPassage) -> str:
    passage = stored.passage
    if passage.project:
        entry = field_by_key().get(passage.field)
        return f"{passage.project} · {entry.label if entry else passage.field}"
    return passage.heading[-1] if passage.heading else ""


def _enumerated(sentences: Sequence[str]) -> tuple[Item, ...]:
    """The entries of a list in a sentence: `内设机构9个：综合科、服务科。`"""
    for sentence in sentences:
        listed = _LISTED.search(sentence.strip())
        if listed is not None:
            return tuple(Item(label=entry) for entry in _entries(listed["entries"], sentence))
    return ()


def _entries(listed: str, sentence: str) -> list[str]:
    """Entries between marks, not those in brackets; a last `和` parts two where the sentence's own count says so."""
    entries = [entry.strip() for entry in re.split(r"(?:、|以及)(?![^（(]*[）)])", listed) if entry.strip()]
    counted = {int(number) for number in re.findall(r"\d+", sentence)}
    parted = [*entries[:-1], *re.split("[和及]", entries[-1], maxsplit=1)]
    return parted if len(parted) in counted and len(entries) not in counted else entries


def _amount_steps(entries: Sequence[Enumerated]) -> tuple[Step, ...]:
    """The amounts behind a list's names, as they are shown in other units than printed."""
    values = ((entry.label, _value_of(entry)) for entry in entries)
    return tuple(Step(expression=label, result=value) for label, value in values if value is not None)


def _value_of(entry: Enumerated) -> Value | None:
    quantity = entry.quantity
    return Value(number=plain_number(quantity), unit=quantity.unit) if quantity is not None else None
