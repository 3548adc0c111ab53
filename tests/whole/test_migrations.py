"""Migrations: up, down, up with rows in every table; what they make equals the models."""

import ast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from midtlink import create_app
from midtlink.extensions import db
from midtlink.search.synonyms import groups, list_groups, shipped
from tests.whole.sources import ROOT
from tests.world.databases import extra_postgres
from tests.world.rows import one_row_in_every_table

VERSIONS = sorted((ROOT / "migrations/versions").glob("*.py"))


@pytest.fixture
def fresh(database, tmp_path):
    """An application on a database of its own that holds nothing yet."""
    is_sqlite = database == "sqlite"
    uri = f"sqlite:///{tmp_path}/fresh.db" if is_sqlite else extra_postgres("migrations")
    app = create_app("test", INSTANCE=tmp_path, SQLALCHEMY_DATABASE_URI=uri)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


@pytest.mark.both_databases
def test_up_down_up_with_rows(fresh):
    upgrade()
    one_row_in_every_table()
    assert all(
        db.session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables()
    )
    db.session.remove()
    for _ in VERSIONS:
        downgrade()
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)


@pytest.mark.both_databases
def test_migrations_make_what_the_models_say(fresh):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.both_databases
def test_upgrading_twice_changes_nothing(fresh):
    upgrade()
    upgrade()
    assert tables() == set(db.metadata.tables)


@pytest.mark.both_databases
def test_a_new_database_knows_the_shipped_synonyms(fresh):
    upgrade()
    assert groups() == shipped()
    assert {row.changed_by for row in list_groups()} == {None}


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_no_migration_imports_the_application(path):
    names = [
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not [name for name in names if name.startswith("midtlink")]
