"""The documents in the ledger: what was read from each, adding files, taking one out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.screens.desk import Desk
from assistant.screens.safe_text import safe_html, safe_text
from ingest.facts import TableRecord
from ingest.ledger.ledger import StoredDocument
from ingest.pipeline import Outcome, Progress

_STEPS = {"读取": "正在读取", "向量": "正在建立检索"}
_FINDABLE, _SHOWN = 12, 40
_OUTCOMES_KEY = "read-outcomes"
_KINDS = {"budget": "部门预算", "final_accounts": "部门决算"}


def draw(desk: Desk) -> None:
    st.header("文件")
    draw_upload(desk)
    documents = desk.documents()
    wanted = st.text_input("找文件", key="find-document") if len(documents) > _FINDABLE else ""
    found = [document for document in documents if wanted in f"{document.department}{document.year}{document.name}"]
    for document in found[:_SHOWN]:
        _draw_document(document, desk)
    if len(found) > _SHOWN:
        st.caption(f"另有 {len(found) - _SHOWN} 份没有列出；请输入单位或文件名来找。")


def draw_upload(desk: Desk) -> None:
    """The place to add files, and what came of the last ones."""
    with st.form("upload", clear_on_submit=True, border=True):
        files = st.file_uploader("添加部门预算或决算公开文件", accept_multiple_files=True, key="uploaded-files")
        sent = st.form_submit_button("读入", icon=":material/upload_file:", type="primary", key="read-files")
    if sent and files:
        st.session_state[_OUTCOMES_KEY] = _read(files, desk)
        st.rerun()
    for outcome in st.session_state.get(_OUTCOMES_KEY, ()):
        tell, icon = (st.error, ":material/error:") if outcome.failed else (st.success, ":material/check:")
        tell(safe_text(outcome.summary), icon=icon)


def _read(files: Sequence[UploadedFile], desk: Desk) -> list[Outcome]:
    """The uploaded files are read from a folder of their own under their own names, with a bar that tells how far."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        paths = [_saved(file, Path(folder) / str(number)) for number, file in enumerate(files, start=1)]
        bar = st.progress(0.0)

        def watch(progress: Progress) -> None:
            share = progress.done / progress.total if progress.total else 1.0
            bar.progress(min(share, 1.0), f"{_STEPS.get(progress.step, progress.step)} {safe_text(progress.name)}")

        desk.read(paths, outcomes.append, watch)
    return outcomes


def _saved(file: UploadedFile, folder: Path) -> Path:
    folder.mkdir()
    path = folder / (PurePosixPath(file.name.replace("\\", "/")).name or "upload")
    path.write_bytes(file.getbuffer())
    return path


def _draw_document(document: StoredDocument, desk: Desk) -> None:
    with st.container(border=True, key=f"document-{document.id}", gap="xsmall"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.html(_document_html(document), width="stretch")
            _draw_removal(document, desk)
        tables = st.expander("读出了哪些表", on_change="rerun", key=f"tables-{document.id}", type="compact")
        if tables.open:
            tables.html(_tables_html(desk.ledger.tables(document.id)))


def _document_html(document: StoredDocument) -> str:
    year = f"{document.year} 年" if document.year else "年度不明"
    about = " · ".join([year, _KINDS.get(document.kind, "种类不明"), document.name, f"{document.stored_at} 读入"])
    lines = "<br>".join(safe_html(line) for line in (about, *document.notes))
    return f'<b>{safe_html(document.department or document.name)}</b><div class="mz-quiet">{lines}</div>'


def _tables_html(tables: Sequence[TableRecord]) -> str:
    lines = [f"<li>{safe_html(table.title)} <span>{_table_remark(table)}</span></li>" for table in tables]
    return f'<ol class="mz-tables">{"".join(lines)}</ol>'


def _table_remark(table: TableRecord) -> str:
    if table.empty:
        return "空表"
    return {True: "勾稽相符", False: "有对不上之处", None: ""}[table.ties_out]


def _draw_removal(document: StoredDocument, desk: Desk) -> None:
    with st.popover("移出", icon=":material/delete:", key=f"remove-{document.id}", type="tertiary"):
        st.markdown(f"从账本里移出 **{safe_text(document.name)}**？原文件不受影响。")
        if st.button("移出", key=f"confirm-remove-{document.id}", type="primary"):
            desk.remove(document.name)
            st.rerun()
