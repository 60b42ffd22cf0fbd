"""The question side's vocabulary: loads, refuses contradictions, and holds every key that the code asks for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, RootModel

from assistant import words
from assistant.words import (
    Concept,
    Exemplars,
    PlainWords,
    Reason,
    concept_by_key,
    concept_names,
    concepts,
    exemplars,
    field_by_key,
    plain_words,
    reasons,
    sheet_fields,
    synonyms,
)
from ingest.labels import label_key
from ingest.vocabulary_loading import VocabularyError, parse_vocabulary

PACKAGE = Path(words.__file__).parent


@pytest.mark.parametrize("file", sorted((PACKAGE / "vocabulary").glob("*.yaml")), ids=lambda file: file.stem)
def test_every_vocabulary_is_loaded_by_a_checked_loader(file: Path) -> None:
    used = "".join(module.read_text(encoding="utf-8") for module in PACKAGE.rglob("*.py"))
    assert f'load_vocabulary("{file.stem}", ' in used
    assert concepts() and synonyms() and sheet_fields() and reasons() and exemplars().kinds and plain_words().fillers


@pytest.mark.parametrize(
    ("text", "model", "told"),
    [
        pytest.param(
            "classes: {}\nkinds: {share: ['{A}占<no_such>']}", Exemplars, "没有定义的词类 <no_such>", id="class"
        ),
        pytest.param(
            "{key: a, label: b, english: c, names: [d], wish: {fund: gold}}", Concept, "gold", id="coordinate"
        ),
        pytest.param("{key: a, label: b, english: c, names: [d], nmaes: [e]}", Concept, "nmaes", id="unknown key"),
        pytest.param("{zh: 没有, zh: 缺}", Reason, "重复定义了“zh”", id="repeated key"),
        pytest.param("{zh: 没有}", Reason, "en", id="missing language"),
        pytest.param("[", Reason, "不是有效的 YAML", id="not YAML"),
    ],
)
def test_contradictions_are_refused(text: str, model: type[BaseModel], told: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(told)):
        parse_vocabulary(text, model, "wrong")


def test_a_concept_has_one_key_and_a_name_one_concept() -> None:
    assert len(concept_by_key()) == len(concepts())
    claimed: dict[str, str] = {}
    for concept in concepts():
        for name in {label_key(name) for name in (*concept.names, concept.label)}:
            assert claimed.setdefault(name, concept.key) == concept.key, name
    assert concept_names().keys() == claimed.keys()


def test_fields_have_one_key() -> None:
    assert len(field_by_key()) == len(sheet_fields())


def test_a_plain_word_stands_in_one_entry() -> None:
    said = Counter(label_key(word) for synonym in synonyms() for word in synonym.say)
    assert [word for word, times in said.items() if times > 1] == []
    assert all(synonym.means for synonym in synonyms())


def test_a_word_asks_for_one_field() -> None:
    names = Counter(name for entry in sheet_fields() for name in entry.names)
    assert [name for name, times in names.items() if times > 1] == []


def reasons_in_code() -> Iterator[tuple[str, str]]:
    """Every reason that the code declines with, as `Missing("…")`, `Decline("…")`, `reasons()["…"]`; with its module."""
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Missing", "Decline")
            ):
                arguments = node.args or [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
                yield from ((each.value, module.name) for each in ast.walk(arguments[0]) if _is_text(each))
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "reasons()" and _is_text(node.slice):
                yield node.slice.value, module.name


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_reason_to_decline_exists() -> None:
    used = {reason for reason, _ in reasons_in_code() if re.fullmatch(r"[a-z_]+", reason)} | set(plain_words().absent)
    assert len(used) > 10
    assert used - set(reasons()) - {"text"} == set()


@pytest.mark.parametrize("key", sorted(reasons()))
def test_reasons_are_sentences_in_two_languages(key: str) -> None:
    reason = reasons()[key]
    for sentence in (reason.zh, reason.en):
        assert set(re.findall(r"\{(.*?)\}", sentence)) <= {"detail"}
    assert reason.zh.format(detail="甲") and reason.en.format(detail="甲")
    assert ("{detail}" in reason.zh) is ("{detail}" in reason.en)


def test_words_do_not_contradict() -> None:
    plain = plain_words()
    marks = [word for listed in plain.relations.values() for word in listed]
    assert len(marks) == len(set(marks))
    assert not set(plain.rank["descending"]) & set(plain.rank["ascending"])
    natures = [word for listed in plain.nature.values() for word in listed]
    assert len(natures) == len(set(natures))
    assert all(absent.words for absent in plain.absent.values())


def test_models_are_frozen_and_closed() -> None:
    models = [Concept, Exemplars, PlainWords, Reason]
    assert all(model.model_config.get("frozen") and model.model_config.get("extra") == "forbid" for model in models)
    assert not any(issubclass(model, RootModel) for model in models)
