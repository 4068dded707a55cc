"""What a spreadsheet would run when it opens a CSV file, and how it is kept from that.

A spreadsheet takes a cell for a formula that begins with ``=``, ``+``, ``-`` or ``@``, some also with these signs in
full width, and some after they have cut off what is blank before it. One that is set to other separators than commas
cuts a text at a semicolon, a tab or the end of a line, and takes what follows for a cell. An apostrophe there makes a
text of it. XLSX needs none of that: there a cell says itself that it is a text.
"""

from __future__ import annotations

import re

_SIGN = "[=+@\uff1d\uff0b\uff20\uff0d\u2212-]"
_BLANK = "[\\s\u200b\u2060\ufeff\x00\"']*"
_CUTS = ";|\t\r\n"
_RUNS = re.compile(f"(?:^|(?<=[{_CUTS}]))(?={_BLANK}{_SIGN})")
_MIGHT_RUN = {
    '"': re.compile(f'"(?:{_BLANK}{_SIGN}|[\t\r\n])'),
    **{cut: re.compile(f"{re.escape(cut)}{_BLANK}{_SIGN}") for cut in _CUTS},
}
"""A pattern for each character that may stand before: with one to begin with, a search passes quickly over the rest."""


def harmless(text: str) -> str:
    """A text as it may stand in a CSV file.

    >>> harmless("=1+1"), harmless(" @SUM(A1)"), harmless("a;=1"), harmless("กท 1902/1335 - สำเนา")
    ("'=1+1", "' @SUM(A1)", "a;'=1", 'กท 1902/1335 - สำเนา')
    """
    safe = _RUNS.sub("'", text)
    return f"'{safe}" if safe.startswith(("\t", "\r", "\n")) else safe


def might_run(lines: str) -> bool:
    """Whether something in lines of CSV could be taken for a formula; False is sure.

    Args:
        lines: one below the other, all that people wrote between quotation marks.
    """
    return any(before in lines and pattern.search(lines) for before, pattern in _MIGHT_RUN.items())
