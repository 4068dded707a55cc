"""Alembic's entry: runs on the connection that ``bot.migrating`` hands over."""

import sqlalchemy as sa
from alembic import context

from bot.migrating import all_metadata
from models.base import UTCDateTime


def render_item(kind, item, autogen_context):
    """Write plain column types, so that a migration does not change when our classes do."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=all_metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
