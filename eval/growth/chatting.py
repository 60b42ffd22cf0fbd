"""The memory of the chat with one question answered: a process of its own, without a browser."""

from __future__ import annotations

import sys
from pathlib import Path

from eval.growth.measuring import peak_memory_mb

_APP = Path(__file__).parents[2] / "app.py"
_PATIENCE = 300


def main() -> None:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(_APP), default_timeout=_PATIENCE).run()
    app.chat_input[0].set_value(sys.argv[1]).run()
    if app.exception:
        sys.exit(str(app.exception[0].message))
    print(peak_memory_mb())


if __name__ == "__main__":
    main()
