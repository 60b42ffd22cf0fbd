"""The same question of something else: what a turn names takes the place of the same kind of thing in the one before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.cues import cue, says
from assistant.dialogue.focus import Focus
from assistant.names.linking import Linker
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    Compare,
    Condition,
    Expression,
    FieldLookup,
    Listing,
    Lookup,
    PerUnit,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Wish,
    bare,
    selectors_in,
)
from ingest.facts import Vintage
from ingest.labels import label_key

_LONGEST = 4  # words of the question before that one name may take the place of
_MOST = 4  # places that are tried
_PIECE = 0.1  # how much less likely a piece of a word is replaced than a word

PlanOf = Callable[[str], Plan | None]


def in_other_coordinates(wish: Wish, plan: Plan) -> Plan | None:
    """The plan with its figure or set measured in other coordinates: `含结转呢`, `实施期呢`."""
    match plan:
        case Listing(members=members) if members.given:
            moved = (in_other_coordinates(wish, each) for each in members.given if isinstance(each, Lookup))
            given = tuple(each for each in moved if isinstance(each, Lookup))
            whole = len(given) == len(members.given)
            return replace(plan, members=replace(members, given=given)) if whole else None
        case Ranked(members=members) | Listing(members=members) | Aggregate(members=members) if (
            wish.period and members.universe is Universe.PROJECTS
        ):
            return replace(plan, members=replace(members, wish=replace(members.wish, period=wish.period)))
        case Ranked(members=members) | Listing(members=members) | Aggregate(members=members) if (
            wish.vintage or wish.fund
        ):
            dropped = {name for name in ("vintage", "fund") if getattr(wish, name)} | (
                {"table"} if wish.vintage else set()
            )
            kept = tuple(c for c in members.conditions if c.attribute not in dropped)
            said = [(name, getattr(wish, name)) for name in ("vintage", "fund") if getattr(wish, name)]
            more = tuple(Condition(name, "=", value.value) for name, value in said if value is not Vintage.ALL)
            measured = replace(members.wish, period=None) if wish.vintage else members.wish
            return replace(plan, members=replace(members, conditions=(*kept, *more), labels=(), wish=measured))
        case Lookup(of=selector) if not selector.fact_ids and (wish.period is None or selector.project):
            return replace(plan, of=_measured(selector, wish))
        case Ratio(numerator=Lookup(of=selector) as top) if wish.period is None:
            return replace(plan, numerator=replace(top, of=_measured(selector, wish)))
        case Ratio(numerator=Lookup(of=one) as top, denominator=Lookup(of=other) as bottom) if other.project:
            both = (replace(top, of=_measured(one, wish)), replace(bottom, of=_measured(other, wish)))
            return replace(plan, numerator=both[0], denominator=both[1])
        case _:
            return None


def _measured(selector: Selector, wish: Wish) -> Selector:
    if wish.is_empty:  # as the tables print it
        return replace(selector, wish=Wish(), tables=())
    before = selector.wish
    if wish.vintage is not None:  # this year's money is not the whole period's
        before = replace(before, period=None)
    if wish.period is not None:
        before = replace(before, vintage=None)
    kinds = () if wish.vintage is Vintage.CURRENT else selector.table_kinds
    return replace(selector, wish=wish.with_defaults(before), tables=(), table_kinds=kinds)


class SameQuestion:
    """Asks the question before again; `plan_of` plans a text."""

    def __init__(self, phrases: Phrases, plan_of: PlanOf) -> None:
        self.phrases = phrases
        self.plan_of = plan_of

    def plans(self, name: str, focus: Focus) -> Iterator[tuple[str, Plan]]:
        """The question before with a name in the place of each of its own, the surest first."""
        asked = focus.question.text
        texts = {text: like for text, like in replaced(asked, name, self.phrases.linker) if text != asked}
        most = _MOST if focus.answered else 1  # what was not understood will hardly be with another name
        tried = sorted(texts.items(), key=lambda each: -each[1])[:most]
        found = [(text, like, plan) for text, like in tried if (plan := self._alike(text, name, focus)) is not None]
        if (selector := self.phrases.selector(name)) is not None:
            found += [(f"{name}{asked}", 0.0, plan) for plan in _about_another(focus.plan, selector)]
        found.sort(
            key=lambda each: (
                -0.3 * bool(self._units(focus.plan) & self._units(each[2]))
                - sureness(each[2], name)
                - each[1]
                - _likeness(focus.plan, each[2])
                - 0.01 * len(each[0])  # the more of the question is kept, the better
            )
        )
        yield from ((text, plan) for text, _, plan in found)

    def _is_of_another_fund(self, plan: Plan, name: str) -> bool:
        """Whether a name says one fund and a figure of the plan is measured in another."""
        fund = self.phrases.wish_in(name)[0].fund
        return fund is not None and any(s.wish.fund not in (None, fund) for s in selectors_in(plan))

    def _names(self, name: str, plan: Lookup) -> bool:
        """Whether the name alone means the project that a plan is of."""
        project = self.phrases.project_in(name)
        selector = self.phrases.selector(name) if project is None else None
        return plan.of.project in (project.key if project else "", selector.project if selector else "")

    def _units(self, plan: Plan) -> set[str]:
        """The units of the facts that a plan looks up by themselves."""
        ids = plan.of.fact_ids if isinstance(plan, Lookup) else ()
        facts = (self.phrases.catalog.by_id[i].fact for i in ids)
        return {fact.quantity.unit for fact in facts if fact.quantity is not None}

    def _alike(self, text: str, name: str, focus: Focus) -> Plan | None:
        """The text's plan where it does the same as the plan before, of something else."""
        plan = self.plan_of(text)
        if plan is None or plan == focus.plan or (focus.answered and type(plan) is not type(focus.plan)):
            return None
        if _parts_what_is_one(focus.plan, plan) or self._is_of_another_fund(plan, name):
            return None
        before, after = ({(s.label, s.fact_ids) for s in selectors_in(p)} for p in (focus.plan, plan))
        if (
            isinstance(plan, Lookup)
            and plan.of.project
            and bare(plan) != bare(focus.plan)
            and not self._names(name, plan)
        ):
            return None
        units = self._units(focus.plan) or _units_told(focus)
        if units and self._units(plan) and not units & self._units(plan):
            return None
        return None if before == after and not isinstance(plan, Ranked | Listing | Aggregate) and before else plan


def _parts_what_is_one(before: Plan, after: Plan) -> bool:
    """Whether what was set against something of the same project is set against that of another."""
    if not isinstance(before, Check) or not isinstance(after, Check):
        return False
    old, new = ({s.project for s in selectors_in(plan)} for plan in (before, after))
    return len(old) == 1 and "" not in old and len(new) > 1


def _units_told(focus: Focus) -> set[str]:
    """The unit that the question before was answered in."""
    value = focus.result.value if focus.result is not None and isinstance(focus.plan, Lookup) else None
    return {value.unit} if value is not None else set()


def replaced(asked: str, name: str, linker: Linker) -> Iterator[tuple[str, float]]:
    """The texts with the name in place of some words, each with how much the name resembles these."""
    if name.isdigit():
        for code in re.finditer(r"(?<!\d)\d{3,7}(?!\d)", asked):
            yield asked[: code.start()] + name + asked[code.end() :], _resemblance(code[0], name)
    words = _placed(asked, linker)
    for length in range(1, _LONGEST + 1):
        for first in range(len(words) - length + 1):
            span = words[first : first + length]
            if span[0][1].kind is WordKind.FILLER or span[-1][1].kind is WordKind.FILLER:
                continue
            if any(says(word.text, "question_word") for _, word in span):
                continue
            start, end = span[0][0], span[-1][0] + len(span[-1][1].text)
            yield asked[:start] + name + asked[end:], _resemblance(asked[start:end], name)
            for kept in range(start + 2, min(start + 5, end - 1)) if length == 1 else ():  # 城西|片区面积
                yield asked[:start] + name + asked[kept:], _resemblance(asked[start:kept], name) - _PIECE
            for cut in range(max(end - 4, start + 1), end - 1) if length == 1 else ():  # 轮训|次数
                yield asked[:cut] + name + asked[end:], _resemblance(asked[cut:end], name) - _PIECE


def _placed(text: str, linker: Linker) -> list[tuple[int, Word]]:
    """The words of a text with their places in it."""
    placed, position = [], 0
    for word in linker.words(text):
        start = text.find(word.text, position)
        if start >= 0:
            placed.append((start, word))
            position = start + len(word.text)
    return placed


def _likeness(before: Plan, after: Plan) -> float:
    """How much alike what was replaced and what stands in its place are; the left side is replaced rather than the right."""
    old, new = ({bare(s): s for s in selectors_in(plan)} for plan in (before, after))
    gone, come = ([s for key, s in one.items() if key not in other] for one, other in ((old, new), (new, old)))
    alike = len(gone) == len(come) == 1 and _kind(gone[0]) == _kind(come[0])
    same_right = (
        isinstance(before, Ratio) and isinstance(after, Ratio) and bare(before.denominator) == bare(after.denominator)
    )
    return 0.4 * alike + 0.4 * same_right


def _kind(selector: Selector) -> tuple[bool, ...]:
    return tuple(map(bool, (selector.project, selector.fact_ids, selector.code)))


def _about_another(plan: Plan, selector: Selector) -> Iterator[Plan]:
    """The plan with another figure or project in the place of the one that it is about."""
    match plan:
        case FieldLookup() if selector.project:
            yield replace(plan, project=selector.project)
        case Ratio(numerator=Lookup() as top):
            rows = (selector.row_keys or selector.code) and (top.of.row_keys or top.of.code)
            wish = selector.wish.with_defaults(top.of.wish) if rows else selector.wish
            yield replace(plan, numerator=replace(top, of=replace(selector, wish=wish)))
        case Change():
            before = cue("year_before").search(selector.words) is not None and not says(selector.words, "change_asked")
            yield Change(selector, "last_year") if before else replace(plan, of=selector)
        case Check() if (
            (projects := {s.project for s in selectors_in(plan)}) and len(projects) == 1 and selector.project
        ):
            yield from _of_project(plan, selector)  # both sides are of one project
        case Compare(left=Lookup() as left) | Check(left=Lookup() as left):
            yield replace(plan, left=replace(left, of=selector))
        case PerUnit(amount=Lookup() as amount):
            yield replace(plan, amount=replace(amount, of=selector))


def _of_project(plan: Check, other: Selector) -> Iterator[Check]:
    """A check within one project, of another one; nothing where a side is more than its money."""
    sides = [_side_of(side, other) for side in (plan.left, plan.right)]
    if sides[0] is not None and sides[1] is not None:
        yield replace(plan, left=sides[0], right=sides[1])


def _side_of(side: Expression, other: Selector) -> Expression | None:
    match side:
        case Lookup(of=Selector(project=key, fact_ids=()) as of) if key:
            return replace(side, of=replace(of, project=other.project, label=other.label, words=other.words))
        case PerUnit(amount=amount) if (moved := _side_of(amount, other)) is not None:
            return replace(side, amount=moved)
        case _:
            return None


def _resemblance(words: str, name: str) -> float:
    """How alike two names are, 0-1: characters at their ends that are the same."""
    same = [
        next((n for n in range(min(len(words), len(name)), 0, -1) if cut(words, n) == cut(name, n)), 0) for cut in _ENDS
    ]
    return max(same) / max(len(words), len(name))


_ENDS: tuple[Callable[[str, int], str], ...] = (lambda text, n: text[:n], lambda text, n: text[-n:])


def sureness(plan: Plan | Selector, name: str) -> float:
    """How sure the least sure figure of a plan is; surer where a label holds the name itself."""
    selectors = list(selectors_in(plan))
    sure = min((s.confidence for s in selectors), default=1.0)
    key = label_key(cue("same_thing_tail").sub("", name))
    return sure + (0.3 if any(key in label_key(s.label) for s in selectors) else 0.0)
