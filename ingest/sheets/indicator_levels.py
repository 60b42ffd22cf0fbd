"""Which levels an indicator belongs to, also where OCR moved the level labels up or down.

A label holds for the rows below it in its half. Where the two halves disagree, the indicator's own words decide if they
speak for one of the two; else the printed reading stays and is marked doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.facts import Status
from ingest.labels import joined_label
from ingest.sheets.indicator_rows import Reading, ReadRows, same_name
from ingest.sheets.words import LevelLabel, is_value, level_of_label, sheet_words


@dataclass(frozen=True, slots=True)
class Leveled:
    """A reading with its levels from top to bottom (printed or full names), and how sure they are."""

    reading: Reading
    levels: tuple[str, ...]
    status: Status = Status.OK
    warning: str = ""


@dataclass(frozen=True, slots=True)
class _Held:
    """The level 2 in force at a reading; printed further down if `below`, on the row itself if `explicit`; `stale`: the
    level 1 was printed above it."""

    reading: Reading
    level1: LevelLabel | None
    level2: LevelLabel | None
    explicit: bool = False
    below: bool = False
    stale: bool = False


def readings_to_levels(read: ReadRows) -> tuple[tuple[Leveled, ...], ...]:
    """The readings that hold something, half by half, each with its levels."""
    held = [_held(half) for half in read.halves]
    items = [item for half in held for item in half]
    printed = not read.displaced and not any(item.below for item in items)
    if printed or not any(item.level2 for item in items):
        return tuple(tuple(_as_printed(item) for item in half) for half in held)
    return tuple(
        tuple(_settled(item, _twin(item, held[1 - number]) if len(held) == 2 else None, half) for item in half)
        for number, half in enumerate(held)
    )


def _held(readings: Sequence[Reading]) -> list[_Held]:
    """Each label carried down to its rows; rows after a level without indicators wait for the next label."""
    held: list[_Held] = []
    level1: LevelLabel | None = None
    level2: LevelLabel | None = None
    closed = True
    stale = False
    for number, reading in enumerate(readings):
        if reading.level1 and reading.level1 != level1:
            level1 = reading.level1
        stale = not reading.level1 and (stale or bool(reading.level2))
        if reading.level2:
            level2, closed = reading.level2, not reading.holds_something
        if not reading.holds_something:
            continue
        if reading.level2 or not closed:
            held.append(_Held(reading, level1, level2, explicit=bool(reading.level2), stale=stale))
            continue
        following = _next_label(readings[number + 1 :])
        held.append(_Held(reading, level1, following or level2, below=following is not None))
    return held


def _next_label(readings: Sequence[Reading]) -> LevelLabel | None:
    following = next((reading for reading in readings if reading.level2), None)
    return following.level2 if following and following.holds_something else None


def _twin(item: _Held, others: Sequence[_Held]) -> _Held | None:
    """The same indicator in the other half: the nearest row of the same name."""
    same = [other for other in others if same_name(item.reading.name, other.reading.name)]
    return min(same, key=lambda other: abs(other.reading.row - item.reading.row), default=None)


def _as_printed(item: _Held) -> Leveled:
    top = item.level1.name if item.level1 else ""
    if item.level2 and item.stale:
        top = _parent(item)
    return Leveled(item.reading, tuple(name for name in (top, item.level2.name if item.level2 else "") if name))


def _parent(item: _Held) -> str:
    """The level 1 that a level 2 belongs to by the national scheme; the printed one where both are possible."""
    level = sheet_words().levels.get(item.level2.key) if item.level2 else None
    if level is None or not level.parents:
        return item.level1.name if item.level1 and item.level2 and item.level1.key != item.level2.key else ""
    if item.level1 and item.level1.key in level.parents:
        return item.level1.name
    return sheet_words().levels[level.parents[0]].names[0]


def _leveled(item: _Held, label: LevelLabel | None, status: Status, warning: str) -> Leveled:
    chosen = replace(item, level2=label)
    levels = tuple(name for name in (_parent(chosen), label.name if label else "") if name)
    return Leveled(item.reading, levels or ((item.level1.name,) if item.level1 else ()), status, warning)


def _settled(item: _Held, twin: _Held | None, half: Sequence[_Held]) -> Leveled:
    """One indicator's levels where labels were moved: agreement, then the evidence of its own words, then doubt."""
    own, other = item.level2, twin.level2 if twin else None
    if own is None:
        return _leveled(item, other, Status.REPAIRED if other else Status.DOUBTFUL, "此栏未印出二级指标名称")
    if other and other.key != own.key:
        return _of_two(item, own, other)
    if evidence := _evidence_against(item, own):
        return _against_words(item, own, evidence, half)
    if item.below:
        return _leveled(item, own, Status.REPAIRED, f"二级指标名称“{own.name}”印在下方，据版式归入")
    return _leveled(item, own, Status.OK, "")


def _of_two(item: _Held, own: LevelLabel, other: LevelLabel) -> Leveled:
    own_fits, other_fits = _speaks_for(item.reading, own.key), _speaks_for(item.reading, other.key)
    if own_fits and not other_fits:
        return _leveled(item, own, Status.OK, "")
    if other_fits and not own_fits:
        return _leveled(item, other, Status.REPAIRED, f"此栏的二级指标印作“{own.name}”，据另一栏归入“{other.name}”")
    return _leveled(
        item,
        own,
        Status.DOUBTFUL,
        f"两栏的二级指标不一致：此栏为“{own.name}”，另一栏为“{other.name}”（名称与指标值不受影响）",
    )


def _against_words(item: _Held, own: LevelLabel, evidence: Sequence[str], half: Sequence[_Held]) -> Leveled:
    """The label in force does not fit the indicator's words: a neighbouring label that does, else doubt."""
    satisfaction = sheet_words().satisfaction_level
    printed = [other.level2 for other in half if other.explicit and other.level2]
    below = next((o.level2 for o in half if o.explicit and o.reading.row > item.reading.row), None)
    for label in ([below] if below else []) + [label for label in printed if label.key == satisfaction]:
        if not item.explicit and label and label.key in evidence:
            return _leveled(item, label, Status.REPAIRED, f"二级指标名称错位，据指标内容归入“{label.name}”")
    if satisfaction in evidence and not item.explicit:
        standard = level_of_label(sheet_words().levels[satisfaction].names[0])
        return _leveled(item, standard, Status.REPAIRED, "二级指标名称错位，据指标内容归入满意度指标")
    return _leveled(
        item, own, Status.DOUBTFUL, f"二级指标“{own.name}”与指标内容不符，原文此处单元格错位（名称与指标值不受影响）"
    )


def _evidence_against(item: _Held, own: LevelLabel) -> list[str]:
    """The levels that an indicator's words speak for and against the one in force; satisfaction outweighs all."""
    levels, satisfaction = sheet_words().levels, sheet_words().satisfaction_level
    found = [key for key, level in levels.items() if level.decisive and _speaks_for(item.reading, key)]
    if own.key == satisfaction:
        return [] if satisfaction in found else [""]
    if satisfaction in found:
        return [] if item.explicit else [satisfaction]
    level = levels.get(own.key)
    if level is None or _speaks_for(item.reading, own.key) or (item.explicit and not level.decisive):
        return []
    return [key for key in found if set(levels[key].parents) & set(level.parents)]


def _speaks_for(reading: Reading, key: str) -> bool:
    level = sheet_words().levels.get(key)
    if level is None:
        return False
    name, value = joined_label(reading.name), joined_label(reading.value)
    if any(word in name for word in level.evidence) or value in level.evidence_values:
        return True
    return any(unit in value for unit in level.evidence_units) and is_value(reading.value)
