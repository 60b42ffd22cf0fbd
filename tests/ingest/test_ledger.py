"""The ledger gives back exactly what was stored, replaces whole documents, and says what is wrong in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import LedgerError, LedgerLockedError
from ingest.facts import Fact, Level, Origin, Role
from ingest.home import Home, writer_lock
from ingest.ledger import rows
from ingest.ledger.ledger import FactFilter, Ledger
from ingest.numbers.quantities import Quantity
from tests.ingest.documents import AMOUNT, DOCUMENT, HANDLER, LOST, PROSE


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def ledger(home: Home) -> Iterator[Ledger]:
    opened = Ledger.open(home, readonly=False)
    yield opened
    opened.close()


def test_what_is_stored_comes_back_equal(ledger: Ledger) -> None:
    document_id = ledger.store(DOCUMENT)
    (document,) = ledger.documents()
    assert (document.id, document.name, document.department, document.year) == (document_id, "甲.txt", "某局", 2023)
    assert document.notes == DOCUMENT.notes
    assert ledger.document_facts(document_id) == DOCUMENT
    assert ledger.table(document_id, 1) == DOCUMENT.tables[1]
    (finding,) = ledger.findings()
    assert [stored.fact for stored in ledger.facts(FactFilter(ids=finding.fact_ids))] == [AMOUNT, PROSE]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(FactFilter(), [AMOUNT, LOST, HANDLER, PROSE], id="everything"),
        pytest.param(FactFilter(row_keys=["办公费"]), [AMOUNT], id="row"),
        pytest.param(FactFilter(codes={"30201"}), [AMOUNT], id="code"),
        pytest.param(FactFilter(projects=["道路养护"], fields=["handler"]), [HANDLER], id="project and field"),
        pytest.param(FactFilter(origins=[Origin.PROSE, Origin.TABLE]), [AMOUNT, PROSE], id="origins"),
        pytest.param(FactFilter(roles=[Role.TARGET]), [LOST, HANDLER], id="role"),
        pytest.param(FactFilter(table_kinds=["performance_sheet"], table_indexes=[0]), [], id="both must hold"),
        pytest.param(FactFilter(document_ids=()), [], id="no documents"),
        pytest.param(FactFilter(document_ids=[99]), [], id="another document"),
    ],
)
def test_filter(ledger: Ledger, wanted: FactFilter, expected: list[Fact]) -> None:
    ledger.store(DOCUMENT)
    assert [stored.fact for stored in ledger.facts(wanted)] == expected


def test_filters_together_let_pass_what_one_lets_pass_each_once_in_source_order(ledger: Ledger) -> None:
    ledger.store(DOCUMENT)
    wanted = (FactFilter(origins=[Origin.PROSE]), FactFilter(row_keys=["办公费"]), FactFilter(codes=["30201"]))
    assert [stored.fact for stored in ledger.facts(*wanted)] == [AMOUNT, PROSE]


def test_texts_are_found_as_they_are_printed(ledger: Ledger) -> None:
    number = ledger.store(replace(DOCUMENT, passages=(replace(DOCUMENT.passages[0], text="本单位无“三公”经 费。"),)))
    (found,) = ledger.passages([number], printing="三公经费")
    assert found.passage.text.startswith("本单位")
    assert ledger.passages([number], printing="公三") == []
    assert ledger.documents_with_tables_printing("办公费", [number]) == {number}
    assert ledger.documents_with_tables_printing("会议费", [number]) == frozenset()


def test_an_index_that_an_older_ledger_lacks_is_made_when_it_is_opened_to_be_written(
    home: Home, ledger: Ledger
) -> None:
    ledger.store(DOCUMENT)
    ledger.close()
    with sqlite3.connect(home.ledger) as connection:
        connection.execute("DROP INDEX fact_by_level")
    assert len(Ledger.open(home).facts(FactFilter(levels=list(Level)))) == 4
    Ledger.open(home, readonly=False).close()
    with sqlite3.connect(home.ledger) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'fact_by_level'").fetchone() == (1,)


def test_members_are_distinct_names(ledger: Ledger) -> None:
    ledger.store(DOCUMENT)
    found = {(stored.member.kind, stored.member.key, stored.member.text) for stored in ledger.members()}
    assert found == {
        ("table", "支出预算表", "支出预算表"),
        ("table", "国有资本经营预算表", "国有资本经营预算表"),
        ("term", "基本支出", "基本支出"),
        ("code", "30201", "办公费"),
        ("row", "办公费", "办公费"),
        ("project", "道路养护", "道路养护"),
        ("indicator", "养护里程", "养护里程"),
        ("field", "经办人", "经办人"),
        ("person", "甲某", "甲某"),
        ("subject", "公务接待费", "公务接待费"),
    }


def test_storing_again_is_no_work_and_a_change_replaces(ledger: Ledger) -> None:
    first = ledger.store(DOCUMENT, reader="r1")
    generation = ledger.generation
    assert ledger.store(DOCUMENT, reader="r1") == first
    assert ledger.generation == generation
    second = ledger.store(replace(DOCUMENT, sha256="cd" * 32, facts=(PROSE,)), reader="r1")
    assert second != first
    assert ledger.generation == generation + 1
    assert [stored.fact for stored in ledger.facts()] == [PROSE]
    assert [stored.document_id for stored in ledger.passages()] == [second, second]
    assert ledger.vector_tasks() == [(first, "drop"), (second, "add")]


def test_removing(ledger: Ledger) -> None:
    document_id = ledger.store(DOCUMENT)
    assert ledger.remove("乙.txt") is False
    assert ledger.remove("甲.txt") is True
    assert (ledger.documents(), ledger.facts(), ledger.members()) == ([], [], [])
    assert ledger.vector_tasks() == [(document_id, "drop")]


def test_a_reader_sees_the_next_generation(home: Home, ledger: Ledger) -> None:
    reader = Ledger.open(home)
    assert (reader.generation, reader.documents()) == (0, [])
    ledger.store(DOCUMENT)
    assert (reader.generation, len(reader.documents())) == (1, 1)


def test_a_reader_cannot_write(home: Home) -> None:
    with pytest.raises(LedgerError, match="只能读不能写"):
        Ledger.open(home).store(DOCUMENT)


def test_a_failed_store_leaves_the_old_state(ledger: Ledger) -> None:
    ledger.store(DOCUMENT)
    broken = replace(PROSE, quantity=Quantity(Decimal("NaN"), "元"))
    with pytest.raises(ValueError, match="不是有限的数"):
        ledger.store(replace(DOCUMENT, facts=(AMOUNT, broken)))
    assert len(ledger.facts()) == 4


def test_a_newer_schema_is_refused(home: Home, ledger: Ledger) -> None:
    ledger.close()
    with sqlite3.connect(home.ledger) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(LedgerError, match="更新版本的明账写成（结构版本 99，本程序只认得 1）；请升级"):
        Ledger.open(home)


def test_a_file_that_is_no_ledger_is_refused(home: Home) -> None:
    home.create()
    home.ledger.write_bytes(b"this is not a database, whatever its name says" * 100)
    with pytest.raises(LedgerError, match="不是明账的账本"):
        Ledger.open(home)


def test_a_second_writer_is_told_who_writes(home: Home) -> None:
    with writer_lock(home, "mingzhang ingest"), pytest.raises(LedgerLockedError) as refused, writer_lock(home, "x"):
        pass
    assert "mingzhang ingest（进程 " in str(refused.value)
    with writer_lock(home, "mingzhang remove"):
        pass


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_decimal_survives(number: Decimal) -> None:
    coefficient, exponent, digits = rows.number_to_integers(number)
    assert coefficient is None or -(2**63) < coefficient < 2**63
    fact = replace(PROSE, quantity=Quantity(number, "元"))
    row = rows.fact_to_row(fact)
    back = rows.row_to_fact([row.get(name) for name in rows.FACT_COLUMNS])
    assert back == fact
    assert digits is None or abs(int(digits)) >= 2**63
    assert exponent == number.as_tuple().exponent
