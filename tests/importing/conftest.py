"""The real dumps, imported once for each database."""

from dataclasses import dataclass, field

import pytest
from flask_migrate import upgrade

from midtlink import create_app
from midtlink.extensions import db
from midtlink.importing.stackexchange import import_dump
from tests.importing.contents import contents
from tests.importing.dumps import CONLANG, EARLIER, LATER, POSTS_ONLY
from tests.world.databases import extra_postgres


@dataclass
class Site:
    """An application whose database holds a real site, and what its imports told."""

    app: object
    reports: dict = field(default_factory=dict)
    contents: dict = field(default_factory=dict)

    def run(self, name, folder):
        """Import a dump; keep its report and what is stored then."""
        with self.app.app_context():
            self.reports[name] = import_dump(folder)
            self.contents[name] = contents()
            db.session.remove()


_sites = {}


def new_app(folder, database, purpose):
    """An application on an empty migrated database of its own."""
    is_sqlite = database == "sqlite"
    uri = f"sqlite:///{folder}/{purpose}.db" if is_sqlite else extra_postgres(purpose)
    app = create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=uri)
    with app.app_context():
        upgrade()
    return app


@pytest.fixture
def followed(database, tmp_path_factory):
    """The site as it was followed: the earlier dump twice, then the later one twice."""
    if ("followed", database) not in _sites:
        site = Site(new_app(tmp_path_factory.mktemp("followed"), database, "followed"))
        for name in ("earlier", "earlier again", "later", "later again"):
            site.run(name, EARLIER if name.startswith("earlier") else LATER)
        _sites["followed", database] = site
    yield from _opened(_sites["followed", database])


@pytest.fixture
def fresh(tmp_path_factory):
    """The later dump alone on SQLite, then two other sites."""
    if "fresh" not in _sites:
        site = Site(new_app(tmp_path_factory.mktemp("fresh"), "sqlite", "fresh"))
        for name, folder in (("later", LATER), ("conlang", CONLANG), ("posts only", POSTS_ONLY)):
            site.run(name, folder)
        _sites["fresh"] = site
    yield from _opened(_sites["fresh"])


def _opened(site):
    with site.app.app_context():
        yield site
        db.session.remove()
