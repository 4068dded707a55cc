"""The official result form as a file, as Word or as PDF by the name's ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from bot.export_files import written_whole
from bot.settings import Settings
from messages.files.paper import Paper
from messages.files.result_form import compose_result_form
from messages.files.result_form_docx import result_form_docx
from messages.files.result_form_pdf import result_form_pdf
from models.errors import Invalid
from models.result_form_views import ResultForm
from models.result_forms import read_result_form
from models.session import Database

Writer = Callable[[Paper, Settings], bytes]
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".docx": lambda paper, settings: result_form_docx(paper, settings.document_font),
        ".pdf": lambda paper, _: result_form_pdf(paper),
    }
)


def export_result_form(
    database: Database, settings: Settings, path: Path, code: str, fiscal_year: int, quarter: int, *, now: datetime
) -> ResultForm:
    """Write the form of an indicator for a quarter; gives what is on it.

    Raises:
        Invalid: ``form_kind_unknown`` (name), ``export_folder_missing`` (folder), ``export_not_written`` (path,
            reason); and as ``read_result_form``.
        NotFound: as ``read_result_form``.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise Invalid("form_kind_unknown", name=path.name)
    if not path.parent.is_dir():
        raise Invalid("export_folder_missing", folder=path.parent)
    with database.reading(snapshot=True) as session:
        form = read_result_form(session, code, fiscal_year, quarter, now=now)
    paper = compose_result_form(form, has_thai_digits=settings.document_digits == "thai")
    with written_whole(path) as unfinished:
        unfinished.write_bytes(write(paper, settings))
    return form
