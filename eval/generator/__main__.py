"""Writes made-up disclosures: `python -m eval.generator FOLDER --count 100`; with `--check` also reads them back."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.generator.generating import Generated, Wish, generate
from eval.generator.layouts import LAYOUTS
from eval.generator.reading_back import read_back
from eval.generator.writers import FORMATS
from ingest.pipeline import file_to_facts


def main() -> int:
    options = _options().parse_args()
    wish = Wish(options.count, options.seed, options.layout, options.format, options.projects, options.mistakes)
    differences = 0
    for generated in generate(options.folder, wish):
        print(f"{generated.path.name}: {generated.layout}, {len(generated.known)} facts")
        for mistake in generated.mistakes:
            print(
                f"  misprinted: {mistake.right.table} | {mistake.right.row}: {mistake.right.printed} → {mistake.printed.printed}"
            )
        if options.check:
            differences += not _checked(generated)
    return 1 if differences else 0


def _checked(generated: Generated) -> bool:
    result = read_back(generated.document, file_to_facts(generated.path))
    if not result.is_exact:
        print(result.as_text())
    return result.is_exact


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.generator", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=["", *LAYOUTS], default="", help="all in turn when not given")
    parser.add_argument("--format", choices=["", *FORMATS], default="", help="all in turn when not given")
    parser.add_argument("--projects", type=int, default=8)
    parser.add_argument("--mistakes", type=int, default=0, help="misprinted amounts in each document")
    parser.add_argument("--check", action="store_true", help="read each back; exit 1 when anything differs")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
