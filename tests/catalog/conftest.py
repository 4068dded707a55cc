import pytest

from bot.catalog import Catalog, read_catalog, shipped_catalog_paths


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    return read_catalog(shipped_catalog_paths())
