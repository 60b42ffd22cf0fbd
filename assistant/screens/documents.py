"""The documents in the ledger: what was read from each, adding files, taking one out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.screens.ports import Desk, DocumentCard, ReadOutcome
from assistant.screens.safe_text import safe_html, safe_text

_SUFFIXES = ["txt", "md", "csv", "pdf", "docx", "xlsx", "xls", "html", "htm", "doc", "wps", "et", "zip"]
_KINDS = {"budget": "部门预算", "final_accounts": "部门决算"}


def draw(desk: Desk) -> None:
    st.header("文件")
    draw_upload(desk)
    for document in desk.documents():
        _draw_document(document, desk)


def draw_upload(desk: Desk) -> None:
    """The place to add files, and what came of the last ones."""
    with st.form("upload", clear_on_submit=True, border=True):
        files = st.file_uploader(
            "添加部门预算或决算公开文件", type=_SUFFIXES, accept_multiple_files=True, key="uploaded-files"
        )
        sent = st.form_submit_button("读入", icon=":material/upload_file:", type="primary", key="read-files")
    if sent and files:
        st.session_state["read-outcomes"] = _read(files, desk)
        st.rerun()
    for outcome in st.session_state.get("read-outcomes", ()):
        _draw_outcome(outcome)


def _draw_outcome(outcome: ReadOutcome) -> None:
    tell, icon = (st.success, ":material/check:") if outcome.taken else (st.error, ":material/error:")
    tell(f"**{safe_text(outcome.name)}** {safe_text(outcome.sentence)}", icon=icon)


def _read(files: Sequence[UploadedFile], desk: Desk) -> list[ReadOutcome]:
    """The uploaded files are read from a folder of their own under their own names, with a bar that tells how far."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        paths = [_saved(file, Path(folder) / str(number)) for number, file in enumerate(files)]
        bar = st.progress(0.0, "正在读入…")

        def tell(name: str, share: float) -> None:
            bar.progress(min(share, 1.0), f"正在读入 {safe_text(name)}")

        return list(desk.read(paths, tell))


def _saved(file: UploadedFile, folder: Path) -> Path:
    folder.mkdir()
    path = folder / (PurePosixPath(file.name.replace("\\", "/")).name or "upload")
    path.write_bytes(file.getbuffer())
    return path


def _draw_document(document: DocumentCard, desk: Desk) -> None:
    with st.container(
        border=True, horizontal=True, wrap=False, vertical_alignment="center", key=f"document-{document.id}"
    ):
        about = " · ".join(
            [*([f"{document.year} 年"] if document.year else []), _KINDS.get(document.kind, "种类不明"), document.name]
        )
        notes = "".join(f"<br>{safe_html(note)}" for note in document.notes)
        st.html(
            f"<b>{safe_html(document.department or document.name)}</b>"
            f'<div class="mz-quiet">{safe_html(about)}<br>{safe_html(document.holds)}{notes}</div>',
            width="stretch",
        )
        with st.popover("", icon=":material/delete:", key=f"remove-{document.id}"):
            st.markdown(f"从账本里移出 **{safe_text(document.name)}**？原文件不受影响。")
            if st.button("移出", key=f"confirm-remove-{document.id}", type="primary"):
                desk.remove(document.name)
                st.rerun()
