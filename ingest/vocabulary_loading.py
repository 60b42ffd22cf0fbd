"""The one loader of vocabulary data: YAML files checked by a pydantic model, contradictions refused, read once.

Words of budgets live in data so that a finance person can extend them; a slip there must be told in words, with the
file's name and the entry, before it can turn into a wrong reading.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.errors import MingzhangError

Model = TypeVar("Model", bound=BaseModel)


class VocabularyError(MingzhangError):
    """A vocabulary file is missing, is not YAML, repeats a key or contradicts its model."""


_Loader: type[yaml.SafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml's where it is built in: 7 times as fast


class _StrictLoader(_Loader):  # type: ignore[misc, valid-type]
    """Refuses repeated keys, which plain YAML loaders silently overwrite."""


def _mapping_without_repeats(loader: _StrictLoader, node: yaml.MappingNode) -> dict[object, object]:
    mapping: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise VocabularyError(f"第 {key_node.start_mark.line + 1} 行重复定义了“{key}”")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_repeats)


def parse_vocabulary(text: str, model: type[Model], name: str) -> Model:
    """Check YAML text against its model; VocabularyError names the file, the entry and what is wrong with it."""
    try:
        return model.model_validate(yaml.load(text, Loader=_StrictLoader))
    except VocabularyError as error:
        raise VocabularyError(f"词表 {name}.yaml 有误：{error}") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"词表 {name}.yaml 不是有效的 YAML：{error}") from error
    except ValidationError as error:
        problems = "；".join(
            f"{' / '.join(map(str, problem['loc'])) or '全文'}：{problem['msg']}" for problem in error.errors()
        )
        raise VocabularyError(f"词表 {name}.yaml 有误：{problems}") from error


def load_vocabulary(name: str, model: type[Model], package: str = "ingest") -> Model:
    """The checked contents of `<package>/vocabulary/<name>.yaml`, read once for each model."""
    loaded = _loaded(name, model, package)
    assert isinstance(loaded, model)
    return loaded


@cache
def _loaded(name: str, model: type[BaseModel], package: str) -> BaseModel:
    file = files(package) / "vocabulary" / f"{name}.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError(f"找不到词表 {package}/vocabulary/{name}.yaml：安装不完整，请重新安装。") from error
    return parse_vocabulary(text, model, name)
