"""The house rules that can be read from the code itself."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.app import create_app
from bot.migrating import MIGRATIONS, all_metadata
from bot.routes import INTENT_ROUTES, OPEN_TO_STRANGERS, POSTBACK_ROUTES
from bot.settings import VARIABLES
from bot.understanding import INTENTS

ROOT = Path(__file__).resolve().parent.parent
OUR_PACKAGES = ("bot", "handlers", "messages", "models", "simulator")
STDLIB = frozenset(sys.stdlib_module_names)

ALLOWED: dict[str, frozenset[str]] = {
    "models": frozenset({"sqlalchemy", "models"}),
    "messages": frozenset({"messages", "models", "PIL", "docx", "fontpkg_sarabun", "resvg_py", "typst", "xlsxwriter"}),
    "bot/understanding": frozenset({"pythainlp", "rapidfuzz", "bot.understanding"}),
    "handlers": frozenset({"handlers", "messages", "models", "sqlalchemy.orm", "bot.understanding"}),
    "simulator": frozenset({"flask", "werkzeug", "urllib3", "fontpkg_sarabun", "_typeshed", "simulator"}),
}
"""Package to what its modules may import beside the standard library (a name allows what lies below it)."""

OF_MODELS_IN_MESSAGES = frozenset(
    {
        "models.audiences",
        "models.chart_data",
        "models.chart_terms",
        "models.documents",
        "models.errors",
        "models.evidence",
        "models.indicator_lists",
        "models.indicator_reports",
        "models.indicator_terms",
        "models.indicator_views",
        "models.members",
        "models.monthly_views",
        "models.periods",
        "models.preference_terms",
        "models.quota_plan",
        "models.report_terms",
        "models.report_views",
        "models.requests",
        "models.result_form_views",
        "models.rich_menus",
        "models.service_kpi",
        "models.shares",
        "models.summary_terms",
    }
)
"""Where value types and enums live that messages show; never sessions or queries."""

WALL_CLOCK = re.compile(r"\bdatetime\.now\(|\bdate\.today\(|\butcnow\(|\btime\.time\(")


def modules_of(package: str) -> list[Path]:
    return [path for path in sorted((ROOT / package).rglob("*.py")) if "__pycache__" not in path.parts]


def imports_of(path: Path) -> list[str]:
    """Full names of everything a module imports, at its top or inside functions."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def is_below(name: str, allowed: frozenset[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in allowed)


@pytest.mark.parametrize("package", ALLOWED)
def test_layers_import_one_way(package):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules_of(package)
        for name in imports_of(path)
        if name.split(".")[0] not in STDLIB and not is_below(name, ALLOWED[package])
    ]
    assert wrong == []


def test_messages_take_only_values_of_models():
    wrong = [
        f"{path.name} imports {name}"
        for path in modules_of("messages")
        for name in imports_of(path)
        if name.startswith("models.") and not is_below(name, OF_MODELS_IN_MESSAGES)
    ]
    assert wrong == []


def test_only_the_demo_knows_the_simulator():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package in ("bot", "handlers", "messages", "models")
        for path in modules_of(package)
        if not path.name.startswith("demo")
        for name in imports_of(path)
        if name.split(".")[0] == "simulator"
    ]
    assert wrong == []


def test_only_one_module_speaks_http_to_line():
    speakers = {
        path.name
        for path in modules_of("bot")
        for name in imports_of(path)
        if name.split(".")[0] in ("linebot", "urllib3", "requests")
    }
    assert speakers == {"line.py"}


def test_only_settings_reads_the_environment():
    readers = {
        str(path.relative_to(ROOT))
        for package in ("bot", "handlers", "messages", "models")
        for path in modules_of(package)
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    }
    # Tokens read nothing from it: while PyThaiNLP is imported they tell it there that it may not write.
    assert readers <= {"bot/settings.py", "bot/understanding/tokens.py"}


@pytest.mark.parametrize("package", ["models", "messages", "handlers", "bot/understanding"])
def test_the_hour_arrives_as_an_argument(package):
    assert [path.name for path in modules_of(package) if WALL_CLOCK.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("package", ["models", "handlers"])
def test_transactions_end_only_at_the_edge(package):
    calls = re.compile(r"\.(commit|rollback)\(\)")
    wrong = [path.name for path in modules_of(package) if calls.search(path.read_text(encoding="utf-8"))]
    assert [name for name in wrong if name != "session.py"] == []


def test_every_intent_has_a_handler():
    assert set(INTENT_ROUTES) == set(INTENTS)


def test_every_button_has_a_handler():
    written = {
        match
        for path in modules_of("messages")
        for match in re.findall(
            r"""postback(?:_filling_in|_data)?\(\s*(?:[^,()]+,\s*)?"([a-z_]+)\"""", path.read_text(encoding="utf-8")
        )
    }
    assert written
    assert written <= set(POSTBACK_ROUTES)


def test_strangers_reach_only_the_door():
    door = {"register", "accept_privacy", "decline_privacy"}
    assert door == OPEN_TO_STRANGERS


def test_every_address_is_public_on_purpose(office):
    public = {"/line/webhook", "/healthz", "/readyz", "/metrics"}
    # LINE's phones and servers sign in nowhere: what is signed into the address is the key, for an hour.
    public |= {"/evidence/<token>", "/evidence/<token>/preview"}
    public |= {"/charts/<token>"}  # for a week
    public |= {"/reports/<token>"}  # for a day
    assert public == {rule.rule for rule in create_app(office.services).url_map.iter_rules()}


def test_there_is_one_head_of_migrations():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_migrations_make_what_the_models_say(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, all_metadata())
    assert [difference for difference in differences if not _is_unread_option(database, difference, differences)] == []


def _is_unread_option(database, difference, differences):
    """SQLite adds a reference only within ADD COLUMN, whose ON DELETE SQLAlchemy does not read back from there."""
    if not database.is_sqlite or difference[0] not in ("add_fk", "remove_fk"):
        return False

    def place(foreign_key):
        return foreign_key.parent.name, tuple(foreign_key.column_keys), foreign_key.referred_table.name

    twins = [other for other in differences if other[0].endswith("_fk") and place(other[1]) == place(difference[1])]
    return {other[0] for other in twins} == {"add_fk", "remove_fk"}


@pytest.mark.parametrize("document", [".env.example", "README.md"])
def test_every_setting_is_documented(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [variable.name for variable in VARIABLES if variable.name not in text] == []


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_no_other_distribution_owns_our_package_names(package):
    assert set(packages_distributions().get(package, ["tidtam"])) <= {"tidtam"}


def test_requirements_name_no_address():
    address = re.compile(r"https?://|--index-url|--extra-index|--find-links")
    assert [path.name for path in ROOT.glob("requirements*") if address.search(path.read_text())] == []
