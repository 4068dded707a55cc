"""An office chooses columns, order, headers and formats; what cannot be done is said with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.catalog import shipped_catalog_paths
from bot.catalog_files import CatalogError
from bot.export_mapping import read_mapping, shipped_mapping_path
from bot.exporting_policy_tracking import fields
from messages.files.cell_formats import cell_of

SHIPPED = shipped_mapping_path("policy-tracking")


def written(tmp_path, *columns: str):
    path = tmp_path / "mapping.yaml"
    path.write_text("\n".join(["columns:", *(f"  - {{header: a, header_thai: ก, {one}}}" for one in columns)]))
    return path


def test_the_shipped_mapping_names_what_is_asked_for():
    mapped = read_mapping(SHIPPED, fields())
    assert len(mapped.columns) == 20
    assert SHIPPED not in shipped_catalog_paths()


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("field: cods", "mapping.yaml:3: unknown field cods; did you mean code? known are code, name"),
        (
            "field: result, format: digits-9",
            "mapping.yaml:3: field result has no format digits-9; did you mean digits-",
        ),
        ("field: as_of, format: digits-2", "mapping.yaml:3: field as_of has no format digits-2; "),
        ("field: as_of, format: [iso, buddhist]", "mapping.yaml:3: field as_of has one format too many: iso, buddhist"),
        ("field: code, colour: red", "unknown key colour"),
        ("fields: code", "field is missing"),
    ],
)
def test_what_is_not_known_is_told_with_its_line(tmp_path, column, words):
    path = written(tmp_path, "field: code", column)
    with pytest.raises(CatalogError) as refused:
        read_mapping(path, fields())
    assert words in refused.value.messages[0]
    assert ":3: " in refused.value.messages[0]


def test_a_file_that_is_not_there_or_says_nothing_is_refused(tmp_path):
    (tmp_path / "empty.yaml").write_text("columns: []")
    for name in ("missing.yaml", "empty.yaml"):
        with pytest.raises(CatalogError) as refused:
            read_mapping(tmp_path / name, fields())
        assert name in refused.value.messages[0]


@pytest.mark.parametrize(
    ("value", "formats", "cell"),
    [
        (Decimal("81.8181"), ["digits-2"], Decimal("81.82")),
        (Decimal("0.125"), ["digits-2"], Decimal("0.13")),
        (Decimal(90), ["digits-0", "thai-digits"], "๙๐"),
        (date(2026, 12, 4), ["buddhist"], "04/12/2569"),
        (date(2026, 12, 4), ["buddhist-long", "thai-digits"], "๔ ธันวาคม ๒๕๖๙"),
        (date(2026, 12, 4), [], "2026-12-04"),
        ("8308", ["thai-digits"], "๘๓๐๘"),
        (None, ["digits-2", "thai-digits"], None),
        ("", ["thai-digits"], None),
        (0, ["digits-1"], Decimal("0.0")),
    ],
)
def test_formats(value, formats, cell):
    assert cell_of(value, formats) == cell
    assert type(cell_of(value, formats)) is type(cell)
