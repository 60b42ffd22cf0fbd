"""The ways reading and storing fail, each a sentence for the person who has to act on it."""

from __future__ import annotations


class MingzhangError(Exception):
    """Base of every expected failure; `str()` is a full sentence in Chinese: what, where, what to do."""


class ReadError(MingzhangError):
    """A file cannot be read as a disclosure: missing, empty, binary, undecodable, encrypted, too large, changed while read."""


class NotADisclosureError(ReadError):
    """The file was read, but nothing in it looks like a budget disclosure."""


class LedgerError(MingzhangError):
    """The ledger cannot be opened or written: newer schema, full disk, damaged file."""


class LedgerLockedError(LedgerError):
    """Another process is writing; the message names it."""


class QuestionError(MingzhangError):
    """A question cannot be taken: empty, too long."""
