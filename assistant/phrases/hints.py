"""What kind of value a question asks for: a count of which unit, an area, a date, money, a price for one."""

from __future__ import annotations

from assistant.cues import cue, says
from assistant.names.linking import Hint
from ingest.numbers.units import UnitKind, to_base, unit_named


def hint_of(text: str) -> Hint:
    """The kind of value; an empty hint where the text tells none."""
    for match in cue("counted_unit").finditer(text):
        for length in range(len(match["unit"]), 0, -1):
            unit = unit_named(match["unit"][:length])
            if unit is not None and unit.kind is UnitKind.COUNT:
                return Hint(units=(to_base(match["unit"][:length])[0], match["unit"][:length]))
    if says(text, "area") and not says(text, "price"):
        return Hint(units=("平方米", "平米", "亩"))
    if says(text, "date"):
        return Hint(dates=True)
    if says(text, "unit_price") and says(text, "money"):
        return Hint(money=True, rate=True)
    return Hint(money=says(text, "money") and not says(text, "indicator"))
