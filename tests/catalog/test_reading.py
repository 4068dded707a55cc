"""A wrong catalog file is refused as a whole, with the line of every fault."""

from pathlib import Path

import pytest

from bot.catalog import Catalog, CatalogError, read_catalog, shipped_catalog_paths
from models.units import UnitKind

GOOD = """\
district_groups:
  - {code: กท.กลาง, name: กลุ่มกรุงเทพกลาง, aliases: [กรุงเทพกลาง]}
units:
  - {code: DIN-DAENG, name: สำนักงานเขตดินแดง, kind: district, district_group: กท.กลาง, budget_division: 1}
  - {code: BUDGET, name: สำนักงบประมาณกรุงเทพมหานคร, kind: department, aliases: [สงม.]}
  - {code: SYSTEM, name: สำนักงานระบบงบประมาณ, kind: office, parent: BUDGET}
indicators:
  - {code: "8308", name: ชุมชนเข้มแข็ง}
"""

FAULTY_FILES = [
    ("units:\n  - code: A\n    name: [x\n", 4, "is not valid YAML"),
    ("", 0, "is empty"),
    ("{}\n", 1, "must not be empty"),
    ("- 1\n", 1, "the file must be a mapping of keys"),
    ("units: none\n", 1, "units must be a list"),
    ("units:\n  - {code: A, name: ก, kind: department}\n  - 5\n", 3, "entry 2 of units must be a mapping of keys"),
    (
        "unit:\n  - 1\n",
        1,
        "unknown key unit; did you mean units? known are definitions, district_groups, fiscal_year, indicators, units",
    ),
    ("units:\n  - code: A\n    name: ก\n    kind: department\n    aliasses: [x]\n", 5, "A: unknown key aliasses"),
    ("units:\n  - code: A\n    name: ก\n", 2, "A: kind is missing"),
    (
        "units:\n  - code: A\n    kind: departmant\n    name: ก\n",
        3,
        "kind cannot be departmant; did you mean department? possible are department",
    ),
    ("indicators:\n  - name: ก\n    code: 8308\n", 3, 'code must be text; write "8308" in quotes'),
    ("units:\n  - code: a b\n    kind: department\n    name: ก\n", 2, "a code is capital letters, digits and"),
    ("units:\n  - code: A\n    name: ''\n    kind: department\n", 3, "name must not be empty"),
    (f"units:\n  - code: A\n    name: {'ก' * 201}\n    kind: department\n", 3, "at most 200 characters"),
    ("units:\n  - code: A\n    budget_division: 7\n    name: ก\n    kind: department\n", 3, "it goes from 1 to 6"),
    ("indicators:\n  - code: A\n    name: ก\n    aliases: [x, y, x]\n", 4, "aliases has an entry twice: x"),
    ("indicators:\n  - code: A\n    name: ก\n    name: ข\n", 4, "name is given twice here"),
    ("indicators:\n  - code: A\n    name: ก\n    aliases: &a [x]\n  - *a\n", 5, "an anchor (&) is used again"),
    ("indicators:\n  - ? [x]\n    : 1\n", 2, "a key must be one word"),
    ('indicators:\n  - code: "A\x07"\n', 2, "holds a control character"),
    ("indicators: " + "[" * 50_000, 1, "is nested too deeply"),
    (GOOD.replace("code: BUDGET", "code: DIN-DAENG"), 5, "DIN-DAENG already stands for DIN-DAENG at"),
    (GOOD.replace("aliases: [สงม.]", "aliases: [ดินแดง]"), 5, "BUDGET: ดินแดง already stands for DIN-DAENG at"),
    (GOOD.replace("parent: BUDGET", "parent: BUGDET"), 6, "SYSTEM: there is no unit BUGDET to be its parent"),
    (GOOD.replace(", parent: BUDGET", ""), 6, "SYSTEM: an office or section needs a parent"),
    (GOOD.replace("parent: BUDGET", "parent: SYSTEM"), 6, "SYSTEM: its parents lead back to itself"),
    (GOOD.replace("kind: department", "kind: department, parent: SYSTEM"), 5, "a department has no parent"),
    (GOOD.replace(" district_group: กท.กลาง,", ""), 4, "DIN-DAENG: a district needs its district_group"),
    (GOOD.replace("district_group: กท.กลาง", "district_group: กท.กลอง"), 4, "there is no district group กท.กลอง"),
    (GOOD.replace("kind: office", "kind: office, district_group: กท.กลาง"), 6, "only districts belong to a district"),
    (GOOD.replace("name: สำนักงานเขตดินแดง", "name: ดินแดง"), 4, "a district's name begins with สำนักงานเขต"),
    (GOOD.replace("aliases: [สงม.]", "aliases: [...]"), 5, "... has no letter or digit to be known by"),
]


def write(directory: Path, name: str, text: str | bytes) -> Path:
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults_of(*paths: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read_catalog(paths)
    return caught.value.messages


def test_a_good_file_gives_its_units_with_districts_short_forms(tmp_path: Path) -> None:
    catalog = read_catalog([write(tmp_path, "units.yaml", GOOD)])
    district, bureau, office = catalog.units
    assert district.kind is UnitKind.DISTRICT
    assert district.aliases == ("ดินแดง", "เขตดินแดง", "สนข.ดินแดง", "สนง.เขตดินแดง")
    assert (bureau.aliases, office.parent) == (("สงม.",), "BUDGET")
    assert [indicator.code for indicator in catalog.indicators] == ["8308"]
    assert district.source == f"{tmp_path}/units.yaml:4"


@pytest.mark.parametrize(("text", "line", "words"), FAULTY_FILES, ids=[words for _, _, words in FAULTY_FILES])
def test_a_fault_names_its_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, "units.yaml", text)
    place = f"{path}:{line}: " if line else f"{path}: "
    message = faults_of(path)[0]
    assert message.startswith(place)
    assert words in message
    assert "\n" not in message


def test_all_faults_of_all_files_are_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    first = write(tmp_path, "a.yaml", "units:\n  - code: a\n    name: ก\n    kind: x\n    extra: 1\n")
    second = write(tmp_path, "b.yaml", "indicators:\n  - code: B\n")
    lines = [message.split(": ")[0] for message in faults_of(first, second)]
    assert lines == [f"{first}:2", f"{first}:4", f"{first}:5", f"{second}:2"]


def test_what_is_no_text_file_is_told_in_one_line(tmp_path: Path) -> None:
    missing, latin = tmp_path / "missing.yaml", write(tmp_path, "latin.yaml", b"units:\n  # caf\xe9\n")
    assert faults_of(missing, latin, tmp_path) == [
        f"{missing}: there is no such file",
        f"{latin}:2: is not UTF-8 here; save the file as UTF-8",
        f"{tmp_path}: cannot be read: Is a directory",
    ]
    assert faults_of() == ["there is no catalog file to read; name one"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{code: BUDGET, name: อื่น, kind: department}", "BUDGET: BUDGET already stands for BUDGET at"),
        ("{code: B2, name: สำนักงบประมาณ กทม., kind: department}", "already stands for BUDGET at"),
        ("{code: B2, name: อื่น, kind: department, aliases: [สงม]}", "B2: สงม already stands for BUDGET at"),
    ],
)
def test_codes_names_and_aliases_are_unique_across_files(tmp_path: Path, entry: str, words: str) -> None:
    first = write(tmp_path, "a.yaml", GOOD)
    second = write(tmp_path, "b.yaml", f"units:\n  - {entry}\n")
    (message,) = faults_of(first, second)
    assert message.startswith(f"{second}:2: ")
    assert words in message
    assert message.endswith(f"{first}:5")


def test_files_may_refer_to_each_other_and_to_units_known_already(tmp_path: Path) -> None:
    section = "units:\n  - {code: PLAN, name: ฝ่ายแผนงาน, kind: section, parent: SYSTEM}\n"
    path = write(tmp_path, "more.yaml", section)
    assert len(read_catalog([path, write(tmp_path, "units.yaml", GOOD)]).units) == 4
    assert read_catalog([path], known_units={"SYSTEM"}).units[0].parent == "SYSTEM"
    assert "there is no unit SYSTEM" in faults_of(path)[0]


def test_a_longer_circle_of_parents_is_found(tmp_path: Path) -> None:
    circle = "units:\n" + "".join(
        f"  - {{code: {code}, name: ฝ่าย {code}, kind: section, parent: {parent}}}\n"
        for code, parent in [("A", "B"), ("B", "C"), ("C", "A"), ("D", "A")]
    )
    messages = faults_of(write(tmp_path, "units.yaml", circle))
    assert [message.split(": ")[1] for message in messages] == ["A", "B", "C"]


def test_a_byte_order_mark_and_a_file_named_twice_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, "units.yaml", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert len(read_catalog([path, tmp_path / "." / "units.yaml"]).units) == 3


def test_the_shipped_files_are_found_from_any_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Catalog
) -> None:
    monkeypatch.chdir(tmp_path)
    years = [f"fy{year}.yaml" for year in (2563, 2564, 2565, 2568)]
    assert [path.name for path in shipped_catalog_paths()] == [*years, "indicators.yaml", "units.yaml"]
    assert read_catalog(shipped_catalog_paths()) == shipped
