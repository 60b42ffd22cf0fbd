"""The ledger's tables. A number is two exact integers, coefficient and power of ten: SQLite has no exact decimal."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

SCHEMA_VERSION = 1  # of tables and columns; an index that is missing is made when a ledger is opened to be written

metadata = MetaData()


def _document_id() -> Column[int]:
    return Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, String, nullable=False, default="")


def _place() -> tuple[Column[int], Column[int], Column[int], Column[str], Column[str]]:
    """page, first and last line, box as a JSON list, workbook cell; null where unknown."""
    return (
        Column("page", Integer),
        Column("first_line", Integer),
        Column("last_line", Integer),
        Column("box", String),
        Column("cell", String),
    )


# schema_version, generation (counts commits), vectors_generation, vectors_model
meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    _text("sha256"),
    _text("format"),
    _text("department"),
    Column("year", Integer),
    _text("kind"),
    _text("title"),
    _text("notes"),  # JSON list
    _text("reader"),  # fingerprint of the code and vocabulary that read it
    _text("stored_at"),
    sqlite_autoincrement=True,  # an id is never given twice: fact ids and vectors are derived from it
)

fact = Table(
    "fact",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # document_id << 24 | position
    _document_id(),
    _text("origin"),
    _text("table"),
    _text("table_kind"),
    _text("row"),
    _text("row_path"),  # JSON list
    _text("row_code"),
    _text("column"),  # JSON list
    _text("printed"),
    Column("coefficient", BigInteger),  # number = coefficient × 10^exponent; null: the fact has no quantity
    Column("exponent", Integer),
    Column("digits", String),  # the coefficient in digits where it does not fit 64 bits
    Column("unit", String),
    Column("relation", String),
    Column("precision_coefficient", BigInteger),
    Column("precision_exponent", Integer),
    *_place(),
    _text("side"),
    _text("fund"),
    _text("spending"),
    _text("vintage"),
    _text("role"),
    _text("level"),
    _text("period"),
    Column("year", Integer),
    _text("unit_source"),
    Column("absence", String),
    _text("status"),
    _text("warnings"),  # JSON list
    _text("project"),
    _text("field"),
    _text("sentence"),
    Column("table_index", Integer),
    Column("row_index", Integer),
    Column("column_index", Integer),
    _text("row_key"),  # label_key of the row's own label
    _text("project_key"),
    Index("fact_by_document", "document_id", "table_index"),
    Index("fact_by_row", "row_key", "document_id"),
    Index("fact_by_code", "row_code", "document_id"),
    Index("fact_by_project", "project_key", "document_id"),
    Index("fact_by_kind", "table_kind", "document_id"),
    Index("fact_by_field", "field", "document_id"),
    Index("fact_by_level", "level", "document_id"),
)

document_table = Table(
    "document_table",
    metadata,
    _document_id(),
    Column("position", Integer, nullable=False),
    _text("title"),
    _text("kind"),
    _text("number"),
    _text("unit"),
    _text("note"),
    Column("empty", Integer, nullable=False),
    Column("ties_out", Integer),
    _text("rows"),  # JSON list of lists
    _text("places"),  # JSON list of [page, first line, last line, box, cell]
    UniqueConstraint("document_id", "position"),
)

passage = Table(
    "passage",
    metadata,
    _document_id(),
    Column("position", Integer, nullable=False),
    _text("heading"),  # JSON list
    _text("text"),
    *_place(),
    _text("term"),
    _text("project"),
    _text("field"),
    Column("truncated", Integer, nullable=False),
    UniqueConstraint("document_id", "position"),
)

finding = Table(
    "finding",
    metadata,
    _document_id(),
    Column("position", Integer, nullable=False),
    _text("rule"),
    _text("grade"),
    _text("summary"),
    _text("table"),
    _text("expected"),  # JSON [number, unit, relation, precision] or ""
    _text("actual"),
    _text("recomputation"),
    _text("fact_indexes"),  # JSON list of positions
    _text("repair"),
    UniqueConstraint("document_id", "position"),
)

member = Table(
    "member",
    metadata,
    _document_id(),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    _text("text"),
    UniqueConstraint("document_id", "kind", "key"),
    Index("member_by_key", "key", "document_id"),
)

embedding = Table(
    "embedding",
    metadata,
    Column("digest", String, primary_key=True),  # of model and text
    Column("vector", LargeBinary, nullable=False),  # little-endian float32
)

# What the vector store still has to do: written with the facts in one transaction, deleted when done.
vector_task = Table(
    "vector_task",
    metadata,
    Column("document_id", Integer, primary_key=True, autoincrement=False),
    Column("action", String, nullable=False),  # add or drop
)
