"""The chat's front door: sets up the page, routes to a screen, and says in a sentence what went wrong."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.screens import audit, chat, documents, sidebar
from assistant.screens.desk import open_desk
from assistant.screens.safe_text import safe_text
from assistant.screens.visit import current_visit
from ingest.errors import MingzhangError

_SCREENS = Path(__file__).parent / "assistant" / "screens"


def main() -> None:
    st.set_page_config(page_title="明账", page_icon=str(_SCREENS / "icon.svg"), initial_sidebar_state="auto")
    st.logo(str(_SCREENS / "logo.svg"), icon_image=str(_SCREENS / "icon.svg"), size="large")
    st.html(_SCREENS / "style.css")
    try:
        _route()
    except MingzhangError as error:
        st.error(safe_text(str(error)), icon=":material/error:")
    except Exception:
        logging.getLogger("mingzhang").exception("a screen failed")
        st.error("程序出了差错，这一步没有完成；详情在启动它的窗口里。请刷新页面再试。", icon=":material/error:")


def _route() -> None:
    visit, desk = current_visit(), open_desk()
    pages = [
        st.Page(partial(chat.draw, visit, desk), title="问答", icon=":material/forum:", url_path="chat", default=True),
        st.Page(partial(audit.draw, visit, desk), title="核对", icon=":material/fact_check:", url_path="audit"),
        st.Page(partial(documents.draw, desk), title="文件", icon=":material/folder_open:", url_path="documents"),
    ]
    page = st.navigation(pages)
    sidebar.draw(visit, desk)
    page.run()


main()
