"""Starts the chat: Streamlit on this machine, without its questions and without telling anybody."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from ingest.errors import MingzhangError
from ingest.home import Home

_QUIET = (
    "--server.address=localhost",
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal",
)


def serve(home: Home, port: int) -> int:
    """Serve the chat until it is stopped; returns Streamlit's exit code."""
    found = importlib.util.find_spec("app")
    if found is None or found.origin is None:
        raise MingzhangError("找不到网页程序 app.py；请在项目文件夹里运行，或重新安装 mingzhang。")
    command = [sys.executable, "-m", "streamlit", "run", found.origin, f"--server.port={port}", *_QUIET]
    print(f"明账已在 http://localhost:{port} 打开（按 Ctrl-C 停止）", flush=True)
    try:
        return subprocess.run(command, env={**os.environ, "MINGZHANG_HOME": str(home.folder)}, check=False).returncode
    except KeyboardInterrupt:
        return 0
