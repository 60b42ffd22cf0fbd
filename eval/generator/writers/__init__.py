"""A document to a file, one module a format; its library is loaded when the format is asked for."""

from __future__ import annotations

from pathlib import Path

from eval.generator.drawing import Document

FORMATS = ("txt", "pdf", "xlsx", "docx")


def write(document: Document, path: Path) -> None:
    """In the format of the path's suffix."""
    match path.suffix:
        case ".pdf":
            from eval.generator.writers.pdf import write_pdf

            write_pdf(document, path)
        case ".xlsx":
            from eval.generator.writers.excel import write_excel

            write_excel(document, path)
        case ".docx":
            from eval.generator.writers.word import write_word

            write_word(document, path)
        case _:
            from eval.generator.writers.text import write_text

            write_text(document, path)
