"""The walk through a document's blocks that divides them into tables, sheets, prose and glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.labels import joined_label, label_key
from ingest.numbers.numbers import parse_cell
from ingest.outline.captions import Caption, caption_end, is_caption_line, lines_to_caption
from ingest.outline.headings import Headings
from ingest.outline.parts import GlossaryPart, Part, ProsePart, SheetPart, TablePart
from ingest.outline.titles import grid_to_kind, is_sheet_kind, title_to_kind, title_to_table_kind
from ingest.outline.words import heading_mark, is_note, is_title, outline_words, says_empty, without_mark
from ingest.sheets.grids import is_sheet, lists_amounts, opens_sheet, repeats_header, split_at_projects
from ingest.source import Block, Cell, Grid, Line

_MOST_NOTE_LINES = 8
_MOST_SCRAPS = 6
_SCRAP = 4
_MOST_SHEET_SCRAPS = 60
_SHEET_SCRAP = 32


def blocks_to_parts(blocks: Sequence[Block]) -> list[Part]:
    """Parts in reading order; every block but headings is in exactly one of them."""
    return _Walk(blocks, Headings(blocks)).parts()


@dataclass(slots=True)
class _Walk:
    blocks: Sequence[Block]
    headings: Headings
    made: list[Part] = field(default_factory=list)
    open_table: bool = False  # whether the last part is a table or sheet that may go on
    project: str | None = None  # of the open sheet
    department: str = ""  # of the last table's caption
    glossary: bool = False

    def parts(self) -> list[Part]:
        index = 0
        while index < len(self.blocks):
            index = self._step(index)
        return self.made

    def _step(self, index: int) -> int:
        block = self.blocks[index]
        if isinstance(block, Grid):
            self._grid(block, Caption())
            return index + 1
        end = caption_end(self.blocks, index)
        if end is not None:
            grid = self.blocks[end]
            assert isinstance(grid, Grid)
            lines = [line for line in self.blocks[index:end] if isinstance(line, Line)]
            self._grid(grid, lines_to_caption(lines))
            return end + 1
        if self.open_table and is_note(block.text):
            return self._notes(index)
        if self._is_scrap(index):
            return index + 1
        if self._is_empty_table(index):
            return self._empty_table(index)
        taken = self.headings.take(index, self.glossary)
        if taken:
            self.open_table = False
            self.glossary = self.headings.in_glossary
            return index + taken
        self._line(block)
        return index + 1

    def _is_scrap(self, index: int) -> bool:
        """A bit of a cell's text that is drawn beside the table where it is cut by the page: 效益指 | 标. Sheets have long
        cells, which may run over a whole column of the next page."""
        last = self._last_table() if self.open_table else None
        if last is None or not last.grids:
            return False
        sheet = isinstance(last, SheetPart)
        longest, most = (_SHEET_SCRAP, _MOST_SHEET_SCRAPS) if sheet else (_SCRAP, _MOST_SCRAPS)
        widest = max(grid.width for grid in last.grids)
        for block in self.blocks[index : index + most]:
            if isinstance(block, Grid):
                follows = sheet and block.width <= widest and _is_next_page(last.grids[-1], block)
                return block.width == last.grids[-1].width or follows
            mark = heading_mark(block.text)
            opens = mark is not None and (not sheet or mark[0] <= 2)
            if len(joined_label(block.text)) > longest or opens or is_caption_line(block.text):
                return False
        return False

    def _line(self, line: Line) -> None:
        path = self.headings.path
        kind = GlossaryPart if self.glossary else ProsePart
        last = self.made[-1] if self.made else None
        if isinstance(last, kind) and last.heading == path:
            self.made[-1] = replace(last, lines=(*last.lines, line))
        else:
            self.made.append(kind(path, (line,)))
        self.open_table = False

    def _notes(self, index: int) -> int:
        """A note and the lines it goes on over."""
        end = index + 1
        while end < min(len(self.blocks), index + _MOST_NOTE_LINES) and self._note_goes_on(end):
            end += 1
        lines = tuple(line for line in self.blocks[index:end] if isinstance(line, Line))
        last = self.made[-1]
        if isinstance(last, TablePart):
            self.made[-1] = replace(last, notes=(*last.notes, *lines))
        else:
            for line in lines:
                self._line(line)
            self.open_table = True
        return end

    def _note_goes_on(self, index: int) -> bool:
        block, before = self.blocks[index], self.blocks[index - 1]
        if not isinstance(block, Line) or not isinstance(before, Line):
            return False
        if block.place.page != before.place.page or is_caption_line(block.text) or self.headings.is_heading(index):
            return False
        if is_note(block.text) or before.text.rstrip().endswith(("：", ":")) or block.place.page is not None:
            return True
        mark, mark_before = heading_mark(block.text), heading_mark(before.text)
        return bool(mark and mark_before and mark[0] == mark_before[0]) or self.headings.is_full(index - 1)

    def _is_empty_table(self, index: int) -> bool:
        """A table's title with a note that says there is no data, where a grid would stand."""
        block = self.blocks[index]
        if not isinstance(block, Line) or not is_title(block.text) or not title_to_kind(without_mark(block.text)):
            return False
        for following in self.blocks[index + 1 : index + 5]:
            if isinstance(following, Grid):
                return False
            if says_empty(following.text):
                return True
            if not is_caption_line(following.text) or is_title(following.text):
                return False
        return False

    def _empty_table(self, index: int) -> int:
        end = index + 1
        while end < len(self.blocks):
            block = self.blocks[end]
            if not isinstance(block, Line) or says_empty(block.text):
                break
            end += 1
        lines = [line for line in self.blocks[index:end] if isinstance(line, Line)]
        note = self.blocks[end]
        caption = lines_to_caption(lines)
        notes = (note,) if isinstance(note, Line) else ()
        kind = title_to_kind(caption.title)
        self.made.append(TablePart(caption.title, kind, caption.number, caption.unit, self.headings.path, (), notes))
        self.open_table, self.project, self.glossary = True, None, False
        return end + 1

    def _grid(self, grid: Grid, caption: Caption) -> None:
        last = self._last_table()
        goes_on = last is not None and self._continues(last, grid, caption)
        self.department = caption.department or self.department
        if self.glossary:
            self.headings.close_glossary()
            self.glossary = False
        if goes_on and isinstance(last, TablePart):
            self._replace_last(replace(last, grids=_with_grid(last.grids, grid)))
        elif (
            is_sheet(grid)
            or opens_sheet(grid)
            or (goes_on and isinstance(last, SheetPart))
            or self._is_titled_sheet(caption, grid)
        ):
            self._sheets(grid, caption, last if goes_on and isinstance(last, SheetPart) else None)
        else:
            self._table(grid, caption)
        self.open_table = True

    def _is_titled_sheet(self, caption: Caption, grid: Grid) -> bool:
        titled = is_sheet_kind(title_to_kind(caption.title))
        return titled and not _has_amounts_only(grid) and not lists_amounts(grid)

    def _table(self, grid: Grid, caption: Caption) -> None:
        title = caption.title or self._fallback_title()
        kind = title_to_kind(title)
        if not kind or (not caption.title and is_sheet_kind(kind)) or is_sheet_kind(kind):
            kind = grid_to_kind([grid]) or title_to_table_kind(title)
        path = self.headings.path
        self.made.append(TablePart(title, kind, caption.number, caption.unit, path, (grid,), ()))
        self.project = None

    def _sheets(self, grid: Grid, caption: Caption, going_on: SheetPart | None) -> None:
        """Append a grid to the open sheet and start one for each further project in it."""
        title = caption.title or (going_on.title if going_on else self._fallback_title())
        unit = caption.unit or (going_on.unit if going_on else "")
        for piece, project in split_at_projects(grid, self.project if going_on else None):
            last = self._last_table()
            if project is None and going_on is not None and isinstance(last, SheetPart):
                self._replace_last(replace(last, grids=(*last.grids, piece)))
                continue
            self.made.append(SheetPart(title, unit, self.headings.path, (piece,)))
            self.project = project
            going_on = self.made[-1] if isinstance(self.made[-1], SheetPart) else None

    def _fallback_title(self) -> str:
        path = self.headings.path
        return without_mark(path[-1]) if path else ""

    def _last_table(self) -> TablePart | SheetPart | None:
        for part in reversed(self.made):
            if isinstance(part, TablePart | SheetPart):
                return part
        return None

    def _replace_last(self, part: TablePart | SheetPart) -> None:
        for index in range(len(self.made) - 1, -1, -1):
            if isinstance(self.made[index], TablePart | SheetPart):
                self.made[index] = part
                return

    def _continues(self, last: TablePart | SheetPart, grid: Grid, caption: Caption) -> bool:
        """Whether a grid goes on with the last table: same title printed again, or no title and the same columns."""
        if caption.department and self.department and label_key(caption.department) != label_key(self.department):
            return False
        if not caption.title and _workbook_sheet(grid) != _workbook_sheet(last.grids[-1] if last.grids else grid):
            return False
        if caption.title:
            same_number = not isinstance(last, TablePart) or not caption.number or caption.number == last.number
            same = label_key(last.title) == caption.key and same_number
            return same and (isinstance(last, SheetPart) or _fits(last, grid))
        if isinstance(last, SheetPart) and last.heading == self.headings.path and _same_header(last, grid):
            return True
        if not self.open_table or (caption.number and isinstance(last, TablePart) and caption.number != last.number):
            return False
        if isinstance(last, SheetPart):
            return True
        if is_sheet(grid) or not last.grids:
            return False
        return _fits(last, grid) or _starts_with_data(grid) or _is_narrower_text(last, grid)


def _is_next_page(grid: Grid, following: Grid) -> bool:
    page, next_page = grid.rows[-1][0].place.page, following.rows[0][0].place.page
    return page is not None and next_page == page + 1


def _workbook_sheet(grid: Grid) -> str:
    cell = grid.rows[0][0].place.cell
    return cell.rpartition("!")[0] if cell else ""


def _same_header(part: SheetPart, grid: Grid) -> bool:
    first = part.grids[0]
    return first.width == grid.width and repeats_header(
        [cell.text for cell in grid.rows[0]], [cell.text for cell in first.rows[0]]
    )


def _fits(part: TablePart, grid: Grid) -> bool:
    """Whether a grid has the columns of a part's grids, empty ones at the end not counted."""
    if not part.grids:
        return False
    widths = {part.grids[0].width, part.grids[-1].width}
    return (
        grid.width in widths
        or _used_width(grid) <= part.grids[-1].width <= grid.width
        or (_used_width(part.grids[-1]) <= grid.width <= part.grids[-1].width)
    )


def _used_width(grid: Grid) -> int:
    return max((number + 1 for row in grid.rows for number, cell in enumerate(row) if cell.text), default=0)


def _is_narrower_text(part: TablePart, grid: Grid) -> bool:
    """In a text, rows right below a table that are no wider go on with it: trailing empty cells were dropped."""
    return grid.rows[0][0].place.lines is not None and grid.width <= part.grids[-1].width


def _starts_with_data(grid: Grid) -> bool:
    """Whether the first row prints amounts, so that it is no header."""
    return any(parse_cell(cell.text).is_number and "." in cell.text for cell in grid.rows[0])


def _with_grid(grids: tuple[Grid, ...], grid: Grid) -> tuple[Grid, ...]:
    """The grids with one more; in texts all are filled up to one width, elsewhere columns are told by their places."""
    joined = (*grids, grid)
    if any(other.rows[0][0].place.lines is None for other in joined):
        return joined
    width = max(other.width for other in joined)
    return tuple(_widened(other, width) for other in joined)


def _widened(grid: Grid, width: int) -> Grid:
    if grid.width == width:
        return grid
    return Grid(tuple((*row, *(Cell("", row[-1].place) for _ in range(width - grid.width))) for row in grid.rows))


def _has_amounts_only(grid: Grid) -> bool:
    """Whether a grid has no text longer than a label, so that it cannot be a sheet of goals."""
    words = outline_words()
    texts = {label_key(cell.text) for row in grid.rows for cell in row if cell.text}
    return not any(label_key(word) in texts for word in (*words.sheet_indicators, *words.sheet_fields))
