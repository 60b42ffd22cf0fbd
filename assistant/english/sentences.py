"""A question in English as the sentence a Chinese reader would ask; everything after that is planned as Chinese.

Three steps: figures and years written as Chinese prints them; the field's terms by vocabulary/english.yaml; the order
of words by example (vocabulary/exemplars_english.yaml). Teaching a phrasing is adding a line to one of the two.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from assistant.words import Rewriting, Translation, english_exemplars, english_words, longest_first, sheet_fields
from ingest.numbers.units import unit_named

_TOKEN = re.compile(
    r"\{(?P<slot>[A-Z])\}|<(?P<cls>[a-z_]+)>|(?P<optional>\[)|(?P<group>\()|(?P<either>\|)|(?P<close>[\])])|(?P<word>[^\s\[\](){}<>|]+)"
)
_SLOTS = {
    "N": r"\d+",
    "O": r"\d+(?:st|nd|rd|th)",
    "M": r"\d[\d,.]*[万亿]?(?:元|%|度|人|个)?",
    "X": r".*?",
    "Q": r"(?:一半|[二三四五六七八九十]分之[一二三四五六七八九])",
}
_ONLY_A_UNIT = re.compile(
    r"(?:and |what about |how about |convert |what is |how much is |express |the |it|that|this|same|amount|figure|be"
    r"|now|please|would|as|\s)*"
)
_DEEPEST = 5
_DIGITS = "零一二三四五六七八九十"
_HAN = "一-鿿"


_WISHES = (
    r"(?:\b(?:expressed |stated |converted |convert (?:it|that|this) )?(?:in|into|to) (?:units of )?|\(|, ?(?=[a-z ]+$))"
    r"(?P<unit>{units})\b(?: please)?(?:\)|(?=\s*(?:[,.?]|$| and | is | for )))"
)
_YEAR = re.compile(
    r"(?:\b(?:in|for|of|during|the|fiscal year|financial year|fy|year)\s+)*\b(20\d\d)"
    r"(?: (?:fiscal year|financial year|fiscal|'s))?(?![-–\d年个元万亿%度平吨人]|\s*to 20)"
)
_YEAR_OF_A_TABLE = re.compile(r"\b(20\d\d) (?=(?:[a-z]+ ){0,3}(?:table|list)\b)")
_COMPARED = re.compile(
    r"(?:compared? (?:with|to)|relative to|versus|vs|than in|against|(?<=change )from|(?<=changed )from|(?<=differ )from)"
    r"(?: the year| fiscal year)? (?P<year>20\d\d)\b(?![-–\d])"
)
_BELOW = re.compile(r"\bunder (?=\d[\d.]*[万亿]?元)")
_GLOSSED = re.compile(rf"(?<![a-z])[a-z][a-z0-9.&'-]*(?: [a-z0-9][a-z0-9.&'-]*)* \( (?P<name>[{_HAN}][^()a-z]*) \)")
_STOPS = "of|for|on|in|to|at|from|by|with|and|or|is|are|was|were|does|do|did|will|would|must|much|many|what|which|who|how|the"
_GLOSS = re.compile(
    rf"(?<![a-z'])(?:(?!(?:{_STOPS})\b)[a-z][a-z0-9.'-]* )+\( (?P<name>[{_HAN}]{{2,}}) \)"
)  # a name in letters with its Chinese name in brackets
_JOINED = re.compile(r"(?:and|so|then|but) (?=(?:how|when|where|who|why|which|by|at|is|are|does|do|did)\b)")
_JOINS = re.compile(r"\b(?:of|for|on|in|to|at|from|by)\b")  # what joins two names is no part of one
_REPEATED = re.compile(rf"([{_HAN}]{{4,}})\1")
_SAID_TWICE = re.compile(rf"([{_HAN}]{{2,}})\(\1\)")
_PAID = re.compile(r"\bhow much\b.*\b(?:money|rent|paid|pay|pays|spent|spend|spends|budgeted|set aside|allocated)\b")
_ASIDE_FIRST = re.compile(
    r"(?:(?P<before>for|over|of|during) |(?:in|under|within|among|as part of|across) )(?P<aside>[^,]+?) , "
    r"(?P<asks>(?:what|how|which|who|when|where|is|are|was|were|does|do|did) .+)"
)
_ASKED_BEHIND = re.compile(
    r"(?P<named>(?!(?:what|how|which|who|when|is|are|does|do|if) ).+?) [,:] (?P<asks>how much (?:is|was)) (?:it|that)"
)
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\s*(?:\d\d?,?\s*)?$"
)


def is_english(text: str) -> bool:
    """Whether a question is asked in English, Chinese names in it notwithstanding."""
    if text.strip(" ?!.").lower() in english_words().openers:
        return True
    letters = sum(character.isascii() and character.isalpha() for character in text)
    chinese = len(re.findall(f"[{_HAN}]", text))
    opens = re.match(r"\W*([a-z']+)\s", text.lower())
    return letters > 3 and (letters > 2 * chinese or bool(opens and opens[1] in english_words().openers))


def wished_unit(text: str) -> str:
    """The money unit a question asks for: 元, 万元, 百万元, 亿元, 十亿元 or ""."""
    plain = _plain(text)
    found = _wish_pattern().search(plain) or _how_many_units().search(plain)
    return english_words().units[found["unit"]] if found else ""


def normalise(text: str) -> str:
    """Lower case, single spaces, one spelling, no politeness; figures and years as Chinese prints them."""
    plain = _unit_in_brackets().sub(
        lambda found: f"{found['number']}{english_words().units[found['unit']]}", _plain(text)
    )
    plain = _how_many_units().sub("how much", _wish_pattern().sub(" ", plain))
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", _no_year().sub(r"20\g<end>个", plain))
    plain = _money(_number_words(_fractions(plain)))
    plain = re.sub(r"([,()、:])", r" \1 ", plain)
    return _verb_first(_without_frame(re.sub(r"\s+", " ", plain).strip(" ,")))


def _verb_first(text: str) -> str:
    """`under the policy, how much is …` as `how much is … under the policy`; `line 7, how much is it` as `how much is line 7`."""
    if aside := _ASIDE_FIRST.fullmatch(text):
        text = f"{aside['asks']} {aside['before'] or 'in'} {aside['aside']}"
    behind = _ASKED_BEHIND.fullmatch(text)
    return f"{behind['asks']} {behind['named']}" if behind is not None else text


def to_chinese(text: str, unit: str = "") -> str:
    """A normalised English question as a Chinese sentence; words that no vocabulary knows stay as they are.

    What only asks for another unit is told by `unit`, which `normalise` has taken out.
    """
    if unit and (not text or _ONLY_A_UNIT.fullmatch(text)):
        return f"换算成{unit if unit in ('万元', '亿元') else '元'}"
    compared = _COMPARED.search(text)
    if compared is not None:
        text = f"{text[: compared.start()]}compared with last year{text[compared.end() :]}"
    years, rest = _years_first(_BELOW.sub("below ", text))
    rest = re.sub(r"\s+", " ", _GLOSS.sub(r" \g<name>", in_terms(rest)))
    sentence = _in_order(rest)
    if _PAID.search(text) and sentence.endswith("是多少"):
        sentence = f"{sentence.removesuffix('是多少')}多少钱"
    if compared is not None:
        sentence = sentence.replace("上年", f"{compared['year']}年", 1)
    sentence = re.sub(r"(?<![a-z])\s+|\s+(?![a-z])", "", sentence)
    sentence = _REPEATED.sub(r"\1", _SAID_TWICE.sub(r"\1", sentence))
    return years + (sentence or text)


def _plain(text: str) -> str:
    plain = re.sub(r"[“”\"‘’「」『』《》〈〉?!;]+", lambda m: "'" if m[0] == "’" else " ", text.lower())
    plain = re.sub(r"(?:(?<=[a-z]\s)|^)%(?=\s|$)|\bpct\b", "percentage", plain)
    plain = re.sub(r"\bin (?:the )?([a-z]+) area\b", r"in \1 subarea", plain)
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\d)-(?=(?:years?|month)\b)", " ", plain)
    for written, usual in english_words().spellings.items():
        plain = re.sub(rf"\b{written}", usual, plain)
    plain = re.sub(r"(?<=[a-z0-9一-鿿])'s\b", " 's", re.sub(r"(?<=s)'(?=\s)", " 's", plain))
    return re.sub(r"\s+", " ", plain).strip(" .")


@cache
def _wish_pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in longest_first(tuple(english_words().units)))
    return re.compile(_WISHES.replace("{units}", units))


@cache
def _how_many_units() -> re.Pattern[str]:
    """`how many million yuan is …`: an amount and its unit."""
    units = "|".join(re.escape(unit) for unit in longest_first(tuple(english_words().units)))
    return re.compile(rf"\bhow many (?P<unit>{units})(?= (?:is|are|was|were|does|do|did|will|goes?|went)\b)")


@cache
def _unit_in_brackets() -> re.Pattern[str]:
    """`9.35 (ten thousand yuan)`: an amount and its unit."""
    units = "|".join(re.escape(unit) for unit in longest_first(tuple(english_words().units)))
    return re.compile(rf"(?P<number>\d[\d.,]*) \((?P<unit>{units})\)")


@cache
def _no_year() -> re.Pattern[str]:
    """`2,000 villagers`: a year has no comma."""
    words = english_words()
    units = "|".join(map(re.escape, longest_first((*words.counted, *words.scales))))
    return re.compile(rf"\b2,0(?P<end>\d\d)\b(?= [a-z])(?! (?:{units}))")


def _fractions(text: str) -> str:
    """`three quarters of` as 四分之三, `half the` as 一半."""
    words = english_words().fractions
    parts = "|".join(longest_first(tuple(words)))
    numbers = {"": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    pattern = rf"\b(?:(?P<count>a|an|one|two|three|four|five|[1-5]) )?(?P<part>{parts})s?(?: of\b|(?= the ))"

    def said(found: re.Match[str]) -> str:
        count, part = found["count"] or "", words[found["part"]]
        if not count and part != 2:
            return found[0]
        number = int(count) if count.isdecimal() else numbers[count]
        return f" {'一半' if (number, part) == (1, 2) else f'{_DIGITS[part]}分之{_DIGITS[number]}'} of"

    return re.sub(pattern, said, text)


def _number_words(text: str) -> str:
    """`twelve` as 12, `fifth` as 5th, `twenty-five` not: that is rarely asked."""
    words = english_words()
    text = re.sub(rf"\bone (?=(?:year|{'|'.join(words.scales)})\b)", "1 ", text)
    for word, digits in (words.numbers | words.ordinals).items():
        text = re.sub(rf"\b{word}\b", digits, text)
    return text


def _money(text: str) -> str:
    """`10 million yuan`, `rmb 5,000`, `2.3 million kwh` as 1000万元, 5000元, 230万度."""
    words = english_words()
    scales = "|".join(longest_first(tuple(words.scales)))
    counted = "|".join(longest_first(tuple(words.counted)))
    number = rf"(?P<n>\d+(?:\.\d+)?)\s*(?P<s>(?:hundred |ten )?(?:{scales})|[mk](?=\s+(?:yuan|rmb|cny)))?"
    text = re.sub(rf"(?:rmb|cny|¥|￥)\s*{number}\b(?: yuan)?", lambda m: f" {_chinese_number(m['n'], m['s'])}元 ", text)
    return re.sub(
        rf"\b{number}\s*(?P<u>{counted})(?![a-z])",
        lambda m: f" {_chinese_number(m['n'], m['s'])}{words.counted[m['u']]} ",
        text,
    )


def _chinese_number(number: str, scale: str | None) -> str:
    value = Decimal(number)
    for word in (scale or "").split():
        value *= {"hundred": 100, "ten": 10, "m": 10**6, "k": 1000}.get(word) or english_words().scales[word]
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if scale and value >= size:
            return f"{(value / size).normalize():f}{unit}"
    return f"{value.normalize():f}"


def _without_frame(text: str) -> str:
    """The question without `could you tell me` before it and `in this document` after it."""
    words = english_words()
    changed = True
    while changed:
        changed = False
        for opening in longest_first(words.polite):
            if text.startswith(opening + " ") and len(text) > len(opening) + 3:
                text, changed = text[len(opening) :].strip(" ,"), True
        for closing in longest_first(words.tails):
            if text.endswith(" " + closing) and len(text) > len(closing) + 3:
                text, changed = text[: -len(closing)].strip(" ,"), True
    return text


def _years_first(text: str) -> tuple[str, str]:
    """The calendar year asked about in front, as Chinese puts it, and the rest; spans of years and dates stay."""
    found = _YEAR_OF_A_TABLE.search(text) or _YEAR.search(text)
    before = text[: found.start(1)].strip() if found else ""
    if found is None or re.search(r"20\d\d\s*(?:[-–]|to)$", before) or _MONTH.search(before):
        return "", text
    return f"{found[1]}年", re.sub(r"\s+", " ", f"{text[: found.start()]} {text[found.end() :]}").strip(" ,")


# ── order of words ─────────────────────────────────────────────────────────────────────────────────────────────


def _in_order(text: str) -> str:
    """A sentence by example, without the word that joins it to the one before where that lets more of it be known."""
    sentences = english_exemplars().sentences
    covered, sentence = _best(text, sentences, 0) or (0, "")
    joined = _JOINED.match(text)
    if joined is not None:
        more, alone = _best(text[joined.end() :], sentences, 0) or (0, "")
        if more + joined.end() > covered:
            return alone
    return sentence or _phrase(text, 0)


def _rewritten(text: str, rules: tuple[Rewriting, ...], depth: int) -> str | None:
    """The text by the example whose fixed words cover most of it; None when none fits."""
    best = _best(text, rules, depth)
    return best[1] if best is not None else None


def _best(text: str, rules: tuple[Rewriting, ...], depth: int) -> tuple[int, str] | None:
    padded = f"{text} "
    found: list[tuple[int, str, dict[str, str]]] = []
    for template, pattern in _patterns(rules):
        if (fitting := pattern.fullmatch(padded)) is not None:
            slots = {name: value.strip(" ,") for name, value in fitting.groupdict().items() if value}
            found.append((len(padded) - sum(map(len, slots.values())), template, slots))
    found.sort(key=lambda match: -match[0])
    filled = ((covered, _filled(template, slots, depth)) for covered, template, slots in found)
    return next(((covered, sentence) for covered, sentence in filled if sentence), None)


def _filled(template: str, slots: dict[str, str], depth: int) -> str | None:
    """The Chinese of an example with its slots; None when a slot holds nothing that Chinese would say."""
    if "O" in slots:
        slots["N"] = re.sub(r"\D", "", slots["O"])
    counted = "P" if "{U}" in template else ""
    chinese = {
        name: _phrase(value, depth + 1) for name, value in slots.items() if f"{{{name}}}" in template or name == counted
    }
    if not all(chinese.values()):
        return None
    things = chinese.get("P") or chinese.get("A", "")
    chinese["U"] = (
        ""
        if unit_named(things) is not None
        else next((unit for counted, unit in english_words().counters.items() if counted in things), "个")
    )
    return re.sub(r"\{([A-Z])\}", lambda match: chinese.get(match[1], ""), template)


def _phrase(text: str, depth: int) -> str:
    """A noun phrase in Chinese order."""
    text = re.sub(r"^(?:the|a|an|its|their|our) (?=\S)", "", text.strip(" ,"))
    named = re.fullmatch(rf"(?P<latin>[a-z' ]*)\( (?P<name>[^()a-z]*[{_HAN}][^()]*) \)", text)
    if named is not None and not _JOINS.search(named["latin"]):
        return named["name"]
    if depth < _DEEPEST and (ordered := _rewritten(text, english_exemplars().phrases, depth)) is not None:
        return ordered
    return _word_by_word(text)


def _word_by_word(text: str) -> str:
    words = english_words()
    text = re.sub(r"(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    for bound, said in words.bounds.items():
        text = re.sub(rf"\b(?:{'|'.join(longest_first(said))}) (?=\d[\d.]*[万亿]?[元个人%度平吨辆])", bound, text)
    text = _replaced(text, _plain_words())
    small = "|".join(map(re.escape, longest_first(words.small)))
    text = re.sub(rf"(?<![a-z'])(?:{small})(?![a-z'])", " ", text)
    text = _GLOSSED.sub(r"\g<name>", re.sub(r"\s+", " ", text))
    text = re.sub(rf"(?<![\d.{_HAN}])(\d\d?) (?=[{_HAN}])(?![年月日])", _counted, text.replace(" 's", ""))
    return re.sub(r"\s+", " ", text).strip(" ,")


def words_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Chinese words of a normalised text in its order, and the English words that no vocabulary knows."""
    bounds = "|".join(longest_first(tuple(english_words().bounds)))
    chinese = re.sub(rf"(?:{bounds})(?=\d)", " ", _word_by_word(in_terms(text)))
    pieces = re.split(r"[\s,()、:+/]+", chinese)
    known = tuple(piece for piece in pieces if re.search(rf"[{_HAN}\d]", piece))
    return known, tuple(piece for piece in pieces if re.fullmatch(r"[a-z'-]+", piece))


def _counted(number: re.Match[str]) -> str:
    """`3 cars` as 3辆用车, `2 counties` as 两个县."""
    after = number.string[number.end() :]
    unit = next((unit for things, unit in english_words().counters.items() if after.startswith(things)), "个")
    return f"{'两' if number[1] == '2' else number[1]}{unit}"


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Each phrase by its Chinese, longest first; a plural -s is forgiven."""
    text = f" {text} "
    for phrase, chinese in pairs:
        if phrase in text:
            text = re.sub(rf"(?<![a-z']){re.escape(phrase)}(?:s|es)?(?![a-z])", f" {chinese} ", text)
    return re.sub(r"\s+", " ", text).strip()


def in_terms(text: str) -> str:
    """A normalised text with the terms of budgets in Chinese."""
    return _replaced(text, _terms())


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return _by_length(english_words().terms)


@cache
def _plain_words() -> tuple[tuple[str, str], ...]:
    return _by_length(english_words().words)


def _by_length(entries: tuple[Translation, ...]) -> tuple[tuple[str, str], ...]:
    """English phrases, written as normalised questions are, with their Chinese, longest first."""
    pairs = {_number_words(_plain(english)): entry.zh for entry in entries for english in entry.en}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _patterns(rules: tuple[Rewriting, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _sentences() if rules is english_exemplars().sentences else _phrases()


@cache
def _sentences() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return compiled(english_exemplars().sentences)


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return compiled(english_exemplars().phrases)


def compiled(rules: tuple[Rewriting, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Examples as patterns, each with the Chinese that it stands for."""
    return tuple((rule.zh, re.compile(_to_regex(line))) for rule in rules for line in rule.en)


@cache
def _fields() -> str:
    """The texts of a sheet, and of a department, as a question in English now names them."""
    return "|".join(("职责", "内设机构", *(re.escape(field.label) for field in sheet_fields())))


def _a_set() -> str:
    """A phrase around a word for members: `recurring projects under 政府性基金`."""
    words = "|".join(map(re.escape, longest_first(english_exemplars().classes["set"])))
    return rf"(?:.+? )?(?:{words})(?: .+?)??"


def _to_regex(line: str) -> str:
    """Words end with a space each: `[the] {A}` reads as `(?:the )?(?P<A>.+?) `."""
    classes = english_exemplars().classes
    parts: list[str] = []
    closing: list[str] = []
    seen: set[str] = set()
    for token in _TOKEN.finditer(line):
        if slot := token["slot"]:
            free = _fields() if slot == "F" else _a_set() if slot == "T" else _SLOTS.get(slot, r".+?")
            optional_space = "(?: |(?<= )|^)" if slot == "X" else " "
            parts.append((f"(?P<{slot}>{free})" if slot not in seen else f"(?P={slot})") + optional_space)
            seen.add(slot)
        elif name := token["cls"]:
            parts.append("(?:" + "|".join(map(re.escape, longest_first(classes[name]))) + ") ")
        elif token["optional"] or token["group"]:
            parts.append("(?:")
            closing.append(")?" if token["optional"] else ")")
        elif token["either"]:
            parts.append("|")
        elif token["close"]:
            parts.append(closing.pop())
        else:
            parts.append(re.escape(token["word"]) + " ")
    return "".join(parts)
