"""History is appended, never edited: the guard on tables whose rows are never changed or removed."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from models.base import Base


class HistoryChangeError(RuntimeError):
    """Code tried to change or remove a row of history."""


def append_only(table: type[Base]) -> None:
    """Let rows of a mapped class be added only; a change of one, or of many at once, is an error of ours."""

    def refuse(*_: object) -> None:
        raise HistoryChangeError(f"a row of {table.__tablename__} is never changed or removed; append another")

    def refuse_in_bulk(state: ORMExecuteState) -> None:
        if (state.is_update or state.is_delete) and any(mapper.class_ is table for mapper in state.all_mappers):
            refuse()

    event.listen(table, "before_update", refuse)
    event.listen(table, "before_delete", refuse)
    event.listen(Session, "do_orm_execute", refuse_in_bulk)
