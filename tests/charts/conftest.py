"""A database with the shipped units."""

from __future__ import annotations

import pytest


@pytest.fixture
def units(database):
    """The database with the shipped catalog in it, which this fixture's name brings about."""
    return database
