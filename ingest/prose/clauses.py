"""One stretch of prose, clause by clause, to figures: each number with its subject, what it is part of, and its role.

A figure's subject stands before it in its clause; a change or a share without one belongs to the subject named before,
and after a list of parts to the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.facts import Role
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals
from ingest.numbers.quantities import YUAN, Quantity
from ingest.prose.figures import (
    CHINESE_DIGIT,
    MEASURED,
    SENTENCE_ENDS,
    STRONG,
    Figure,
    bracket_closed_before,
    clause_spans,
    is_in_a_name,
    is_item_mark,
    is_qualifier,
    is_quoted,
    item_head,
    numeral_to_quantity,
    open_bracket,
    rate_fits,
    role_of,
    short_subject,
    unit_price_unit,
    with_noun,
    year_before,
)
from ingest.prose.words import (
    any_of,
    change_pattern,
    clean_subject,
    comparison_pattern,
    is_generic,
    opener_pattern,
    opening_verb_pattern,
    prose_words,
    same_pattern,
    share_pattern,
    side_said,
    title_subject,
)

_NO_FIT = "增减额与增减率同前面的数字合不上，未能确定说的是哪一项"
# （二）公务接待费。2026年…
_TITLE = re.compile(r"\s*[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．][^，,；;：:。\d]{2,24}。")
_TWO_READINGS = "原文未写明这个增减是整体的还是其中一项的"


@dataclass(slots=True)
class Reader:
    """Reads the sentences of one section in order, and remembers what 其中 and 占 refer to.

    `about` is what the title above names: the subject of figures that no words before them tell.
    """

    department: str = ""
    is_sheet_text: bool = False
    about: str = ""
    heads: tuple[str, ...] = ()
    main: str = ""
    main_path: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    last: Figure | None = None
    main_amount: Quantity | None = None
    parts_since: int = 0
    parts_sum: Decimal = Decimal(0)
    complete: bool = False
    after_semicolon: bool = False
    amounts: dict[tuple[tuple[str, ...], str], Decimal] = field(default_factory=dict)
    changed_parts: bool = False
    condition: str = ""
    sentence_start: int = 0
    figures: list[Figure] = field(default_factory=list)

    def read(self, text: str) -> list[Figure]:
        """The figures of a paragraph."""
        self.figures, self.parts_since, self.amounts = [], 0, {}
        numerals = [
            numeral
            for numeral in find_numerals(text)
            if not is_quoted(text, numeral) and not self._is_only_a_word(numeral, text[: numeral.start])
        ]
        for sentence in clause_spans(text, numerals, SENTENCE_ENDS):
            self._begin_sentence(text, sentence)
            for clause in clause_spans(text, numerals, STRONG, sentence):
                here = [n for n in numerals if clause[0] <= n.start < clause[1]]
                self._read_clause(text, clause, sentence, here)
        return self.figures

    def _is_only_a_word(self, numeral: Numeral, before: str) -> bool:
        """A count in one Chinese numeral (五个坚持) is a figure of speech, unless something is set up: 内设五个科室."""
        if is_in_a_name(numeral):
            return True
        if numeral.kind is not NumeralKind.COUNT or not CHINESE_DIGIT.match(numeral.printed.strip()):
            return False
        return self.is_sheet_text or not any(word in before[-4:] for word in prose_words().setting_words)

    def _begin_sentence(self, text: str, span: tuple[int, int]) -> None:
        """其中 after a full stop goes on about the sentence before; anything else begins anew."""
        opens = opener_pattern().match(text, span[0], span[1])
        self.condition = ""
        self.after_semicolon = False
        self.sentence_start = span[0]
        if self.last and self.last not in self.figures:  # of an earlier paragraph: its positions mean nothing here
            self.last = replace(self.last, start=-1)
        if not opens and not self._list_is_open:
            self.whole = ()
        if not self.is_sheet_text and (title := _TITLE.fullmatch(text, *span)) and span[1] < len(text):
            self.about = title_subject(title.group(), self.department)
            self.main, self.main_path, self.whole, self.last = "", (), (), None
        self._list_is_open_after(text[span[0] : span[1]])

    _list_is_open: bool = False

    def _list_is_open_after(self, sentence: str) -> None:
        self._list_is_open = sentence.rstrip().endswith(("：", ":", "；", ";")) and (
            self._list_is_open or sentence.rstrip().endswith(("：", ":"))
        )

    def _read_clause(
        self, text: str, clause: tuple[int, int], sentence: tuple[int, int], numerals: list[Numeral]
    ) -> None:
        start = clause[0]
        if text[max(0, start - 1)] in "；;":
            self._begin_segment()
        if numerals and is_item_mark(text[start : numerals[0].start], numerals[0]):
            start = numerals[0].end
            if self.is_sheet_text:
                self._begin_item(text, start, numerals[0].printed)
        start = self._open_parts(text, start, clause[1])
        measured = [numeral for numeral in numerals if numeral.start >= start]
        before = start
        found = False
        for numeral in measured:
            figure = self._figure(text, before, numeral, clause, sentence)
            if figure:
                self._remember(figure)
                found = True
            if figure or numeral.kind in MEASURED:
                before = numeral.end if figure else before
        same = same_pattern().search(text, start, clause[1])
        if same and "原因" not in text[start : same.start()]:
            self.changed_parts = True
            self._remember(self._unchanged(text, start, same, sentence))
            found = True
        rest = text[start : clause[1]].strip()
        if rest and (not found or self.is_sheet_text):
            self.condition = rest

    def _begin_segment(self) -> None:
        """After a semicolon: a list whose parts add up to its whole is complete, what follows is another subject."""
        self.parts_since, self.changed_parts, self.after_semicolon = 0, False, True
        whole = self.main_amount
        self.complete = bool(self.whole and whole and whole.number and self.parts_sum == whole.number)

    def _is_beyond_the_list(self, quantity: Quantity) -> bool:
        """Whether a figure after a semicolon is no part: the parts add up already, or other things are counted."""
        whole = self.main_amount
        other = bool(
            self.whole and whole and self.after_semicolon and {whole.unit, quantity.unit}.isdisjoint((YUAN, "%"))
        )
        return (self.complete and bool(quantity.number)) or (
            other and whole is not None and whole.unit != quantity.unit
        )

    def _begin_item(self, text: str, start: int, mark: str) -> None:
        head = item_head(text[start:])
        upper = bool(re.match(r"[(（]?[一二三四五六七八九十]", mark.strip()))
        self.heads = (head,) if upper or len(self.heads) < 2 else (self.heads[0], head)
        self.heads = tuple(word for word in self.heads if word)
        self.main, self.whole, self.last, self.condition = "", (), None, ""

    def _open_parts(self, text: str, start: int, end: int) -> int:
        """其中：, 主要包括, 收入为 at a clause's beginning: what follows are parts; where the clause goes on."""
        for pattern in (opener_pattern(), opening_verb_pattern()):
            match = pattern.match(text, start, end)
            if not match or re.search(r"\d", match["whole"]):
                continue
            own = clean_subject(match["whole"], self.department)
            own = "" if own.endswith(tuple(prose_words().empty_wholes)) else own
            base = (*self.main_path, self.main) if self.main else ()
            if own and self.main in prose_words().opening_subjects:
                base = self.main_path
            if own and own != self.main:
                self.whole = (*base, own)
                self.main, self.main_path = own, base
            elif base:
                self.whole = base
            self.parts_since, self.changed_parts = 0, False
            self.parts_sum, self.complete = Decimal(0), False
            return match.end()
        return start

    def _figure(
        self, text: str, before: int, numeral: Numeral, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> Figure | None:
        if numeral.kind is NumeralKind.DATE:
            return self._date(text, before, numeral, clause, sentence)
        quantity = numeral_to_quantity(text, numeral)
        if quantity is None or is_qualifier(text, numeral, clause[1]):
            return None
        opening = open_bracket(text, before, numeral.start)
        prefix = text[max(before, opening) : numeral.start].rstrip()
        blank = Figure(numeral.start, numeral.end, numeral.printed, "", (), Role.AMOUNT, quantity, sentence)
        if change := change_pattern().search(prefix):
            return self._change(blank, prefix, change, self._owner_by_brackets(text, before, numeral.start))
        if quantity.unit == "%" and (share := share_pattern().search(prefix)):
            return self._share(blank, prefix, share)
        return self._plain(blank, text, prefix, numeral, clause, bracket=opening > before)

    def _owner_by_brackets(self, text: str, before: int, at: int) -> Figure | None:
        """Whose change brackets tell: in one that of the amount beside it, after one that of the amount before it:
        车辆费用44万元（购置费0万元，比上年减少28万元；运行费44万元）比上年减少28.5万元."""
        if self.last is None or self.last.start < 0:
            return None
        opened = open_bracket(text, self.sentence_start, at)
        if opened > self.sentence_start and self.last.start >= opened:
            return self.last if self.last.role in (Role.AMOUNT, Role.COUNT) else None
        closed = bracket_closed_before(text, before, at)
        if closed is None or self.last.start < closed:
            return None
        owners = (f for f in reversed(self.figures) if f.end <= closed and f.role is Role.AMOUNT)
        return next(owners, None)

    def _change(self, figure: Figure, prefix: str, change: re.Match[str], owner: Figure | None) -> Figure:
        words = prefix[: change.start()]
        compared = comparison_pattern().search(words)
        subject = clean_subject(words[: compared.start()] if compared else words, self.department)
        assert figure.quantity is not None
        number = -figure.quantity.number if change["falls"] else figure.quantity.number
        role = Role.CHANGE_RATE if figure.quantity.unit == "%" else Role.CHANGE
        figure = replace(figure, role=role, quantity=replace(figure.quantity, number=number))
        if not is_generic(subject) and not self._is_connective(subject):
            return replace(figure, subject=subject, path=self._path_of(subject))
        if owner is not None and role is Role.CHANGE:
            self.changed_parts = True
            return replace(figure, subject=owner.subject, path=owner.path)
        if compared and (side := side_said(words[: compared.start()])):
            return replace(figure, subject=side, path=())
        doubt = _TWO_READINGS if self._is_ambiguous else ""
        subject, path = self._changed_subject(figure.quantity.unit if figure.quantity else "")
        if role is Role.CHANGE_RATE and self.last and self.last is self.figures[-1] and self.last.role is Role.CHANGE:
            subject, path = self._proved_by_rate(figure, self.last)
            doubt = self.figures[-1].doubt
        return replace(figure, subject=subject, path=path, doubt=doubt)

    @property
    def _is_ambiguous(self) -> bool:
        """After two parts in one breath a change may be the last part's or the whole's."""
        after_part = self.last is None or self.last.role not in (Role.CHANGE, Role.CHANGE_RATE)
        return bool(self.whole and self.parts_since >= 2 and not self.changed_parts and after_part)

    def _proved_by_rate(self, rate: Figure, change: Figure) -> tuple[str, tuple[str, ...]]:
        """Whose change it is, when only one amount named before fits both the change and its rate."""
        fitting = [key for key in self.amounts if rate_fits(self.amounts[key], change.quantity, rate.quantity)]
        told = (change.path, change.subject)
        if told in fitting:
            self._mend_last(replace(change, doubt=""))
        elif fitting and (len(fitting) == 1 or (self.main_path, self.main) in fitting):
            path, subject = fitting[0] if len(fitting) == 1 else (self.main_path, self.main)
            self._mend_last(replace(change, subject=subject, path=path, doubt=""))
        elif told in self.amounts and change.quantity and change.quantity.number:
            self._mend_last(replace(change, doubt=_NO_FIT))
        mended = self.figures[-1]
        return mended.subject, mended.path

    def _mend_last(self, figure: Figure) -> None:
        self.figures[-1] = self.last = figure

    @staticmethod
    def _is_connective(subject: str) -> bool:
        return subject in ("比", "较", "相比", "同期", "变化") or bool(comparison_pattern().fullmatch(subject))

    def _changed_subject(self, unit: str) -> tuple[str, tuple[str, ...]]:
        """Whose change: that of the change before, of the whole after a list of parts, else of the last subject; money is
        not the change of persons or things that were counted in between."""
        if self.last and self.last.role in (Role.CHANGE, Role.CHANGE_RATE):
            return self.last.subject, self.last.path
        if self._is_ambiguous:
            return self.whole[-1], self.whole[:-1]
        if unit == YUAN and self.last and self.last.role is Role.COUNT and (amount := self._last_amount()):
            return amount.subject, amount.path
        if self.last:
            self.changed_parts = True
            return self.last.subject, self.last.path
        return self.main or self.about, self.main_path

    def _last_amount(self) -> Figure | None:
        told = (f for f in reversed(self.figures) if f.role is Role.AMOUNT and f.quantity and f.quantity.unit == YUAN)
        return next(told, None)

    def _share(self, figure: Figure, prefix: str, share: re.Match[str]) -> Figure:
        subject = clean_subject(prefix[: share.start()], self.department)
        path: tuple[str, ...] = ()
        if is_generic(subject):
            subject, path = (self.last.subject, self.last.path) if self.last else (self.main, self.main_path)
        else:
            path = self._path_of(subject)
        if whole := share["whole"] or share["bare"]:
            path = (clean_subject(whole, self.department),)
        elif not path and self.main and self.main != subject:
            path = (*self.main_path, self.main)
        return replace(figure, subject=subject, path=path, role=Role.SHARE)

    def _plain(
        self, figure: Figure, text: str, prefix: str, numeral: Numeral, clause: tuple[int, int], bracket: bool
    ) -> Figure:
        assert figure.quantity is not None
        words = prose_words()
        if not bracket and self._is_beyond_the_list(figure.quantity):
            self.whole, self.complete = (), False
        role = role_of(figure.quantity, numeral, prefix)
        each = any(word in prefix for word in words.each)
        if role is Role.UNIT_PRICE and self.last and each and len(clean_subject(prefix)) <= 6:
            unit = unit_price_unit(figure.quantity, prefix)
            quantity = replace(figure.quantity, unit=unit)
            return replace(figure, subject=self.last.subject, path=self.last.path, role=role, quantity=quantity)
        subject = self._subject(text, prefix, numeral, clause, role)
        figure = replace(figure, year=year_before(prefix))
        last_year = any(word in prefix for word in words.last_year)
        if last_year and role is Role.AMOUNT:
            role = Role.EXECUTED if any(word in prefix for word in words.executed) else Role.LAST_YEAR
        last_year = last_year or bool(figure.year and comparison_pattern().search(prefix))
        return replace(figure, subject=subject, path=self._path_of(subject), role=role, last_year=last_year)

    def _subject(self, text: str, prefix: str, numeral: Numeral, clause: tuple[int, int], role: Role) -> str:
        words = prose_words()
        if role is Role.AMOUNT and self.heads and any(word in prefix for word in words.totals):
            return self.heads[-1] if len(clean_subject(prefix)) > 12 else "合计"
        verb = re.search(f"^(?P<before>.*)(?P<verb>{any_of(words.payment_verbs)})(?P<after>[^{STRONG}]*)$", prefix)
        subject = clean_subject(prefix, self.department)
        if is_generic(re.sub(r"\s", "", prefix).strip("，,、约为是：:")):
            subject = ""
        if self.is_sheet_text and verb:
            after = clean_subject(verb["after"])
            subject = after if not is_generic(after) and len(after) >= 3 else clean_subject(verb["before"])
            if not subject and self.condition and self.condition not in prefix:
                return short_subject(clean_subject(self.condition))
        if role is Role.COUNT:
            subject = with_noun(subject, text, numeral, clause[1])
        if subject in words.status_words and self.main and self.main != subject:
            return self._of_the_same_things(subject)
        if not is_generic(subject):
            return short_subject(subject)
        here = self.last is not None and clause[0] <= self.last.start
        begun = self.last is not None and self.last.start >= self.sentence_start
        return self._fallback(bool(re.search(r"[\u4e00-\u9fff]", prefix)), begun or here)

    def _of_the_same_things(self, status: str) -> str:
        """公务用车编制10辆，实有10辆: both count the 公务用车."""
        things = re.sub(f"{any_of(prose_words().status_words)}$", "", self.main)
        return things + status if len(things) > 1 and things != self.main else status

    def _fallback(self, has_words: bool, has_begun: bool) -> str:
        """Whom a figure without a subject of its own is about; 预计60万 in a list item is about the item."""
        told = bool(self.condition) and not self.condition.startswith(tuple(prose_words().headless))
        usable = told and (not re.search(r"\d", self.condition) if self.is_sheet_text else not has_begun)
        if usable and not is_generic(subject := clean_subject(self.condition, self.department)):
            return short_subject(subject)
        if self.last and not (has_words and self.is_sheet_text and self.heads):
            return self.last.subject
        return self.heads[-1] if self.heads else self.main or self.about

    def _path_of(self, subject: str) -> tuple[str, ...]:
        path = self.whole or self.heads
        if subject in prose_words().status_words and self.main:
            path = (*self.main_path, self.main)
        if self.last and subject == self.last.subject:
            path = self.last.path
        return tuple(word for word in path if word and word != subject)

    def _date(
        self, text: str, before: int, numeral: Numeral, clause: tuple[int, int], sentence: tuple[int, int]
    ) -> Figure | None:
        """Ranges and full dates, each about the words beside it; a bare year only says when."""
        single = len(numeral.dates) < 2
        if single and (
            not numeral.dates or len(numeral.dates[0]) != 10 or re.search("截[至止]+[于到]?$", text[: numeral.start])
        ):
            return None
        words = clean_subject(text[before : numeral.start], self.department)
        after = re.split(f"[{STRONG}]", text[numeral.end : numeral.end + 30])[0]
        subject = words or clean_subject(after) or clean_subject(text[clause[1] : clause[1] + 20])
        if not subject:
            return None
        return Figure(
            numeral.start,
            numeral.end,
            numeral.printed,
            short_subject(subject),
            self.heads,
            Role.DATE,
            None,
            sentence,
            dates=numeral.dates,
        )

    def _unchanged(self, text: str, start: int, same: re.Match[str], sentence: tuple[int, int]) -> Figure:
        words = text[start : same.start()]
        last = self.last if self.last and start <= self.last.start < same.start() else None
        subject, path = (last.subject, last.path) if last else (clean_subject(words, self.department), ())
        if is_generic(subject):
            subject, path = self._changed_subject("")
        unit = last.quantity.unit if last and last.quantity else YUAN
        zero = Quantity(Decimal(0), unit)
        return Figure(same.start(), same.end(), same.group(), subject, path, Role.CHANGE, zero, sentence)

    def _remember(self, figure: Figure) -> None:
        self.figures.append(figure)
        if figure.role is Role.DATE or not figure.subject:
            return
        if figure.role in (Role.AMOUNT, Role.COUNT) and figure.quantity and not figure.last_year:
            self.amounts[figure.path, figure.subject] = figure.quantity.number
            if self.whole:
                self.parts_since += 1
                self.parts_sum += figure.quantity.number
            else:
                self.main, self.main_path = figure.subject, figure.path
                self.main_amount = figure.quantity
        self.last = figure
