"""Plans that texts answer: greetings, what a department does, reasons, definitions, any passage."""

from __future__ import annotations

from assistant.cues import cue, says
from assistant.exemplars import match_exemplars
from assistant.phrases.phrases import Phrases
from assistant.plan import Define, Greeting, Plan, Quote, Selector, Why
from assistant.premises import CHANGE_WORDS, claims_direction
from assistant.question import Question
from assistant.words import concept_names, topics
from ingest.labels import label_key

_REASONS = ("necessity", "basis", "overview")  # the fields of a sheet that give reasons


class TextPlans:
    """Plans of words over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def greeting(self, question: Question) -> Plan | None:
        said = cue("spaces_and_commas").sub("", question.text)
        match = next((m for m in match_exemplars(said) if m.kind == "greeting"), None)
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
        topic = max(hits, key=lambda hit: hit[0])[1]
        printed = ["".join(s.passage.heading) for s in self.catalog.passages]
        known = any(heading in each for each in printed for heading in topic.headings)
        return Quote(text, headings=topic.headings) if known else None

    def definition(self, question: Question) -> Plan | None:
        """A bare term of the glossary."""
        key = label_key(question.text)
        return Define(key) if key in self.catalog.terms else None

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

    def why(self, slots: dict[str, str], text: str) -> Plan | None:
        """Why a figure changed or did not, else the passages that give a project's reasons."""
        if claims_direction(text) or says(text, "unchanged"):
            selector = self._changed_figure(text)
            if selector is not None and not selector.fact_ids:
                return Why(text, selector)
        project = self.phrases.project_in(text)
        return Quote(text, project.key, _REASONS) if project is not None else Quote(text)

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
        if says(text, "asks_number") or not self.phrases.content_in(text):
            return None
        project = self.phrases.project_in(text)
        return Quote(text, project.key if project else "")
