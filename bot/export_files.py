"""Where an exported table goes: a CSV or XLSX file that is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from messages.files.tables import MOST_XLSX_ROWS, Cell, Heading, TooManyRows, write_csv, write_xlsx
from models.errors import Invalid, NotFound
from models.indicators import has_indicators

CSV, XLSX = ".csv", ".xlsx"
KINDS = (CSV, XLSX)


def kind_of(path: Path) -> str:
    """``.csv`` or ``.xlsx``, of a file that can be written where it is wanted.

    Raises:
        Invalid: ``export_kind_unknown`` (name) or ``export_folder_missing`` (folder).
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise Invalid("export_kind_unknown", name=path.name)
    if not path.parent.is_dir():
        raise Invalid("export_folder_missing", folder=path.parent)
    return kind


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A place beside a file to write it; it is moved to the file's when the block ends, and gone if the block fails.

    Raises:
        Invalid: ``export_not_written`` (path, reason), or ``export_too_long`` (most): more rows than a sheet holds.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    except TooManyRows as error:
        raise Invalid("export_too_long", most=MOST_XLSX_ROWS) from error
    except OSError as error:
        raise Invalid("export_not_written", path=path, reason=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def write_table(path: Path, heading: Heading, rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table as the file's name says; gives how many rows it has below its header.

    Raises:
        Invalid: as ``kind_of`` and ``written_whole`` do.
    """
    write = write_csv if kind_of(path) == CSV else write_xlsx
    with written_whole(path) as unfinished:
        return write(unfinished, heading, rows)


def require_year(session: Session, fiscal_year: int) -> None:
    """Let an export of a Buddhist fiscal year go on only where there is something to export.

    Raises:
        NotFound: ``export_year_unknown`` (fiscal_year): no indicator is defined in it.
    """
    if not has_indicators(session, fiscal_year):
        raise NotFound("export_year_unknown", fiscal_year=fiscal_year)
