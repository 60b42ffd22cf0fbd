"""The door to what phrases stand for: a figure, several, a set, a ranking, a project, tables, conditions."""

from __future__ import annotations

from assistant.catalog import Catalog
from assistant.computing.figures import Figures
from assistant.computing.sets import Sets
from assistant.names.closest import Closest
from assistant.names.linking import Linker
from assistant.names.printed_names import PrintedNames
from assistant.names.segments import Word, content_of
from assistant.phrases.coordinates import CoordinateWords
from assistant.phrases.exact_names import ExactNames
from assistant.phrases.expressions import Expressions
from assistant.phrases.figures import FigureNames
from assistant.phrases.indicator_questions import IndicatorQuestions
from assistant.phrases.joint_figures import JointFigures
from assistant.phrases.left_out import LeftOut
from assistant.phrases.lists import FigureLists
from assistant.phrases.named_amounts import NamedAmounts
from assistant.phrases.projects import ProjectNames
from assistant.phrases.prose_groups import ProseGroups
from assistant.phrases.rankings import Rankings
from assistant.phrases.row_questions import RowQuestions
from assistant.phrases.set_conditions import SetConditions
from assistant.phrases.set_questions import SetQuestions
from assistant.phrases.set_reading import SetReading
from assistant.phrases.sets import SetNames
from assistant.phrases.stated import StatedNumbers
from assistant.phrases.tables import TableNames
from assistant.plan import Plan


class Phrases:
    """Understands phrases over one catalog; each part is documented where it is defined."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker
        self.closest = Closest(linker)
        self.printed = PrintedNames(entry.core for entry in linker.entries)
        names, coordinates = ExactNames(catalog, linker), CoordinateWords(linker)
        tables, projects = TableNames(catalog), ProjectNames(catalog, linker)
        figures = FigureNames(catalog, linker, names, coordinates, tables, projects)
        lists = FigureLists(catalog, linker, figures)
        conditions, groups = SetConditions(catalog, linker), ProseGroups(catalog, linker)
        questions = SetQuestions(catalog, tables, conditions)
        rows = RowQuestions(catalog, questions.scanner, figures, coordinates)
        sets = SetNames(catalog, linker, figures, questions, rows)
        self.stated = StatedNumbers(catalog)
        left_out = LeftOut(linker, Sets(catalog, Figures(catalog)))
        indicators = IndicatorQuestions(catalog, questions.scanner, projects)
        reading = SetReading(questions, rows, indicators, left_out, NamedAmounts(linker, self.stated))
        rankings = Rankings(catalog, reading, sets, lists, groups)
        self._joint_figures = JointFigures(self.closest, self.printed)
        self.project_in = projects.project_in
        self.tables_in = tables.tables_in
        self.titled = tables.titled
        self.wish_in = coordinates.wish_in
        self.unknown_code = names.unknown_code
        self.selector = figures.selector
        self.without_loaded_years = figures.without_loaded_years
        self.figures = lists.figures
        self.conditions_in = conditions.conditions_in
        self.universe_in = sets.universe_in
        self.members = sets.members
        self.set_question = reading.plan
        self.asked_of_shown = questions.of_shown
        self.ranking = rankings.ranking
        self.prose_group = groups.prose_group
        self.amounts_of_a_text, self.list_beside = groups.of_a_text, groups.beside
        expressions = Expressions(catalog, linker, lists, rankings, groups, self.stated, questions)
        self.expression, self.named = expressions.expression, expressions.named

    def joint(self, text: str, spoken_of: frozenset[int] = frozenset()) -> Plan | None:
        """What is to be done with figures that only together explain a question."""
        return self._joint_figures.plan(text, spoken_of)

    def content_in(self, text: str) -> list[Word]:
        """The words of a text that name something, known or not."""
        return content_of(self.linker.words(text))
