"""The numbers that Word draws before paragraphs and does not store in their text: 一、 （一） 1. ①."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_DIGITS = "〇一二三四五六七八九"
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
}


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # list → level → how it is drawn
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style → its list and level
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, paragraph: Element) -> str:
        """The mark before this paragraph, counted on; "" if it has none. Bullets are no marks."""
        properties = next((part for part in paragraph if _name(part) == "pPr"), None)
        if properties is None:
            return ""
        number, level = self._numbered(properties)
        drawn = self.levels.get(number, {})
        if level not in drawn or drawn[level].form in {"bullet", "none"}:
            return ""
        counts = self.counts[number]
        counts[level] = counts.get(level, drawn[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = drawn[at].form if at in drawn else "decimal"
            return _numeral(counts.get(at, 1), form)

        return re.sub(r"%(\d)", place, drawn[level].text)

    def _numbered(self, properties: Element) -> tuple[str, int]:
        style = next((_value(part) for part in properties if _name(part) == "pStyle"), "")
        number, level = self.styles.get(style, ("", 0))
        own = next((part for part in properties if _name(part) == "numPr"), None)
        if own is not None:
            values = {_name(part): _value(part) for part in own}
            number, level = values.get("numId", number), _integer(values.get("ilvl", ""), level)
        return number, level


def read_numbering(numbering: bytes, styles: bytes) -> Numbering:
    """From numbering.xml and styles.xml, either of which may be empty."""
    result = Numbering()
    if not numbering:
        return result
    root = ElementTree.fromstring(numbering)
    abstract = {_attribute(item, "abstractNumId"): _levels(item) for item in root if _name(item) == "abstractNum"}
    for item in root:
        if _name(item) == "num":
            reference = next((_value(part) for part in item if _name(part) == "abstractNumId"), "")
            result.levels[_attribute(item, "numId")] = abstract.get(reference, {})
    for style in ElementTree.fromstring(styles) if styles else ():
        own = next((part for part in style.iter() if _name(part) == "numPr"), None)
        if _name(style) == "style" and own is not None:
            values = {_name(part): _value(part) for part in own}
            result.styles[_attribute(style, "styleId")] = values.get("numId", ""), _integer(values.get("ilvl", ""), 0)
    return result


def _levels(item: Element) -> dict[int, _Level]:
    levels = {}
    for level in (part for part in item if _name(part) == "lvl"):
        values = {_name(part): _value(part) for part in level}
        drawn = _Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), _integer(values.get("start", ""), 1))
        levels[_integer(_attribute(level, "ilvl"), 0)] = drawn
    return levels


def _numeral(number: int, form: str) -> str:
    if form in _CHINESE_FORMATS and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return head + (_DIGITS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    return str(number)


def _integer(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() else default


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
