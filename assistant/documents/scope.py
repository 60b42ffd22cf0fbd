"""Which documents a question is about: those whose department, place, year and kind it names, or all that are chosen.

The names are taken out of the question before anything is linked, so that a department is never taken for a row's label.
A department or place that is not loaded is told, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.documents.departments import (
    DepartmentName,
    known_places,
    longest_body_at,
    parse_department,
    scope_words,
)
from assistant.names.segments import is_filler_start
from assistant.names.spelling import plain_pinyin
from assistant.question import Question, read_question
from ingest.labels import label_key
from ingest.ledger.ledger import StoredDocument
from ingest.tables.words import is_organisation

MARK = 0xE000  # the first of the private characters that stand for names taken out
MARKS = "[\ue000-\ue0ff]"
_KIND_WORDS = {"budget": "预算", "final_accounts": "决算"}
_PLACE_END = re.compile(r"(?:特别行政区|自治区|自治州|地区|[省市区县州盟])(?![场级直长委政民])")
_OWN_LEVEL = re.compile(r"[省市区县](?=[一-鿿])")
_LONGEST_UNIT = 30  # characters of the name of a unit
_BEFORE_A_NAME = "和与跟比、,那及或对把由在给"
_FINAL = re.compile(r"部门决算|决算")
_BUDGET = re.compile(r"(?:部门|年初|年度)预算|(?<!公共)(?<!基金)(?<!经营)预算数")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The documents of one department, year and kind: a disclosure may be published as two files."""

    department: str
    year: int | None
    kind: str
    documents: tuple[StoredDocument, ...]

    def __hash__(self) -> int:
        return hash(self.documents[0].id)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(document.name for document in self.documents)

    @property
    def label(self) -> str:
        """How an answer names its department: as printed, without what is in brackets."""
        return re.sub(r"[(（][^()（）]*[)）]$", "", self.department) or self.documents[0].name

    @property
    def of(self) -> str:
        """Year and kind in words: 2026年预算."""
        return f"{self.year}年{_KIND_WORDS.get(self.kind, '')}" if self.year else _KIND_WORDS.get(self.kind, "")

    @property
    def full_label(self) -> str:
        return f"{self.label}（{self.of}）" if self.of else self.label


def disclosures_of(documents: Sequence[StoredDocument]) -> tuple[Disclosure, ...]:
    """Documents grouped by department, year and kind, in the order of the ledger; one without department stands alone."""
    groups: dict[tuple[str, int | None, str], list[StoredDocument]] = {}
    for document in documents:
        key = label_key(parse_department(document.department).full) or document.name
        groups.setdefault((key, document.year, document.kind), []).append(document)
    return tuple(Disclosure(each[0].department, each[0].year, each[0].kind, tuple(each)) for each in groups.values())


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about. `named` has the disclosures of each name in it, in order; `question` is without them;
    `marked` has a private character in the place of each. `unknown` is a name of which nothing is loaded."""

    question: Question
    disclosures: tuple[Disclosure, ...]
    named: tuple[tuple[Disclosure, ...], ...] = ()
    marked: str = ""
    unknown: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.named)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    whose: tuple[Disclosure, ...]
    unknown: str = ""
    kept: bool = False  # a part of another name: it tells the scope and stays in the text


class Scoper:
    """Finds scopes among the disclosures; `known` tells whether some of them print a text as part of a name."""

    def __init__(self, disclosures: Sequence[Disclosure], known: Callable[[str, Sequence[Disclosure]], bool]) -> None:
        self.disclosures = tuple(disclosures)
        self._known = known
        self._names = {each: parse_department(each.department) for each in self.disclosures}

    def scope(self, question: Question, within: Sequence[Disclosure] = ()) -> Scope:
        """The scope of a question; `within` are the disclosures it means when it names none."""
        question = self._in_chinese(question) if question.english else question
        mentions = self._mentions(question.text)
        unknown = next((mention.unknown for mention in mentions if mention.unknown), "")
        named, marked = self._marked(question.text, mentions)
        named = tuple(self._of_year_and_kind(question, each) for each in named)
        chosen = tuple(dict.fromkeys(each for group in named for each in group))
        if not named:
            chosen = self._of_year_and_kind(question, tuple(within) or self.disclosures)
        text = re.sub(f"{MARKS}+的?", "", re.sub(f"^({MARKS})[,:、]?", r"\1", marked)).strip(",、:")
        if any(each.kind == "final_accounts" for each in chosen) and "预算" not in text:
            text = _FINAL.sub("", text)
        return Scope(replace(question, text=text), chosen, named, marked, unknown)

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────

    def _marked(self, text: str, mentions: Sequence[_Mention]) -> tuple[tuple[tuple[Disclosure, ...], ...], str]:
        named: list[tuple[Disclosure, ...]] = []
        parts, last = [], 0
        for mention in mentions:
            if not mention.whose:
                continue
            if mention.whose not in named:
                named.append(mention.whose)
            if not mention.kept:
                parts += [text[last : mention.start], chr(MARK + named.index(mention.whose))]
                last = mention.end
        return tuple(named), "".join([*parts, text[last:]])

    def _mentions(self, text: str) -> list[_Mention]:
        found: list[_Mention] = []
        position = 0
        while position < len(text):
            mention = self._mention_at(text, position)
            if mention is None:
                position += 1
                continue
            found.append(mention)
            position = mention.end
        strange = self._strange_department(text, 0) if not found else None
        return [strange] if strange is not None else found

    def _mention_at(self, text: str, start: int) -> _Mention | None:
        for name, whose in self._by_full_name.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return self._guarded(text, start, start + len(name), whose)
        places, after = self._places_at(text, start)
        national = next((word for word in scope_words().national if text.startswith(word, start)), "")
        level = (
            _OWN_LEVEL.match(text, start)
            if not places and not national and text[max(start - 1, 0)] not in "城各个每"
            else None
        )
        at = after if places else start + len(national) if national else level.end() if level else start
        fitting = self._fitting(places, bool(national))
        end, bodies = longest_body_at(text, at, self._by_character.get(text[at : at + 1], ()), with_place=at > start)
        if bodies:
            whose = tuple(each for each in fitting if self._names[each] in bodies)
            if whose:
                return self._guarded(text, start, end, whose)
            return None if self._known(text[start:end], self.disclosures) else _Mention(start, end, (), text[start:end])
        if places and fitting and (stop := self._end_of_unit(text, start, after, fitting)):
            return _Mention(start, stop, tuple(fitting), kept=True)
        if places:
            return self._place_mention(text, start, after, fitting)
        return None

    def _end_of_unit(self, text: str, start: int, after: int, whose: Sequence[Disclosure]) -> int:
        """Where a name ends that begins with a place and is that of an office which the place's departments print: a unit of
        theirs; 0 where there is none."""
        for stop in range(min(len(text), start + _LONGEST_UNIT), after + 2, -1):
            name = text[start:stop]
            own = any(name in self._names[each].full for each in whose)
            if is_organisation(name) and not own and self._known(name, whose):
                return stop
        return 0

    def _place_mention(self, text: str, start: int, after: int, fitting: Sequence[Disclosure]) -> _Mention | None:
        """A place with no body of its own after it: its departments, unless another department of it is named."""
        if start and self._known(text[start - 1 : after], fitting or self.disclosures):
            return None
        other = re.match(rf"[一-鿿]{{1,8}}?(?:{'|'.join(scope_words().certain_heads)})", text[after:])
        if (
            other
            and not re.search(r"[的和与跟比]", other[0])
            and not self._known(other[0], fitting or self.disclosures)
        ):
            return _Mention(start, after + other.end(), (), text[start : after + other.end()])
        if fitting:
            stem_end = self._stem_end(text, after, fitting)
            return self._guarded(text, start, stem_end, tuple(fitting))
        opens = start == 0 or text[start - 1] in _BEFORE_A_NAME
        if (opens or _PLACE_END.search(text[start:after])) and not self._known(text[start:after], self.disclosures):
            return _Mention(start, after, (), text[start:after])
        return None

    def _strange_department(self, text: str, start: int) -> _Mention | None:
        """`财政局的三公`: a department by its ending, of which nothing is loaded and which nothing loaded prints."""
        found = re.match(
            r"(?:那|查查?|看看?)?(?P<name>[一-鿿]{2,6}?(?:局|厅|委员会))(?=的|三公|总|预算|收入|支出|今年|20\d\d|$)",
            text[start:],
        )
        if (
            found is None
            or self._known(found["name"], self.disclosures)
            or re.search(r"[的和与哪各几每比个两二三四五六七八九十]", found["name"])
        ):
            return None
        return _Mention(start, start + found.end(), (), found["name"])

    def _guarded(self, text: str, start: int, end: int, whose: tuple[Disclosure, ...]) -> _Mention:
        """A name that goes on to be another name that the documents print (a project's, a row's) stays in the text."""
        following = text[end : end + 2]
        going_on = len(following) == 2 and re.fullmatch(r"[一-鿿]{2}", following) and not is_filler_start(text[end:])
        longer = text[max(start, end - 10) : end + 2]
        kept = (
            bool(going_on)
            and self._known(longer, whose)
            and not any(longer in self._names[each].full for each in whose)
        )
        return _Mention(start, end, whose, kept=kept)

    def _stem_end(self, text: str, after: int, fitting: Sequence[Disclosure]) -> int:
        """`无锡信访`: past the body's stem where that is not the beginning of another name."""
        for each in fitting:
            stem = self._names[each].stem
            for length in range(len(stem), 1, -1):
                end = after + length
                if text[after:end] == stem[:length]:
                    rest = text[after : end + 2]
                    return (
                        after
                        if len(rest) > length and self._known(rest, fitting) and not is_filler_start(text[end:])
                        else end
                    )
        return after

    @cached_property
    def _by_full_name(self) -> dict[str, list[tuple[str, tuple[Disclosure, ...]]]]:
        """The disclosures of each full name, by its first two characters, the longest names first."""
        found: dict[str, list[Disclosure]] = {}
        for each, name in self._names.items():
            for form in (label_key(each.department), label_key(name.full)):
                if form and each not in found.setdefault(form, []):
                    found[form].append(each)
        by_beginning: dict[str, list[tuple[str, tuple[Disclosure, ...]]]] = {}
        for form, whose in sorted(found.items(), key=lambda pair: -len(pair[0])):
            by_beginning.setdefault(form[:2], []).append((form, tuple(whose)))
        return by_beginning

    @cached_property
    def _by_character(self) -> dict[str, list[DepartmentName]]:
        """Department names by the characters with which a mention of their body may begin."""
        found: dict[str, list[DepartmentName]] = {}
        for name in dict.fromkeys(self._names.values()):
            for character in {*name.body, *(other[0] for other in scope_words().also_called.get(name.full, ()))}:
                found.setdefault(character, []).append(name)
        return found

    @cached_property
    def _place_names(self) -> dict[str, list[str]]:
        """All names of places by their first two characters, longest first."""
        names = known_places() | {place for name in self._names.values() for place in (*name.places, *name.own_place)}
        found: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            found.setdefault(name[:2], []).append(name)
        return found

    def _places_at(self, text: str, start: int) -> tuple[list[str], int]:
        """The places written one after the other (上海市普陀区) from a position, and where they end."""
        places: list[str] = []
        position = start
        while place := next(
            (p for p in self._place_names.get(text[position : position + 2], ()) if text.startswith(p, position)), ""
        ):
            places.append(place)
            position += len(place)
            if suffix := _PLACE_END.match(text, position):
                position = suffix.end()
        return places, position

    def _fitting(self, places: Sequence[str], national: bool) -> tuple[Disclosure, ...]:
        """The disclosures of these places: of departments of the place itself before those of places within it."""
        if not places and not national:
            return self.disclosures
        if national:
            return tuple(each for each in self.disclosures if self._names[each].national)
        inside = [each for each in self.disclosures if all(place in self._names[each].places for place in places)]
        own = [each for each in inside if places and places[-1] in self._names[each].own_place]
        return tuple(own or inside)

    # ── years, kinds, English ──────────────────────────────────────────────────────────────────────────────

    def _of_year_and_kind(self, question: Question, chosen: tuple[Disclosure, ...]) -> tuple[Disclosure, ...]:
        """Narrowed to the years and kind named, where some are of them; else left, for the reader to say what is missing."""
        years = question.years
        of_year = [each for each in chosen if each.year in years]
        if years and not of_year:
            of_year = [each for each in chosen if each.year is not None and each.year - 1 in years]
        chosen = tuple(of_year) if years and of_year else chosen
        if len({each.kind for each in chosen}) > 1:
            kind = (
                "final_accounts" if _FINAL.search(question.text) else "budget" if _BUDGET.search(question.text) else ""
            )
            chosen = tuple(each for each in chosen if each.kind == kind) or chosen
        if len({each.label for each in chosen}) == 1 and any(
            word in question.text for word in scope_words().latest_year
        ):
            latest = max((each.year or 0 for each in chosen), default=0)
            chosen = tuple(each for each in chosen if (each.year or 0) == latest) if not years else chosen
        return chosen

    def _in_chinese(self, question: Question) -> Question:
        """An English question with its places and departments in Chinese: `the Wuxi petition office` → 无锡信访局."""
        text = question.raw.replace("’", "'")
        for entry in scope_words().english_bodies:
            for phrase in entry.en:
                text = re.sub(rf"(?<![a-z]){re.escape(phrase)}(?![a-z])", entry.zh, text, flags=re.IGNORECASE)
        for word in dict.fromkeys(re.findall(r"[A-Za-z][A-Za-z']+", text)):
            letters = word.lower().removesuffix("'s").replace("'", "")
            if place := self._place_by_pinyin.get(letters):
                ending = "'s" if word.lower().endswith("'s") else ""
                text = re.sub(rf"(?<![A-Za-z']){re.escape(word)}(?![A-Za-z'])", place + ending, text)
        text = re.sub(r"([一-鿿]+)\s*[(（]\1[)）]", r"\1", text)
        national = "|".join(scope_words().english_national)
        text = re.sub(rf"(?<![a-z])(?:{national})\s+(?=[一-鿿])", scope_words().national[0], text, flags=re.IGNORECASE)
        text = re.sub(r"(?<=[一-鿿])(?:\s+(?:city|municipal))?(?:'s)?\s+(?=[一-鿿])", "", text, flags=re.IGNORECASE)
        if text == question.raw:
            return question
        read = read_question(text)
        return replace(read, raw=question.raw, english=True, original=read.original or text.lower())

    @cached_property
    def _place_by_pinyin(self) -> dict[str, str]:
        """Places by their spelling in letters, loaded ones before others that are spelt alike."""
        loaded = {place for name in self._names.values() for place in name.places if len(place) <= 4}
        return {
            plain_pinyin(place): place for place in (*sorted(known_places()), *sorted(loaded, key=len, reverse=True))
        }


def name_of(each: Disclosure) -> DepartmentName:
    return parse_department(each.department)
