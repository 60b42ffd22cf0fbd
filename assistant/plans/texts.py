"""Plans that texts answer: greetings, what a department does, reasons, ways, times, definitions, what a text has in it."""

from __future__ import annotations

import re

from assistant.cues import cue, says
from assistant.doubts.premises import CHANGE_WORDS, claims_direction
from assistant.exemplars import match_exemplars
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Contained, Decline, Define, Greeting, Plan, Quote, Selector, Why
from assistant.question import Question
from assistant.questions.asked import asks_number, fields_for, kinds_asked, tells_deed, times_asked, told_by_field
from assistant.questions.statements import asks_yes_or_no
from assistant.texts.passages import Found, Passages
from assistant.words import concept_names, plain_words, topics
from ingest.labels import bare_label, label_key
from ingest.numbers.numbers import find_numerals

_REASONS = ("necessity", "basis", "overview")  # the fields of a sheet that give reasons
_THING = 6  # characters that may tell one thing from others of its name
_ALL_OF_PROJECT = 40  # sentences
_WHOLLY = 0.9  # the share that a sentence explains which is meant though a project is named
_SURE, _ENOUGH = 0.66, 0.5  # the share of a question that a sentence must explain: before figures are tried, and after
_TOLD_FIRST = (
    "reason",
    "meeting",
    "document",
    "condition",
    "manner",
    "time",
    "place",
    "recipient",
    "purpose",
)  # what no figure tells


class TextPlans:
    """Plans of words over one catalog."""

    def __init__(self, phrases: Phrases, passages: Passages) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.passages = passages

    def greeting(self, question: Question) -> Plan | None:
        said = cue("spaces_and_commas").sub("", question.text)
        match = next((m for m in match_exemplars(said, self.phrases.linker.exemplars) if m.kind == "greeting"), None)
        if match is None:
            return None
        rest = "".join(match.slots.values())
        return None if self.phrases.content_in(rest) and len(rest) > 4 else Greeting()

    def topic(self, question: Question) -> Plan | None:
        """What the department does, how it is organised; only where the documents have such a section."""
        text = question.text
        hits = [(len(name), topic) for topic in topics() for name in topic.names if name in text]
        if not hits or says(text, "topic_unless") or self.phrases.project_in(text) is not None:
            return None
        size, topic = max(hits, key=lambda hit: hit[0])
        name = next(each for each in topic.names if len(each) == size and each in text)
        if self._term_in(text.replace(name, "")) or self._names_more(text.replace(name, ",")):
            return None
        return Quote(text, headings=topic.headings) if self._has_section(topic.headings) else None

    def _names_more(self, text: str) -> bool:
        """Whether a text names something beside the department itself."""
        own = label_key("".join(document.department for document in self.catalog.documents))
        frames = (*plain_words().generic, *plain_words().frames)
        words = (w for w in self.phrases.content_in(text) if w.kind is WordKind.NAME and len(w.text) > 2)
        return any(w.text not in own and w.text not in frames for w in words)

    def _has_section(self, headings: tuple[str, ...]) -> bool:
        printed = ["".join(s.passage.heading) for s in self.catalog.passages]
        return any(heading in each for each in printed for heading in headings)

    # ── sentences ──────────────────────────────────────────────────────────────────────────────────────────

    def told(self, question: Question) -> Plan | None:
        """A reason, a way, a time, a document, a place, a purpose: where a sentence tells it clearly."""
        text = question.text
        kinds = kinds_asked(text)
        if not kinds or claims_direction(text) or says(text, "unchanged"):
            return None
        project = self.phrases.project_in(text)
        listed = ("list",) if {"list", "purpose"} <= set(kinds) and not says(text, "asks_amounts_too") else ()
        if project is not None and times_asked(text, "measure") > 1:  # one figure would answer half of it
            return Quote(text, project.key, fields_for("measure"), kind="measure")
        for kind in (
            *(each for each in kinds if each in _TOLD_FIRST[:-1]),
            *listed,
            *(k for k in kinds if k == "purpose"),
        ):
            key = project.key if project is not None else ""
            if self._sure(text, key, kind) is not None:
                return Quote(text, key, kind=kind)
            elsewhere = self._sure(text, "", kind) if key and not told_by_field(kind) else None
            if elsewhere is not None and elsewhere.sure(_WHOLLY):
                return Quote(text, kind=kind)
        return None

    def _sure(self, text: str, project: str, kind: str) -> Found | None:
        found = self.passages.find(text, project, kind)
        if not found or not found[0].named_only or not project or told_by_field(kind):
            return found[0] if found and found[0].sure(_SURE) else None
        if says(text, "paid_asked"):
            return self.passages.paid(text, project, kind, _SURE)
        return next((f for f in found if f.sure(_SURE) and tells_deed(text, project, f.sentences)), None)

    def enumerated(self, question: Question) -> Plan | None:
        """The entries of a list that a text prints: `公用经费列了哪几样`, `单位资金都算哪几种收入`."""
        text = question.text
        if "list" not in kinds_asked(text) or says(text, "asks_amounts_too"):
            return None
        found = self._sure(text, "", "list")
        if found is None or not cue("list_opens").search("".join(found.sentences)):
            return None
        told = says(text, "told_in_words") or bool(found.passage.passage.term)
        return Quote(text, kind="list") if told else None

    def things_listed(self, question: Question) -> Plan | None:
        """`在哪两条路上`, `用哪几种方式查`: the sentence of the project's sheet that lists things of the name asked for."""
        text = question.text
        asked = cue("alike_asked").search(text)
        project = self.phrases.project_in(text) if asked is not None else None
        if asked is None or project is None:
            return None
        noun = next(asked[name] for name in ("noun", "noun2", "noun3") if asked[name])
        listing = re.compile(f"[、和及与][^、，,。；;]{{1,{_THING}}}{re.escape(noun)}")
        told = self.passages.find(text, project.key, "list", limit=_ALL_OF_PROJECT)
        sentence = next((s for each in told for s in each.sentences if listing.search(s)), "")
        return Quote(sentence, project.key) if sentence else None

    def project_of(self, question: Question) -> Plan | None:
        """Which project pays for something or does it: `从哪个项目出`, told by the text of its sheet."""
        text = question.text
        if not says(text, "which_project_does") or asks_number(text) or says(text, "ranked_or_bounded"):
            return None
        words = cue("which_project_does").sub(",", text)
        found = [each for each in self.passages.find(words) if each.passage.passage.project]
        if not found or not found[0].sure(_ENOUGH):
            own = self.passages.project_telling(words)
            return Quote(own[1], own[0], names_project=True) if own is not None else None
        return Quote(words, label_key(found[0].passage.passage.project), names_project=True)

    def cut_short(self, question: Question) -> Plan | None:
        """A number that a text would give just behind the place where it breaks off."""
        asked = asks_number(question.text) or says(question.text, "asks_number")
        clause = self.passages.cut_short(question.text) if asked else ""
        return Decline("lost", f"“{clause}”后面的文字") if clause else None

    def contained(self, question: Question) -> Plan | None:
        """`有没有信访科`, `外宾接待算在公务接待费里吗`, `招商归不归这个中心管`: whether a text has something in it."""
        text = question.text
        if asks_yes_or_no(question) and not says(text, "yes_no_end"):
            text += "吗"
        if says(text, "duty_or_not") and (duty := cue("duty_of").search(text)) is not None:
            headings = topics()[0].headings
            item = duty["I"] or duty["J"]
            names_it = self.phrases.content_in(item) and not says(item, "asks_part_number") and not find_numerals(item)
            if self._has_section(headings) and names_it:
                return Contained(text, item, headings=headings)
        organ = cue("organ_or_not").search(text)
        named = organ is not None and not says(organ["I"], "asks_part_number")
        if organ is not None and named and self._has_section(topics()[1].headings):
            return Contained(text, organ["I"], headings=topics()[1].headings)
        within = cue("contained_or_not").search(text) if not asks_number(text) else None
        if within is None or says(text, "calculated"):
            return None
        item, around = (next((within[name] for name in names if within[name]), "") for names in ("IJK", "WVU"))
        term = self._term_in(around)
        names_it = self.phrases.content_in(item) and not says(item, "asks_part_number")
        return Contained(text, item, within=term) if term and names_it else None

    # ── terms ──────────────────────────────────────────────────────────────────────────────────────────────

    def definition(self, question: Question) -> Plan | None:
        """A bare term of the glossary."""
        key = label_key(question.text)
        return Define(key) if key in self.catalog.terms else None

    def meaning(self, question: Question) -> Plan | None:
        """A term whose meaning is asked for, in whatever words, where the glossary has it and nothing else is named."""
        text = question.text
        if "meaning" not in kinds_asked(text) or says(text, "asks_reason"):
            return None
        term = self._term_in(text)
        if not term:
            return None
        rest = label_key(text).replace(_short_term(term), "", 1)
        named = [w for w in self.phrases.content_in(rest) if w.kind is WordKind.NAME and w.text not in term]
        return None if named else Define(term)

    def _term_in(self, text: str) -> str:
        """The longest glossary term that a text names, by its last name when it is a path of subjects."""
        said = label_key(text)
        known = [term for term in self.catalog.terms if _short_term(term) and _short_term(term) in said]
        named = max(known, key=lambda term: len(_short_term(term)), default="")
        if named:
            return named
        concepts = [name for name in concept_names() if name in said]
        concept = concept_names()[max(concepts, key=len)] if concepts else None
        return self._term_of(label_key(concept.label)) if concept is not None else ""

    def _term_of(self, key: str) -> str:
        """The glossary's entry for a figure: its own, or the one that explains it with others."""
        return next((term for term in self.catalog.terms if term == key), "") or next(
            (t for t, stored in self.catalog.terms.items() if len(key) > 3 and key in label_key(stored.passage.text)),
            "",
        )

    def define(self, slots: dict[str, str], text: str) -> Plan | None:
        """A term that is asked for as such: defined, else quoted where it is a known figure."""
        key = label_key(slots["P"])
        for term in self.catalog.terms:
            if term == key or (len(key) >= 3 and (key in term or term in key)):
                return Define(term)
        concept = concept_names().get(key)
        if concept is None:
            return None
        if label_key(concept.label) in self.catalog.terms:
            return Define(label_key(concept.label))
        return None if says(text, "defines") else Quote(text)

    # ── reasons ────────────────────────────────────────────────────────────────────────────────────────────

    def why(self, slots: dict[str, str], text: str) -> Plan | None:
        """Why a figure changed or did not, else the passages that give a project's reasons."""
        if claims_direction(text) or says(text, "unchanged"):
            selector = self._changed_figure(text)
            if selector is not None and not selector.fact_ids:
                return Why(text, selector)
        project = self.phrases.project_in(text)
        return Quote(text, project.key, _REASONS, kind="reason") if project is not None else Quote(text, kind="reason")

    def _changed_figure(self, text: str) -> Selector | None:
        rest = CHANGE_WORDS.sub("", cue("why_words").sub("", text))
        rest = cue("unchanged_words").sub("", rest)
        selector = self.phrases.selector(rest) if rest.strip(",的是") else None
        if selector is None and says(text, "budget_at_all"):
            selector = self.phrases.selector("总收入" if says(text, "income") else "总支出")
        return selector

    def quote(self, question: Question) -> Plan | None:
        """Any passage; None where a number is asked for or nothing is named."""
        text = question.text
        if says(text, "asks_number") or asks_number(text) or not self.phrases.content_in(text):
            return None
        project = self.phrases.project_in(text)
        kind = next(iter(kinds_asked(text)), "")
        if not kind and says(text, "open_question", "calculated_or_compared"):
            return None  # a sentence that only shares words with it is no answer
        return Quote(text, project.key if project is not None else "", fields_for(kind), kind=kind)


def _short_term(term: str) -> str:
    """A term as people say it: without (款), (项), the path before its last name and list marks."""
    return cue("term_frame").sub("", bare_label(term))
